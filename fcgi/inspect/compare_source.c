// SPDX-License-Identifier: GPL-2.0-or-later
// Where the requests of osticket-fcgi compare come from.
#include "config/settings.h"
#include "inspect/compare.h"
#include "pool/database_settings.h"
#include "store/statements.h"
#include "store/walk.h"
#include "json/reader.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// A walk asks a part of its requests about people, the rest about tickets.
#define AGENTS_PART  5
#define CLIENTS_PART 4

static bool read_lines(const char *path, void (*add)(struct asked *asked, struct text line),
                       struct asked *asked) {
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    if (!file) {
        fprintf(stderr, "osticket-fcgi: %s: %s\n", path, strerror(errno));
        return false;
    }
    while (!asked_is_full(asked) && (length = getline(&line, &room, file)) >= 0)
        add(asked, text_trim((struct text){line, (size_t)length}));
    free(line);
    if (file != stdin) fclose(file);
    return true;
}

static void take_ticket(void *context, struct text name) {
    asked_add_named(context, "/tickets/ticketInfo", "ticketNumber", name);
}

static void take_agent(void *context, struct text name) {
    asked_add_named(context, "/tickets/staffTickets", "staffUserName", name);
}

static void take_client(void *context, struct text name) {
    asked_add_named(context, "/tickets/clientTickets", "clientUserMail", name);
}

// What both should find nobody and nothing for.
static void add_nobody(struct asked *asked) {
    take_ticket(asked, TEXT("000000000000"));
    take_agent(asked, TEXT("nobody.of.this.name"));
    take_client(asked, TEXT("nobody@nowhere.invalid"));
}

static bool walk_database(const struct settings *settings, size_t limit, struct asked *asked,
                          struct error *error) {
    struct db_settings database = database_settings(settings);
    struct db *db = db_new(&database, statements, STATEMENT_COUNT);
    if (!db) return error_set(error, ERROR_INTERNAL, "out of memory");
    bool good = walk_agents(db, limit / AGENTS_PART + 1, take_agent, asked, error) &&
                walk_clients(db, limit / CLIENTS_PART + 1, take_client, asked, error) &&
                walk_tickets(db, limit, take_ticket, asked, error);
    db_free(&db);
    return good;
}

static bool walk_by_settings(const struct compare_options *options, struct asked *asked) {
    struct settings settings;
    struct error error = {0};
    bool good = settings_load(options->config, &settings, &error);
    if (good) {
        good = walk_database(&settings, (size_t)options->limit, asked, &error);
        settings_free(&settings);
    }
    if (!good)
        fprintf(stderr, "osticket-fcgi: the tickets are taken from GET /tickets of the API: %s%s%s\n",
                error.message, *error.detail ? ": " : "", error.detail);
    return good;
}

// [[["number","310042"],…],…]: as many numbers as there is room for, spread over all.
static void take_numbers(struct asked *asked, const struct json_value *list, size_t room) {
    size_t count = json_count(list), step = count > room ? count / room : 1;
    for (size_t i = 0; i < count; i += step) {
        const struct json_value *number = json_element(json_element(json_element(list, i), 0), 1);
        if (json_kind(number) == JSON_TEXT) take_ticket(asked, json_value_text(number));
    }
}

static bool walk_by_api(const struct compare_options *options, struct http_client *client,
                        struct asked *asked) {
    const char *const apis[] = {options->ours, options->php};
    bool good = false;
    int status = 0;
    size_t room = (size_t)options->limit - (size_t)options->limit / CLIENTS_PART;
    for (size_t i = 0; !good && i < 2; i++) {
        struct http_answer answer;
        struct error error = {0};
        bool answered =
            compare_ask(options, client, apis[i], TEXT("/tickets"), &answer) && answer.status == 200;
        struct json_value *list = answered ? json_parse_large(buffer_text(&answer.body), &error) : NULL;
        good = json_kind(list) == JSON_ARRAY;
        if (good) take_numbers(asked, list, room ? room : 1);
        if (answer.status) status = answer.status;
        json_free(&list);
        http_answer_free(&answer);
    }
    if (!good)
        fprintf(
            stderr,
            "osticket-fcgi: GET /tickets gives no list (status %d): name the requests by --log or --list\n",
            status);
    return good;
}

bool compare_source(const struct compare_options *options, struct http_client *client, struct asked *asked,
                    bool *by_api) {
    *by_api = false;
    if (options->log) return read_lines(options->log, asked_add_log_line, asked);
    if (options->list) return read_lines(options->list, asked_add_list_line, asked);
    asked_add(asked, TEXT("/tickets"));
    add_nobody(asked);
    if (walk_by_settings(options, asked)) return true;
    *by_api = true;
    return walk_by_api(options, client, asked);
}

void compare_source_follow(struct asked *asked, struct text ticket_info) {
    struct error error = {0};
    if (!text_starts_with(ticket_info, TEXT("{\"ticket\":{"))) return;
    struct json_value *tree = json_parse_large(ticket_info, &error);
    const struct json_value *email = json_member(json_member(tree, "ticket"), "user_email");
    const struct json_value *address = json_member(email, "email");
    if (!address) address = json_member(email, "address");
    if (json_value_text(address).length) take_client(asked, json_value_text(address));
    json_free(&tree);
}
