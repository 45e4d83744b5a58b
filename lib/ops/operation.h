// SPDX-License-Identifier: GPL-2.0-or-later
// The operation table: what the server can be asked, and under which conditions.
#ifndef OPS_OPERATION_H
#define OPS_OPERATION_H

#include "auth/principal.h"
#include "base/error.h"
#include "base/output.h"
#include "base/text.h"
#include "store/api_key.h"

#include <stdbool.h>
#include <stddef.h>

struct db;
struct log;
struct idempotency;

enum method { METHOD_GET, METHOD_POST, METHOD_OTHER };

enum shape { SHAPE_DOCUMENTED, SHAPE_CURRENT };

// Operations in whose answers agents' internal notes stand, as bits.
enum notes_in { NOTES_IN_TICKET_INFO = 1, NOTES_IN_STAFF_TICKETS = 2, NOTES_IN_CLIENT_TICKETS = 4 };

// Settings of the operations; filled by fcgi/ from the configuration file.
struct operation_settings {
    enum shape shape;
    bool priority_object;        // a priority is its whole row, not its description
    unsigned notes;              // NOTES_IN_…: where internal notes stand
    bool reply_email_default;    // a reply without emailreply sends mail
    bool mail_enabled;           // replies put their mail into the queue
    bool allow_internal_fields;  // create: deptId, statusId, …
    const char *ignored_plugins; // comma list of folders of plugins that do not count; ""
    bool reply_hands_over;       // a reply is PHP's turn where a plugin listens
    const char *resolver;        // create: DNS server, "" for the system's
    int mail_wake;               // tells the mailer that mail waits, see base/wake.h; -1: none
    const char *secret_salt;     // osTicket's SECRET_SALT, "" when unknown
    size_t max_body;             // bytes of a request body
};

// One request, as an operation sees it.
struct operation_context {
    struct db *db;
    struct log *log;
    const struct operation_settings *settings;
    const struct principal *principal;
    const struct subject *subject; // looked up together with the key; NULL: the operation looks itself
    const char *client_address;    // after trusted proxies
    struct text body;
    struct text idempotency_key;     // of the header; null: none; empty: one that cannot be a key
    struct idempotency *idempotency; // for ops/idempotency.c
    // The value of a query parameter, URL-decoded; TEXT_NULL when it is absent. Valid for the request.
    struct text (*parameter)(const struct operation_context *context, const char *name);
    void *request; // for `parameter`
};

enum answer_kind { ANSWER_TEXT, ANSWER_JSON };

// Where an answer goes. Set `kind` and `created` before the first byte.
struct answer {
    enum answer_kind kind;
    bool created;  // 201 instead of 200
    bool repeated; // what was answered to the same request before
    struct output *output;
};

// Does the work. False with `error` set: what was not handed on yet is replaced by the error's answer; after
// the first hand-over the connection is broken off. A failing operation has rolled back whatever it wrote.
typedef bool operation_handler(struct operation_context *context, struct answer *answer, struct error *error);

enum operation_flags {
    OPERATION_READS = 1,      // writes nothing: may be run again when the link was lost
    OPERATION_NATIVE = 2,     // done here; without it: after the key check, PHP's turn or 501
    OPERATION_REMEMBERED = 4, // calls idempotency_remember(): heeds Idempotency-Key
};

struct operation {
    const char *name; // as in the log
    enum method method;
    const char *path; // behind the prefix
    unsigned permission;
    unsigned flags;
    bool has_body;
    operation_handler *handle; // NULL when not native
};

// What an operation's query names, and by which parameter. SUBJECT_NONE, and `parameter` NULL, where nothing
// is named.
enum subject_kind operation_subject(const struct operation *operation, const char **parameter);

// The operation for method and path; NULL when there is none. Case counts, and nothing is decoded.
const struct operation *operation_find(enum method method, struct text path);

#endif
