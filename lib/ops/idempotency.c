// SPDX-License-Identifier: GPL-2.0-or-later
// Requests with an Idempotency-Key.
//
// The lock is the database's: a worker that dies lets go of it with its connection, and what it wrote is
// rolled back by then. The record is written in the operation's own transaction, so that there is one exactly
// when its work is done. Should the lock fail (a cluster of databases, where each has its own), the table's
// primary key still lets only one of two transactions through; the other is run again and finds the record.
#include "ops/idempotency.h"

#include "base/arena.h"
#include "base/log.h"
#include "crypto/digest.h"
#include "ops/entry/incoming_file.h"
#include "store/idempotency.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define ARENA_MAX  (64 << 10)
#define PURGED_NOW 10
// "user 9 " and a digest of the key; with a blank, which no key has.
#define CLIENT_DIGEST    32
#define CLIENT_NAME_SIZE (26 + DIGEST_HEX_SIZE(CLIENT_DIGEST))

// A request that is under way with its key.
struct idempotency {
    struct idempotency_name name;
    char of_client[CLIENT_NAME_SIZE]; // for the name
    char request[IDEMPOTENCY_REQUEST_SIZE];
    bool remembered; // or there is nothing to remember
};

static bool check_key(struct text key, struct error *error) {
    bool good = key.length > 0 && key.length <= IDEMPOTENCY_KEY_MAX;
    for (size_t i = 0; good && i < key.length; i++) good = key.data[i] > ' ' && key.data[i] < 0x7F;
    return good || error_set(error, ERROR_BAD_REQUEST,
                             "Idempotency-Key must be sent once, with 1 to %d visible ASCII characters",
                             IDEMPOTENCY_KEY_MAX);
}

// Files that came beside the body, one after the other: names, types and bytes, but not the boundary between
// them, which is another each time that a client sends the same.
static bool digest_files(const struct incoming_files *files, unsigned char digest[DIGEST_SHA512_SIZE]) {
    unsigned char next[DIGEST_SHA512_SIZE];
    for (size_t i = 0; files && i < files->count; i++) {
        const struct text texts[] = {files->items[i].name, files->items[i].type, files->items[i].data};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
            if (!digest_hmac_sha512((struct text){(const char *)digest, sizeof next}, texts[k], next))
                return false;
            memcpy(digest, next, sizeof next);
        }
    }
    return true;
}

// Clients with tokens of one key know nothing of each other: each has names of his own.
static bool name_of_client(const struct operation_context *context, struct idempotency *idempotency,
                           struct error *error) {
    unsigned char digest[DIGEST_SHA512_SIZE];
    char hex[DIGEST_HEX_SIZE(CLIENT_DIGEST)];
    if (!principal_is_client(context->principal)) return true;
    if (!digest_hmac_sha512(TEXT("client"), context->idempotency_key, digest))
        return error_set(error, ERROR_INTERNAL, "no digest can be made");
    digest_hex(digest, CLIENT_DIGEST, hex);
    snprintf(idempotency->of_client, CLIENT_NAME_SIZE, "user %" PRId64 " %s", context->principal->user_id,
             hex);
    idempotency->name.key = text_of(idempotency->of_client);
    return true;
}

// What was asked: the operation, path and query as sent, who acts, and every byte of the body. Of what PHP
// has as well only the table's path, which its clients may write in several ways.
static bool digest_request(const struct operation *operation, const struct operation_context *context,
                           char hex[IDEMPOTENCY_REQUEST_SIZE], struct error *error) {
    unsigned char digest[DIGEST_SHA512_SIZE], of_asked[DIGEST_SHA512_SIZE], of_actor[DIGEST_SHA512_SIZE];
    struct text asked = text_of(operation->path), actor = context->acting_as;
    bool done = true, is_own = !operation->of_php || context->in_profile;
    if (is_own) {
        done = digest_hmac_sha512(text_of(operation->name), context->asked, of_asked);
        asked = (struct text){(const char *)of_asked, sizeof of_asked};
    }
    if (done && is_own && actor.length) {
        done = digest_hmac_sha512(asked, actor, of_actor);
        asked = (struct text){(const char *)of_actor, sizeof of_actor};
    }
    if (!done || !digest_hmac_sha512(asked, context->body, digest) || !digest_files(context->files, digest))
        return error_set(error, ERROR_INTERNAL, "no digest can be made");
    digest_hex(digest, (IDEMPOTENCY_REQUEST_SIZE - 1) / 2, hex);
    return true;
}

static bool replay(const struct idempotency_record *record, struct answer *answer) {
    answer->kind = record->is_json ? ANSWER_JSON : ANSWER_TEXT;
    answer->created = record->is_created;
    answer->repeated = true;
    output_add_text(answer->output, record->answer);
    return true;
}

// Without the table nothing can be promised. Whoever sends a key relies on the promise, so that the request
// is not done without it.
static bool explain(struct db *db, struct error *error) {
    struct error ignored = {0};
    if (error->code != ERROR_INTERNAL || idempotency_table_exists(db, &ignored) != 0) return false;
    return error_set(
        error, ERROR_BAD_REQUEST,
        "Idempotency-Key is not supported by this help desk: its administrator has to add a table "
        "first (osticket-fcgi -t says which). Nothing was written.");
}

// 1: answered; 0: to be worked on; -1: failure.
static int look(const struct operation_context *context, const struct idempotency *idempotency,
                struct answer *answer, struct error *error) {
    struct arena arena = arena_new(ARENA_MAX);
    struct idempotency_record record;
    int state = idempotency_find(context->db, &idempotency->name, &arena, &record, error);
    if (state < 0) explain(context->db, error);
    if (state > 0 && record.expired) {
        state = idempotency_delete(context->db, &idempotency->name, error) ? 0 : -1;
    } else if (state > 0 && !text_equal(record.request, text_of(idempotency->request))) {
        error_set(error, ERROR_UNPROCESSABLE,
                  "this Idempotency-Key was used for another request; nothing was written");
        state = -1;
    } else if (state > 0) {
        replay(&record, answer);
    }
    arena_free(&arena);
    return state;
}

// A failed attempt to tidy up harms nobody.
static void purge(const struct operation_context *context) {
    struct error ignored = {0};
    uint64_t purged;
    // Where a mailer runs, it does this.
    if (context->settings->mail_enabled) return;
    if (!idempotency_purge(context->db, PURGED_NOW, &purged, &ignored)) error_clear(&ignored);
}

static bool work(const struct operation *operation, struct operation_context *context,
                 struct idempotency *idempotency, struct answer *answer, struct error *error) {
    int state = look(context, idempotency, answer, error);
    if (state != 0) return state > 0;
    context->idempotency = idempotency;
    bool done = operation->handle(context, answer, error);
    context->idempotency = NULL;
    if (done && !idempotency->remembered)
        log_write(context->log, LOG_LEVEL_ERROR, "operation=%s was not remembered for its Idempotency-Key",
                  operation->name);
    if (done) purge(context);
    return done;
}

// A link that is lost took the lock along; asking on it would only wait for a new one.
static bool has_link(const struct error *error, bool done) {
    return done || (error->code != ERROR_UNAVAILABLE && error->code != ERROR_UNKNOWN);
}

bool idempotency_run(const struct operation *operation, struct operation_context *context,
                     struct answer *answer, struct error *error) {
    struct idempotency idempotency = {.name = {context->principal->key_id, context->idempotency_key}};
    if (!operation->writes || text_is_null(context->idempotency_key))
        return operation->handle(context, answer, error);
    if (!check_key(context->idempotency_key, error) || !name_of_client(context, &idempotency, error) ||
        !digest_request(operation, context, idempotency.request, error))
        return false;
    int locked = idempotency_lock(context->db, &idempotency.name, error);
    if (locked == 0)
        return error_set(
            error, ERROR_CONFLICT,
            "a request with this Idempotency-Key is still being worked on; ask again in a moment");
    bool done = locked > 0 && work(operation, context, &idempotency, answer, error);
    if (locked > 0 && has_link(error, done)) idempotency_unlock(context->db, &idempotency.name);
    return done;
}

static bool insert(struct db *db, const struct idempotency_name *name,
                   const struct idempotency_record *record, struct error *error) {
    if (record->answer.length > IDEMPOTENCY_ANSWER_MAX)
        return error_set(error, ERROR_INTERNAL, "an answer is too long to be remembered");
    return idempotency_insert(db, name, record, error);
}

bool idempotency_remember(const struct operation_context *context, enum answer_kind kind, bool created,
                          struct text answer, struct error *error) {
    struct idempotency *idempotency = context->idempotency;
    if (!idempotency) return true;
    const struct idempotency_record record = {
        .request = text_of(idempotency->request),
        .is_json = kind == ANSWER_JSON,
        .is_created = created,
        .answer = answer,
    };
    idempotency->remembered = insert(context->db, &idempotency->name, &record, error);
    return idempotency->remembered;
}

bool idempotency_part_make(const struct operation *operation, const struct operation_context *context,
                           struct arena *arena, struct idempotency_part *part, struct error *error) {
    struct idempotency idempotency = {.name = {context->principal->key_id, context->idempotency_key}};
    if (!check_key(context->idempotency_key, error) || !name_of_client(context, &idempotency, error) ||
        !digest_request(operation, context, idempotency.request, error))
        return false;
    part->name =
        (struct idempotency_name){idempotency.name.api_key_id, arena_copy(arena, idempotency.name.key)};
    part->request = arena_copy(arena, text_of(idempotency.request));
    return !arena->failed || error_too_large(error);
}

bool idempotency_part_remember(const struct operation_context *context, const struct idempotency_part *part,
                               bool created, struct text answer, struct error *error) {
    const struct idempotency_record record = {
        .request = part->request, .is_json = true, .is_created = created, .answer = answer};
    return insert(context->db, &part->name, &record, error);
}

void idempotency_pass(const struct operation_context *context) {
    if (context->idempotency) context->idempotency->remembered = true;
}

bool idempotency_lets_go(const struct operation *operation, struct text key) {
    return text_is_null(key) || !operation->writes || !operation->handle;
}
