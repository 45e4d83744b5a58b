// SPDX-License-Identifier: GPL-2.0-or-later
// What an agent, or the system, does to a ticket: POST /tickets/{number}/….json with a JSON object. The frame
// that is the same for all of them, around that of a change (ops/change/change.h).
//
//     struct act act;
//     bool done = act_open(&act, context, "department,refer,alert", error) &&
//                 act_text(&act, "department", &name, error) &&   the operation's own members
//                 act_find(&act, error) &&                        who acts, whom it names: one round trip
//                 act_run(&act, &steps, &operation, answer, error);
//     act_close(&act);
//
// Then, in one transaction and with the ticket's row locked: whether the agent sees the ticket, If-Match,
// osTicket's own lock, the role; `decide` of the operation; the writing of the change; `mail`; the answer.
// Round trips beside what the operation writes: 8, 9 with If-Match; one more of a key that sees some tickets
// only. spec: operations.md 1.2, 1.6 to 1.15, 4.
#ifndef OPS_ACT_ACT_H
#define OPS_ACT_ACT_H

#include "base/error.h"
#include "base/text.h"
#include "mail/ticket_mail.h"
#include "ops/act/right.h"
#include "ops/change/change.h"
#include "ops/entry/thread_entry.h"
#include "ops/operation.h"
#include "store/ticket/act_parties.h"
#include "json/reader.h"
#include "json/writer.h"

#include <stdbool.h>
#include <stdint.h>

struct act {
    struct change change;    // of the ticket; its actor is who acts
    struct json_value *body; // NULL: none came
    struct act_names names;  // for act_find()
    struct reference wanted; // the agent that the request names, where the key has its own
    struct act_parties parties;
    const struct act_agent *agent; // who acts; NULL: the system
    bool is_rehearsal;             // dry_run
    bool heeds_lock;               // another agent's lock refuses
    struct thread_entry note;      // of `comments`, or the operation's own
    bool has_note;
    bool is_html;   // of what the request brings
    bool is_page;   // the comments are typed into a page of osTicket's, not into one of its dialogs
    bool is_logged; // … and are HTML though the help desk has no rich text, as those of a page are
    struct incoming_files files;
    int64_t former_staff_id; // whose the locked ticket was
    uint64_t mails;          // that were queued
    const struct act_steps *steps;
    bool goes_along; // with an act on another ticket
    void *operation; // of the operation, for its steps
};

// What an operation puts in; NULL where it has nothing to do. Each is handed the act and `operation`.
struct act_steps {
    const char *right; // that the agent's role must have, "ticket.assign"; NULL: to see the ticket is enough
    bool created;      // answered with 201
    bool deletes;      // the ticket is gone afterwards
    bool (*decide)(struct act *act, void *operation, struct error *error);
    bool (*write)(struct act *act, void *operation, struct error *error);
    bool (*mail)(struct act *act, void *operation, struct error *error);
    void (*tell)(struct act *act, void *operation, struct json_writer *json); // further members of the answer
};

// ---- the request: request.c

// Reads the body: an object with members of `members` ("department,refer") and staffUserName, comments,
// format, dry_run, heed_lock; none is as good as an empty one. Says who acts. ERROR_BAD_REQUEST for what is
// no such object or has a wrong type; ERROR_UNPROCESSABLE naming an unknown member; ERROR_DENIED where the
// key may not act so; ERROR_SCOPE for a key with a client's view. Freed with act_close(), also after a
// failure; `act` points into itself.
bool act_open(struct act *act, struct operation_context *context, const char *members,
              struct error *error) CHECKED;
// The same for what a client does, whoever he is: no agent acts, and keys with a client's view may.
bool act_open_for_client(struct act *act, struct operation_context *context, const char *members,
                         struct error *error) CHECKED;
// Says who acts, after act_open_for_client(): together they are act_open(). ERROR_DENIED,
// ERROR_UNPROCESSABLE; ERROR_SCOPE for a key with a client's view.
bool act_open_for_agent(struct act *act, struct error *error) CHECKED;
void act_close(struct act *act);

// Members of the body; absent and null are a null text, 0 or the fallback. ERROR_BAD_REQUEST naming the
// member that is of another kind.
bool act_text(const struct act *act, const char *name, struct text *text, struct error *error) CHECKED;
bool act_switch(const struct act *act, const char *name, bool fallback, bool *on,
                struct error *error) CHECKED;
// An id, as a number or its digits, or a name; of the query where the body has none. Not given: neither.
bool act_reference(const struct act *act, const char *name, struct reference *reference,
                   struct error *error) CHECKED;
// The same out of a text, which `name` stands for in a refusal; null: not given.
bool reference_read(struct text text, const char *name, struct reference *reference,
                    struct error *error) CHECKED;
bool act_gives(const struct act *act, const char *name); // it is there, and not null
bool reference_is_given(struct reference reference);

// For a request that is no action on a ticket: says who acts (`named` in its body; null: nobody is), as
// act_open() does.
bool act_choose_actor(struct act *act, struct text named, struct error *error) CHECKED;

// Refuses what the request asks for: ERROR_CONFLICT or ERROR_UNPROCESSABLE, naming a member (NULL: none).
bool act_refuse(enum error_code code, const char *member, struct error *error, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

// ---- who acts, and whom it names: parties.c

// Looks up who acts, whom act->names names and the help desk, and makes the note of `comments`, if there are
// any. The agent has to be there and active; that the ticket is his to see is found out with its row locked.
// ERROR_UNPROCESSABLE for an agent whom nobody or several are called; ERROR_DENIED for one who is not active;
// ERROR_AMBIGUOUS. One round trip.
bool act_find(struct act *act, struct error *error) CHECKED;

// As act_find() for what is done to no ticket: who acts, and the help desk. `comments` are not looked at.
bool act_find_actor(struct act *act, struct error *error) CHECKED;

// What a reference of the request means, after act_find(): ERROR_UNPROCESSABLE naming `member` for none or
// several. Departments and statuses are found in the help desk.
bool act_staff(const struct act *act, const char *member, const struct act_agent **agent,
               struct error *error) CHECKED;
bool act_team(const struct act *act, const char *member, const struct act_team **team,
              struct error *error) CHECKED;
bool act_department(const struct act *act, const char *member, struct reference reference,
                    const struct node **department, struct error *error) CHECKED;
bool act_status(const struct act *act, const char *member, struct reference reference,
                const struct ticket_status **status, struct error *error) CHECKED;

// ---- what is written along: note.c

// Takes the files of the member "attachments" along with the note that is made next. An agent's are let in
// whatever they are, as in osTicket's panel.
bool act_take_files(struct act *act, struct error *error) CHECKED;

// Makes an entry of the agent's out of what the request has, text or HTML (`format`), to be written before
// the other rows; only one an act. Its title is act_title()'s. Before act_run().
bool act_make_note(struct act *act, struct text text, struct error *error) CHECKED;

// The same of comments, which may come to nothing: then there is no note.
bool act_make_comments(struct act *act, struct text comments, struct error *error) CHECKED;
// The comments as osTicket's mail of an assignment has them, where empty paragraphs make it another text than
// the note's; null where they do not. Before act_run(). No round trip.
bool act_comments_of_mail(struct act *act, struct text *comments, struct error *error) CHECKED;
// The note is not written after all.
void act_drop_note(struct act *act);

// Gives the note its title, "Ticket Assigned to %.*s": what a name brings is escaped as PHP does. Without a
// note nothing.
void act_title(struct act *act, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Whether `text`, of the request's format, says nothing. spec: acting.md 2.2.
bool act_text_is_empty(const struct act *act, struct text text);

// ---- with the ticket locked: act.c, status_step.c

// Whether an If-Match, as sent, names the version of what it is about.
bool act_version_is_wanted(struct text wanted, const char *version);

// Refuses with ERROR_DENIED naming the right, unless the agent's role has it; the system has all.
bool act_needs(const struct act *act, const char *right, struct error *error) CHECKED;

// An agent's name as the history has it, "First Last"; in the arena.
struct text act_agent_name(struct act *act, const struct staff *staff);

// {"staff":[2,"Basem Deiaa"]} and the like: `format` as printf has it; in the arena.
struct text act_data(struct act *act, const char *format, ...) __attribute__((format(printf, 2, 3)));
// "Basem Deiaa", quoted as JSON; in the arena, terminated.
const char *act_quoted(struct act *act, struct text text);

// Whether the key sees another ticket, of which whoever asks hears nothing otherwise. One round trip where it
// sees some only.
bool act_key_sees(const struct act *act, int64_t ticket_id, bool *sees, struct error *error) CHECKED;

// Whether the locked ticket's thread is referred so.
bool act_is_referred(const struct act *act, struct referral to);

// Sets the locked ticket's status as an agent does in osTicket's panel, with its rights and rules; one that
// it has changes nothing. ERROR_DENIED, ERROR_CONFLICT, ERROR_UNPROCESSABLE naming `member`. One round trip
// where a ticket is opened again. spec: acting.md 4.
bool act_set_status(struct act *act, const char *member, const struct ticket_status *to,
                    struct error *error) CHECKED;

// Opens a closed ticket again, as its assignment and its transfer do; another one stays as it is. The same
// round trip.
bool act_reopen(struct act *act, struct error *error) CHECKED;

// For mails about the ticket; `entry_id` 0: about no entry.
struct ticket_mail act_mail(struct act *act, int64_t entry_id);
// The alert of the note to other agents; `assignee_id`: whose ticket it was before, 0: whose it is by now.
bool act_alert_note(struct act *act, int64_t assignee_id, struct error *error) CHECKED;

// The same act on another ticket, in the same transaction, by the same agent with his rights there, from
// `write` of the first. What is refused is said by `error` and has written nothing; any other error is the
// transaction's end.
bool act_apply(struct act *act, int64_t ticket_id, const struct act_steps *steps, void *operation,
               struct error *error) CHECKED;

// Does it, and answers: {"ticket":{…},"entry_id":…,"events":[…],"mails":…,"version":"…",…}.
bool act_run(struct act *act, const struct act_steps *steps, void *operation, struct answer *answer,
             struct error *error) CHECKED;

#endif
