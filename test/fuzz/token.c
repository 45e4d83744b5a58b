// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes as a token of a client, and as the header and the claims of one: nothing is read that goes beyond
// its bounds, and nothing counts as signed that nobody signed.
#include "token/token.h"

#include "base/base64.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#define SECRET TEXT("a secret of which no input knows anything")

static void check(const struct token *token) {
    if (token->key_id <= 0 || token->ticket_count > TOKEN_TICKETS_MAX) abort();
    if ((token->user_id > 0) == (token->address.length > 0)) abort();
    if (!text_is_null(token->address) && !text_is_utf8(token->address)) abort();
    for (size_t i = 0; i < token->ticket_count; i++)
        if (!token->tickets[i].length || token->tickets[i].length > TOKEN_NUMBER_MAX) abort();
}

// What was read can be signed, and is then the same.
static void sign_again(const struct token *token) {
    struct arena arena = arena_new(1 << 16);
    struct buffer out = buffer_new(TOKEN_MAX + 1);
    struct error error;
    struct token same;
    error_clear(&error);
    if (token_write(token, SECRET, &out, &error)) {
        if (!token_is_signed(buffer_text(&out), SECRET)) abort();
        if (!token_read(buffer_text(&out), &arena, &same)) abort();
        if (same.key_id != token->key_id || same.user_id != token->user_id ||
            same.expires != token->expires || same.ticket_count != token->ticket_count ||
            !text_equal(same.address, token->address))
            abort();
    }
    buffer_free(&out);
    arena_free(&arena);
}

static void try_text(struct text text) {
    struct arena arena = arena_new(1 << 16);
    struct token token;
    bool read = token_read(text, &arena, &token);
    if (token_is_signed(text, SECRET)) abort();
    if (read) {
        check(&token);
        sign_again(&token);
    } else if (token.key_id) {
        abort();
    }
    (void)token_is_of_now(&token, 1000, 0);
    arena_free(&arena);
}

static void add_encoded(struct buffer *out, struct text text) {
    size_t from = out->length;
    base64_encode(text, out);
    for (size_t i = from; i < out->length; i++) {
        if (out->data[i] == '+') out->data[i] = '-';
        if (out->data[i] == '/') out->data[i] = '_';
    }
    while (out->length > from && out->data[out->length - 1] == '=') out->data[--out->length] = '\0';
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct text text = {(const char *)bytes, length};
    const char *line = length ? memchr(bytes, '\n', length) : NULL;
    struct buffer made = buffer_new(4 * TOKEN_MAX);
    try_text(text);
    if (line) {
        size_t head = (size_t)(line - text.data);
        add_encoded(&made, (struct text){text.data, head});
        buffer_add_char(&made, '.');
        add_encoded(&made, (struct text){line + 1, length - head - 1});
        buffer_add_string(&made, ".AAAA");
        if (!made.failed) try_text(buffer_text(&made));
    }
    buffer_free(&made);
    return 0;
}
