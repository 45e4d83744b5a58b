// SPDX-License-Identifier: GPL-2.0-or-later
// NFC by ICU.
#include "calendar/normal.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#include <stdint.h>
#include <stdlib.h>

#define MARKS_MAX 100 // in a row; Unicode's own limit for streams is 30

// The text in UTF-16 units, to be freed; NULL when it is not UTF-8, too long or memory is out.
static UChar *widen(struct text text, int32_t *length) {
    UErrorCode status = U_ZERO_ERROR;
    if (text.length > INT32_MAX / 4) return NULL;
    // UTF-16 never has more units than UTF-8 has bytes.
    UChar *units = malloc((text.length + 1) * sizeof *units);
    if (!units) return NULL;
    u_strFromUTF8(units, (int32_t)text.length + 1, length, text.data, (int32_t)text.length, &status);
    if (U_SUCCESS(status)) return units;
    free(units);
    return NULL;
}

// The normal form, to be freed; NULL when memory is out.
static UChar *normalise(const UNormalizer2 *nfc, const UChar *units, int32_t length, int32_t *normal_length) {
    UErrorCode status = U_ZERO_ERROR;
    int32_t capacity = length + length / 8 + 16;
    UChar *normal = NULL;
    for (int attempt = 0; attempt < 2; attempt++) {
        UChar *larger = realloc(normal, (size_t)capacity * sizeof *normal);
        if (!larger) break;
        normal = larger;
        status = U_ZERO_ERROR;
        *normal_length = unorm2_normalize(nfc, units, length, normal, capacity, &status);
        if (U_SUCCESS(status)) return normal;
        if (status != U_BUFFER_OVERFLOW_ERROR) break;
        capacity = *normal_length + 1;
    }
    free(normal);
    return NULL;
}

// A ceiling that is too low shows in `out->failed` alone.
static bool add_wide(const UChar *units, int32_t length, struct buffer *out) {
    UErrorCode status = U_ZERO_ERROR;
    int32_t bytes = 0;
    u_strToUTF8(NULL, 0, &bytes, units, length, &status);
    char *room = buffer_reserve(out, (size_t)bytes);
    if (!room) return true;
    status = U_ZERO_ERROR;
    u_strToUTF8(room, bytes + 1, &bytes, units, length, &status);
    if (U_SUCCESS(status)) out->length += (size_t)bytes;
    out->data[out->length] = '\0';
    return U_SUCCESS(status);
}

// Where the piece that starts at `from` ends: behind MARKS_MAX marks in a row, or with the text.
static int32_t piece_end(const UChar *units, int32_t from, int32_t length) {
    int32_t marks = 0;
    for (int32_t i = from; i < length;) {
        UChar32 c;
        U16_NEXT(units, i, length, c);
        marks = u_getCombiningClass(c) ? marks + 1 : 0;
        if (marks == MARKS_MAX) return i;
    }
    return length;
}

// Piece by piece: ICU puts marks in order by moving each past those before it: 200,000 took 12 s.
static bool add_normal(const UNormalizer2 *nfc, const UChar *units, int32_t length, struct buffer *out) {
    struct buffer whole = buffer_new(out->ceiling);
    bool fine = true;
    for (int32_t from = 0, end; fine && from < length; from = end) {
        int32_t normal_length = 0;
        end = piece_end(units, from, length);
        UChar *normal = normalise(nfc, units + from, end - from, &normal_length);
        fine = normal && add_wide(normal, normal_length, &whole);
        free(normal);
    }
    if (fine && !whole.failed) buffer_add_text(out, buffer_text(&whole));
    if (whole.failed) out->failed = true;
    buffer_free(&whole);
    return fine;
}

bool normal_add_nfc(struct text text, struct buffer *out) {
    if (text_is_ascii(text)) {
        buffer_add_text(out, text);
        return true;
    }
    UErrorCode status = U_ZERO_ERROR;
    int32_t length = 0;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    UChar *units = U_SUCCESS(status) ? widen(text, &length) : NULL;
    if (!units) return false;
    bool fine = true;
    if (unorm2_quickCheck(nfc, units, length, &status) == UNORM_YES && U_SUCCESS(status))
        buffer_add_text(out, text);
    else
        fine = add_normal(nfc, units, length, out);
    free(units);
    return fine;
}
