// SPDX-License-Identifier: GPL-2.0-or-later
// What an agent writes along with an action.
#include "ops/act/act.h"

#include "markup/body.h"
#include "ops/entry/title.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define TITLE_MAX 2048
#define KEPT_MAX  (64 << 20)

// Blanks, and what is left of empty paragraphs and line breaks.
bool act_text_is_empty(const struct act *act, struct text text) {
    size_t i = 0;
    if (!act->is_html) return !text_trim(text).length;
    while (i < text.length && memchr(" \t\n\r\v\f\0<>br/", text.data[i], 12)) i++;
    return i == text.length || text_equal(text, TEXT("0"));
}

// The length of an empty paragraph, "<p>", blanks, "</p>", that begins the text; 0 where none does.
static size_t empty_paragraph(struct text text, size_t *blanks) {
    size_t at = strlen("<p>");
    if (!text_starts_with(text, TEXT("<p>"))) return 0;
    while (at < text.length && memchr(" \t\r\n", text.data[at], 4)) at++;
    *blanks = at - strlen("<p>");
    struct text rest = {text.data + at, text.length - at};
    return text_starts_with(rest, TEXT("</p>")) ? at + strlen("</p>") : 0;
}

// An empty paragraph that somebody typed becomes a line, behind its blanks, as in osTicket's panel; `drops`:
// one without a blank goes, as in its dialogs, which clean what is typed once more. spec: acting.md 2.2.
static struct text keep_empty_paragraphs(struct text html, bool drops, struct arena *arena) {
    struct buffer kept = buffer_new(KEPT_MAX);
    for (size_t at = 0; at < html.length;) {
        size_t blanks = 0, length = empty_paragraph((struct text){html.data + at, html.length - at}, &blanks);
        buffer_add(&kept, html.data + at + (length ? strlen("<p>") : 0), length ? blanks : 1);
        if (length && (blanks || !drops)) buffer_add_string(&kept, "<p><br></p>");
        at += length ? length : 1;
    }
    struct text copy = kept.failed ? html : arena_copy(arena, buffer_text(&kept));
    buffer_free(&kept);
    return copy;
}

bool act_take_files(struct act *act, struct error *error) {
    struct arena *arena = &act->change.arena;
    struct input attachments;
    if (!input_of_json(json_member(act->body, "attachments"), arena, &attachments, error) ||
        !incoming_files_read(&attachments, arena, &act->files, error) ||
        !incoming_files_join(act->change.context->files, arena, &act->files, error))
        return error_field(error, TEXT("attachments"));
    act->note.incoming = &act->files;
    act->note.policy.enabled = true;
    return !act->files.count || attached_files_check_storage(&act->change.help_desk, error);
}

// Text stays what was typed; HTML is HTML where the help desk keeps any, or osTicket asks nobody whether it
// does. A page's are taken for text there at first, which leaves empty paragraphs alone.
static enum entry_text kind_of(const struct act *act) {
    bool rich = help_desk_switch(&act->change.help_desk, "enable_richtext", true);
    if (!act->is_html) return ENTRY_TEXT;
    if (rich || act->is_logged) return ENTRY_HTML;
    return act->is_page ? ENTRY_HTML_ONCE : ENTRY_RESPONSE;
}

static bool make(struct act *act, struct text text, bool drops, struct error *error) {
    struct change *change = &act->change;
    enum entry_text kind = kind_of(act);
    if (kind == ENTRY_HTML) text = keep_empty_paragraphs(text, drops, &change->arena);
    if (!act->note.row.type)
        act->note.row = (struct new_entry){.type = "N", .source = TEXT(""), .title = TEXT_NULL};
    return thread_entry_make(&change->work, text, kind, &act->note, error);
}

static bool add(struct act *act, struct error *error) {
    act->has_note = true;
    return change_add_entry(&act->change, &act->change.actor, &act->note, error);
}

bool act_make_note(struct act *act, struct text text, struct error *error) {
    return make(act, text, false, error) && add(act, error);
}

// What the cleaning leaves of nothing is a dash.
static bool came_to_nothing(const struct thread_entry *note) {
    return !note->files.count && (!note->body.body.length || text_equal(note->body.body, TEXT("-")));
}

// What has no content is written "<br>" there, and "<br />" by the cleaning.
static void add_balanced(struct text html, struct buffer *out) {
    for (size_t at = 0; at < html.length; at++)
        if (!text_starts_with((struct text){html.data + at, html.length - at}, TEXT(" />")))
            buffer_add_char(out, html.data[at]);
        else
            at++;
}

// A dialog cleans what is typed as HTML before a help desk without rich text takes it for text.
static bool clean_dialog(struct act *act, struct text *comments, struct error *error) {
    const struct markup_options options = {
        .embedded_domain_whitelist = help_desk_config(&act->change.help_desk, "embedded_domain_whitelist")};
    struct buffer cleaned = buffer_new(KEPT_MAX), balanced = buffer_new(KEPT_MAX);
    if (kind_of(act) != ENTRY_RESPONSE || !markup_has_markup(*comments)) return true;
    bool done = markup_store_html(*comments, &options, NULL, &cleaned, error);
    if (done) add_balanced(buffer_text(&cleaned), &balanced);
    done = done && (!balanced.failed || error_too_large(error));
    if (done) *comments = arena_keep(&act->change.arena, &balanced);
    buffer_free(&cleaned);
    buffer_free(&balanced);
    return done;
}

bool act_make_comments(struct act *act, struct text comments, struct error *error) {
    if (!clean_dialog(act, &comments, error)) return false;
    if (!comments.length) return true;
    if (!make(act, comments, !act->is_page, error)) return false;
    return came_to_nothing(&act->note) || add(act, error);
}

// A paragraph of blanks is a line of the note and an empty one in the mail. A picture would be stored once
// more: such comments stay as the note has them.
bool act_comments_of_mail(struct act *act, struct text *comments, struct error *error) {
    const struct markup_options options = {
        .embedded_domain_whitelist = help_desk_config(&act->change.help_desk, "embedded_domain_whitelist"),
        .blank_paragraphs = true};
    struct buffer cleaned = buffer_new(KEPT_MAX);
    struct text typed;
    *comments = TEXT_NULL;
    if (!act->has_note || act->note.files.count || kind_of(act) != ENTRY_HTML) return true;
    bool done =
        act_text(act, "comments", &typed, error) && markup_store_html(typed, &options, NULL, &cleaned, error);
    if (done && text_find(buffer_text(&cleaned), TEXT("<p></p>"), 0) >= 0)
        *comments = arena_keep(&act->change.arena, &cleaned);
    buffer_free(&cleaned);
    return done;
}

void act_drop_note(struct act *act) {
    struct change *change = &act->change;
    size_t kept = 0;
    for (size_t i = 0; i < change->entry_count; i++)
        if (change->entries[i] != &act->note) change->entries[kept++] = change->entries[i];
    change->entry_count = kept;
    act->has_note = false;
}

void act_title(struct act *act, const char *format, ...) {
    char title[TITLE_MAX];
    va_list arguments;
    if (!act->has_note) return;
    va_start(arguments, format);
    vsnprintf(title, sizeof title, format, arguments);
    va_end(arguments);
    act->note.row.title = entry_title_make(text_of(title), &act->change.arena);
}
