// SPDX-License-Identifier: GPL-2.0-or-later
// The kinds of mails. spec: creating.md D.1, D.3; reading-and-replying.md F.6; acting.md 2.5.
#include "mail/mail_kind.h"

static const struct mail_kind kinds[] = {
    {.code = MAIL_KIND_REPLY, .is_answer = true, .has_files = true, .owner_alone = true},
    {.code = MAIL_KIND_CANNED_REPLY,
     .automation = MESSAGE_AUTOMATIC_REPLY,
     .is_echo = true,
     .has_files = true},
    {.code = MAIL_KIND_AUTORESPONSE, .automation = MESSAGE_AUTOMATIC_REPLY, .is_echo = true},
    {.code = MAIL_KIND_OVER_LIMIT, .automation = MESSAGE_AUTOMATIC_REPLY},
    {.code = MAIL_KIND_NEW_TICKET, .automation = MESSAGE_NOTICE, .is_echo = true},
    {.code = MAIL_KIND_ASSIGNED, .automation = MESSAGE_NOTICE},
    {.code = MAIL_KIND_TRANSFER, .automation = MESSAGE_NOTICE},
    {.code = MAIL_KIND_ACTIVITY, .automation = MESSAGE_NOTICE},
    {.code = MAIL_KIND_OVERDUE, .automation = MESSAGE_NOTICE},
    {.code = MAIL_KIND_MESSAGE, .automation = MESSAGE_NOTICE},
    {.code = MAIL_KIND_MESSAGE_HAD, .automation = MESSAGE_AUTOMATIC_REPLY, .is_echo = true},
    {.code = MAIL_KIND_NOTICE, .is_answer = true, .has_files = true},
    {.code = MAIL_KIND_FILTER, .content = MAIL_CONTENT_OWN},
    {.code = MAIL_KIND_ADMINISTRATION, .content = MAIL_CONTENT_TEXT, .automation = MESSAGE_NOTICE},
};

const struct mail_kind *mail_kind_find(struct text code) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (text_equal(text_of(kinds[i].code), code)) return &kinds[i];
    return NULL;
}
