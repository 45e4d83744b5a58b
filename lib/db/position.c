// SPDX-License-Identifier: GPL-2.0-or-later
// Positions in the log of a server.
//
// A server writes a transaction to its log before it commits it, and answers behind that: what was
// acknowledged, and what anybody has seen, stands in the log. A replica counts a transaction as done when it
// is committed there. MariaDB: "Global Transaction ID", MASTER_GTID_WAIT(); MySQL: "GTID Functions".
#include "db/position.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#define ON_THE_WAY_MS 500 // that an answer may be late

static bool is_mariadb(MYSQL *mysql) {
    return strstr(mysql_get_server_info(mysql), "MariaDB") != NULL;
}

bool position_of(MYSQL *mysql, struct buffer *position, bool *takes_writes) {
    const char *sql =
        is_mariadb(mysql)
            ? "SELECT @@global.gtid_binlog_pos, @@global.read_only"
            : "SELECT IF(@@global.gtid_mode = 'ON', @@global.gtid_executed, ''), @@global.read_only";
    if (mysql_query(mysql, sql)) return false;
    MYSQL_RES *result = mysql_store_result(mysql);
    if (!result) return false;
    MYSQL_ROW row = mysql_fetch_row(result);
    if (row && row[0]) buffer_add_string(position, row[0]);
    // A number, in later versions a word.
    *takes_writes = row && row[1] && (strcmp(row[1], "0") == 0 || strcmp(row[1], "OFF") == 0);
    mysql_free_result(result);
    return true;
}

// It comes from another server and is put into a statement.
static bool is_position(struct text position) {
    static const char fine[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-:, \n";
    for (size_t i = 0; i < position.length; i++)
        if (!position.data[i] || !strchr(fine, position.data[i])) return false;
    return position.length > 0;
}

static void write_question(bool mariadb, struct text position, unsigned wait_ms, struct buffer *sql) {
    if (mariadb)
        buffer_add_string(sql, "SELECT MASTER_GTID_WAIT('");
    else
        buffer_add_string(sql, wait_ms ? "SELECT WAIT_FOR_EXECUTED_GTID_SET('" : "SELECT 1 - GTID_SUBSET('");
    buffer_add_text(sql, position);
    if (mariadb || wait_ms)
        buffer_add_format(sql, "', %u.%03u)", wait_ms / 1000, wait_ms % 1000);
    else
        buffer_add_string(sql, "', @@global.gtid_executed)");
}

// A server that hangs must not take the time that a long list may.
static bool answers_within(MYSQL *mysql, unsigned ms) {
#ifdef MARIADB_BASE_VERSION
    struct pollfd answer = {.fd = mysql_get_socket(mysql), .events = POLLIN};
#else
    struct pollfd answer = {.fd = mysql->net.fd, .events = POLLIN};
#endif
    return poll(&answer, 1, (int)ms) == 1;
}

int position_is_reached(MYSQL *mysql, struct text position, unsigned wait_ms) {
    if (!is_position(position)) return 0;
    struct buffer sql = buffer_new(POSITION_MAX + 128);
    write_question(is_mariadb(mysql), position, wait_ms, &sql);
    bool sent = !sql.failed && mysql_send_query(mysql, sql.data, sql.length) == 0;
    buffer_free(&sql);
    if (!sent) return -1;
    if (!answers_within(mysql, wait_ms + ON_THE_WAY_MS)) return -2;
    if (mysql_read_query_result(mysql)) return -1;
    MYSQL_RES *result = mysql_store_result(mysql);
    if (!result) return -1;
    MYSQL_ROW row = mysql_fetch_row(result);
    bool reached = row && row[0] && strcmp(row[0], "0") == 0;
    mysql_free_result(result);
    return reached;
}
