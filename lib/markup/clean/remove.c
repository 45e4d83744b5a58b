// SPDX-License-Identifier: GPL-2.0-or-later
// What osTicket takes out of HTML by text search before any parser sees it. These are searches in text, not
// in markup: they also hit what only looks like it, and must, so that both programs make the same of a body.
#include "markup/clean/remove.h"

#include <ctype.h>
#include <string.h>

static bool at(struct text html, size_t i, struct text needle) {
    return i <= html.length && needle.length <= html.length - i &&
           memcmp(html.data + i, needle.data, needle.length) == 0;
}

static bool at_ignoring_case(struct text html, size_t i, struct text needle) {
    return i <= html.length && needle.length <= html.length - i &&
           text_equal_ignoring_case((struct text){html.data + i, needle.length}, needle);
}

static size_t find_ignoring_case(struct text html, struct text needle, size_t from) {
    for (size_t i = from; i < html.length; i++) {
        const char *first = memchr(html.data + i, needle.data[0], html.length - i);
        if (!first) break;
        i = (size_t)(first - html.data);
        if (at_ignoring_case(html, i, needle)) return i;
    }
    return html.length;
}

static size_t find_char(struct text html, char c, size_t from) {
    const char *hit = from < html.length ? memchr(html.data + from, c, html.length - from) : NULL;
    return hit ? (size_t)(hit - html.data) : html.length;
}

static void add_range(struct text html, size_t from, size_t to, struct buffer *out) {
    buffer_add(out, html.data + from, to - from);
}

// Where the path that starts at `i` reaches "/file.php?", or 0. Its segments are not empty and hold no quote.
static size_t after_file_script(struct text html, size_t i, size_t quote) {
    static const struct text script = {"/file.php?", 10};
    while (i < quote && html.data[i] == '/') {
        if (at(html, i, script)) return i + script.length;
        size_t segment = i + 1;
        while (segment < quote && html.data[segment] != '/') segment++;
        if (segment == i + 1) return 0;
        i = segment;
    }
    return 0;
}

// Where the value of the parameter "key" starts in the query at `i`, or 0.
static size_t find_key(struct text html, size_t i) {
    while (!(at(html, i, TEXT("key=")) && i + 4 < html.length && html.data[i + 4] != '&')) {
        size_t name = i;
        while (i < html.length && (isalnum((unsigned char)html.data[i]) || html.data[i] == '_')) i++;
        if (i == name || i >= html.length || html.data[i] != '=') return 0;
        size_t value = ++i;
        while (i < html.length && html.data[i] != '&' && html.data[i] != '"') i++;
        if (i == value || i >= html.length || html.data[i] != '&') return 0;
        i += at(html, i, TEXT("&amp;")) ? 5 : 1;
    }
    return i + 4;
}

static size_t key_of_file_link(struct text html, size_t i, size_t quote) {
    if (at(html, i, TEXT("http:/"))) i += 6;
    if (at(html, i, TEXT("https:/"))) i += 7;
    size_t query = after_file_script(html, i, quote);
    // A later segment may be "/file.php?" too, when the first has no key.
    for (size_t key; query; query = after_file_script(html, i, quote)) {
        if ((key = find_key(html, query))) return key;
        i = query - 1;
        while (i < quote && html.data[i] != '/') i++;
    }
    return 0;
}

void remove_file_links(struct text html, struct buffer *out) {
    static const struct text image = {"<img src=\"", 10};
    size_t written = 0;
    for (ptrdiff_t hit = text_find(html, image, 0); hit >= 0; hit = text_find(html, image, written)) {
        size_t start = (size_t)hit + image.length, quote = find_char(html, '"', start);
        size_t key = key_of_file_link(html, start, quote);
        add_range(html, written, start, out);
        written = start;
        if (!key) continue;
        buffer_add_string(out, "cid:");
        // The key ends at the next ampersand, and with it goes what stands before the next quote.
        size_t end = find_char(html, '&', key);
        add_range(html, key, end, out);
        written = find_char(html, '"', end);
    }
    add_range(html, written, html.length, out);
}

// One of the elements that go with their content. `nowhere` remembers that no end tag comes any more.
struct lost_element {
    struct text start, end;
    bool nowhere;
};

// Whether the name that begins with `start` ends there: "<head" is no "<header".
static bool name_ends(struct text html, size_t i, struct text start) {
    size_t end = i + start.length;
    return at_ignoring_case(html, i, start) && end < html.length &&
           (isspace((unsigned char)html.data[end]) || html.data[end] == '>' || html.data[end] == '/');
}

// Where the end tag closes: "</style >" is one to a browser, too.
static size_t find_end_tag(struct text html, struct text end, size_t from) {
    for (size_t i = find_ignoring_case(html, end, from); i < html.length;
         i = find_ignoring_case(html, end, i + 1))
        if (name_ends(html, i, end)) return find_char(html, '>', i);
    return html.length;
}

static void remove_elements(struct text html, struct buffer *out) {
    struct lost_element elements[] = {{TEXT("<head"), TEXT("</head"), false},
                                      {TEXT("<style"), TEXT("</style"), false},
                                      {TEXT("<script"), TEXT("</script"), false}};
    size_t written = 0;
    for (size_t i = find_char(html, '<', 0); i < html.length; i = find_char(html, '<', i + 1)) {
        for (struct lost_element *element = elements; element < elements + 3; element++) {
            if (element->nowhere || !name_ends(html, i, element->start)) continue;
            size_t end = find_end_tag(html, element->end, i + element->start.length);
            element->nowhere = end == html.length;
            if (element->nowhere) continue;
            add_range(html, written, i, out);
            written = end + 1;
            i = written - 1;
            break;
        }
    }
    add_range(html, written, html.length, out);
}

// Removes start, at least one byte that is not in `stops`, and the closing text.
static void remove_between(struct text html, struct text start, struct text stops, struct text close,
                           struct buffer *out) {
    size_t written = 0;
    ptrdiff_t hit = text_find(html, start, 0);
    while (hit >= 0) {
        size_t inner = (size_t)hit + start.length, end = inner, from = (size_t)hit + 1;
        while (end < html.length && !memchr(stops.data, html.data[end], stops.length)) end++;
        if (end == html.length) break; // nothing ends the later ones either
        if (end > inner && at(html, end, close)) {
            add_range(html, written, (size_t)hit, out);
            written = from = end + close.length;
        }
        hit = text_find(html, start, from);
    }
    add_range(html, written, html.length, out);
}

static void remove_conditionals(struct text html, struct buffer *out) {
    remove_between(html, TEXT("<!["), TEXT("]<"), TEXT("]>"), out);
}

static void remove_doctypes(struct text html, struct buffer *out) {
    remove_between(html, TEXT("<!DOCTYPE"), TEXT(">"), TEXT(">"), out);
}

static void remove_instructions(struct text html, struct buffer *out) {
    remove_between(html, TEXT("<?"), TEXT(">"), TEXT(">"), out);
}

static void remove_html_attributes(struct text html, struct buffer *out) {
    size_t written = 0;
    for (size_t i = find_ignoring_case(html, TEXT("<html"), 0); i < html.length;
         i = find_ignoring_case(html, TEXT("<html"), written)) {
        add_range(html, written, i, out);
        buffer_add_string(out, "<html");
        written = i + 5;
        if (written < html.length && html.data[written] == '>') continue;
        written = find_char(html, '>', written);
    }
    add_range(html, written, html.length, out);
}

// The length of the opening tag that Outlook leaves at the end of a mail, or 0.
static size_t mail_end_tag(struct text html, size_t i) {
    size_t start = i;
    if (at(html, i, TEXT("<a ")))
        i += 3;
    else if (at(html, i, TEXT("<span ")))
        i += 6;
    else
        return 0;
    if (at(html, i, TEXT("name=\"")))
        i += 6;
    else if (at(html, i, TEXT("style=\"")))
        i += 7;
    else
        return 0;
    if (at(html, i, TEXT("mso-bookmark:"))) i += 13;
    return at(html, i, TEXT("_MailEndCompose\">")) ? i + 17 - start : 0;
}

// The last </a> or </span> on the line of `from` that does not start before it; html.length when there is
// none.
static size_t last_end_tag(struct text html, size_t from, size_t *length) {
    size_t found = html.length, line_end = find_char(html, '\n', from);
    for (size_t i = find_char(html, '<', from); i < line_end; i = find_char(html, '<', i + 1)) {
        if (!at(html, i, TEXT("</a>")) && !at(html, i, TEXT("</span>"))) continue;
        found = i;
        *length = html.data[i + 2] == 'a' ? 4 : 7;
    }
    return found;
}

static void remove_mail_end(struct text html, struct buffer *out) {
    size_t written = 0, hopeless = 0; // before `hopeless` no end tag follows on the line
    for (size_t i = find_char(html, '<', 0); i < html.length; i = find_char(html, '<', i + 1)) {
        size_t tag = mail_end_tag(html, i), end_length = 0;
        if (!tag || i < hopeless) continue;
        size_t end = last_end_tag(html, i + tag, &end_length);
        if (end == html.length) {
            hopeless = find_char(html, '\n', i + tag);
            continue;
        }
        add_range(html, written, i, out);
        add_range(html, i + tag, end, out);
        written = end + end_length;
        i = written - 1;
    }
    add_range(html, written, html.length, out);
}

void remove_gmail_div(struct text html, struct buffer *out) {
    for (size_t i = find_ignoring_case(html, TEXT("<div dir="), 0); i < html.length;
         i = find_ignoring_case(html, TEXT("<div dir="), i + 1)) {
        size_t value = i + 9;
        if (at_ignoring_case(html, value, TEXT("3D"))) value += 2;
        if (!at_ignoring_case(html, value, TEXT("\"ltr\">"))) continue;
        size_t content = value + 6, end = find_ignoring_case(html, TEXT("</div>"), content);
        if (end == html.length) break;
        add_range(html, 0, i, out);
        add_range(html, content, end, out);
        buffer_add_char(out, ' ');
        add_range(html, end + 6, html.length, out);
        return;
    }
    add_range(html, 0, html.length, out);
}

static void run_steps(struct text html, remove_step *const *steps, size_t count, struct buffer *out) {
    struct buffer buffers[2] = {buffer_new(html.length + 1), buffer_new(html.length + 1)};
    struct text current = html;
    for (size_t i = 0; i < count; i++) {
        struct buffer *result = &buffers[i % 2];
        buffer_clear(result);
        steps[i](current, result);
        current = buffer_text(result);
        if (result->failed) out->failed = true;
    }
    buffer_add_text(out, current);
    buffer_free(&buffers[0]);
    buffer_free(&buffers[1]);
}

static remove_step *const steps[] = {remove_elements,     remove_conditionals,    remove_doctypes,
                                     remove_instructions, remove_html_attributes, remove_mail_end,
                                     remove_gmail_div};

void remove_foreign(struct text html, struct buffer *out) {
    run_steps(html, steps, sizeof steps / sizeof *steps, out);
}
