// SPDX-License-Identifier: GPL-2.0-or-later
// The options of "osticket-fcgi key" for tokens of clients.
#include "command/key_setting.h"

#include "base/words.h"
#include "crypto/random.h"

#include <string.h>
#include <time.h>

#define SECRET_SIZE 43 // of 64 characters: more than 256 bits

// As text, so that any library takes it as it stands.
static bool make_secret(const struct key_setting *setting) {
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    char secret[SECRET_SIZE + 1];
    struct key_draft *key = setting->key;
    if (!random_text(alphabet, secret, SECRET_SIZE, setting->error)) return false;
    key->signing.secret = arena_copy(setting->options->arena, text_of(secret));
    key->signing_is_touched = key->secret_is_new = true;
    return key->signing.secret.length || error_too_large(setting->error);
}

bool key_set_tokens(const struct key_setting *setting) {
    struct key_draft *key = setting->key;
    key->signing_is_touched = true;
    if (key_setting_is(setting, "new")) return make_secret(setting);
    if (key_setting_is(setting, "on")) return key->signing.secret.length || make_secret(setting);
    if (key_setting_is(setting, "revoke")) {
        key->signing.epoch = (int64_t)time(NULL) + 1;
        return key->signing.secret.length || key_setting_wrong(setting, "is for a key that signs tokens");
    }
    if (!key_setting_is(setting, "off")) return key_setting_wrong(setting, "is none of on, off, revoke, new");
    key->signing = (struct signing){.secret = TEXT_NULL, .origins = TEXT_NULL};
    return true;
}

// "https://desk.example.org": nothing else is an origin of a page (RFC 6454, 6.2).
static bool is_origin(struct text word) {
    ptrdiff_t scheme = text_find(word, TEXT("://"), 0);
    if (scheme <= 0 || text_equal_ignoring_case(word, TEXT("null"))) return false;
    struct text host = {word.data + scheme + 3, word.length - (size_t)scheme - 3};
    for (size_t i = 0; i < word.length; i++)
        if (word.data[i] < '!' || word.data[i] > '~' || (word.data[i] >= 'A' && word.data[i] <= 'Z'))
            return false;
    return host.length && !memchr(host.data, '/', host.length) && !memchr(host.data, '*', host.length) &&
           !memchr(host.data, '?', host.length) && !memchr(host.data, '#', host.length);
}

bool key_set_origins(const struct key_setting *setting) {
    struct buffer list = buffer_new(KEY_SETTING_LIST_MAX);
    struct text word;
    bool done = true;
    struct signing *signing = &setting->key->signing;
    setting->key->signing_is_touched = true;
    signing->origins = TEXT_NULL;
    if (key_setting_is(setting, "none")) return true;
    for (size_t at = 0; done && words_next(setting->value, &at, &word);) {
        done = is_origin(word) ||
               error_set(setting->error, ERROR_BAD_REQUEST,
                         "\"%.*s\" is no origin of pages as browsers send it: https://desk.example.org",
                         (int)text_cut(word, 80).length, word.data);
        key_setting_add_word(&list, word);
    }
    if (done && !list.length) done = key_setting_wrong(setting, "names no origin");
    done = done && key_setting_keep(setting, &list, &signing->origins);
    buffer_free(&list);
    return done;
}

bool key_set_user_rate(const struct key_setting *setting) {
    setting->key->signing_is_touched = true;
    return key_setting_number(setting, "none", &setting->key->signing.user_rate);
}
