// SPDX-License-Identifier: GPL-2.0-or-later
// A row of the queue made into a mail.
#include "delivery/compose.h"

#include "delivery/compose_rows.h"
#include "delivery/message_ids.h"
#include "delivery/template.h"
#include "mail/header_text.h"
#include "mail/recipient_list.h"
#include "markup/escape.h"
#include "markup/plain.h"
#include "store/mail/content.h"

#include <time.h>

#define SUBJECT_MAX (64 * 1024)
#define BODY_MAX    (16 * 1024 * 1024)
#define TEXT_WIDTH  90

struct composing {
    const struct compose_settings *settings;
    const struct mail_row *row;
    const struct mail_kind *kind;
    struct arena *arena;
    struct composition *to;
    struct compose_rows rows;
    struct variable_roots roots;
    struct error *error;
};

// With collaborators about, a link that opens the ticket without a login goes to the owner alone.
static bool link_with_token(const struct composing *c) {
    const struct message *message = &c->to->message;
    bool owner_alone = c->kind->owner_alone && message->recipient_count == 1 && !message->recipients[0].copy;
    return help_desk_switch(c->settings->help_desk, "allow_auth_tokens", true) &&
           (c->rows.ticket.collaborators == 0 || owner_alone);
}

int compose_mailbox(struct db *db, const struct help_desk *help_desk, int64_t email_id, struct arena *arena,
                    struct mailbox *mailbox, struct error *error) {
    int found = email_id ? mailbox_load(db, email_id, arena, mailbox, error) : 0;
    if (found) return found;
    int64_t id = help_desk_number(help_desk, "default_email_id", 0);
    return id ? mailbox_load(db, id, arena, mailbox, error) : 0;
}

static bool set_addresses(struct composing *c) {
    struct message *message = &c->to->message;
    struct mailbox *mailbox = &c->to->mailbox;
    struct reply_mail_recipient *recipients;
    int found = compose_mailbox(c->settings->db, c->settings->help_desk, c->row->email_id, c->arena, mailbox,
                                c->error);
    if (found < 0) return false;
    if (!found || !mail_address_is_usable(mailbox->address))
        return error_set(c->error, ERROR_UNPROCESSABLE,
                         "there is no mailbox to send from: the help desk's default mailbox is missing");
    recipient_list_read(c->row->recipients, c->arena, &recipients, &message->recipient_count);
    message->recipients = recipients;
    message->from_address = mailbox->address;
    bool has_sender = text_equal(c->row->kind, TEXT(MAIL_KIND_REPLY)) && c->row->assigner.length;
    message->from_name = has_sender ? c->row->assigner : mailbox->name;
    message->message_id = c->row->message_id;
    message->date = (int64_t)time(NULL);
    message->automation = c->kind->automation;
    if (message->recipient_count) return true;
    return error_set(c->error, ERROR_UNPROCESSABLE, "the mail has no recipients");
}

// A Message-ID as a header has it, with what of it can stand there.
static struct text in_angles(struct text id, struct arena *arena) {
    struct buffer whole = buffer_new(1024), kept = buffer_new(1024);
    bool bare = !text_starts_with(id, TEXT("<"));
    buffer_add_format(&whole, bare ? "<%.*s>" : "%.*s", (int)id.length, id.data);
    message_ids_keep(buffer_text(&whole), &kept);
    struct text copy = arena_copy(arena, buffer_text(&kept));
    buffer_free(&whole);
    buffer_free(&kept);
    return copy.length ? copy : TEXT_NULL;
}

// The mail that the entry came by, or that the canned reply answers.
static bool set_echo(struct composing *c) {
    struct text id, headers;
    if (!c->row->entry_id) return true;
    int found = mail_entry_email(c->settings->db, c->row->entry_id, c->arena, &id, &headers, c->error);
    if (found > 0) c->to->message.in_reply_to = c->to->message.references = in_angles(id, c->arena);
    return found >= 0;
}

// The newest mail of the thread is the one that is answered.
static bool set_references(struct composing *c) {
    struct text id, headers;
    if (c->kind->is_echo) return set_echo(c);
    if (!c->kind->is_answer) return true;
    int found = mail_last_email(c->settings->db, c->row->thread_id, c->arena, &id, &headers, c->error);
    if (found <= 0) return found == 0;
    struct buffer all = buffer_new(64 * 1024), own = buffer_new(1024);
    if (text_starts_with(id, TEXT("<"))) {
        buffer_add_text(&own, id);
    } else {
        buffer_add_char(&own, '<');
        buffer_add_text(&own, id);
        buffer_add_char(&own, '>');
    }
    message_ids_keep(message_header(headers, TEXT("References")), &all);
    if (all.length) buffer_add_char(&all, ' ');
    buffer_add_text(&all, buffer_text(&own));
    c->to->message.in_reply_to = arena_copy(c->arena, buffer_text(&own));
    c->to->message.references = arena_copy(c->arena, buffer_text(&all));
    buffer_free(&all);
    buffer_free(&own);
    return true;
}

// By its class and by the line to answer above osTicket tells the answer's own text from what it quotes. Only
// mails that carry an entry have it.
static void add_marker(const struct composing *c, struct buffer *html) {
    const struct help_desk *h = c->settings->help_desk;
    if (!c->row->tag_entry_id) return;
    buffer_add_string(html, "<div style=\"display:none\" class=\"mid-");
    markup_escape(c->row->message_id, html);
    buffer_add_string(html, "\">");
    if (help_desk_switch(h, "strip_quoted_reply", false)) {
        markup_escape_once(help_desk_config(h, "reply_separator"), html);
        buffer_add_string(html, "<br/><br/>");
    }
    buffer_add_string(html, "</div>");
}

static bool find_template(struct composing *c, struct mail_template *template) {
    int64_t group = c->rows.has_department ? c->rows.department.template_group : 0;
    template->subject = c->row->subject;
    template->body = c->row->body;
    return c->kind->content == MAIL_CONTENT_OWN ||
           mail_template_find(c->settings->db, c->settings->help_desk, group, c->row->kind, c->arena,
                              template, c->error);
}

static bool expand(struct composing *c, struct buffer *subject, struct buffer *html) {
    struct mail_template template;
    if (!find_template(c, &template)) return false;
    c->roots = compose_rows_roots(&c->rows, c->row, link_with_token(c));
    struct variables *variables =
        variables_new(c->settings->db, c->arena, c->settings->log, c->settings->help_desk,
                      c->settings->secret_salt, &c->roots, c->settings->unknown);
    if (!variables) return error_set(c->error, ERROR_INTERNAL, "out of memory");
    add_marker(c, html);
    bool done = variables_expand(variables, template.subject, false, subject, c->error) &&
                variables_expand(variables, template.body, true, html, c->error);
    variables_free(&variables);
    return done;
}

static void add_left_out(const struct message_files *files, struct buffer *html) {
    if (!files->left_out_count) return;
    buffer_add_string(html, "<p>Files that are too large for a mail and can be had from the ticket: ");
    for (size_t i = 0; i < files->left_out_count; i++) {
        if (i) buffer_add_string(html, ", ");
        markup_escape(files->left_out[i], html);
    }
    buffer_add_string(html, "</p>");
}

static bool add_files(struct composing *c, bool rich, struct buffer *html, struct buffer *shown) {
    struct mail_files own;
    struct message_files *files = &c->to->files;
    struct db *db = c->settings->db;
    struct text address = c->to->mailbox.address;
    size_t at = (size_t)text_find(address, TEXT("@"), 0);
    struct text domain = {address.data + at + 1, address.length - at - 1};
    if (!mail_files_load(db, c->row->entry_id, c->arena, &own, c->error)) return false;
    bool attach = c->kind->has_files && help_desk_switch(c->settings->help_desk, "email_attachments", false);
    if (attach && !message_files_attach(db, c->arena, &own, files, c->error)) return false;
    add_left_out(files, html);
    if (!rich) return true;
    return message_files_show(db, c->arena, &own, buffer_text(html), domain, files, shown, c->error);
}

static bool set_text(struct composing *c, struct text html) {
    struct buffer text = buffer_new(BODY_MAX);
    bool done = markup_html_to_text(html, TEXT_WIDTH, &text, c->error);
    buffer_add_string(&text, "\nRef-Mid: ");
    buffer_add_text(&text, c->row->message_id);
    buffer_add_char(&text, '\n');
    if (done && text.failed) done = error_set(c->error, ERROR_TOO_LARGE, "the mail's text is too large");
    c->to->message.text = arena_copy(c->arena, buffer_text(&text));
    buffer_free(&text);
    return done;
}

static bool set_html(struct composing *c, struct buffer *subject, struct buffer *html, struct buffer *shown) {
    struct message *message = &c->to->message;
    bool rich = help_desk_switch(c->settings->help_desk, "enable_richtext", true);
    if (!expand(c, subject, html) || !add_files(c, rich, html, shown)) return false;
    if (html->failed || shown->failed || subject->failed)
        return error_set(c->error, ERROR_TOO_LARGE, "the mail is too large");
    message->subject = arena_copy(c->arena, buffer_text(subject));
    message->html = rich ? arena_copy(c->arena, buffer_text(shown)) : TEXT_NULL;
    message->files = c->to->files.items;
    message->file_count = c->to->files.count;
    return set_text(c, buffer_text(html));
}

static bool set_content(struct composing *c) {
    struct message *message = &c->to->message;
    if (c->kind->content == MAIL_CONTENT_TEXT) {
        message->subject = c->row->subject;
        message->text = c->row->body.data ? c->row->body : TEXT("");
        return true;
    }
    struct buffer subject = buffer_new(SUBJECT_MAX), html = buffer_new(BODY_MAX),
                  shown = buffer_new(BODY_MAX);
    bool done = set_html(c, &subject, &html, &shown);
    buffer_free(&subject);
    buffer_free(&html);
    buffer_free(&shown);
    return done;
}

enum compose_result compose(const struct compose_settings *settings, const struct mail_row *row,
                            struct arena *arena, struct composition *composition, struct error *error) {
    struct composing c = {
        .settings = settings, .row = row, .arena = arena, .to = composition, .error = error};
    *composition = (struct composition){0};
    c.kind = mail_kind_find(row->kind);
    if (!c.kind) {
        error_set(error, ERROR_UNPROCESSABLE, "this version knows no mail of this kind");
        return COMPOSE_FAILED;
    }
    enum compose_result result = compose_rows_load(settings, row, arena, &c.rows, error);
    if (result != COMPOSE_DONE) return result;
    if (!set_addresses(&c) || !set_references(&c) || !set_content(&c)) return COMPOSE_FAILED;
    if (!arena->failed) return COMPOSE_DONE;
    error_set(error, ERROR_TOO_LARGE, "the mail does not fit into memory");
    return COMPOSE_FAILED;
}

void composition_free(struct composition *composition) {
    message_files_close(&composition->files);
}
