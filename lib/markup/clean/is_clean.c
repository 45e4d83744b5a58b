// SPDX-License-Identifier: GPL-2.0-or-later
// Whether HTML is in the state in which cleaning leaves it: a small, strict grammar. Elements nest as the
// HTML parser nests them, none is empty, attributes stand as the cleaner writes them, blanks come one by one.
#include "markup/clean/is_clean.h"

#include "markup/reference.h"

#include <string.h>

#define DEPTH_MAX 24

// What an element may hold, and where it may stand.
enum {
    HOLDS_INLINE = 1, // text and inline elements
    HOLDS_BLOCKS = 2,
    IS_INLINE = 4,
    IS_BLOCK = 8,
    IS_VOID = 16,
};

enum tag {
    TOP,
    BR,
    IMG,
    HR,
    B,
    STRONG,
    I,
    EM,
    A,
    SPAN,
    P,
    DIV,
    BLOCKQUOTE,
    UL,
    OL,
    LI,
    TABLE,
    TBODY,
    TR,
    TD
};

static const struct element {
    struct text start; // up to the attributes
    unsigned flags;
    enum tag parent; // the only one that it may stand in, TOP for any
} elements[] = {
    [TOP] = {{"", 0}, HOLDS_INLINE | HOLDS_BLOCKS, TOP},
    [BR] = {{"<br />", 6}, IS_INLINE | IS_VOID, TOP},
    [IMG] = {{"<img", 4}, IS_INLINE | IS_VOID, TOP},
    [HR] = {{"<hr />", 6}, IS_BLOCK | IS_VOID, TOP},
    [B] = {{"<b", 2}, IS_INLINE | HOLDS_INLINE, TOP},
    [STRONG] = {{"<strong", 7}, IS_INLINE | HOLDS_INLINE, TOP},
    [I] = {{"<i", 2}, IS_INLINE | HOLDS_INLINE, TOP},
    [EM] = {{"<em", 3}, IS_INLINE | HOLDS_INLINE, TOP},
    [A] = {{"<a", 2}, IS_INLINE | HOLDS_INLINE, TOP},
    [SPAN] = {{"<span", 5}, IS_INLINE | HOLDS_INLINE, TOP},
    [P] = {{"<p", 2}, IS_BLOCK | HOLDS_INLINE, TOP},
    [DIV] = {{"<div", 4}, IS_BLOCK | HOLDS_INLINE | HOLDS_BLOCKS, TOP},
    [BLOCKQUOTE] = {{"<blockquote", 11}, IS_BLOCK | HOLDS_INLINE | HOLDS_BLOCKS, TOP},
    [UL] = {{"<ul", 3}, IS_BLOCK, TOP},
    [OL] = {{"<ol", 3}, IS_BLOCK, TOP},
    [LI] = {{"<li", 3}, HOLDS_INLINE, UL},
    [TABLE] = {{"<table", 6}, IS_BLOCK, TOP},
    [TBODY] = {{"<tbody", 6}, 0, TABLE},
    [TR] = {{"<tr", 3}, 0, TBODY},
    [TD] = {{"<td", 3}, HOLDS_INLINE, TR},
};
#define ELEMENTS (sizeof elements / sizeof *elements)

struct walk {
    struct text html;
    size_t at;
    enum tag open[DEPTH_MAX];
    bool filled[DEPTH_MAX]; // whether the element has content
    size_t depth;           // open[depth] is the innermost; open[0] is TOP
    bool after_start;       // a start tag has just ended: a blank here would move before it
};

static struct text rest_of(const struct walk *walk) {
    return (struct text){walk->html.data + walk->at, walk->html.length - walk->at};
}

static bool take(struct walk *walk, struct text expected) {
    if (!text_starts_with(rest_of(walk), expected)) return false;
    walk->at += expected.length;
    return true;
}

// How many bytes from here on are letters, digits, or one of `others`.
static size_t span_of(const struct walk *walk, const char *others) {
    struct text rest = rest_of(walk);
    size_t length = 0;
    for (; length < rest.length; length++) {
        char c = rest.data[length];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!plain && (!c || !strchr(others, c))) break;
    }
    return length;
}

static bool take_some(struct walk *walk, const char *others) {
    size_t length = span_of(walk, others);
    walk->at += length;
    return length > 0;
}

// "&amp;name=" in an address, where "&name" is no reference of its own: references are resolved twice.
static bool take_parameter(struct walk *walk) {
    if (!take(walk, TEXT("&amp;"))) return false;
    struct text name = {walk->html.data + walk->at, span_of(walk, "")};
    walk->at += name.length;
    return name.length && !reference_is_name(name) && take(walk, TEXT("="));
}

// Addresses of the schemes that stay, of bytes that nothing escapes.
static bool take_link(struct walk *walk) {
    static const char others[] = "/._-=?#";
    if (!take(walk, TEXT(" href=\"")) || !(take(walk, TEXT("https://")) || take(walk, TEXT("http://"))) ||
        !take_some(walk, others))
        return false;
    while (take_parameter(walk)) take_some(walk, others);
    return take(walk, TEXT("\""));
}

static bool take_image(struct walk *walk) {
    return take(walk, TEXT(" src=\"cid:")) && take_some(walk, "_-") &&
           take(walk, TEXT("\" alt=\"image\" />"));
}

// "color:#1f497d;font-size:11pt": properties of a few kinds, each at most once.
static bool take_style(struct walk *walk) {
    static const struct text names[] = {{"color:", 6},        {"background-color:", 17}, {"font-size:", 10},
                                        {"font-weight:", 12}, {"font-style:", 11},       {"text-align:", 11}};
    unsigned seen = 0;
    if (!take(walk, TEXT(" style=\""))) return false;
    do {
        size_t i = 0;
        while (i < sizeof names / sizeof *names && !take(walk, names[i])) i++;
        if (i == sizeof names / sizeof *names || seen & 1u << i) return false;
        seen |= 1u << i;
        bool colour = take(walk, TEXT("#"));
        if (!take_some(walk, colour ? "" : ".%")) return false;
    } while (take(walk, TEXT(";")));
    return take(walk, TEXT("\""));
}

static bool take_attributes(struct walk *walk, enum tag tag) {
    switch (tag) {
    case BR:
    case HR: return true;
    case IMG: return take_image(walk);
    case A: return take_link(walk) && take(walk, TEXT(">"));
    case SPAN: return take_style(walk) && take(walk, TEXT(">"));
    default: return take(walk, TEXT(">"));
    }
}

static bool is_open(const struct walk *walk, enum tag tag) {
    for (size_t i = 1; i <= walk->depth; i++)
        if (walk->open[i] == tag) return true;
    return false;
}

static bool may_stand_here(const struct walk *walk, enum tag tag) {
    enum tag parent = walk->open[walk->depth];
    unsigned flags = elements[tag].flags, holds = elements[parent].flags;
    if (tag == LI) return parent == UL || parent == OL;
    if (elements[tag].parent != TOP) return parent == elements[tag].parent;
    if (flags & IS_BLOCK) return (holds & HOLDS_BLOCKS) != 0;
    return holds & HOLDS_INLINE && (flags & IS_VOID || !is_open(walk, tag));
}

// The longest name that fits, since <b begins <br /> and <blockquote, too.
static enum tag tag_at(const struct walk *walk) {
    enum tag found = TOP;
    struct text rest = rest_of(walk);
    char first = rest.length > 1 ? rest.data[1] : '\0';
    for (enum tag tag = BR; tag < ELEMENTS; tag++)
        if (elements[tag].start.data[1] == first && text_starts_with(rest, elements[tag].start) &&
            elements[tag].start.length > elements[found].start.length)
            found = tag;
    return found;
}

static bool take_start_tag(struct walk *walk) {
    enum tag tag = tag_at(walk);
    if (tag == TOP || !may_stand_here(walk, tag)) return false;
    walk->at += elements[tag].start.length;
    if (!take_attributes(walk, tag)) return false;
    walk->filled[walk->depth] = true;
    walk->after_start = !(elements[tag].flags & IS_VOID);
    if (elements[tag].flags & IS_VOID) return true;
    if (++walk->depth == DEPTH_MAX) return false;
    walk->open[walk->depth] = tag;
    walk->filled[walk->depth] = false;
    return true;
}

static bool take_end_tag(struct walk *walk) {
    struct text start = elements[walk->open[walk->depth]].start;
    if (walk->depth == 0 || !walk->filled[walk->depth] || !take(walk, TEXT("</"))) return false;
    if (!take(walk, (struct text){start.data + 1, start.length - 1}) || !take(walk, TEXT(">"))) return false;
    walk->depth--;
    walk->after_start = false;
    return true;
}

// Most of any text: a table, since it is asked of each byte.
// clang-format off
#define X16 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
static const bool ordinary[256] = {
    ['0'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    ['?'] = 1, X16, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, // to Z
    ['a'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, X16, // to z
    ['.'] = 1, [','] = 1,
};
#undef X16
// clang-format on

// What stays as it is; the parser knows more names, and writes them otherwise.
static bool is_escape(struct text rest) {
    return text_starts_with(rest, TEXT("&amp;")) || text_starts_with(rest, TEXT("&lt;")) ||
           text_starts_with(rest, TEXT("&gt;"));
}

// A run of text: no two blanks in a row, none behind a start tag or at the ends of all, and not blanks alone.
static bool take_text(struct walk *walk) {
    const char *bytes = walk->html.data;
    size_t begin = walk->at, i = begin, end = walk->html.length;
    bool word = false;
    if (!(elements[walk->open[walk->depth]].flags & HOLDS_INLINE)) return false;
    for (; i < end && bytes[i] != '<'; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (ordinary[c]) {
            word = true;
            while (i + 1 < end && ordinary[(unsigned char)bytes[i + 1]]) i++;
            continue;
        }
        if (c < 0x20 || c == '>' || c == 0x7F || c == 0xC2 || c >= 0xEF) return false;
        if (c == '&' && !is_escape((struct text){bytes + i, end - i})) return false;
        if (c != ' ')
            word = true;
        else if (i == 0 || i + 1 == end || bytes[i - 1] == ' ' || (i == begin && walk->after_start))
            return false;
    }
    walk->at = i;
    walk->filled[walk->depth] = true;
    walk->after_start = false;
    return word;
}

bool markup_is_clean(struct text html) {
    struct walk walk = {.html = html};
    if (html.length == 0 || !text_is_utf8(html)) return false;
    while (walk.at < html.length) {
        bool taken;
        if (html.data[walk.at] != '<')
            taken = take_text(&walk);
        else if (walk.at + 1 < html.length && html.data[walk.at + 1] == '/')
            taken = take_end_tag(&walk);
        else
            taken = take_start_tag(&walk);
        if (!taken) return false;
    }
    return walk.depth == 0;
}
