// SPDX-License-Identifier: GPL-2.0-or-later
// As whom the sender of a mail may write into a thread.
#include "ops/email/author.h"

#include "ops/email/addressees.h"

#include <string.h>
#include <strings.h>

// The sender's row among those who take part: by his address, or as the user that he is. The owner's comes
// first.
static const struct email_party *find_party(const struct incoming_email *email,
                                            const struct email_thread *thread) {
    const struct email_party *found = NULL;
    for (size_t i = 0; i < thread->party_count; i++) {
        const struct email_party *party = &thread->parties[i];
        bool is_he = (email->facts.user_id && party->user_id == email->facts.user_id) ||
                     (party->address.length && text_equal_ignoring_case(party->address, email->sender));
        if (is_he && (!found || !party->collaborator_id)) found = party;
    }
    return found;
}

// Whether the entry that he answers was sent to him, too.
static bool was_addressed(const struct incoming_email *email, const struct email_thread *thread) {
    for (size_t i = 0; i + email->sender.length <= thread->recipients.length; i++)
        if (strncasecmp(thread->recipients.data + i, email->sender.data, email->sender.length) == 0)
            return true;
    return false;
}

static struct email_author as_party(const struct email_party *party) {
    return (struct email_author){party->collaborator_id ? EMAIL_AUTHOR_COLLABORATOR : EMAIL_AUTHOR_OWNER,
                                 party->user_id, party->collaborator_id, party->name, party->address};
}

struct email_author email_author(const struct incoming_email *email, const struct email_match *match,
                                 const struct email_thread *thread) {
    const struct email_facts *facts = &email->facts;
    const struct email_party *party = find_party(email, thread);
    bool agent = facts->agent.id && facts->agent_active;
    if (email->mail.automation.report) return (struct email_author){.kind = EMAIL_AUTHOR_REPORT};
    if (email_mailbox_at(facts, email->sender)) return (struct email_author){.kind = EMAIL_AUTHOR_MAILBOX};
    if (agent && (match->identity == 'S' || !party)) return (struct email_author){.kind = EMAIL_AUTHOR_AGENT};
    if (party) return as_party(party);
    bool invited = match->way == EMAIL_WAY_OWN_ID ? match->identity != 'S' : was_addressed(email, thread);
    if (!facts->user_id || !invited || thread->is_task)
        return (struct email_author){.kind = EMAIL_AUTHOR_UNKNOWN};
    return (struct email_author){EMAIL_AUTHOR_COLLABORATOR, facts->user_id, 0, facts->user_name,
                                 facts->user_address};
}
