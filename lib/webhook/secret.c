// SPDX-License-Identifier: GPL-2.0-or-later
// Secrets of webhooks and what they sign.
#include "webhook/secret.h"

#include "base/base64.h"
#include "crypto/digest.h"
#include "crypto/random.h"

#include <inttypes.h>
#include <stdio.h>

#define SECRET_BYTES 32
#define KEY_MAX      256
#define SIGNED_MAX   (1 << 20)

bool webhook_secret_make(char secret[WEBHOOK_SECRET_SIZE], struct error *error) {
    char bytes[SECRET_BYTES];
    struct buffer text = buffer_new(WEBHOOK_SECRET_SIZE);
    if (!random_bytes(bytes, sizeof bytes, error)) return false;
    base64_encode((struct text){bytes, sizeof bytes}, &text);
    snprintf(secret, WEBHOOK_SECRET_SIZE, WEBHOOK_SECRET_PREFIX "%s", text.data);
    buffer_free(&text);
    return true;
}

bool webhook_sign(struct text secret, struct text id, int64_t timestamp, struct text body,
                  struct buffer *out) {
    const struct text prefix = TEXT(WEBHOOK_SECRET_PREFIX);
    struct buffer key = buffer_new(KEY_MAX), content = buffer_new(SIGNED_MAX);
    unsigned char mac[DIGEST_SHA256_SIZE];
    bool good = text_starts_with(secret, prefix) && secret.length > prefix.length &&
                base64_decode_strict(
                    (struct text){secret.data + prefix.length, secret.length - prefix.length}, &key) &&
                key.length;
    buffer_add_text(&content, id);
    buffer_add_format(&content, ".%" PRId64 ".", timestamp);
    buffer_add_text(&content, body);
    good = good && !content.failed && digest_hmac_sha256(buffer_text(&key), buffer_text(&content), mac);
    if (good) {
        buffer_add_string(out, out->length ? " v1," : "v1,");
        base64_encode((struct text){(const char *)mac, sizeof mac}, out);
    }
    buffer_free(&key);
    buffer_free(&content);
    return good && !out->failed;
}
