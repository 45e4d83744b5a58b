// SPDX-License-Identifier: GPL-2.0-or-later
// What the help desk knows of a mail that came in.
#include "store/email/look.h"

#include "db/db.h"
#include "store/row.h"
#include "store/slots.h"
#include "store/statements.h"

static void take_claim(const struct row *row, void *into) {
    struct email_facts *facts = into;
    facts->claimed = row_is_true(row, EMAIL_CLAIM_IS_HELD);
}

static void take_now(const struct row *row, void *into) {
    struct email_facts *facts = into;
    (void)row;
    facts->here_count++;
}

static void take_seen(const struct row *row, void *into) {
    struct email_facts *facts = into;
    struct email_seen *seen = arena_append(row->arena, &facts->seen, &facts->seen_count, sizeof *seen);
    if (seen)
        *seen = (struct email_seen){.entry_id = row_integer(row, EMAIL_SEEN_ENTRY),
                                    .thread_id = row_integer(row, EMAIL_SEEN_THREAD),
                                    .message_id = row_copy(row, EMAIL_SEEN_MESSAGE_ID),
                                    .headers = row_copy(row, EMAIL_SEEN_HEADERS),
                                    .number = row_copy(row, EMAIL_SEEN_NUMBER),
                                    .body = row_copy(row, EMAIL_SEEN_BODY),
                                    .signatures = row_copy(row, EMAIL_SEEN_SIGNATURES)};
}

static struct email_place place_of(const struct row *row) {
    return (struct email_place){(size_t)row_integer(row, EMAIL_PLACE_SLOT) - 1,
                                row_integer(row, EMAIL_PLACE_ENTRY), row_integer(row, EMAIL_PLACE_THREAD),
                                row_copy(row, EMAIL_PLACE_NUMBER)};
}

static void take_known(const struct row *row, void *into) {
    struct email_facts *facts = into;
    struct email_place *place = arena_append(row->arena, &facts->known, &facts->known_count, sizeof *place);
    if (place) *place = place_of(row);
}

static void take_own(const struct row *row, void *into) {
    struct email_facts *facts = into;
    struct email_place *place = arena_append(row->arena, &facts->own, &facts->own_count, sizeof *place);
    if (place) *place = place_of(row);
}

static void take_number(const struct row *row, void *into) {
    struct email_facts *facts = into;
    if (!facts->by_number.thread_id) facts->by_number = place_of(row);
}

static void take_sender(const struct row *row, void *into) {
    struct email_facts *facts = into;
    facts->user_id = row_integer(row, EMAIL_SENDER_USER);
    facts->user_name = row_copy(row, EMAIL_SENDER_NAME);
    facts->user_address = row_copy(row, EMAIL_SENDER_ADDRESS);
}

// Of several with one address, one that is active.
static void take_agent(const struct row *row, void *into) {
    struct email_facts *facts = into;
    bool active = row_is_true(row, EMAIL_AGENT_ACTIVE);
    if (facts->agent.id && (facts->agent_active || !active)) return;
    facts->agent_active = active;
    staff_take(row, EMAIL_AGENT_ID, EMAIL_AGENT_STAFF, &facts->agent);
}

static void take_mailbox(const struct row *row, void *into) {
    struct email_facts *facts = into;
    struct email_mailbox *mailbox =
        arena_append(row->arena, &facts->mailboxes, &facts->mailbox_count, sizeof *mailbox);
    if (mailbox)
        *mailbox = (struct email_mailbox){
            row_integer(row, EMAIL_MAILBOX_ID), row_integer(row, EMAIL_MAILBOX_DEPARTMENT),
            row_copy(row, EMAIL_MAILBOX_NAME), row_copy(row, EMAIL_MAILBOX_ADDRESS)};
}

static void take_ban(const struct row *row, void *into) {
    struct email_facts *facts = into;
    (void)row;
    facts->banned = true;
}

static void take_row(const struct row *row, void *into) {
    static const struct row_kind kinds[] = {
        {"claim", take_claim},     {"now", take_now},       {"seen", take_seen},     {"known", take_known},
        {"own", take_own},         {"number", take_number}, {"sender", take_sender}, {"agent", take_agent},
        {"mailbox", take_mailbox}, {"banned", take_ban}};
    row_take_kind(row, DESK_KIND, kinds, sizeof kinds / sizeof *kinds, into);
}

static bool names_entries(const struct email_question *question) {
    return question->id_count || question->tag_count || question->number.length;
}

// The entries that the mail names, and the sender as often as they want him.
static struct db_value *bind_names(const struct email_question *question, struct db_value *value) {
    for (size_t i = 0; i < SLOT_COUNT; i++)
        *value++ = db_key(i < question->id_count ? question->ids[i] : TEXT_NULL);
    *value++ = db_integer((int64_t)question->id_count);
    for (size_t i = 0; i < SLOT_COUNT; i++)
        *value++ = i < question->tag_count ? db_integer(question->tags[i].thread_id) : db_text(TEXT_NULL);
    for (size_t i = 0; i < SLOT_COUNT; i++)
        *value++ = i < question->tag_count ? db_integer(question->tags[i].entry_id) : db_text(TEXT_NULL);
    *value++ = db_integer((int64_t)question->tag_count);
    *value++ = db_key(question->number.length ? question->number : TEXT_NULL);
    *value++ = db_key(question->sender);
    return value;
}

static size_t bind(const struct email_question *question, struct db_value *values) {
    struct db_value message_id = db_key(question->message_id), *value = values;
    *value++ = db_integer(question->claim_seconds > 0);
    *value++ = db_text(question->message_id);
    *value++ = db_integer(question->claim_seconds);
    *value++ = message_id;
    *value++ = message_id;
    if (names_entries(question)) value = bind_names(question, value);
    for (size_t i = 0; i < 4; i++) *value++ = db_key(question->sender);
    return (size_t)(value - values);
}

static bool look(struct db *db, const struct email_question *question, struct arena *arena,
                 struct help_desk *help_desk, struct email_facts *facts, struct error *error) {
    struct db_value values[DB_VALUES_MAX];
    struct help_desk_query query = {names_entries(question) ? STATEMENT_EMAIL_LOOK
                                                            : STATEMENT_EMAIL_LOOK_ALONE,
                                    values, bind(question, values), take_row, facts};
    *facts = (struct email_facts){0};
    return help_desk_load_by(db, &query, arena, help_desk, error);
}

// What was written between the statement's beginning and the claim is not among the rows that it read.
static bool is_late(const struct email_facts *facts) {
    return facts->claimed && facts->here_count > facts->seen_count;
}

bool email_look(struct db *db, const struct email_question *question, struct arena *arena,
                struct help_desk *help_desk, struct email_facts *facts, struct error *error) {
    struct email_question again = *question;
    again.claim_seconds = 0;
    return look(db, question, arena, help_desk, facts, error) &&
           (!question->claim_seconds || !is_late(facts) || look(db, &again, arena, help_desk, facts, error));
}
