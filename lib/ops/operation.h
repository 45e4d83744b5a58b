// SPDX-License-Identifier: GPL-2.0-or-later
// An operation: what the server can be asked, under which conditions, and what its handler gets to see.
#ifndef OPS_OPERATION_H
#define OPS_OPERATION_H

#include "auth/principal.h"
#include "base/error.h"
#include "base/output.h"
#include "base/text.h"
#include "store/api_key.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;
struct log;
struct idempotency;
struct cdata_trust;
struct kept_answers;
struct kept_desk;
struct incoming_files;
struct operation;
struct adapted;
struct tickets_together;
struct joint_parties;

// Those that an operation can have, and any other.
enum method {
    METHOD_GET,
    METHOD_HEAD,
    METHOD_POST,
    METHOD_PUT,
    METHOD_PATCH,
    METHOD_DELETE,
    METHOD_OTHER,
};

enum shape { SHAPE_DOCUMENTED, SHAPE_CURRENT };

// Operations in whose answers agents' internal notes stand, as bits.
enum notes_in { NOTES_IN_TICKET_INFO = 1, NOTES_IN_STAFF_TICKETS = 2, NOTES_IN_CLIENT_TICKETS = 4 };

// What of PHP's way with e-mails [email] as_php brings back, as bits, in the order of its words; the words
// are those of spec: piping.md 9.
enum email_as_php {
    AS_PHP_AGENT_SPOOF = 1 << 0,    // who holds a mail to an agent writes in the agent's name
    AS_PHP_OWNER_SPOOF = 1 << 1,    // who holds a mail to a client writes in the client's name
    AS_PHP_AGENT_UNKNOWN = 1 << 2,  // an agent who answers a client's mail is a stranger
    AS_PHP_SECOND_ADDRESS = 1 << 3, // the owner with another of his addresses is a stranger
    AS_PHP_MAILBOX_SENDER = 1 << 4, // mailboxes of the help desk write into threads
    AS_PHP_PASSIVE_JOIN = 1 << 5,   // a user who answers any mail of a thread takes part in it
    AS_PHP_CC_ACTIVE = 1 << 6,      // anybody may bring in active collaborators
    AS_PHP_LIST_JOIN = 1 << 7,      // lists, agents and no-reply addresses take part, too
    AS_PHP_BAN = 1 << 8,            // the ban list counts for new tickets alone
    AS_PHP_REFER = 1 << 9,          // a mail that was here before refers its thread, too
};

// Settings of the operations; filled by fcgi/ from the configuration file.
struct operation_settings {
    enum shape shape;
    bool priority_object;        // a priority is its whole row, not its description
    unsigned notes;              // NOTES_IN_…: where internal notes stand
    bool reply_email_default;    // a reply without emailreply sends mail
    bool mail_enabled;           // replies put their mail into the queue
    bool allow_internal_fields;  // create: deptId, statusId, …
    const char *ignored_plugins; // comma list of folders of plugins that do not count; ""
    bool write_despite_audit;    // what is done to tickets need not be heard of by osTicket's audit plugin
    bool reply_hands_over;       // a reply is PHP's turn where a plugin listens
    const char *resolver;        // create: DNS server, "" for the system's
    int mail_wake;               // tells the mailer that mail waits, see base/wake.h; -1: none
    bool cron_enabled;           // cron is done here
    bool cron_hands_over;        // PHP stands by for what cannot be done here
    unsigned cron_wait;          // seconds that a call of cron waits for its run
    int cron_wake;               // tells the cron process that a run is asked for; -1: none
    unsigned email_as_php;       // AS_PHP_AGENT_SPOOF …
    const char *secret_salt;     // osTicket's SECRET_SALT, "" when unknown
    const char *osticket_folder; // osTicket's own, "" when unknown
    size_t max_body;             // bytes of a request body
    int64_t changes_gap;         // seconds until a row that is missing in a lane is given up
    // Webhooks: whether they are called from here, also without TLS, and where beside the open internet (see
    // webhook/address_rule.h).
    bool webhooks_enabled, webhooks_http;
    const char *webhooks_allow;
};

// A failure as clients are told it: for answers that tell of several requests.
struct failure_shown {
    int status; // of HTTP
    const char *word, *message;
};

// One transaction of several operations, which are done or undone together.
struct joint_transaction {
    bool mailed; // mail waits in the queue
    // What acts on several tickets have in common; NULL: each asks for itself.
    struct tickets_together *tickets; // store/ticket/tickets_together.h
    struct joint_parties *parties;    // ops/act/joint_parties.h
    // Answers are without the ticket and its version: whoever joins the acts reads the versions of all.
    bool is_brief;
    int64_t ticket_id; // that such an answer was about
};

// One request, as an operation sees it.
struct operation_context {
    const struct operation *operation; // its row
    struct db *db;
    struct log *log;
    const struct operation_settings *settings;
    const struct principal *principal;
    const struct subject *subject; // looked up together with the key; NULL: the operation looks itself
    const char *client_address;    // after trusted proxies
    struct text body;
    const struct incoming_files *files; // that came beside it, see ops/entry/form_body.h; NULL: none
    struct text asked;                  // path as sent, with its query: what an Idempotency-Key is bound to
    struct text idempotency_key;        // of the header; null: none; empty: one that cannot be a key
    struct text known_versions;         // If-None-Match, as sent; null: none
    struct text wanted_versions;        // If-Match, as sent; null: none
    struct text acting_as;              // X-Act-As, as sent: the agent who acts; null: none
    struct text range, range_if;        // Range and If-Range, as sent; null: none
    bool in_profile;                    // the answer is to be JSON in the row's profile
    struct text waited;              // a request that waited for changes: from which position on; null: none
    bool without_body;               // HEAD: what is written is not sent
    struct idempotency *idempotency; // for ops/idempotency.c
    struct claims *claims;           // taken with what is written; NULL: there are none
    // The value of a parameter of the path, else of the query, decoded; TEXT_NULL when it is absent. Valid
    // for the request.
    struct text (*parameter)(const struct operation_context *context, const char *name);
    // The next parameter of the query whose name begins with `prefix`: what is behind that, and the value;
    // false where there is none left. *cursor is 0 at first.
    bool (*next_parameter)(const struct operation_context *context, const char *prefix, size_t *cursor,
                           struct text *rest, struct text *value);
    void *request;             // for `parameter` and `next_parameter`
    struct kept_answers *kept; // of this worker, see ops/stats/kept.h; NULL: none are kept
    struct kept_desk *desk;    // of this worker, see store/desk/kept_desk.h; NULL: no names are kept
    struct cdata_trust *trust; // of this worker, see store/create/cdata_columns.h; NULL: there is none
    // How a failure is told. `message` is the error's own or never freed.
    struct failure_shown (*show_failure)(const struct error *error);
    // Writes what belongs into the transaction of whatever the operation writes, at its end; NULL: nothing
    // does. Not called where nothing is written.
    bool (*also)(void *with, struct error *error);
    void *with; // for `also`
    // The transaction is its caller's, who begins it, remembers what is answered, and commits; NULL: the
    // operation's own.
    struct joint_transaction *joint;
};

enum answer_kind { ANSWER_TEXT, ANSWER_JSON, ANSWER_LINES, ANSWER_CSV, ANSWER_FILE };

// A client that waits for changes: the answer, which says that there are none, is kept back until there are,
// or for so many seconds. What would end the wait: changes behind the position that are of the types (bits of
// enum change_type) and the departments.
#define WAIT_POSITION_MAX    352 // LANES_POSITION_MAX
#define WAIT_DEPARTMENTS_MAX 16
struct answer_wait {
    unsigned seconds; // 0: nobody waits
    char position[WAIT_POSITION_MAX];
    uint32_t types;
    bool without_notes;
    int64_t departments[WAIT_DEPARTMENTS_MAX];
    size_t department_count; // 0: any
};

#define ANSWER_VERSION_MAX 128
#define ANSWER_NAME_MAX    1020 // bytes of a file's name: 255 characters
#define ANSWER_TYPE_MAX    255

// What a file is to whoever gets it. `length` bytes are written, from `first` on.
struct answer_file {
    char type[ANSWER_TYPE_MAX + 1];
    char name[ANSWER_NAME_MAX + 1];
    bool is_shown; // a page may show it; else it is to be saved
    bool is_part;  // 206
    int64_t size, first, length;
};

// Where an answer goes. `kind` is that of the row; all but `output` may be set before the first byte.
struct answer {
    enum answer_kind kind;
    bool created;                         // 201 instead of 200
    bool repeated;                        // what was answered to the same request before
    char version[ANSWER_VERSION_MAX + 1]; // the entity tag, without its quotes; empty: none
    bool unchanged;                       // 304: the client has this version; no byte follows
    bool without_content;                 // 204: no byte follows
    unsigned max_age;                     // seconds for which it may be kept without asking anew
    struct answer_file file;              // of ANSWER_FILE
    struct answer_wait wait;
    struct output *output;
};

// Does the work. False with `error` set: what was not handed on yet is replaced by the error's answer; after
// the first hand-over the connection is broken off. A failing operation has rolled back whatever it wrote.
typedef bool operation_handler(struct operation_context *context, struct answer *answer, struct error *error);

enum parameter_place { IN_PATH, IN_QUERY };

// What a parameter is. One in a path is checked before the handler runs, see route_check().
enum parameter_kind {
    PARAMETER_TICKET,  // a ticket's number; in a path also "id:17", which is its row's id
    PARAMETER_ID,      // of a row: a positive integer
    PARAMETER_NAME,    // how a person calls a thing: a user name, an address
    PARAMETER_TEXT,    // any other text
    PARAMETER_INTEGER, // not below 0
    PARAMETER_YES_NO,  // 1 or 0
    PARAMETER_TIME,    // see ops/time_text.h
    PARAMETER_CHOICE,  // one of the members
    PARAMETER_LIST,    // members, separated by commas
};

// A parameter. What a query holds is checked where PHP has no such path: see ops/parameters.h.
struct operation_parameter {
    const char *name; // NULL: behind the last one
    enum parameter_place place;
    enum parameter_kind kind;
    bool required;
    bool is_open;        // its name, which ends in a dot, is the beginning of any number of them
    const char *help;    // a line: "the agent's user name"
    const char *members; // of a choice and a list: "asc,desc"
    int64_t least, most; // of an integer; `most` 0: any
};

#define PARAMETERS(...) ((const struct operation_parameter[]){__VA_ARGS__, {.name = NULL}})

#define BODY_OF_SETTINGS SIZE_MAX // [server] max_body

// What an operation does for a key that sees some tickets only.
enum narrowed {
    NARROWED_REFUSED,    // it is refused: it knows no limits; to a client's token `for_clients` says whether
    NARROWED_BY_SUBJECT, // its subject is a ticket: one that the key does not see is not found
    NARROWED_BY_ITSELF,  // it asks store/ticket_view.h
    NARROWED_ANY,        // it is not about tickets
};

// A row of the table, and everything that is said of an operation. What is left out is 0: no scope but a good
// key, no body, reads, answers text.
struct operation {
    const char *name; // as in the log
    enum method method;
    // Behind the prefix: "/tickets/{number}/note.json". A segment may hold one parameter, with fixed text
    // around it; where a path without parameters fits, none with parameters does.
    const char *path;
    const char *help;          // a line: what it does
    operation_handler *handle; // NULL: after the key check PHP's turn, or 501
    // PHP has this path, too: another method is PHP's turn or 400, and errors are bare text. Without it
    // another method is 405 with Allow, and errors are JSON.
    bool of_php;
    bool with_head; // of GET: HEAD is answered, too, without the body
    // May not be run again when the link was lost. Heeds Idempotency-Key: the handler calls
    // idempotency_remember().
    bool writes;
    // A read that may cost a database more than to be asked whether it is up to date: a replica does it, see
    // [database] read_hosts.
    bool from_replica;
    // Of a write that is about no ticket: an agent does it. X-Act-As is heeded, and If-Match where the path
    // names what is changed.
    bool acts;
    unsigned scope;          // SCOPE_… that the key must have
    enum narrowed narrowed;  // for a key that sees some tickets only
    bool for_clients;        // a client's token may ask for it; else it is refused to all of them
    bool by_pipe;            // "osticket-fcgi pipe" asks for it, too, which has no key
    size_t max_body;         // bytes of a body, [server] max_body at most; 0: none is read
    const char *media_types; // of a body, separated by commas: others are 415; NULL: any
    const char *form_part; // the body may be multipart/form-data with files; its JSON is this part. NULL: no
    enum answer_kind answers;
    // What the description of the API says (osticket-fcgi --openapi): schemas by name, see ops/schemas.h.
    const char *takes; // the body's; NULL: there is none
    const char *gives; // the answer's; of lines one line's
    // PHP answers this with text. Accept: application/json; profile=… asks for an answer and failures as
    // JSON.
    const char *profile;          // NULL: there is none
    const char *gives_in_profile; // the schema of that answer
    bool creates;                 // answered with 201: something new is there
    bool versioned;               // an answer may have an entity tag, and be 304
    // What a parameter names, which is looked up together with the key.
    struct {
        enum subject_kind kind;
        const char *parameter;
    } subject;
    const struct operation_parameter *parameters; // PARAMETERS(…), those of the path in its order; NULL: none
    const struct adapted *adapted; // of a path of somebody else's API, see ops/adapter.h: how it is made
};

// The table, see operation_table.h.
#define OPERATIONS_MAX 126 // what is counted by operation has this much room
extern const struct operation operations[];
extern const size_t operation_count;

#endif
