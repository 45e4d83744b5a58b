// SPDX-License-Identifier: GPL-2.0-or-later
// The bare link to a server.
#include "db/link.h"

#include "base/buffer.h"
#include "base/clock.h"
#include "base/words.h"
#include "db/fitness.h"

#include <errmsg.h>
#include <errno.h>
#include <mysqld_error.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOST_MAX 256

// MariaDB's and MySQL's own numbers for the same things; neither's header knows the other's.
#define MARIADB_CONNECTION_KILLED    1927
#define MARIADB_STATEMENT_TIMEOUT    1969
#define MYSQL_EXECUTION_TIMEOUT      3024
#define MYSQL_DISCONNECTED_BY_SERVER 4031
#define MARIADB_CHECKREAD            1020
#define NO_NEXT_ID                   1467 // what else waits for the counter of a table has closed a circle of locks
#define MYSQL_SERVER_SHUTTING_DOWN   3169
#define MYSQL_CANNOT_CONVERT_STRING  3854
#define MYSQL_IMPOSSIBLE_CONVERSION  3988
// MySQL's header has lost these.
#define NORMAL_SHUTDOWN 1077
#define DISK_FULL       1021
// The lowest layer's, of both (my_global errors).
#define LOWEST_WRITE         3
#define LOWEST_OUT_OF_MEMORY 5
#define LOWEST_OUT_OF_FILES  23
#define LOWEST_DISK_FULL     20
#define LOWEST_LAYER_END     100
// Later ones that one of the two headers may not know.
#define STATEMENT_CACHE_FULL       1705
#define READ_ONLY_MODE             1836
#define TEMPORARY_FILE_FULL        1878
#define MYSQL_ENGINE_OUT_OF_MEMORY 3015
#define MYSQL_CAPACITY_EXCEEDED    3170
// Storage engines' own.
#define ENGINE_RECORD_FILE_FULL 135
#define ENGINE_INDEX_FILE_FULL  136
#define ENGINE_FULL_TEXT_LIMIT  188 // also of one that was to end and was among its words
#define ENGINE_DISK_FULL        189

bool link_is_lost(unsigned number) {
    switch (number) {
    case CR_SERVER_GONE_ERROR:
    case CR_SERVER_LOST:
    case CR_CONNECTION_ERROR:
    case CR_CONN_HOST_ERROR:
    case CR_COMMANDS_OUT_OF_SYNC:
    case CR_MALFORMED_PACKET:
    case 2055: // CR_SERVER_LOST_EXTENDED
    case ER_SERVER_SHUTDOWN:
    case NORMAL_SHUTDOWN:
    case ER_NET_READ_ERROR:
    case ER_NET_READ_INTERRUPTED:
    case ER_NET_ERROR_ON_WRITE:
    case ER_NET_WRITE_INTERRUPTED:
    case MARIADB_CONNECTION_KILLED:
    case MYSQL_DISCONNECTED_BY_SERVER:
    case MYSQL_SERVER_SHUTTING_DOWN: return true;
    default: return false;
    }
}

bool link_is_rolled_back(unsigned number) {
    return number == ER_LOCK_DEADLOCK || number == ER_LOCK_WAIT_TIMEOUT || number == MARIADB_CHECKREAD ||
           number == NO_NEXT_ID;
}

bool link_is_out_of_time(unsigned number) {
    return number == MARIADB_STATEMENT_TIMEOUT || number == MYSQL_EXECUTION_TIMEOUT ||
           number == ENGINE_FULL_TEXT_LIMIT;
}

bool link_has_no_text_index(unsigned number) {
    return number == ER_FT_MATCHING_KEY_NOT_FOUND;
}

bool link_is_denied(unsigned number) {
    return number == ER_TABLEACCESS_DENIED_ERROR || number == ER_COLUMNACCESS_DENIED_ERROR;
}

bool link_is_missing(unsigned number) {
    return number == ER_BAD_FIELD_ERROR || number == ER_NO_SUCH_TABLE || link_is_denied(number);
}

bool link_is_unfit_key(unsigned number) {
    return number == ER_CANT_AGGREGATE_2COLLATIONS || number == ER_CANT_AGGREGATE_3COLLATIONS ||
           number == ER_CANT_AGGREGATE_NCOLLATIONS || number == MYSQL_CANNOT_CONVERT_STRING ||
           number == MYSQL_IMPOSSIBLE_CONVERSION;
}

bool link_is_unfit_text(unsigned number) {
    return number == ER_TRUNCATED_WRONG_VALUE_FOR_FIELD || number == MYSQL_CANNOT_CONVERT_STRING;
}

// Whether the operating system's (or the storage engine's) number says that room, memory or descriptors ran
// out.
static bool is_shortage(long number) {
    switch (number) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
    case ENOMEM:
    case EAGAIN:
    case ENFILE:
    case EMFILE:
    case EROFS: // what Linux makes of a file system that fails
    case ENGINE_RECORD_FILE_FULL:
    case ENGINE_INDEX_FILE_FULL:
    case ENGINE_DISK_FULL: return true;
    default: return false;
    }
}

// "Got error 28 "No space left …", "(Errcode: 28 …", "(errno: 28 …", "(OS errno 28 - …", "errno= 28".
static bool tells_shortage(const char *text) {
    static const char *const words[] = {"error", "errcode", "errno"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (const char *found = text; (found = strcasestr(found, words[i]));) {
            found += strlen(words[i]);
            found += strspn(found, " :=");
            if (is_shortage(strtol(found, NULL, 10))) return true;
        }
    return false;
}

// Numbers that stand for trouble with a file, whatever that is: only the text tells. Those below 100 are the
// servers' lowest layer's.
static bool is_of_files(unsigned number) {
    switch (number) {
    case ER_CANT_CREATE_FILE:
    case ER_CANT_CREATE_TABLE:
    case ER_CANT_OPEN_FILE:
    case ER_ERROR_ON_CLOSE:
    case ER_ERROR_ON_READ:
    case ER_ERROR_ON_RENAME:
    case ER_GET_ERRNO:
    case ER_ERROR_DURING_COMMIT:
    case ER_GET_ERRMSG: return true;
    default: return number < LOWEST_LAYER_END;
    }
}

// A temporary table on a full disk is told as a broken one; a broken one of the help desk is not ours to wait
// for.
static bool is_of_temporary_table(unsigned number, const char *text) {
    return number == ER_NOT_KEYFILE && (strstr(text, "#sql") || strstr(text, "/tmp/"));
}

// The tables that osTicket keeps beside the answers to its forms: it drops one when a form is changed, and
// the next page that is looked at makes it anew.
static bool is_of_table_to_come(unsigned number, const char *text) {
    return number == ER_NO_SUCH_TABLE && strstr(text, "__cdata'");
}

bool link_is_refused(unsigned number, const char *text) {
    if (is_of_table_to_come(number, text)) return true;
    switch (number) {
    case LOWEST_WRITE:
    case LOWEST_OUT_OF_MEMORY:
    case LOWEST_DISK_FULL:
    case LOWEST_OUT_OF_FILES:
    case ER_QUERY_INTERRUPTED:
    case MARIADB_STATEMENT_TIMEOUT:
    case MYSQL_EXECUTION_TIMEOUT:
    case ER_OPTION_PREVENTS_STATEMENT: // read_only
    case ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION:
    case READ_ONLY_MODE:
    case ER_ERROR_ON_WRITE:
    case ER_RECORD_FILE_FULL:
    case ER_LOCK_TABLE_FULL:
    case ER_TRANS_CACHE_FULL:
    case STATEMENT_CACHE_FULL:
    case TEMPORARY_FILE_FULL:
    case MYSQL_CAPACITY_EXCEEDED:
    case MYSQL_ENGINE_OUT_OF_MEMORY:
    case DISK_FULL:
    case ER_OUTOFMEMORY:
    case ER_OUT_OF_SORTMEMORY:
    case ER_OUT_OF_RESOURCES:
    case ER_CANT_CREATE_THREAD:
    case ER_UNKNOWN_COM_ERROR: // a Galera node that is not part of its cluster
    case ER_TOO_MANY_USER_CONNECTIONS:
    case ER_USER_LIMIT_REACHED:
    case ER_CON_COUNT_ERROR: return true;
    default: return (is_of_files(number) && tells_shortage(text)) || is_of_temporary_table(number, text);
    }
}

// One element of a host list, taken apart: "db1", "db1:3307", "[::1]:3307", "::1", "/run/mysqld/mysqld.sock".
struct host {
    char name[HOST_MAX];
    char socket[HOST_MAX];
    unsigned port;
};

static void take_host_apart(struct text item, const struct db_settings *settings, struct host *host) {
    memset(host, 0, sizeof *host);
    host->port = settings->port;
    item = text_trim(item);
    if (item.length >= HOST_MAX) item.length = HOST_MAX - 1;
    if (item.length && item.data[0] == '/') {
        memcpy(host->socket, item.data, item.length);
        return;
    }
    struct text name = item, port = TEXT_NULL;
    const char *colon = memrchr(item.data, ':', item.length);
    if (item.length && item.data[0] == '[') {
        const char *end = memchr(item.data, ']', item.length);
        if (!end) return;
        name = (struct text){item.data + 1, (size_t)(end - item.data - 1)};
        if (colon > end) port = (struct text){colon + 1, (size_t)(item.data + item.length - colon - 1)};
    } else if (colon && memchr(item.data, ':', item.length) == colon) {
        name.length = (size_t)(colon - item.data);
        port = (struct text){colon + 1, item.length - name.length - 1};
    }
    int64_t number;
    memcpy(host->name, name.data, name.length);
    if (!text_is_null(port) && text_to_int64(port, &number) && number > 0 && number < 65536)
        host->port = (unsigned)number;
}

static void set_options(MYSQL *mysql, const struct db_settings *settings) {
    unsigned off = 0;
    mysql_options(mysql, MYSQL_OPT_CONNECT_TIMEOUT, &settings->connect_timeout);
    mysql_options(mysql, MYSQL_OPT_READ_TIMEOUT, &settings->read_timeout);
    mysql_options(mysql, MYSQL_OPT_WRITE_TIMEOUT, &settings->write_timeout);
    mysql_options(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    mysql_options(mysql, MYSQL_OPT_LOCAL_INFILE, &off);
    if (!settings->tls_ca || !settings->tls_ca[0]) return;
    mysql_ssl_set(mysql, NULL, NULL, settings->tls_ca, NULL, NULL);
#ifdef MARIADB_BASE_VERSION
    char yes = 1;
    mysql_options(mysql, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &yes);
#else
    unsigned mode = SSL_MODE_VERIFY_IDENTITY;
    mysql_options(mysql, MYSQL_OPT_SSL_MODE, &mode);
#endif
}

// What a session of ours is like, whatever the server's defaults: strict about values that do not fit
// (nothing is cut silently), zero dates allowed (osTicket has them), the database's own time zone (as
// osTicket), room for bodies that are put together from chunks, and texts sent as they are stored: to convert
// utf8mb3 into utf8mb4, byte by byte the same, costs the server a sixth of a long list. See db.c for tables
// that store something else. Texts in our statements and their values have one collation, whatever the client
// library (MySQL's brings one that does not mix with osTicket's columns in a UNION) and the server:
// MariaDB 11.5 gives values another one than texts unless NAMES says otherwise.
static bool set_session(MYSQL *mysql, const struct db_settings *settings, uint64_t *trips) {
    char sql[512];
    bool mariadb = strstr(mysql_get_server_info(mysql), "MariaDB") != NULL;
    snprintf(sql, sizeof sql,
             "SET NAMES utf8mb4 COLLATE utf8mb4_general_ci, SESSION character_set_results=NULL, "
             "sql_mode='STRICT_TRANS_TABLES', time_zone='SYSTEM', autocommit=1, "
             "group_concat_max_len=67108864, %s=%u",
             mariadb ? "max_statement_time" : "max_execution_time",
             mariadb ? settings->statement_timeout : settings->statement_timeout * 1000);
    *trips += 1;
    return mysql_query(mysql, sql) == 0;
}

// Spares the optimiser what never pays here: our statements find rows by keys, in the order of their joins.
// It does look how many rows a value has (eq_range_index_dive_limit stays as it is): where most tickets have
// none, or the same, an index says of each value that half of them have it, and all would be read for three.
// Nothing depends on it, so a server that does not know one of these goes without all of them.
static void set_optimiser(MYSQL *mysql, uint64_t *trips) {
    bool mariadb = strstr(mysql_get_server_info(mysql), "MariaDB") != NULL;
    *trips += 1;
    mysql_query(mysql, mariadb ? "SET SESSION join_cache_level=0, "
                                 "optimizer_use_condition_selectivity=1, use_stat_tables='never'"
                               : "SET SESSION optimizer_switch='block_nested_loop=off'");
}

bool link_convert(MYSQL *mysql) {
    return mysql_query(mysql, "SET SESSION character_set_results='utf8mb4'") == 0;
}

static MYSQL *open_host(const struct db_settings *settings, const struct host *host, uint64_t *trips,
                        struct error *error) {
    MYSQL *mysql = mysql_init(NULL);
    if (!mysql) {
        error_set(error, ERROR_UNAVAILABLE, "the database is not available");
        return NULL;
    }
    set_options(mysql, settings);
    *trips += 1;
    bool open = mysql_real_connect(mysql, host->name[0] ? host->name : NULL, settings->user,
                                   settings->password, settings->database, host->port,
                                   host->socket[0] ? host->socket : NULL, CLIENT_MULTI_STATEMENTS) != NULL;
    if (open && set_session(mysql, settings, trips)) {
        set_optimiser(mysql, trips);
        return mysql;
    }
    error_set(error, ERROR_UNAVAILABLE, "the database is not available");
    error_detail(error, "%s%s port %u: %u %s", host->name, host->socket, host->port, mysql_errno(mysql),
                 mysql_error(mysql));
    mysql_close(mysql);
    return NULL;
}

// The items of a comma list, HOSTS_MAX at most. How many.
static size_t split_hosts(const char *list, struct text items[HOSTS_MAX]) {
    size_t count = 0;
    for (struct text rest = text_of(list); count < HOSTS_MAX && list_next(&rest, &items[count]); count++) {
    }
    return count;
}

bool link_is_one_of_several(const struct db_settings *settings) {
    return !(settings->socket && settings->socket[0]) && settings->hosts && strchr(settings->hosts, ',');
}

// One that is not fit is kept for the case that no other is.
static bool is_taken(MYSQL *mysql, const struct db_settings *settings, MYSQL **unfit, uint64_t *trips) {
    char why[FITNESS_WHY_MAX];
    if (!link_is_one_of_several(settings) || fitness_is_good(mysql, trips, why)) return true;
    if (*unfit) mysql_close(mysql);
    if (!*unfit) *unfit = mysql;
    return false;
}

MYSQL *link_open(const struct db_settings *settings, struct host_rest *rest, uint64_t *trips,
                 struct error *error) {
    struct host host = {0};
    MYSQL *unfit = NULL;
    if (settings->socket && settings->socket[0]) {
        snprintf(host.name, sizeof host.name, "localhost");
        snprintf(host.socket, sizeof host.socket, "%s", settings->socket);
        return open_host(settings, &host, trips, error);
    }
    struct text items[HOSTS_MAX];
    size_t order[HOSTS_MAX];
    size_t count = split_hosts(settings->hosts && settings->hosts[0] ? settings->hosts : "localhost", items);
    host_rest_order(rest, count, clock_monotonic_ms(), order);
    for (size_t i = 0; i < count; i++) {
        take_host_apart(items[order[i]], settings, &host);
        MYSQL *mysql = open_host(settings, &host, trips, error);
        host_rest_note(rest, order[i], mysql != NULL, clock_monotonic_ms());
        if (mysql && is_taken(mysql, settings, &unfit, trips)) {
            if (unfit) mysql_close(unfit);
            return mysql;
        }
    }
    return unfit;
}
