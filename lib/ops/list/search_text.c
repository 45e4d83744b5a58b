// SPDX-License-Identifier: GPL-2.0-or-later
// From what was typed to what the database is asked.
#include "ops/list/search_text.h"

#include "base/buffer.h"
#include "calendar/normal.h"
#include "contact/mail_address_syntax.h"
#include "store/search/index_words.h"

#include <string.h>

#define BYTES_MAX 8192 // of what is made of a text: brackets and quotes come to it

static bool refuse(const char *what, struct error *error) {
    error_set(error, ERROR_UNPROCESSABLE, "q %s", what);
    return error_field(error, TEXT("q"));
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Letters of other alphabets are told from their punctuation by the database.
static bool is_of_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (unsigned char)c >= 0x80;
}

static bool is_all_digits(struct text text) {
    for (size_t i = 0; i < text.length; i++)
        if (!is_digit(text.data[i])) return false;
    return text.length != 0;
}

// ---- words

// Adds the words of a text with blanks between them; apostrophes stay within one.
static size_t add_words(struct text text, struct buffer *out) {
    size_t words = 0;
    bool within = false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        bool is_apostrophe = c == '\'' && within && i + 1 < text.length && is_of_word(text.data[i + 1]);
        if (!is_of_word(c) && !is_apostrophe) {
            within = false;
            continue;
        }
        if (!within && words++) buffer_add_char(out, ' ');
        within = true;
        buffer_add_char(out, c);
    }
    return words;
}

// ---- operators

struct grammar {
    struct text text;
    size_t at;
    bool has_operator;
    bool in_brackets;
    size_t words;
    size_t needed, further; // items with "+", and without a sign that says so
    struct phrase {
        struct text words;
        char sign;
    } phrases[SEARCH_PHRASES_MAX];
    size_t phrase_count;
    struct arena *arena;
    struct buffer *out;
};

static char next(const struct grammar *grammar) {
    return grammar->at < grammar->text.length ? grammar->text.data[grammar->at] : '\0';
}

static void skip_blanks(struct grammar *grammar) {
    while (next(grammar) == ' ') grammar->at++;
}

static char take_operator(struct grammar *grammar) {
    char c = next(grammar);
    if (!c || !strchr("+-<>~", c)) return '\0';
    grammar->at++;
    grammar->has_operator = true;
    return c;
}

static void begin_item(struct grammar *grammar, char sign) {
    if (grammar->out->length && grammar->out->data[grammar->out->length - 1] != '(')
        buffer_add_char(grammar->out, ' ');
    if (sign) buffer_add_char(grammar->out, sign);
}

static void count_item(struct grammar *grammar, char sign) {
    if (grammar->in_brackets) return;
    grammar->needed += sign == '+';
    grammar->further += sign != '+' && sign != '-';
}

static void add_word(struct grammar *grammar, char sign, struct text word, bool is_beginning) {
    // One that the index lacks, and has to be there, would be nowhere.
    begin_item(grammar, sign == '+' && !is_beginning && !index_has_word(word) ? '\0' : sign);
    buffer_add_text(grammar->out, word);
    if (is_beginning) buffer_add_char(grammar->out, '*');
    grammar->words++;
}

// "(+main +valve)": the words of a phrase, each of which has to be there.
static void add_all_words(struct grammar *grammar, char sign, struct text words) {
    begin_item(grammar, sign);
    buffer_add_char(grammar->out, '(');
    for (size_t i = 0, end; i < words.length; i = end + 1) {
        ptrdiff_t blank = text_find(words, TEXT(" "), i);
        end = blank < 0 ? words.length : (size_t)blank;
        add_word(grammar, '+', (struct text){words.data + i, end - i}, false);
    }
    buffer_add_char(grammar->out, ')');
}

// A phrase that may not be there is for phrases_keep() alone: its words may.
static bool add_phrase(struct grammar *grammar, char sign, struct text phrase) {
    struct buffer buffer = buffer_new(BYTES_MAX);
    size_t count = add_words(phrase, &buffer);
    struct text words = arena_copy(grammar->arena, buffer_text(&buffer));
    buffer_free(&buffer);
    count_item(grammar, sign);
    if (count == 1) add_word(grammar, sign, words, false);
    if (count > 1 && (grammar->in_brackets || !strchr("-~", sign ? sign : '+')))
        add_all_words(grammar, sign, words);
    if (count < 2 || grammar->in_brackets) return true;
    if (grammar->phrase_count == SEARCH_PHRASES_MAX) return false;
    grammar->phrases[grammar->phrase_count++] = (struct phrase){words, sign};
    return true;
}

static bool take_phrase(struct grammar *grammar, char sign) {
    size_t from = ++grammar->at;
    ptrdiff_t end = text_find(grammar->text, TEXT("\""), from);
    if (end < 0 || (size_t)end == from) return false;
    grammar->has_operator = true;
    grammar->at = (size_t)end + 1;
    return add_phrase(grammar, sign, (struct text){grammar->text.data + from, (size_t)end - from});
}

// A word with "-" in it is a phrase: the database would take what follows for a word that may not be there.
static bool take_word(struct grammar *grammar, char sign) {
    size_t from = grammar->at;
    if (!is_of_word(next(grammar))) return false;
    while (is_of_word(next(grammar)) || next(grammar) == '-') grammar->at++;
    struct text word = {grammar->text.data + from, grammar->at - from};
    bool is_beginning = next(grammar) == '*', is_phrase = text_find(word, TEXT("-"), 0) >= 0;
    if (is_beginning) grammar->at++;
    grammar->has_operator = grammar->has_operator || is_beginning;
    if (is_phrase) return add_phrase(grammar, sign, word);
    count_item(grammar, sign);
    add_word(grammar, sign, word, is_beginning && word.length >= SEARCH_LEAST);
    return true;
}

static bool take_word_or_phrase(struct grammar *grammar, char sign) {
    return next(grammar) == '"' ? take_phrase(grammar, sign) : take_word(grammar, sign);
}

static bool take_brackets(struct grammar *grammar, char sign) {
    size_t before = grammar->out->length, words = grammar->words;
    grammar->at++;
    grammar->has_operator = grammar->in_brackets = true;
    begin_item(grammar, sign);
    buffer_add_char(grammar->out, '(');
    for (skip_blanks(grammar); next(grammar) != ')'; skip_blanks(grammar))
        if (!take_word_or_phrase(grammar, take_operator(grammar))) return false;
    grammar->at++;
    grammar->in_brackets = false;
    buffer_add_char(grammar->out, ')');
    if (grammar->words != words) count_item(grammar, sign);
    if (grammar->words == words && !grammar->out->failed) // nothing was in them
        grammar->out->data[grammar->out->length = before] = '\0';
    return true;
}

// The words with so many signs between them, whatever these are, as LIKE has it.
static struct text like_phrase(struct text words, const char *between, struct arena *arena) {
    struct buffer pattern = buffer_new(BYTES_MAX);
    buffer_add_char(&pattern, '%');
    for (size_t i = 0; i < words.length; i++) {
        if (words.data[i] == '_') buffer_add_char(&pattern, '\\');
        if (words.data[i] == ' ')
            buffer_add_string(&pattern, between);
        else
            buffer_add_char(&pattern, words.data[i]);
    }
    buffer_add_char(&pattern, '%');
    struct text copy = arena_copy(arena, buffer_text(&pattern));
    buffer_free(&pattern);
    return copy;
}

// Those that decide whether a place counts: one that has to be there, one that may not, one that is all there
// is. One beside others is as good as these.
static bool keep_phrases(const struct grammar *grammar, struct ticket_search *search) {
    bool is_alone = grammar->needed == 0 && grammar->further == 1;
    search->phrases = arena_take(grammar->arena, sizeof *search->phrases * SEARCH_PHRASES_MAX);
    for (size_t i = 0; search->phrases && i < grammar->phrase_count; i++) {
        const struct phrase *phrase = &grammar->phrases[i];
        if (!(phrase->sign == '+' || phrase->sign == '-' || is_alone)) continue;
        search->phrases[search->phrase_count++] =
            (struct ticket_phrase){like_phrase(phrase->words, "_", grammar->arena),
                                   like_phrase(phrase->words, "__", grammar->arena), phrase->sign == '-'};
    }
    return search->phrases != NULL;
}

// Whether the text is one of operators: then it is added as the database takes it.
static bool add_by_operators(struct text text, struct arena *arena, struct buffer *out, size_t *words,
                             struct ticket_search *search) {
    struct grammar grammar = {.text = text, .arena = arena, .out = out};
    while (grammar.at < text.length) {
        char sign = take_operator(&grammar);
        bool taken =
            next(&grammar) == '(' ? take_brackets(&grammar, sign) : take_word_or_phrase(&grammar, sign);
        bool ends = grammar.at == text.length || next(&grammar) == ' ';
        if (!taken || !ends) return false;
        skip_blanks(&grammar);
    }
    *words = grammar.words;
    return grammar.has_operator && keep_phrases(&grammar, search);
}

// ---- the whole

// In NFC, as the index has it, one blank for each run of blanks; characters above U+FFFF, which the index has
// not, are blanks.
static bool tidy(struct text q, struct buffer *out) {
    struct buffer normal = buffer_new(BYTES_MAX);
    bool done = normal_add_nfc(q, &normal) && !normal.failed;
    struct text text = text_trim(buffer_text(&normal));
    for (size_t i = 0, end = 0; i < text.length; i = end) {
        bool is_blank = text_next_code_point(text, &end) > 0xFFFF || text.data[i] == ' ';
        if (!is_blank)
            buffer_add(out, text.data + i, end - i);
        else if (out->length && out->data[out->length - 1] != ' ')
            buffer_add_char(out, ' ');
    }
    buffer_free(&normal);
    return done && !out->failed;
}

// As osTicket's own search tells an address from words.
static bool is_like_address(struct text text) {
    ptrdiff_t at = text_find(text, TEXT("@"), 0);
    return at >= 0 && text_find(text, TEXT(" "), 0) < 0 && (at >= 2 || text.length - (size_t)at > 2);
}

struct text search_text_like(struct text text, bool is_part, struct arena *arena) {
    struct buffer pattern = buffer_new(2 * text.length + 2);
    if (is_part) buffer_add_char(&pattern, '%');
    for (size_t i = 0; i < text.length; i++) {
        if (strchr("%_\\", text.data[i])) buffer_add_char(&pattern, '\\');
        buffer_add_char(&pattern, text.data[i]);
    }
    buffer_add_char(&pattern, '%');
    struct text copy = arena_copy(arena, buffer_text(&pattern));
    buffer_free(&pattern);
    return copy;
}

static bool read_words(struct text text, struct arena *arena, struct ticket_search *search,
                       struct error *error) {
    struct buffer out = buffer_new(BYTES_MAX);
    size_t words = 0;
    search->by = TICKET_SEARCH_BOOLEAN;
    if (!add_by_operators(text, arena, &out, &words, search)) {
        buffer_clear(&out);
        search->by = TICKET_SEARCH_WORDS;
        words = add_words(text, &out);
    }
    if (!words) search->by = TICKET_SEARCH_NOTHING;
    search->text = arena_copy(arena, buffer_text(&out));
    bool failed = out.failed;
    buffer_free(&out);
    if (words > SEARCH_WORDS_MAX) return refuse("has more than 32 words", error);
    return !failed || refuse("is too long", error);
}

bool search_text_read(struct text q, struct arena *arena, struct ticket_search *search, struct error *error) {
    struct buffer tidied = buffer_new(BYTES_MAX);
    bool done =
        text_cut(q, SEARCH_TEXT_MAX).length == q.length || refuse("is longer than 400 characters", error);
    if (done && !tidy(q, &tidied)) done = refuse("is too long", error);
    struct text text = arena_copy(arena, buffer_text(&tidied));
    buffer_free(&tidied);
    if (!done) return false;
    search->text = text_trim(text);
    text = search->text;
    search->beginning = search_text_like(text, false, arena);
    search->part = search_text_like(text, true, arena);
    if (text.length < SEARCH_LEAST)
        search->by = TICKET_SEARCH_NOTHING;
    else if (is_all_digits(text))
        search->by = TICKET_SEARCH_NUMBER;
    else if (is_like_address(text))
        search->by = mail_address_is_valid(text) ? TICKET_SEARCH_ADDRESS : TICKET_SEARCH_ADDRESS_PART;
    else
        done = read_words(text, arena, search, error);
    return done && (!arena->failed || error_too_large(error));
}
