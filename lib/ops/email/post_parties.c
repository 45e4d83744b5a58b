// SPDX-License-Identifier: GPL-2.0-or-later
// Who takes part in a ticket once a mail was put into it. spec: piping.md 4.4.
#include "ops/email/posting.h"

#include "ops/change/client_message.h"
#include "ops/create/addressees.h"

static bool add_event(struct change *change, struct text data, int64_t user_id, struct error *error) {
    if (text_is_null(data)) return true;
    if (!change_add_event(change, "collab", data, error)) return false;
    struct new_event *event = &change->events[change->event_count - 1];
    event->uid = user_id;
    event->by_user = user_id != 0;
    return true;
}

// A user who answers a mail of the ticket's takes part from now on.
static bool join_author(struct posting *posting, struct change *change, struct error *error) {
    const struct email_author *author = posting->author;
    return author->kind != EMAIL_AUTHOR_COLLABORATOR || author->collaborator_id ||
           client_message_join(change, author->user_id, author->user_name, error);
}

// Those who take part already, the author among them.
static int64_t *present(const struct posting *posting, struct arena *arena, size_t *count) {
    const struct email_thread *thread = posting->thread;
    int64_t *ids = arena_take(arena, (thread->party_count + 1) * sizeof *ids);
    *count = 0;
    if (!ids) return NULL;
    for (size_t i = 0; i < thread->party_count; i++) ids[(*count)++] = thread->parties[i].user_id;
    if (posting->author->user_id) ids[(*count)++] = posting->author->user_id;
    return ids;
}

static bool join_addressees(struct posting *posting, struct change *change, struct error *error) {
    const struct create_by_mail *take = &posting->email->take;
    bool active =
        posting->author->kind == EMAIL_AUTHOR_OWNER || email_is_as_php(posting->email, AS_PHP_CC_ACTIVE);
    struct addressee_thread thread = {change->ticket.thread_id, posting->thread->owner_id, NULL, 0, active};
    struct text event;
    thread.present = present(posting, &change->arena, &thread.present_count);
    if (email_author_writes_note(posting->author) || !take->addressee_count) return true;
    if (!thread.present) return error_too_large(error);
    return addressees_join(&posting->creation, take->addressees, take->addressee_count, &thread, &event,
                           error) &&
           add_event(change, event, posting->author->user_id, error) &&
           search_replace(&change->work, posting->creation.search, posting->creation.search_count, error);
}

bool posting_join(struct posting *posting, struct change *change, struct error *error) {
    return join_author(posting, change, error) && join_addressees(posting, change, error);
}
