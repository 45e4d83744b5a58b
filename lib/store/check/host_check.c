// SPDX-License-Identifier: GPL-2.0-or-later
// The database servers, one after the other. How far a replica is behind is measured: by how long it takes to
// have what the primary has now, which needs no right to see how it replicates.
#include "store/check/host_check.h"

#include "base/buffer.h"
#include "base/clock.h"
#include "base/words.h"
#include "store/row.h"
#include "store/statements.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define HOST_MAX     256
#define WAIT_MS      3000
#define POSITION_MAX (16 << 10)
#define TEXT_MAX     128
#define SHOWN        60 // of a position

struct server {
    char name[HOST_MAX];
    char version[TEXT_MAX], who[TEXT_MAX], data[TEXT_MAX];
    struct buffer position;
    bool takes_writes;
};

struct check {
    const struct host_question *question;
    schema_report *report;
    void *context;
    struct server primary; // empty where there is none
};

static void tell(const struct check *check, enum schema_grade grade, const char *mend, const char *format,
                 ...) __attribute__((format(printf, 4, 5)));

static void tell(const struct check *check, enum schema_grade grade, const char *mend, const char *format,
                 ...) {
    char finding[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(finding, sizeof finding, format, arguments);
    va_end(arguments);
    check->report(check->context, grade, finding, mend);
}

static const char *detail_of(const struct error *error) {
    return *error->detail ? error->detail : error->message;
}

static void take_server(const struct row *row, void *into) {
    struct server *server = into;
    struct text version = row_text(row, CHECK_HOST_VERSION), who = row_text(row, CHECK_HOST_WHO),
                data = row_text(row, CHECK_HOST_DATA);
    snprintf(server->version, TEXT_MAX, "%.*s", (int)version.length, version.data);
    snprintf(server->who, TEXT_MAX, "%.*s", (int)who.length, who.data);
    snprintf(server->data, TEXT_MAX, "%.*s", (int)data.length, data.data);
}

// What a server says of itself. False where it does not answer; without osTicket's tables `data` is empty.
static bool look(struct db *db, struct server *server, struct error *error) {
    struct query query = QUERY_WITHOUT_VALUES(STATEMENT_CHECK_HOST);
    struct error of_tables = {0};
    server->position = buffer_new(POSITION_MAX);
    if (!db_position(db, &server->position, &server->takes_writes, error)) return false;
    if (row_first(db, query, NULL, take_server, server, &of_tables) <= 0) *server->data = '\0';
    return true;
}

// ---- those that may be the primary

static void look_at_primary(struct check *check) {
    struct error error = {0};
    struct db *db = db_new(&check->question->primary, statements, STATEMENT_COUNT);
    if (!db || !look(db, &check->primary, &error)) check->primary = (struct server){.takes_writes = false};
    db_free(&db);
}

static void judge_host(const struct check *check, const struct server *server) {
    if (server->takes_writes)
        tell(check, SCHEMA_GOOD, "", "database host %s: takes writes, %s", server->name, server->version);
    else
        tell(check, SCHEMA_GOOD, "", "database host %s: read-only, stands by; %s", server->name,
             server->version);
}

static void check_host(struct check *check, const char *host) {
    struct db_settings settings = check->question->primary;
    struct server server = {.takes_writes = false};
    struct error error = {0};
    settings.hosts = host;
    snprintf(server.name, HOST_MAX, "%s", host);
    struct db *db = db_new(&settings, statements, STATEMENT_COUNT);
    if (db && look(db, &server, &error))
        judge_host(check, &server);
    else
        tell(check, SCHEMA_WARNING, "start it, or take it out of [database] host",
             "database host %s cannot be had: %s", host, detail_of(&error));
    buffer_free(&server.position);
    db_free(&db);
}

// ---- replicas

static void judge_lag(const struct check *check, struct db *db, const struct server *replica) {
    const struct buffer *wanted = &check->primary.position;
    struct error error = {0};
    int64_t begun = clock_monotonic_ms();
    int reached = db_reach(db, buffer_text(wanted), WAIT_MS, &error);
    int64_t took = clock_monotonic_ms() - begun;
    bool good = reached > 0 && took <= check->question->lag_ms;
    const char *mend =
        "mariadb -e 'SHOW REPLICA STATUS\\G' there says what holds it up; or set [database] replica_lag";
    if (good)
        tell(check, SCHEMA_GOOD, "", "replica %s: has all that the primary has after %" PRId64 " ms; %s",
             replica->name, took, replica->version);
    else if (reached > 0)
        tell(check, SCHEMA_WARNING, mend,
             "replica %s is %" PRId64 " ms behind, more than replica_lag (%u): reads go to the primary; %s",
             replica->name, took, check->question->lag_ms, replica->version);
    else
        tell(check, SCHEMA_WARNING, mend,
             "replica %s is more than %d ms behind: reads go to the primary. It is at %.*s, that at %.*s; %s",
             replica->name, WAIT_MS, SHOWN, replica->position.data, SHOWN, wanted->data, replica->version);
}

// What is wrong with it, whatever its lag. False: there is no more to say.
static bool judge_replica(const struct check *check, const struct server *replica) {
    const struct server *primary = &check->primary;
    if (!*replica->data || strcmp(replica->data, primary->data) != 0) {
        tell(check, SCHEMA_WARNING, "let it replicate the whole database, or take it out of read_hosts",
             "replica %s has other tables than the primary, or another version of osTicket", replica->name);
        return false;
    }
    if (strcmp(replica->who, primary->who) == 0) {
        tell(check, SCHEMA_GOOD, "", "replica %s: is the primary at present; %s", replica->name,
             replica->version);
        return false;
    }
    if (replica->takes_writes)
        tell(check, SCHEMA_WARNING, "mariadb -e 'SET GLOBAL read_only = 1' there, and in its configuration",
             "replica %s takes writes (read_only is off): what is written there is seen by some reads alone",
             replica->name);
    return true;
}

static void check_replica(struct check *check, const char *host) {
    struct db_settings settings = check->question->a_replica;
    struct server replica = {.takes_writes = false};
    struct error error = {0};
    settings.hosts = host;
    snprintf(replica.name, HOST_MAX, "%s", host);
    struct db *db = db_new(&settings, statements, STATEMENT_COUNT);
    if (!db || !look(db, &replica, &error))
        tell(check, SCHEMA_WARNING, "start it, or take it out of [database] read_hosts",
             "replica %s cannot be had, reads go to the primary: %s", host, detail_of(&error));
    else if (judge_replica(check, &replica))
        judge_lag(check, db, &replica);
    buffer_free(&replica.position);
    db_free(&db);
}

// ---- all

static void each(struct check *check, const char *list, void look_at(struct check *, const char *)) {
    char host[HOST_MAX];
    for (struct text rest = text_of(list), item; list_next(&rest, &item);) {
        item = text_trim(item);
        snprintf(host, sizeof host, "%.*s", (int)item.length, item.data);
        look_at(check, host);
    }
}

void host_check(const struct host_question *question, schema_report *report, void *context) {
    struct check check = {.question = question, .report = report, .context = context};
    bool has_replicas = *question->replicas != '\0';
    if (!has_replicas && !strchr(question->hosts, ',')) return;
    if (*question->hosts) each(&check, question->hosts, check_host);
    if (!has_replicas) return;
    look_at_primary(&check);
    if (!check.primary.position.length)
        tell(&check, SCHEMA_WARNING,
             "set log_bin there, with GTIDs (MySQL: gtid_mode = ON), or take read_hosts out",
             "the primary keeps no log with GTIDs: nobody can tell how far replicas are, and none is read");
    else
        each(&check, question->replicas, check_replica);
    buffer_free(&check.primary.position);
}
