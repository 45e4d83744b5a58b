// SPDX-License-Identifier: GPL-2.0-or-later
// The mails of a new ticket, as far as the transaction that creates it is concerned: each function puts a row
// into the queue, and the mailer makes the message of it when it sends it. To be called inside that
// transaction, so that ticket and mail exist both or neither; after the commit, wake_send()
// (base/wake.h). What a mail tells of (ticket, thread, entry) must be written before.
//
//     struct ticket_mail mail = {ticket_id, thread_id, entry_id, owner, client_name_format, secret_salt};
//     if (!ticket_mail_new(db, arena, &mail, wants_autoresponse, wants_alert, error)) return false;
//
// Whether a mail is wanted at all (autorespond, noresp, noautoresp, system address, alert, the limit…) is the
// caller's to decide; the help desk's own switch for a mail is looked at here where a function says so. Who
// of the agents gets an alert, and whether it is worth one, the mailer finds out. One round trip each.
// Errors: those of the database, and ERROR_UNAVAILABLE with a detail that names schema/fcgi-mail.sql without
// this server's own table. spec: creating.md D.
#ifndef MAIL_TICKET_MAIL_H
#define MAIL_TICKET_MAIL_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "mail/reply_mail.h"

#include <stdbool.h>
#include <stdint.h>

struct db;

struct ticket_mail {
    int64_t ticket_id, thread_id;
    int64_t entry_id;              // what %{message}, %{response}, %{comments} stand for; 0: nothing
    struct reply_mail_owner owner; // without a usable address the mails to the owner are left out
    struct text client_name_format;
    struct text secret_salt;
    bool tags_entry;  // the entry came by mail: its Message-IDs name it, so that answers find it
    uint64_t *queued; // counts what is queued, alerts of several agents as one; NULL: nobody counts
};

// Of a new ticket: "We have your ticket" to the owner (ticket.autoresp), where it `responds`, and the agents'
// alerts (ticket.alert), where it `alerts` and `ticket_alert_active` is on. The entry is the customer's
// message. For the autoresponse no switch is looked at: department.ticket_auto_response and
// `ticket_autoresponder` are the caller's, with all the rest. The mailer spreads the alerts: department
// members, manager, the owner's organization's account manager, admin_email, each under its own switch.
bool ticket_mail_new(struct db *db, struct arena *arena, const struct ticket_mail *mail, bool responds,
                     bool alerts, struct error *error) CHECKED;

// The canned reply of a filter to the owner, with its files (ticket.autoreply). The entry is the response.
bool ticket_mail_canned_reply(struct db *db, struct arena *arena, const struct ticket_mail *mail,
                              struct error *error) CHECKED;

// "You have too many open tickets" to the owner (ticket.overlimit), while `overlimit_notice_active` is on.
// What the administrators hear of it is for ticket_mail_administration().
bool ticket_mail_over_limit(struct db *db, struct arena *arena, const struct ticket_mail *mail,
                            struct error *error) CHECKED;

// A client's new message, and who hears of it.
struct ticket_mail_message {
    bool by_collaborator;                       // the author is not the owner, but takes part
    bool confirms;                              // "We have your message" to the author (message.autoresp)
    bool alerts;                                // agents
    const struct reply_mail_recipients *others; // owner and collaborators without the author; NULL: nobody
};

// The mails of a client's new message: the confirmation; one to all `others` (ticket.activity.notice); the
// agents' alerts (message.alert) while `message_alert_active` is on, which the mailer spreads. `owner` is the
// author, the entry the message. For the first two no switch is looked at. At most two round trips.
bool ticket_mail_message(struct db *db, struct arena *arena, const struct ticket_mail *mail,
                         const struct ticket_mail_message *message, struct error *error) CHECKED;

// Alerts of an agent's note (note.alert) while `note_alert_active` is on; `staff_id` wrote it and hears
// nothing. The mailer spreads it.
bool ticket_mail_alert_note(struct db *db, const struct ticket_mail *mail, int64_t staff_id,
                            struct error *error) CHECKED;

// The same of a note with which the ticket went from the agent `assignee_id` (0: it was nobody's): he hears
// of it as if it were his.
bool ticket_mail_alert_note_to(struct db *db, const struct ticket_mail *mail, int64_t staff_id,
                               int64_t assignee_id, struct error *error) CHECKED;

// Alerts that a ticket was transferred (transfer.alert) while `transfer_alert_active` is on, by the agent
// `staff_id` (0: the system). The mailer spreads it: the agent, else the team's members; the new department's
// members; its manager, each under its own switch. The entry is the note that tells of it, or 0. spec:
// acting.md 2.5.
bool ticket_mail_alert_transfer(struct db *db, const struct ticket_mail *mail, int64_t staff_id,
                                struct error *error) CHECKED;

// Who was assigned, by whom.
struct ticket_mail_assignment {
    int64_t staff_id, team_id; // one of them
    int64_t assigner_id;       // the agent who did it; 0: `assigner` says it
    struct text assigner;      // "SYSTEM (Auto Assignment)"
    struct text comments;      // HTML; null: the entry's text where there is an entry
};

// Assignment alerts (assigned.alert) while `assigned_alert_active` is on. The mailer spreads it: the agent,
// or the team's members or lead, each under its own switch. The entry is the note that tells of the
// assignment, or 0: NOT the customer's message.
bool ticket_mail_alert_assigned(struct db *db, const struct ticket_mail *mail,
                                const struct ticket_mail_assignment *assignment, struct error *error) CHECKED;

// Alerts that the ticket is overdue (ticket.overdue) while `overdue_alert_active` is on, from the mailbox
// `from_email_id` (0: the ticket's department's), else the default one. The mailer spreads it: the agent,
// else the team's members; the department's members; its manager, each under its own switch.
// spec: cron.md 4; acting.md 2.5.
bool ticket_mail_alert_overdue(struct db *db, const struct ticket_mail *mail, int64_t from_email_id,
                               struct error *error) CHECKED;

// A filter's `email` action: one mail to each of `recipients` (addresses with or without names, commas
// between; %{user} is the owner; unusable ones are passed over) from the mailbox `from_email_id` (0: the
// default one). `subject` and `body` (HTML) are templates: %{ticket.…}, %{url}, %{recipient}.
bool ticket_mail_filter(struct db *db, struct arena *arena, const struct ticket_mail *mail,
                        int64_t from_email_id, struct text recipients, struct text subject, struct text body,
                        struct error *error) CHECKED;

// A plain text, as it is, to the help desk's administrator: `admin_email`, the setting's value. Needs no
// ticket; `secret_salt` signs its Message-ID. An unusable address: nothing is queued.
bool ticket_mail_administration(struct db *db, struct text admin_email, struct text secret_salt,
                                struct text subject, struct text text, struct error *error) CHECKED;

#endif
