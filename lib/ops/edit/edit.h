// SPDX-License-Identifier: GPL-2.0-or-later
// PATCH /tickets/{number}.json: what its parts share. A part is a member of the body, and sets one thing of
// the ticket; parts are applied in the order of edit_parts, with the ticket's row locked, all of them or
// none.
#ifndef OPS_EDIT_EDIT_H
#define OPS_EDIT_EDIT_H

#include "base/error.h"
#include "base/text.h"
#include "ops/act/act.h"
#include "ops/edit/answers.h"
#include "store/edit/edit_parties.h"
#include "json/reader.h"

#include <stdbool.h>
#include <stddef.h>

#define EDIT_MARKS_MAX 2

// Columns of the ticket of which one event tells together with the answers, in its order.
enum edit_told { TOLD_TOPIC, TOLD_SLA, TOLD_SOURCE, TOLD_DUE, TOLD_USER, TOLD_COUNT };

struct ticket_edit {
    struct edit_parties parties;
    struct answer_edits answers;
    bool has_answers;                          // they were read
    unsigned changed;                          // places in edit_parts, as bits
    struct text label;                         // of what changed first; null: nothing so far
    bool has_owner;                            // the ticket gets another owner
    struct text source;                        // null: it stays
    struct thread_entry marks[EDIT_MARKS_MAX]; // notes of the system
    size_t mark_count;
    bool alerts_overdue;
    bool strict; // nothing to change is refused
    // As osTicket's page saves the ticket, and not its dialogs, of which each has one part: see page.c.
    bool is_page;
    struct text told[TOLD_COUNT]; // JSON without braces, null: it stays
};

struct edit_part {
    const char *name;
    // Sets what changes of the ticket, adds events, and says so by edit_changes(); a part that is so already
    // changes nothing. `given` may be JSON's null.
    bool (*apply)(struct act *act, struct ticket_edit *edit, const struct json_value *given,
                  struct error *error);
};
extern const struct edit_part edit_parts[];
extern const size_t edit_part_count;

// The part changes the ticket. Its label titles the note where it is the first.
void edit_changes(struct ticket_edit *edit, const char *part, struct text label);

// What is done where the ticket is edited as a page: its SLA plan and due date, the one event, the note.
// page.c. One round trip where another SLA plan is taken.
bool edit_decide_page(struct act *act, struct ticket_edit *edit, struct error *error) CHECKED;

// The owner's own edit. client.c
bool ticket_edit_by_client(struct act *act, struct answer *answer, struct error *error) CHECKED;

// The parts. columns.c
bool edit_topic(struct act *act, struct ticket_edit *edit, const struct json_value *given,
                struct error *error) CHECKED;
bool edit_sla(struct act *act, struct ticket_edit *edit, const struct json_value *given,
              struct error *error) CHECKED;
bool edit_due(struct act *act, struct ticket_edit *edit, const struct json_value *given,
              struct error *error) CHECKED;
bool edit_source(struct act *act, struct ticket_edit *edit, const struct json_value *given,
                 struct error *error) CHECKED;
bool edit_owner(struct act *act, struct ticket_edit *edit, const struct json_value *given,
                struct error *error) CHECKED;
// forms.c
bool edit_priority(struct act *act, struct ticket_edit *edit, const struct json_value *given,
                   struct error *error) CHECKED;
bool edit_subject(struct act *act, struct ticket_edit *edit, const struct json_value *given,
                  struct error *error) CHECKED;
// Whether all of the page that has to be answered is so. One round trip where nothing else read the forms.
bool edit_check_forms(struct act *act, struct ticket_edit *edit, struct error *error) CHECKED;
bool edit_fields(struct act *act, struct ticket_edit *edit, const struct json_value *given,
                 struct error *error) CHECKED;
// marks.c
bool edit_answered(struct act *act, struct ticket_edit *edit, const struct json_value *given,
                   struct error *error) CHECKED;
bool edit_overdue(struct act *act, struct ticket_edit *edit, const struct json_value *given,
                  struct error *error) CHECKED;

#endif
