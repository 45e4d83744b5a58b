// SPDX-License-Identifier: GPL-2.0-or-later
// The texts of mails.
#include "delivery/template.h"

#include "store/mail/settings.h"

static const struct {
    const char *code, *subject, *body;
} own_templates[] = {
    {"ticket.reply", "Re: %{ticket.subject} [#%{ticket.number}]",
     "<p>Hello %{recipient.name.first},</p>"
     "%{response}"
     "<p>%{signature}</p>"
     "<hr><p>You can answer this mail, or see the whole conversation on ticket #%{ticket.number} "
     "<a href=\"%{recipient.ticket_link}\">here</a>.</p>"},
    {"ticket.autoreply", "Re: %{ticket.subject} [#%{ticket.number}]",
     "<p>Hello %{recipient.name.first},</p>"
     "%{response}"
     "<p>%{signature}</p>"
     "<hr><p>This answer was chosen automatically. You can answer this mail, or see ticket #%{ticket.number} "
     "<a href=\"%{recipient.ticket_link}\">here</a>.</p>"},
    {"ticket.autoresp", "Ticket #%{ticket.number}: %{ticket.subject}",
     "<p>Hello %{recipient.name.first},</p>"
     "<p>your request has arrived as ticket #%{ticket.number}. We will see to it. You can follow it "
     "<a href=\"%{recipient.ticket_link}\">here</a>.</p>"
     "<p>%{signature}</p>"},
    {"ticket.overlimit", "Too many open tickets",
     "<p>Hello %{ticket.name.first},</p>"
     "<p>you have as many open tickets as this help desk allows. Before you can open another one, one of "
     "them "
     "has to be closed.</p>"
     "<p>%{signature}</p>"},
    {"ticket.alert", "New ticket #%{ticket.number}: %{ticket.subject}",
     "<p>%{ticket.name} &lt;%{ticket.email}&gt; opened ticket "
     "<a href=\"%{ticket.staff_link}\">#%{ticket.number}</a> (%{ticket.dept.name}):</p>"
     "%{message}"},
    {"message.autoresp", "Re: %{ticket.subject} [#%{ticket.number}]",
     "<p>Hello %{recipient.name.first},</p>"
     "<p>your message on ticket #%{ticket.number} has arrived. You can follow it "
     "<a href=\"%{recipient.ticket_link}\">here</a>.</p>"
     "<p>%{signature}</p>"},
    {"message.alert", "Ticket #%{ticket.number}: a message",
     "<p>%{poster} wrote on ticket <a href=\"%{ticket.staff_link}\">#%{ticket.number}</a> "
     "(%{ticket.subject}):</p>"
     "%{message}"},
    {"ticket.activity.notice", "Re: %{ticket.subject} [#%{ticket.number}]",
     "<p>Hello %{recipient.name.first},</p>"
     "<p>%{poster.name} wrote:</p>"
     "%{message}"
     "<hr><p>You can answer this mail, or see the whole conversation on ticket #%{ticket.number} "
     "<a href=\"%{recipient.ticket_link}\">here</a>.</p>"},
    {"assigned.alert", "Ticket #%{ticket.number} is assigned to you",
     "<p>%{assigner} assigned ticket <a href=\"%{ticket.staff_link}\">#%{ticket.number}</a> "
     "(%{ticket.subject}) to %{assignee}.</p>"
     "%{comments}"},
    {"transfer.alert", "Ticket #%{ticket.number} was transferred to %{ticket.dept.name}",
     "<p>%{staff.name} transferred ticket <a href=\"%{ticket.staff_link}\">#%{ticket.number}</a> "
     "(%{ticket.subject}) to %{ticket.dept.name}.</p>"
     "%{comments}"},
    {"ticket.overdue", "Ticket #%{ticket.number} is overdue",
     "<p>Ticket <a href=\"%{ticket.staff_link}\">#%{ticket.number}</a> (%{ticket.subject}, "
     "%{ticket.dept.name}) "
     "was due %{ticket.due_date} and is not closed.</p>"},
    {"note.alert", "Ticket #%{ticket.number}: %{activity}",
     "<p>%{note.poster} wrote on ticket <a href=\"%{ticket.staff_link}\">#%{ticket.number}</a> "
     "(%{ticket.subject}):</p>"
     "%{note.message}"},
};

bool mail_template_find(struct db *db, const struct help_desk *help_desk, int64_t group, struct text code,
                        struct arena *arena, struct mail_template *found, struct error *error) {
    int64_t fallback = help_desk_number(help_desk, "default_template_id", 0);
    int rows = mail_template_load(db, group, fallback, code, arena, &found->subject, &found->body, error);
    if (rows < 0) return false;
    if (rows > 0) return true;
    for (size_t i = 0; i < sizeof own_templates / sizeof *own_templates; i++) {
        if (!text_equal(text_of(own_templates[i].code), code)) continue;
        found->subject = text_of(own_templates[i].subject);
        found->body = text_of(own_templates[i].body);
        return true;
    }
    return error_set(error, ERROR_INTERNAL, "there is no mail template %.*s", (int)code.length, code.data);
}
