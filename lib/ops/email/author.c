// SPDX-License-Identifier: GPL-2.0-or-later
// As whom the sender of a mail may write into a thread.
#include "ops/email/author.h"

#include "ops/email/addressees.h"

#include <string.h>
#include <strings.h>

static bool is_mailbox(const struct incoming_email *email) {
    return email_mailbox_at(&email->facts, email->sender) != NULL;
}

// Whether the mail of ours that is answered went to a client.
static bool went_to_client(const struct email_match *match) {
    return match->identity == 'U' || match->identity == 'C';
}

// Whether PHP's way of taking the sender for the person to whom that mail went is asked for.
static bool may_be_recipient(const struct incoming_email *email, const struct email_match *match) {
    if (match->way != EMAIL_WAY_OWN_ID) return false;
    if (match->identity == 'S') return email_is_as_php(email, AS_PHP_AGENT_SPOOF);
    return went_to_client(match) && (email_is_as_php(email, AS_PHP_OWNER_SPOOF) ||
                                     (email_is_as_php(email, AS_PHP_MAILBOX_SENDER) && is_mailbox(email)));
}

// ---- who the sender is

// PHP knows the owner by his default address alone, unless the mail that he answers says who he is.
static bool is_strange_address(const struct incoming_email *email, const struct email_match *match,
                               const struct email_party *party) {
    bool is_said = match->way == EMAIL_WAY_OWN_ID && went_to_client(match);
    return email_is_as_php(email, AS_PHP_SECOND_ADDRESS) && !party->collaborator_id && !is_said &&
           email->facts.user_address.length &&
           !text_equal_ignoring_case(email->facts.user_address, email->sender);
}

// The sender's row among those who take part: by his address, or as the user that he is. The owner's comes
// first.
static const struct email_party *find_party(const struct incoming_email *email,
                                            const struct email_match *match,
                                            const struct email_thread *thread) {
    const struct email_party *found = NULL;
    for (size_t i = 0; i < thread->party_count; i++) {
        const struct email_party *party = &thread->parties[i];
        bool is_he = (email->facts.user_id && party->user_id == email->facts.user_id) ||
                     (party->address.length && text_equal_ignoring_case(party->address, email->sender));
        if (is_he && (!found || !party->collaborator_id) && !is_strange_address(email, match, party))
            found = party;
    }
    return found;
}

static const struct email_party *party_of(const struct email_thread *thread, int64_t user_id) {
    for (size_t i = 0; i < thread->party_count; i++)
        if (thread->parties[i].user_id == user_id) return &thread->parties[i];
    return NULL;
}

// ---- notes

static bool is_active_agent(const struct email_facts *facts) {
    return facts->agent.id && facts->agent_active;
}

// Whether an agent's own address makes a note of his mail: never if he is the owner or a collaborator.
static bool writes_as_himself(const struct incoming_email *email, const struct email_match *match,
                              const struct email_party *party) {
    if (!is_active_agent(&email->facts)) return false;
    if (match->identity == 'S') return true;
    return !party &&
           !email_is_as_php(email, went_to_client(match) ? AS_PHP_OWNER_SPOOF : AS_PHP_AGENT_UNKNOWN);
}

// In PHP whoever answers a mail to an agent writes in that agent's name, unless he is another agent, or a
// user other than the owner.
static bool writes_as_recipient(const struct incoming_email *email, const struct email_match *match,
                                const struct email_thread *thread, const struct email_party *party) {
    const struct email_facts *facts = &email->facts;
    bool is_owner = facts->user_id == thread->owner_id;
    bool other_user = !facts->agent.id && (party ? party->collaborator_id != 0 : facts->user_id && !is_owner);
    return match->identity == 'S' && may_be_recipient(email, match) && !other_user;
}

static const struct staff *note_writer(const struct incoming_email *email, const struct email_match *match,
                                       const struct email_thread *thread, const struct email_party *party) {
    const struct staff *own = &email->facts.agent, *recipient = &email->recipient.agent;
    if (writes_as_himself(email, match, party)) return own;
    if (!writes_as_recipient(email, match, thread, party)) return NULL;
    return own->id ? own : recipient->id ? recipient : NULL;
}

// ---- messages

// Whether the entry that he answers was sent to him, too.
static bool was_addressed(const struct incoming_email *email, const struct email_thread *thread) {
    for (size_t i = 0; i + email->sender.length <= thread->recipients.length; i++)
        if (strncasecmp(thread->recipients.data + i, email->sender.data, email->sender.length) == 0)
            return true;
    return false;
}

// Whether a user who takes no part yet does from now on.
static bool joins(const struct incoming_email *email, const struct email_match *match,
                  const struct email_thread *thread) {
    const struct email_facts *facts = &email->facts;
    if (!facts->user_id || facts->user_id == thread->owner_id || thread->is_task) return false;
    if (is_active_agent(facts)) return went_to_client(match);
    if (is_mailbox(email) || (email_is_as_php(email, AS_PHP_PASSIVE_JOIN) && !facts->agent.id)) return true;
    return match->way == EMAIL_WAY_OWN_ID ? match->identity != 'S' : was_addressed(email, thread);
}

// His default address, whichever he writes from: there mail goes.
static struct text address_of(const struct email_thread *thread, const struct email_party *party) {
    for (size_t i = 0; i < thread->party_count; i++)
        if (thread->parties[i].user_id == party->user_id && thread->parties[i].is_default)
            return thread->parties[i].address;
    return party->address;
}

static struct email_author as_party(const struct email_thread *thread, const struct email_party *party) {
    return (struct email_author){party->collaborator_id ? EMAIL_AUTHOR_COLLABORATOR : EMAIL_AUTHOR_OWNER,
                                 party->user_id,
                                 party->collaborator_id,
                                 party->name,
                                 address_of(thread, party),
                                 NULL};
}

static struct email_author as_newcomer(int64_t user_id, struct text name, struct text address) {
    return (struct email_author){EMAIL_AUTHOR_COLLABORATOR, user_id, 0, name, address, NULL};
}

// In PHP a stranger, and an agent, who answers a mail to a client writes in that client's name.
static struct email_author as_recipient_or_nobody(const struct incoming_email *email,
                                                  const struct email_match *match,
                                                  const struct email_thread *thread) {
    const struct member_row *user = &email->recipient.user;
    const struct email_party *party = party_of(thread, user->id);
    if (went_to_client(match) && may_be_recipient(email, match) && user->id)
        return party ? as_party(thread, party) : as_newcomer(user->id, user->name, user->address);
    return (struct email_author){.kind = is_mailbox(email) ? EMAIL_AUTHOR_MAILBOX : EMAIL_AUTHOR_UNKNOWN};
}

struct email_author email_author(const struct incoming_email *email, const struct email_match *match,
                                 const struct email_thread *thread) {
    const struct email_facts *facts = &email->facts;
    const struct email_party *party = find_party(email, match, thread);
    if (email->mail.automation.report) return (struct email_author){.kind = EMAIL_AUTHOR_REPORT};
    if (is_mailbox(email) && !email_is_as_php(email, AS_PHP_MAILBOX_SENDER))
        return (struct email_author){.kind = EMAIL_AUTHOR_MAILBOX};
    const struct staff *agent = note_writer(email, match, thread, party);
    if (agent) return (struct email_author){.kind = EMAIL_AUTHOR_AGENT, .agent = agent};
    if (party) return as_party(thread, party);
    if (joins(email, match, thread))
        return as_newcomer(facts->user_id, facts->user_name, facts->user_address);
    return as_recipient_or_nobody(email, match, thread);
}

// ---- the person to whom the answered mail went

bool email_find_recipient(struct incoming_email *email, const struct email_match *match,
                          struct error *error) {
    struct db *db = email->context->db;
    struct email_recipient *recipient = &email->recipient;
    *recipient = (struct email_recipient){0};
    if (!match->person_id || !may_be_recipient(email, match)) return true;
    return (match->identity == 'S'
                ? staff_by_id(db, match->person_id, &email->arena, &recipient->agent, error)
                : member_by_id(db, match->person_id, &email->arena, &recipient->user, error)) >= 0;
}
