// SPDX-License-Identifier: GPL-2.0-or-later
// A path of somebody else's API as a row of a table: which operations of ours it calls, what their parameters
// and members are called there, and how the answer is told. The row is an operation itself, so that key,
// rate, body and Idempotency-Key are heeded as for any; its handler is one of the two below.
//
// An operation is called as if a client of ours had asked for it: its scope is checked, its query is, and
// what it answers is read as the JSON that it is. What a request writes is one transaction.
#ifndef ADAPTERS_ADAPTED_H
#define ADAPTERS_ADAPTED_H

#include "auth/principal.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "ops/operation.h"
#include "json/reader.h"
#include "json/writer.h"

#include <stdbool.h>
#include <stddef.h>

#define ADAPTED_CALLS_MAX  8
#define ADAPTED_ANSWER_MAX (64 << 20) // bytes that an operation answers
#define ADAPTED_ARENA_MAX  (128 << 20)

// One request of the other API's client.
struct adapted_run {
    struct operation_context *context; // as it came
    const struct adapted *adapted;
    struct arena arena;
    struct principal principal;                    // as whom our operations are asked
    struct subject subject;                        // the ticket; without a name there is none
    struct json_value *body;                       // an object; NULL: none came
    struct json_value *answers[ADAPTED_CALLS_MAX]; // of the calls, by their places; NULL: it was not made
    struct joint_transaction *joint;               // NULL: nothing is written
    size_t made;                                   // calls, so far
};

// A parameter of ours, and where its value comes from. Of several with one name the first that has one.
struct adapted_parameter {
    const char *ours;
    const char *theirs; // in their path or query; empty is none. NULL: it is always `fixed`
    const char *fixed;  // where theirs has none; NULL: it is left out
    // Turns their value into ours; a null one leaves it out. NULL: it is the same.
    bool (*turn)(struct adapted_run *run, struct text given, struct text *value, struct error *error);
    bool always; // `turn` is asked where theirs has none, too
};

// The same of a body's member. Their null is none, unless it is told on.
struct adapted_member {
    const char *ours, *theirs;
    const char *fixed; // JSON
    bool tells_null;
    // Writes the value.
    bool (*turn)(struct adapted_run *run, const struct json_value *given, struct json_writer *json,
                 struct error *error);
};

struct adapted_call {
    const char *operation;                 // by its name
    const struct adapted_parameter *query; // NULL: none; ends with one without a name
    const struct adapted_member *body;     // the same
    // Whether it is made: with this, as it says; without, where it has a body, when one of theirs is there.
    bool (*wanted)(const struct adapted_run *run);
    bool is_within;      // part of what the others do: no scope of its own
    unsigned any_scope;  // instead of the operation's scope one of these
    const char *already; // a conflict that names this member: it is so already, which is no failure
};
#define CALLS(...)   ((const struct adapted_call[]){__VA_ARGS__, {.operation = NULL}})
#define QUERY(...)   ((const struct adapted_parameter[]){__VA_ARGS__, {.ours = NULL}})
#define MEMBERS(...) ((const struct adapted_member[]){__VA_ARGS__, {.ours = NULL}})

// An element of both: AS("staff", "staffId", .fixed = "1").
#define AS(our_name, their_name, ...)                                                                        \
    { .ours = (our_name), .theirs = (their_name), __VA_ARGS__ }
#define FIXED(our_name, value)                                                                               \
    { .ours = (our_name), .fixed = (value) }

// How the path names the ticket.
enum adapted_ticket { TICKET_NOT_NAMED, TICKET_BY_NUMBER, TICKET_BY_ID, TICKET_BY_NUMBER_OR_ID };

struct adapted {
    enum adapted_ticket ticket;
    bool needs_body;
    const char *needs;    // "priority_id,priority": one of these members has to say something; NULL: none has
    const char *not_done; // a sentence: it is refused so
    // Looks at the request before the first call; NULL: nothing to look at.
    bool (*prepare)(struct adapted_run *run, struct error *error);
    const struct adapted_call *calls;
    // Further things to be written, after the calls and in their transaction; NULL: none.
    bool (*also)(struct adapted_run *run, struct error *error);
    // The answer. Of a row that answers text, text.
    bool (*tell)(struct adapted_run *run, struct json_writer *json, struct error *error);
    bool is_empty; // 204 instead
};
#define ADAPTED(...) (&(const struct adapted){__VA_ARGS__})

// Handlers of rows with `adapted`.
bool adapted_read(struct operation_context *context, struct answer *answer, struct error *error);
bool adapted_write(struct operation_context *context, struct answer *answer, struct error *error);
bool adapted_not_done(struct operation_context *context, struct answer *answer, struct error *error);

// For handlers of their own: reads the body and finds the ticket; closed after a failure, too.
bool adapted_open(struct adapted_run *run, struct operation_context *context, struct error *error) CHECKED;
void adapted_close(struct adapted_run *run);

// Makes a call, whose answer goes to answer->output. For those that are not read as JSON.
bool adapted_call(struct adapted_run *run, const struct adapted_call *call, struct answer *answer,
                  struct error *error) CHECKED;

// Makes a call and gives what it answers, which the caller frees with json_free(). NULL: failure.
struct json_value *adapted_ask(struct adapted_run *run, const struct adapted_call *call,
                               struct error *error) CHECKED;

// The ticket of the name: `subject` becomes it, without an id where the key sees none. At most two round
// trips.
bool adapted_find(struct adapted_run *run, struct text name, enum adapted_ticket by, struct subject *subject,
                  struct error *error) CHECKED;

// Refuses a parameter or member.
bool adapted_refuse(struct error *error, const char *name, const char *what);

// A member's text; an integer's digits; null where it is absent, null or something else. In the arena.
struct text adapted_text(struct adapted_run *run, const struct json_value *value);

// Whether a member of their body is meant to say something: it is there, not null, and no blank text. Of what
// kind it is does not matter: what is of another than it should be is refused by the operation, not passed
// over.
bool adapted_says_something(const struct json_value *value);

#endif
