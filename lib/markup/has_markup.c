// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a text is HTML, or a text in which tags are spoken of.
#include "markup/body.h"

#include "markup/tag/element.h"
#include "markup/tag/tag_like.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define WORK_MAX    (64u << 20) // bytes looked at to tell tags from text
#define OPEN_MAX    128         // names of elements, more than HTML has
#define PUNCTUATION " \t\"'`)]}.,;:!?"

struct open_element {
    struct text name;
    bool in_prose; // all of them so far
};

struct scan {
    struct text text;
    size_t work;
    bool has_lines;
    struct open_element open[OPEN_MAX];
    size_t open_count;
};

// A tag, from its "<" to its ">".
struct tag {
    size_t start, end;
    struct text name;
    bool is_end;
};

static bool is_one_of(char c, const char *characters) {
    return c && strchr(characters, c);
}

// "Use the <col> tag": a tag that somebody mentions has blanks or quotes around it, and the text has lines of
// its own, which nobody writes who breaks them by tags. `behind_it`: what may follow.
static bool is_mentioned(const struct scan *scan, const struct tag *tag, const char *behind_it) {
    struct text text = scan->text;
    bool before = tag->start > 0 && is_one_of(text.data[tag->start - 1], " \t\"'`([{");
    bool behind = tag->end + 1 >= text.length || is_one_of(text.data[tag->end + 1], behind_it);
    return scan->has_lines && before && behind;
}

// A line that is a tag and nothing else.
static bool is_line(const struct scan *scan, const struct tag *tag) {
    struct text text = scan->text;
    bool before = tag->start == 0 || is_one_of(text.data[tag->start - 1], "\r\n");
    bool behind = tag->end + 1 >= text.length || is_one_of(text.data[tag->end + 1], "\r\n");
    return scan->has_lines && before && behind;
}

static size_t name_end(struct text text, size_t i) {
    while (i < text.length && (isalnum((unsigned char)text.data[i]) || is_one_of(text.data[i], "_:.-"))) i++;
    return i;
}

static bool is_named(struct text name, const char *const *names) {
    for (; *names; names++)
        if (text_equal_ignoring_case(name, text_of(*names))) return true;
    return false;
}

static bool has_source(struct text tag) {
    for (ptrdiff_t hit = text_find(tag, TEXT("="), 0); hit > 3;
         hit = text_find(tag, TEXT("="), (size_t)hit + 1))
        if (strncasecmp(tag.data + hit - 3, "src", 3) == 0) return true;
    return false;
}

static struct open_element *find_open(struct scan *scan, struct text name) {
    for (size_t i = 0; i < scan->open_count; i++)
        if (text_equal_ignoring_case(scan->open[i].name, name)) return &scan->open[i];
    return NULL;
}

// A start tag that says enough alone; else it is kept in mind.
static bool start_is_markup(struct scan *scan, const struct tag *tag) {
    static const char *const breaks[] = {"br", "hr", NULL}, *const paragraphs[] = {"p", "li", NULL};
    bool mentioned = is_mentioned(scan, tag, PUNCTUATION);
    struct text whole = {scan->text.data + tag->start, tag->end - tag->start};
    if (is_named(tag->name, breaks)) return !mentioned;
    if (text_equal_ignoring_case(tag->name, TEXT("img"))) return has_source(whole) && !mentioned;
    if (is_named(tag->name, paragraphs) && !mentioned && !is_line(scan, tag) &&
        scan->text.length > tag->end + 1)
        return true;
    struct open_element *open = find_open(scan, tag->name);
    mentioned = is_mentioned(scan, tag, PUNCTUATION "\r\n");
    if (open)
        open->in_prose = open->in_prose && mentioned;
    else if (scan->open_count < OPEN_MAX)
        scan->open[scan->open_count++] = (struct open_element){tag->name, mentioned};
    return false;
}

// An element is there when it began and ends, and not both are only spoken of.
static bool end_is_markup(struct scan *scan, const struct tag *tag) {
    const struct open_element *open = find_open(scan, tag->name);
    return open && !(open->in_prose && is_mentioned(scan, tag, PUNCTUATION "\r\n"));
}

// Behind the element that begins at `start`, when it is none of HTML's and has an end: a snippet of XML, in
// which HTML's names mean other things. Else `start`.
static size_t skip_foreign(struct scan *scan, size_t start) {
    struct text text = scan->text;
    size_t end = name_end(text, start + 1), name = end - start - 1;
    if (!name || !isalpha((unsigned char)text.data[start + 1]) || end >= text.length) return start;
    if (!is_one_of(text.data[end], "> \t\r\n") || scan->work > WORK_MAX) return start;
    for (ptrdiff_t hit = (ptrdiff_t)end; (hit = text_find(text, TEXT("</"), (size_t)hit)) >= 0; hit += 2) {
        size_t at = (size_t)hit + 2;
        scan->work += (size_t)hit - start;
        if (text.length - at > name && memcmp(text.data + at, text.data + start + 1, name) == 0 &&
            text.data[at + name] == '>')
            return at + name;
        if (scan->work > WORK_MAX) return start;
    }
    scan->work += text.length - end;
    return start;
}

// Behind a comment, CDATA or a processing instruction, which make no HTML of what stands around them.
static size_t skip_declaration(struct scan *scan, size_t start) {
    struct text text = scan->text;
    static const struct text kinds[][2] = {
        {{"<!--", 4}, {"-->", 3}}, {{"<![", 3}, {"]>", 2}}, {{"<?", 2}, {"?>", 2}}};
    struct text rest = {text.data + start, text.length - start};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!text_starts_with(rest, kinds[i][0])) continue;
        ptrdiff_t end = text_find(rest, kinds[i][1], kinds[i][0].length);
        if (end < 0) scan->work += rest.length;
        return end < 0 ? start : start + (size_t)end + kinds[i][1].length - 1;
    }
    return start;
}

// Whether what begins with the "<" at `*at` makes the text HTML. `*at` moves to its last byte.
static bool is_markup(struct scan *scan, size_t *at) {
    struct text text = scan->text, rest = {text.data + *at, text.length - *at};
    static const struct text doctype = {"<!doctype html", 14};
    if (rest.length > doctype.length && strncasecmp(rest.data, doctype.data, doctype.length) == 0)
        return true;
    size_t end = *at, behind = skip_declaration(scan, *at);
    if (behind != *at) {
        *at = behind;
        return false;
    }
    struct tag tag = {.start = *at, .is_end = rest.length > 1 && rest.data[1] == '/'};
    size_t name = *at + 1 + tag.is_end;
    tag.name = (struct text){text.data + name, name_end(text, name) - name};
    bool known = tag_like_tag(text, &end) && element_is_known(tag.name);
    scan->work += end - *at;
    tag.end = end;
    if (known) {
        *at = end;
        return tag.is_end ? end_is_markup(scan, &tag) : start_is_markup(scan, &tag);
    }
    if (!tag.is_end) *at = skip_foreign(scan, *at);
    return false;
}

bool markup_has_markup(struct text text) {
    struct scan scan = {.text = text};
    const char *last_close = text.length ? memrchr(text.data, '>', text.length) : NULL;
    size_t last = last_close ? (size_t)(last_close - text.data) : 0;
    scan.has_lines =
        text.length && (memchr(text.data, '\n', text.length) || memchr(text.data, '\r', text.length));
    for (size_t i = 0; i < last; i++) {
        const char *sign = memchr(text.data + i, '<', last - i);
        if (!sign) return false;
        i = (size_t)(sign - text.data);
        if (is_markup(&scan, &i)) return true;
        // What takes so long to tell is not what anybody typed.
        if (scan.work > 2 * (size_t)WORK_MAX) return true;
    }
    return false;
}
