// SPDX-License-Identifier: GPL-2.0-or-later
// Random bytes and texts from the kernel.
#include "crypto/random.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

bool random_bytes(void *bytes, size_t length, struct error *error) {
    unsigned char *place = bytes;
    while (length) {
        ssize_t got = getrandom(place, length, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) {
            error_set(error, ERROR_INTERNAL, "Internal error");
            return error_detail(error, "getrandom: %s", strerror(errno));
        }
        place += got;
        length -= (size_t)got;
    }
    return true;
}

bool random_text(const char *alphabet, char *text, size_t length, struct error *error) {
    size_t choices = strlen(alphabet), done = 0;
    text[0] = '\0';
    if (choices == 0 || choices > 256) {
        error_set(error, ERROR_INTERNAL, "Internal error");
        return error_detail(error, "random_text: an alphabet of %zu characters", choices);
    }
    // Bytes at or above the largest multiple of `choices` would make the first characters likelier.
    size_t limit = 256 - 256 % choices;
    while (done < length) {
        unsigned char bytes[64];
        if (!random_bytes(bytes, sizeof bytes, error)) return false;
        for (size_t i = 0; i < sizeof bytes && done < length; i++)
            if (bytes[i] < limit) text[done++] = alphabet[bytes[i] % choices];
    }
    text[done] = '\0';
    return true;
}
