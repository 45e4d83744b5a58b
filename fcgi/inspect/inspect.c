// SPDX-License-Identifier: GPL-2.0-or-later
// What the commands of osticket-fcgi-inspect share.
#include "inspect/inspect.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool inspect_key(char *option, char header[INSPECT_KEY_MAX + 16]) {
    const char *key = option ? option : getenv("OSTICKET_API_KEY");
    header[0] = '\0';
    if (!key || !*key) return true;
    size_t length = strlen(key);
    bool good = length <= INSPECT_KEY_MAX;
    for (size_t i = 0; good && i < length; i++) good = key[i] > ' ' && key[i] <= '~';
    if (good) snprintf(header, INSPECT_KEY_MAX + 16, "X-API-Key: %s", key);
    if (option) memset(option, '*', length);
    if (!good)
        fprintf(stderr, "osticket-fcgi: the key is not 1 to %d visible ASCII characters\n", INSPECT_KEY_MAX);
    return good;
}

bool inspect_number(const char *option, const char *word, long minimum, long maximum, long *value) {
    int64_t number;
    if (text_to_int64(text_of(word), &number) && number >= minimum && number <= maximum) {
        *value = (long)number;
        return true;
    }
    fprintf(stderr, "osticket-fcgi: --%s is \"%s\"; right would be %ld to %ld\n", option, word, minimum,
            maximum);
    return false;
}

static void cut_end(char *text, const char *end) {
    size_t length = strlen(text), cut = strlen(end);
    if (length >= cut && strcmp(text + length - cut, end) == 0) text[length - cut] = '\0';
}

bool inspect_site(const char *url, char site[INSPECT_URL_MAX]) {
    bool http = strncasecmp(url, "http://", 7) == 0, https = strncasecmp(url, "https://", 8) == 0;
    size_t length = strlen(url);
    bool good = (http || https) && length < INSPECT_URL_MAX - 64 && !strpbrk(url, "?#") && url[https ? 8 : 7];
    for (size_t i = 0; good && i < length; i++) good = url[i] > ' ' && url[i] <= '~';
    // A password in it would be shown.
    if (good && strchr(url, '@')) good = false;
    if (!good) {
        fprintf(stderr, "osticket-fcgi: right would be a URL like https://desk.example/support, without "
                        "user, query or #\n");
        return false;
    }
    memcpy(site, url, length + 1);
    while (length && site[length - 1] == '/') site[--length] = '\0';
    cut_end(site, "/http.php");
    cut_end(site, "/api");
    return true;
}

bool inspect_api(const char *url, char api[INSPECT_URL_MAX]) {
    char site[INSPECT_URL_MAX];
    if (!inspect_site(url, site)) return false;
    size_t length = strlen(url);
    while (length && url[length - 1] == '/') length--;
    bool bare = length == strlen(site);
    snprintf(api, INSPECT_URL_MAX, "%.*s%s", (int)length, url, bare ? "/api/http.php" : "");
    return true;
}

void inspect_print(const char *text) {
    for (; *text; text++) putchar(iscntrl((unsigned char)*text) ? ' ' : *text);
}
