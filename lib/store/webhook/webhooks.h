// SPDX-License-Identifier: GPL-2.0-or-later
// Webhooks as they are registered: {fcgi:webhook}, schema/fcgi-webhook.sql. spec: operations.md 8.1, 8.2.
// Errors: those of the database; without the table ERROR_NOT_NATIVE with a detail that names the file. One
// round trip each.
#ifndef STORE_WEBHOOK_WEBHOOKS_H
#define STORE_WEBHOOK_WEBHOOKS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

// Texts lie in the arena it was read with.
struct webhook {
    int64_t id, key_id;
    struct text url;
    struct text types;       // with commas; "": all
    struct text departments; // ids with commas; "": all
    bool private_entries;
    struct text format;             // json, slack, teams
    struct text parts;              // "ticket,entry"
    struct text secret, old_secret; // the second null where it signs no more
    bool is_on;
    struct text reason; // why it is off
    int64_t seq;
    int64_t from_event, from_entry;
    int64_t failing;              // seconds since when all calls fail; -1: they do not
    struct text created, updated; // UTC, "YYYY-MM-DD HH:MM:SS"
    int64_t updated_ago;          // seconds since somebody registered or changed it, or switched it on or off
    bool has_waiting;
    int64_t head_seq, head_due; // of the first that waits: its number, and seconds until its next try
};

// Those of a key (0: of all keys), or the one of the id (0: all). By id.
bool webhooks_list(struct db *db, int64_t key_id, int64_t id, struct arena *arena, struct webhook **webhooks,
                   size_t *count, struct error *error) CHECKED;

// The one of the key: 1, 0, -1.
int webhook_read(struct db *db, int64_t key_id, int64_t id, struct arena *arena, struct webhook *webhook,
                 struct error *error) CHECKED;

// Those that are on; `locked`: within a transaction, so that nobody numbers deliveries beside.
bool webhooks_on(struct db *db, bool locked, struct arena *arena, struct webhook **webhooks, size_t *count,
                 struct error *error) CHECKED;

// 1, 0, -1: the same of one, on or off, locked.
int webhook_lock(struct db *db, int64_t id, struct arena *arena, struct webhook *webhook,
                 struct error *error) CHECKED;

// A new one of the webhook's key, with its secret: what is written from now on is told. Its id is set.
bool webhook_insert(struct db *db, struct webhook *webhook, struct error *error) CHECKED;

// What a client may change: url, types, departments, private_entries, format, parts.
bool webhook_update(struct db *db, const struct webhook *webhook, struct error *error) CHECKED;

// Its deliveries go with the next deliveries_purge().
bool webhook_delete(struct db *db, int64_t id, struct error *error) CHECKED;

// Another secret; the one before signs along for a day.
bool webhook_new_secret(struct db *db, int64_t id, const char *secret, struct error *error) CHECKED;

// On with `reason` "", or off; how long it has failed begins anew. On: what waits is tried now, whatever it
// waits for, since who switches it on says that its receiver is well; two round trips.
bool webhook_switch(struct db *db, int64_t id, bool on, struct text reason, struct error *error) CHECKED;

// The last call failed; succeeded, after others had failed.
bool webhook_fails(struct db *db, int64_t id, struct error *error) CHECKED;
bool webhook_succeeds(struct db *db, int64_t id, struct error *error) CHECKED;

// How many deliveries wait.
bool webhook_backlog(struct db *db, int64_t id, int64_t *waiting, struct error *error) CHECKED;

// Says which file makes the tables where one was missing; false.
bool webhook_explain(struct db *db, struct error *error);

#endif
