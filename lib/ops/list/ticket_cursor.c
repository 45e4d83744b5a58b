// SPDX-License-Identifier: GPL-2.0-or-later
// Cursors: "SEAL ID KIND VALUE" in base64url (RFC 4648, 5), without padding.
#include "ops/list/ticket_cursor.h"

#include "base/base64.h"
#include "crypto/digest.h"

#define SEAL_DIGITS 16 // hexadecimal
#define WHOLE_MAX   (SEAL_DIGITS + TICKET_CURSOR_MAX)
#define KIND_NULL   '-'
#define KIND_VALUE  '='

// What keeps a place from being read under other filters, or changed.
static bool seal(struct text what, struct text of, struct text secret,
                 char digits[DIGEST_HEX_SIZE(SEAL_DIGITS / 2)]) {
    unsigned char digest[DIGEST_SHA1_SIZE];
    struct buffer sealed = buffer_new(1 << 16);
    buffer_add_format(&sealed, "%zu ", what.length);
    buffer_add_text(&sealed, what);
    buffer_add_text(&sealed, of);
    bool done = !sealed.failed && digest_hmac_sha1(secret, buffer_text(&sealed), digest);
    buffer_free(&sealed);
    if (done) digest_hex(digest, SEAL_DIGITS / 2, digits);
    return done;
}

bool ticket_cursor_write(const struct ticket_place *place, struct text of, struct text secret,
                         struct buffer *out) {
    char digits[DIGEST_HEX_SIZE(SEAL_DIGITS / 2)];
    struct buffer what = buffer_new(TICKET_CURSOR_MAX), whole = buffer_new(WHOLE_MAX);
    buffer_add_format(&what, "%lld %c", (long long)place->id, place->is_null ? KIND_NULL : KIND_VALUE);
    buffer_add_text(&what, place->value);
    bool done = !what.failed && seal(buffer_text(&what), of, secret, digits);
    if (done) {
        buffer_add_string(&whole, digits);
        buffer_add_text(&whole, buffer_text(&what));
        base64_url_encode(buffer_text(&whole), out);
    }
    buffer_free(&what);
    buffer_free(&whole);
    return done && !out->failed;
}

// "17 =2025-03-07 15:30:00"
static bool read_place(struct text what, struct arena *arena, struct ticket_place *place) {
    ptrdiff_t blank = text_find(what, TEXT(" "), 0);
    if (blank < 1 || (size_t)blank + 1 >= what.length) return false;
    char kind = what.data[blank + 1];
    size_t from = (size_t)blank + 2;
    *place = (struct ticket_place){.is_set = true, .is_null = kind == KIND_NULL};
    place->value = arena_copy(arena, (struct text){what.data + from, what.length - from});
    return text_to_int64((struct text){what.data, (size_t)blank}, &place->id) && !text_is_null(place->value);
}

bool ticket_cursor_read(struct text cursor, struct text of, struct text secret, struct arena *arena,
                        struct ticket_place *place, struct error *error) {
    char digits[DIGEST_HEX_SIZE(SEAL_DIGITS / 2)];
    struct buffer whole = buffer_new(WHOLE_MAX);
    bool good = base64_url_decode(cursor, &whole) && whole.length > SEAL_DIGITS;
    if (good) {
        struct text what = {whole.data + SEAL_DIGITS, whole.length - SEAL_DIGITS};
        good = seal(what, of, secret, digits) &&
               text_equal((struct text){whole.data, SEAL_DIGITS}, text_of(digits)) &&
               read_place(what, arena, place);
    }
    buffer_free(&whole);
    if (good) return true;
    error_set(error, ERROR_BAD_REQUEST, "The cursor is none of this list: begin without one");
    return error_field(error, TEXT("cursor"));
}
