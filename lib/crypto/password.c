// SPDX-License-Identifier: GPL-2.0-or-later
// Decrypts stored mail passwords.
#include "crypto/password.h"

#include "base/base64.h"
#include "crypto/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <string.h>

#define IV_SIZE  16
#define KEY_SIZE 16

static bool unreadable(struct error *error, const char *why) {
    error_set(error, ERROR_INTERNAL, "A stored password cannot be read");
    return error_detail(error, "stored password: %s", why);
}

// The first KEY_SIZE bytes of HMAC-SHA-512 under the IV over the salt and the subkey's MD5.
static bool derive_key(struct text salt, struct text subkey, struct text iv, unsigned char key[KEY_SIZE]) {
    char subkey_hex[DIGEST_HEX_SIZE(DIGEST_MD5_SIZE)];
    unsigned char digest[DIGEST_SHA512_SIZE];
    struct buffer message = buffer_new(salt.length + sizeof subkey_hex);
    bool fine = digest_md5_hex(subkey, subkey_hex);
    if (fine) {
        buffer_add_text(&message, salt);
        buffer_add_string(&message, subkey_hex);
        fine = !message.failed && digest_hmac_sha512(iv, buffer_text(&message), digest);
    }
    if (fine) memcpy(key, digest, KEY_SIZE);
    if (message.capacity) OPENSSL_cleanse(message.data, message.length);
    buffer_free(&message);
    OPENSSL_cleanse(digest, sizeof digest);
    return fine;
}

// False when the padding is wrong, which is how a wrong key shows.
static bool decrypt_block(const unsigned char key[KEY_SIZE], struct text iv, struct text cipher,
                          struct buffer *plain) {
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    unsigned char *room = (unsigned char *)buffer_reserve(plain, cipher.length + EVP_MAX_BLOCK_LENGTH);
    int first = 0, last = 0;
    bool fine =
        context && room &&
        EVP_DecryptInit_ex(context, EVP_aes_128_cbc(), NULL, key, (const unsigned char *)iv.data) == 1 &&
        EVP_DecryptUpdate(context, room, &first, (const unsigned char *)cipher.data, (int)cipher.length) ==
            1 &&
        EVP_DecryptFinal_ex(context, room + first, &last) == 1;
    EVP_CIPHER_CTX_free(context);
    if (fine) plain->length += (size_t)first + (size_t)last;
    if (room && !fine) OPENSSL_cleanse(room, cipher.length);
    if (room) plain->data[plain->length] = '\0';
    return fine;
}

static bool decrypt_envelope(struct text envelope, struct text salt, struct text subkey, struct buffer *plain,
                             struct error *error) {
    const struct text head = TEXT("$1$");
    unsigned char key[KEY_SIZE];
    if (!text_starts_with(envelope, head)) return unreadable(error, "damaged, or an unknown cipher");
    struct text iv = {envelope.data + head.length, IV_SIZE};
    struct text cipher = {iv.data + IV_SIZE, envelope.length - head.length - IV_SIZE};
    if (envelope.length <= head.length + IV_SIZE || cipher.length % 16 != 0)
        return unreadable(error, "cut short");
    bool fine = derive_key(salt, subkey, iv, key) && decrypt_block(key, iv, cipher, plain);
    OPENSSL_cleanse(key, sizeof key);
    return fine || unreadable(error, "damaged, or encrypted under another SECRET_SALT, user name or account");
}

bool password_decrypt(struct text stored, struct text salt, struct text subkey, struct buffer *plain,
                      struct error *error) {
    if (stored.length < 3 || stored.data[0] != '$' || stored.data[2] != '$')
        return unreadable(error, "it does not begin with a library's tag");
    if (stored.data[1] < '1' || stored.data[1] > '3')
        return unreadable(error, "the library's tag is unknown");
    if (stored.length > PASSWORD_STORED_MAX) return unreadable(error, "too long");
    struct buffer envelope = buffer_new(PASSWORD_STORED_MAX);
    base64_decode_lenient((struct text){stored.data + 3, stored.length - 3}, &envelope);
    bool fine = envelope.failed ? unreadable(error, "out of memory")
                                : decrypt_envelope(buffer_text(&envelope), salt, subkey, plain, error);
    buffer_free(&envelope);
    return fine;
}

bool password_decrypt_account(struct text stored, struct text salt, struct text username,
                              struct text namespace, struct buffer *plain, struct error *error) {
    char subkey[DIGEST_HEX_SIZE(DIGEST_MD5_SIZE)];
    struct buffer owner = buffer_new(username.length + namespace.length);
    buffer_add_text(&owner, username);
    buffer_add_text(&owner, namespace);
    bool fine =
        (!owner.failed && digest_md5_hex(buffer_text(&owner), subkey)) || unreadable(error, "out of memory");
    buffer_free(&owner);
    return fine && password_decrypt(stored, salt, text_of(subkey), plain, error);
}
