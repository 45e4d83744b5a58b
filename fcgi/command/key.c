// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi key: for an administrator who hands out API keys.
#include "command/key.h"

#include "base/scope.h"
#include "command/key_option.h"
#include "command/terminal_text.h"
#include "config/settings.h"
#include "crypto/random.h"
#include "db/db.h"
#include "pool/database_settings.h"
#include "store/statements.h"
#include "store/transaction.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define MEMORY_MAX (64 << 20)
#define KEY_DIGITS 32 // hexadecimal, as osTicket's

struct keys {
    struct db *db;
    struct arena arena;
    const struct settings *settings;
};

static int wrong_usage(void) {
    fputs("osticket-fcgi key [list]               all keys, never whole\n"
          "osticket-fcgi key show ID              all about one\n"
          "osticket-fcgi key add [options]        a new key, which is shown this once\n"
          "osticket-fcgi key set ID [options]     change what it may do; counts from the next request on\n"
          "osticket-fcgi key expire ID [TIME]     let it end, now or then\n",
          stderr);
    key_options_print(stderr);
    return 2;
}

// ---- showing

static void print_pair(const char *name, struct text text) {
    printf("%-12s ", name);
    print_text(text);
    putchar('\n');
}

static void print_number(const char *name, int64_t number, const char *unit, const char *none) {
    printf(number > 0 ? "%-12s %" PRId64 "%s\n" : "%-12s ", name, number, unit);
    if (number <= 0) puts(none);
}

static struct text or_else(struct text text, const char *instead) {
    return text.length ? text : text_of(instead);
}

static void print_view(const struct key_row *row) {
    printf("%-12s %.*s", "sees", (int)row->view.length, row->view.data);
    if (row->view_id) printf(" %" PRId64, row->view_id);
    if (!text_is_null(row->departments))
        printf(", departments %.*s", (int)row->departments.length, row->departments.data);
    putchar('\n');
}

static void print_signing(const struct key_draft *key) {
    const struct signing *signing = &key->signing;
    print_pair("tokens", signing->secret.length ? TEXT("signs some") : TEXT("signs none"));
    if (!signing->secret.length) return;
    print_pair("pages", or_else(signing->origins, "none"));
    print_number("of a client", signing->user_rate, " a minute", "as many as come");
    if (key->secret_is_new) print_pair("secret", signing->secret);
    if (key->secret_is_new) print_pair("", TEXT("(shown this once)"));
    unsigned scopes = SCOPE_NONE;
    (void)scopes_read(key->row.scopes, &scopes, NULL);
    if (!(scopes & SCOPE_TOKENS)) print_pair("", TEXT("lacks the scope tokens: none of them counts"));
}

static int show(const struct key_draft *key) {
    const struct key_row *row = &key->row;
    print_number("key", row->id, "", "");
    printf("%-12s …%.*s\n", "ends in", (int)row->end.length, row->end.data);
    print_pair("state", row->expired ? TEXT("expired") : row->active ? TEXT("active") : TEXT("switched off"));
    print_pair("asks from", text_is_null(row->networks) ? row->address : row->networks);
    print_pair("scopes", text_is_null(row->scopes)
                             ? TEXT("stock ([api] stock_scopes and osTicket's settings)")
                             : row->scopes);
    print_pair("in PHP", row->creates_tickets ? TEXT("creates tickets") : TEXT("does not create tickets"));
    print_pair("cron", row->runs_cron ? TEXT("yes") : TEXT("no"));
    print_pair("agent", row->staff_id && !row->username.length ? TEXT("one who is gone")
                                                               : or_else(row->username, "none"));
    print_pair("any agent", row->any_staff ? TEXT("yes") : TEXT("no"));
    print_pair("no agent", row->is_system ? TEXT("yes") : TEXT("no"));
    print_view(row);
    print_number("rate", row->rate, " a minute", "none");
    if (row->rate > 0) print_number("at once", row->burst, "", "usual");
    print_pair("expires", or_else(row->expires, "never"));
    print_signing(key);
    print_pair("note", row->note);
    return 0;
}

static int list(struct keys *keys, struct error *error) {
    struct key_row *rows;
    size_t count;
    if (!key_rows_read(keys->db, &keys->arena, &rows, &count, error)) return print_failure(error);
    if (!count) puts("There are no keys.");
    for (size_t i = 0; i < count; i++) {
        const struct key_row *row = &rows[i];
        struct text from = text_is_null(row->networks) ? row->address : row->networks;
        const char *state = row->expired ? "expired" : row->active ? "active" : "off";
        printf("%6" PRId64 "  …%-4.*s  %-7s  %-20.*s  %-24.*s", row->id, (int)row->end.length,
               row->end.length ? row->end.data : "", state, (int)from.length, from.data,
               (int)or_else(row->scopes, "stock").length, or_else(row->scopes, "stock").data);
        if (row->rate > 0) printf("  %" PRId64 "/min", row->rate);
        if (!text_equal(row->view, TEXT("all"))) printf("  sees %.*s", (int)row->view.length, row->view.data);
        if (row->username.length) printf("  as %.*s", (int)row->username.length, row->username.data);
        if (row->note.length) printf("  "), print_text(row->note);
        putchar('\n');
    }
    return 0;
}

// ---- changing

static struct key_options options_of(struct keys *keys) {
    return (struct key_options){keys->db, &keys->arena, keys->settings->api.open_keys};
}

// Whoever has not made the table has no key that signs.
static bool find_signing(struct keys *keys, struct key_draft *key, struct error *error) {
    if (signing_read(keys->db, key->row.id, &keys->arena, &key->signing, error) >= 0) return true;
    if (error->code != ERROR_NOT_NATIVE) return false;
    error_clear(error);
    return true;
}

static int find(struct keys *keys, const char *word, struct key_draft *key, struct error *error) {
    int64_t id = 0;
    *key = (struct key_draft){.secret_is_new = false};
    if (!text_to_int64(text_of(word), &id) || id <= 0) {
        error_set(error, ERROR_BAD_REQUEST, "\"%s\" is no number of a key; \"key list\" shows them", word);
        return -1;
    }
    int found = key_row_read(keys->db, id, &keys->arena, &key->row, error);
    if (found == 0)
        error_set(error, ERROR_NOT_FOUND, "there is no key %" PRId64 "; \"key list\" shows them", id);
    return found > 0 && find_signing(keys, key, error) ? 1 : -1;
}

static bool write_signing(struct keys *keys, struct key_draft *key, struct error *error) {
    if (!key->signing_is_touched) return true;
    key->signing.key_id = key->row.id;
    return key->signing.secret.length ? signing_write(keys->db, &key->signing, error)
                                      : signing_delete(keys->db, key->row.id, error);
}

// osTicket knows single addresses only: the first network that is one, which then counts in PHP, too.
static struct text address_for_php(struct text networks) {
    struct text none = TEXT("");
    size_t length = 0;
    while (length < networks.length && networks.data[length] != ' ') length++;
    return length && !memchr(networks.data, '/', length) ? (struct text){networks.data, length} : none;
}

static bool write_new(struct keys *keys, const char *key, struct key_draft *draft, struct error *error) {
    struct key_row *row = &draft->row;
    bool done = transaction_begin(keys->db, error) &&
                key_row_insert(keys->db, text_of(key), address_for_php(row->networks), row->creates_tickets,
                               &row->id, error) &&
                key_row_write(keys->db, row, error) && write_signing(keys, draft, error) &&
                transaction_commit(keys->db, error);
    if (!done) db_rollback(keys->db);
    return done;
}

static int add(struct keys *keys, int count, char **words, struct error *error) {
    struct key_draft draft = {.row = {.active = true, .view = TEXT("all"), .note = TEXT("")}};
    struct key_row *row = &draft.row;
    struct key_options options = options_of(keys);
    char key[KEY_DIGITS + 1];
    row->networks = row->scopes = row->departments = row->expires = TEXT_NULL;
    draft.signing.secret = draft.signing.origins = TEXT_NULL;
    if (!key_options_apply(&options, count, words, &draft, error)) return print_failure(error);
    if (text_is_null(row->networks)) {
        error_set(error, ERROR_BAD_REQUEST, "a new key needs --networks: from where it may ask");
        return print_failure(error);
    }
    if (!random_text("0123456789ABCDEF", key, KEY_DIGITS, error) || !write_new(keys, key, &draft, error))
        return print_failure(error);
    fprintf(stderr, "key %" PRId64 ", shown this once:\n", row->id);
    puts(key);
    if (!draft.secret_is_new) return 0;
    fputs("its secret for tokens, shown this once:\n", stderr);
    print_text(draft.signing.secret);
    putchar('\n');
    return 0;
}

static int change(struct keys *keys, const char *id, int count, char **words, struct error *error) {
    struct key_draft key;
    struct key_options options = options_of(keys);
    if (find(keys, id, &key, error) < 0 || !key_options_apply(&options, count, words, &key, error) ||
        !key_row_write(keys->db, &key.row, error) || !write_signing(keys, &key, error))
        return print_failure(error);
    return show(&key);
}

static int expire(struct keys *keys, const char *id, const char *when, struct error *error) {
    char option[] = "--expires", *words[] = {option, (char *)when};
    return change(keys, id, 2, words, error);
}

static int run(struct keys *keys, int count, char **words) {
    struct error error = {0};
    struct key_draft key;
    const char *word = count ? words[0] : "list";
    static char now[] = "now";
    if (strcmp(word, "list") == 0 && count <= 1) return list(keys, &error);
    if (strcmp(word, "add") == 0) return add(keys, count - 1, words + 1, &error);
    if (count < 2) return wrong_usage();
    if (strcmp(word, "show") == 0 && count == 2)
        return find(keys, words[1], &key, &error) < 0 ? print_failure(&error) : show(&key);
    if (strcmp(word, "set") == 0 && count > 2) return change(keys, words[1], count - 2, words + 2, &error);
    if (strcmp(word, "expire") == 0 && count <= 3)
        return expire(keys, words[1], count == 3 ? words[2] : now, &error);
    return wrong_usage();
}

int key_command(const char *config, int count, char **words) {
    struct settings settings;
    struct error error = {0};
    struct keys keys = {.settings = &settings};
    if (!settings_load(config, &settings, &error)) return print_failure(&error);
    struct db_settings database = database_settings(&settings);
    keys.db = db_new(&database, statements, STATEMENT_COUNT);
    keys.arena = arena_new(MEMORY_MAX);
    int status = keys.db ? run(&keys, count, words) : 1;
    arena_free(&keys.arena);
    db_free(&keys.db);
    settings_free(&settings);
    return status;
}
