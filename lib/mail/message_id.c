// SPDX-License-Identifier: GPL-2.0-or-later
// Message-IDs that osTicket recognises as its own.
#include "mail/message_id.h"

#include "base/base64.h"
#include "crypto/digest.h"
#include "crypto/random.h"

#include <stdio.h>
#include <string.h>

#define SYSTEM_LENGTH    6
#define RANDOM_LENGTH    5
#define SIGNATURE_LENGTH 5
#define TAG_LENGTH       13
#define CODE_LENGTH      24 // base 64 of the tag and its signature

// No dash, which separates the sections; osTicket's own list lacks j as well.
#define RANDOM_ALPHABET "abcdefghiklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_="

static void put_little_endian(uint32_t value, unsigned char bytes[4]) {
    for (unsigned i = 0; i < 4; i++) bytes[i] = (unsigned char)(value >> (8 * i));
}

// The help desk's own code: the same in all its mails.
static bool system_code(struct text secret_salt, char code[SYSTEM_LENGTH + 1]) {
    unsigned char digest[DIGEST_MD5_SIZE];
    struct buffer text = buffer_new(4096);
    buffer_add_string(&text, "mail");
    buffer_add_text(&text, secret_salt);
    bool done = !text.failed && digest_md5(buffer_text(&text), digest);
    buffer_clear(&text);
    if (done) {
        base64_encode((struct text){(char *)digest, sizeof digest}, &text);
        for (unsigned i = 0; i < SYSTEM_LENGTH; i++) code[i] = text.data[i] == '+' ? '=' : text.data[i];
        code[SYSTEM_LENGTH] = '\0';
    }
    buffer_free(&text);
    return done;
}

// The tag's bytes and their signature.
static bool sign(const struct message_tag *tag, struct text secret_salt, const char *random,
                 const char *system, unsigned char bytes[TAG_LENGTH + SIGNATURE_LENGTH]) {
    unsigned char digest[DIGEST_SHA1_SIZE];
    char data[TAG_LENGTH + RANDOM_LENGTH + SYSTEM_LENGTH];
    put_little_endian(tag->person_id, bytes);
    put_little_endian(tag->entry_id, bytes + 4);
    put_little_endian(tag->thread_id, bytes + 8);
    bytes[12] = (unsigned char)tag->type;
    memcpy(data, bytes, TAG_LENGTH);
    memcpy(data + TAG_LENGTH, random, RANDOM_LENGTH);
    memcpy(data + TAG_LENGTH + RANDOM_LENGTH, system, SYSTEM_LENGTH);
    if (!digest_hmac_sha1(secret_salt, (struct text){data, sizeof data}, digest)) return false;
    memcpy(bytes + TAG_LENGTH, digest + DIGEST_SHA1_SIZE - SIGNATURE_LENGTH, SIGNATURE_LENGTH);
    return true;
}

bool message_id_make(const struct message_tag *tag, struct text secret_salt, struct buffer *out,
                     struct error *error) {
    char system[SYSTEM_LENGTH + 1], random[RANDOM_LENGTH + 1];
    unsigned char bytes[TAG_LENGTH + SIGNATURE_LENGTH];
    if (!random_text(RANDOM_ALPHABET, random, RANDOM_LENGTH, error)) return false;
    if (!system_code(secret_salt, system) || !sign(tag, secret_salt, random, system, bytes))
        return error_set(error, ERROR_INTERNAL, "a message id cannot be made");
    // 18 bytes: base 64 of them needs no padding, which osTicket would drop.
    buffer_add_format(out, "B%s-%s-", system, random);
    base64_encode((struct text){(char *)bytes, sizeof bytes}, out);
    buffer_add_char(out, '-');
    return !out->failed || error_set(error, ERROR_INTERNAL, "a message id is too long");
}

// "Bssssss-rrrrr-tttttttttttttttttttttttt-": lengths are all that the form has.
static bool has_form(struct text id) {
    const size_t first = 1 + SYSTEM_LENGTH, second = first + 1 + RANDOM_LENGTH,
                 third = second + 1 + CODE_LENGTH;
    return id.length > third && id.data[0] == 'B' && id.data[first] == '-' && id.data[second] == '-' &&
           id.data[third] == '-';
}

static void read_tag(const unsigned char *bytes, struct message_tag *tag) {
    uint32_t numbers[3] = {0};
    for (unsigned i = 0; i < 12; i++) numbers[i / 4] |= (uint32_t)bytes[i] << (8 * (i % 4));
    *tag = (struct message_tag){(char)bytes[12], numbers[0], numbers[1], numbers[2]};
}

static enum message_id_origin read_id(struct text id, struct text secret_salt, struct message_tag *tag) {
    char system[SYSTEM_LENGTH + 1], random[RANDOM_LENGTH + 1];
    unsigned char bytes[TAG_LENGTH + SIGNATURE_LENGTH];
    if (!has_form(id)) return MESSAGE_ID_NONE;
    struct buffer code = buffer_new(64);
    struct text written = {id.data + 1 + SYSTEM_LENGTH + 1 + RANDOM_LENGTH + 1, CODE_LENGTH};
    bool read = base64_decode_strict(written, &code) && code.length == sizeof bytes;
    bool ours = false;
    if (read) {
        read_tag((const unsigned char *)code.data, tag);
        snprintf(random, sizeof random, "%.*s", RANDOM_LENGTH, id.data + 1 + SYSTEM_LENGTH + 1);
        ours = system_code(secret_salt, system) && memcmp(system, id.data + 1, SYSTEM_LENGTH) == 0 &&
               sign(tag, secret_salt, random, system, bytes) && memcmp(bytes, code.data, sizeof bytes) == 0;
    }
    buffer_free(&code);
    return !read ? MESSAGE_ID_NONE : ours ? MESSAGE_ID_OURS : MESSAGE_ID_OTHERS;
}

enum message_id_origin message_id_origin(struct text id, struct text secret_salt) {
    struct message_tag tag;
    return read_id(id, secret_salt, &tag);
}

bool message_id_read(struct text id, struct text secret_salt, struct message_tag *tag) {
    return read_id(id, secret_salt, tag) == MESSAGE_ID_OURS;
}
