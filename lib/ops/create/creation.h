// SPDX-License-Identifier: GPL-2.0-or-later
// A ticket while its transaction writes it: what the parts of create_write() share.
#ifndef OPS_CREATE_CREATION_H
#define OPS_CREATE_CREATION_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "mail/reply_mail.h"
#include "ops/create/draft.h"
#include "ops/create/resolve.h"
#include "ops/entry/attached_files.h"
#include "ops/entry/body.h"
#include "store/answers.h"
#include "store/create/assignees.h"
#include "store/create/rows.h"
#include "store/ticket/thread.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

struct creation {
    struct create_draft *draft;
    const struct create_decision *decision;
    struct db *db;
    struct arena *arena; // the draft's
    struct work *work;   // the draft's
    int64_t user_id;
    struct text user_name, user_address; // address null: he has none
    struct text number;
    int64_t ticket_id, thread_id;
    int64_t message_id;               // 0: the request has no message
    struct member_row *collaborators; // whoever takes part from the start
    size_t collaborator_count;
    bool by_organization;      // some of them because of their organization
    struct search_row *search; // rows to be written
    size_t search_count;
    struct new_event *events; // history to be written
    size_t event_count;
    int64_t *referred; // departments that may see the ticket beside its own
    size_t referred_count;
    struct text joined; // data of the event that tells which addressees of a mail take part now; null: none
    bool mailed;
};

// Whether a collaborator hears of the ticket: agents do not where the help desk wants them out of it.
bool creation_takes_part(const struct creation *creation, bool is_agent);

// Adds somebody to those that take part, unless he is there or the ticket's owner.
bool creation_add_collaborator(struct creation *creation, const struct member_row *member,
                               struct error *error) CHECKED;

// Adds a row for search.
bool creation_add_search(struct creation *creation, struct search_row row, struct error *error) CHECKED;

// A new user, when the request comes from one; the owner's name and address in any case. ops/create/user.c
bool creation_write_user(struct creation *creation, struct error *error) CHECKED;

// A new user of this address and organization, whose name comes from the answers and is filled in.
// ops/create/user.c
bool creation_insert_user(struct creation *creation, const struct form_answers *answers,
                          struct new_user *user, int64_t *user_id, struct error *error) CHECKED;

// The answers of one form: entry, values, and the row of the cdata table for users and tickets. `extra` null:
// no topic has a say. ops/create/answers.c
bool creation_write_answers(struct creation *creation, const struct form_answers *answers, bool of_user,
                            int64_t object_id, struct text extra, struct error *error) CHECKED;

// The ticket's forms, and its row for search. ops/create/answers.c
bool creation_write_forms(struct creation *creation, struct error *error) CHECKED;

// The answers as search takes them, appended. ops/create/answers.c
bool creation_list_answers(struct creation *creation, const struct form_answers *answers,
                           struct form_answer **list, size_t *count, struct error *error) CHECKED;

// Copied users and the members of the organization: found, and written. ops/create/collaborators.c
bool creation_write_collaborators(struct creation *creation, struct error *error) CHECKED;

// Whom the mail was sent to as well, as collaborators, and their event; new users among them are written.
// Behind the message. ops/create/addressees.c
bool creation_write_addressees(struct creation *creation, struct error *error) CHECKED;

// The departments of further mailboxes that a mail went to may see the ticket. ops/create/referrals.c
bool creation_write_referrals(struct creation *creation, struct error *error) CHECKED;

// What the history of the new ticket tells, in its order. ops/create/history.c
bool creation_write_history(struct creation *creation, struct error *error) CHECKED;

// The canned reply, and every mail. ops/create/mail.c
bool creation_write_mail(struct creation *creation, struct error *error) CHECKED;

#endif
