// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi token: what a site's back end would make, on the command line.
#include "command/token.h"

#include "base/buffer.h"
#include "base/scope.h"
#include "base/words.h"
#include "command/terminal_text.h"
#include "config/settings.h"
#include "db/db.h"
#include "pool/database_settings.h"
#include "store/statements.h"
#include "store/token/client_token.h"
#include "token/token.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define MEMORY_MAX (1 << 20)
#define USUAL_LIFE 600

static int wrong_usage(void) {
    fputs("osticket-fcgi token USER --key ID [options]   a token of a client, for Authorization: Bearer\n"
          "  USER            an address or an id\n"
          "  --key ID        the key that signs it: \"key set ID --tokens on\"\n"
          "  --ttl SECONDS   how long it counts, 3600 at most (600)\n"
          "  --tickets LIST  numbers of tickets: these alone\n"
          "  --scope LIST    what it is for: read search files message create update catalog\n",
          stderr);
    return 2;
}

static bool wrong(struct error *error, const char *option, const char *what) {
    return error_set(error, ERROR_BAD_REQUEST, "%s: %s", option, what);
}

static bool set_tickets(struct token *token, const char *value, struct error *error) {
    struct text word;
    token->has_tickets = true;
    for (size_t at = 0; words_next(text_of(value), &at, &word);) {
        if (token->ticket_count == TOKEN_TICKETS_MAX) return wrong(error, "--tickets", "16 at most");
        token->tickets[token->ticket_count++] = word;
    }
    return true;
}

static bool set_life(struct token *token, const char *value, struct error *error) {
    int64_t seconds = 0;
    if (!text_to_int64(text_of(value), &seconds) || seconds <= 0 || seconds > TOKEN_LIFE_MAX)
        return wrong(error, "--ttl", "a number of seconds from 1 to 3600");
    token->expires = token->issued + seconds;
    return true;
}

static bool apply(struct token *token, const char *name, const char *value, struct error *error) {
    if (strcmp(name, "--ttl") == 0) return set_life(token, value, error);
    if (strcmp(name, "--tickets") == 0) return set_tickets(token, value, error);
    if (strcmp(name, "--key") == 0)
        return (text_to_int64(text_of(value), &token->key_id) && token->key_id > 0) ||
               wrong(error, name, "the number of a key; \"key list\" shows them");
    if (strcmp(name, "--scope") != 0) return wrong(error, name, "there is no such option");
    token->has_scopes = true;
    return scopes_read(text_of(value), &token->scopes, NULL) ||
           wrong(error, name, "one of the words is none");
}

// Who it is for, and the options behind.
static bool read_words(struct token *token, int count, char **words, struct error *error) {
    token->issued = (int64_t)time(NULL);
    token->expires = token->issued + USUAL_LIFE;
    if (!text_to_int64(text_of(words[0]), &token->user_id) || token->user_id <= 0) {
        token->user_id = 0;
        token->address = text_of(words[0]);
    }
    for (int i = 1; i < count; i += 2) {
        if (i + 1 == count) return wrong(error, words[i], "needs a value");
        if (!apply(token, words[i], words[i + 1], error)) return false;
    }
    return token->key_id || wrong(error, "--key", "which key signs it?");
}

static bool sign(struct db *db, struct arena *arena, struct token *token, struct buffer *out,
                 struct error *error) {
    struct signing signing;
    bool locked = false;
    int64_t id = 0;
    int found = signing_read(db, token->key_id, arena, &signing, error);
    if (found < 0) return false;
    if (!found)
        return error_set(error, ERROR_NOT_FOUND, "key %lld signs no tokens: \"key set %lld --tokens on\"",
                         (long long)token->key_id, (long long)token->key_id);
    found = token_subject_find(db, token->user_id, token->address, &id, &locked, error);
    if (found < 0) return false;
    if (!found) return error_set(error, ERROR_NOT_FOUND, "there is no such user");
    if (locked) return error_set(error, ERROR_NOT_FOUND, "the user's account is locked");
    token->user_id = id;
    return token_write(token, signing.secret, out, error);
}

int token_command(const char *config, int count, char **words) {
    struct settings settings;
    struct error error = {0};
    struct token token = {.address = TEXT_NULL};
    if (!count || words[0][0] == '-') return wrong_usage();
    if (!read_words(&token, count, words, &error)) return print_failure(&error);
    if (!settings_load(config, &settings, &error)) return print_failure(&error);
    struct db_settings database = database_settings(&settings);
    struct db *db = db_new(&database, statements, STATEMENT_COUNT);
    struct arena arena = arena_new(MEMORY_MAX);
    struct buffer out = buffer_new(TOKEN_MAX + 1);
    bool done = db && sign(db, &arena, &token, &out, &error);
    if (done) puts(out.data);
    buffer_free(&out);
    arena_free(&arena);
    db_free(&db);
    settings_free(&settings);
    return done ? 0 : print_failure(&error);
}
