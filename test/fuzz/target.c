// SPDX-License-Identifier: GPL-2.0-or-later
// Any text as a webhook's URL, and any bytes as an address to which its name leads: none that only this
// machine or its network reaches may be called, however it is written.
#include "webhook/target.h"
#include "webhook/address_rule.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

// What RFC 6890 calls special, said once more and otherwise than in lib/webhook.
static bool is_inside(const uint8_t ip[4]) {
    return ip[0] == 0 || ip[0] == 10 || ip[0] == 127 || ip[0] >= 224 ||
           (ip[0] == 100 && (ip[1] & 0xC0) == 64) || (ip[0] == 169 && ip[1] == 254) ||
           (ip[0] == 172 && (ip[1] & 0xF0) == 16) || (ip[0] == 192 && ip[1] == 168);
}

static bool is_inside_6(const uint8_t ip[16]) {
    static const uint8_t none[16], mapped[12] = {[10] = 0xFF, [11] = 0xFF},
                                   nat64[12] = {0x00, 0x64, 0xFF, 0x9B};
    if (memcmp(ip, none, 15) == 0 && ip[15] <= 1) return true;
    if (memcmp(ip, mapped, 12) == 0 || memcmp(ip, nat64, 12) == 0) return is_inside(ip + 12);
    return (ip[0] & 0xFE) == 0xFC || (ip[0] == 0xFE && (ip[1] & 0xC0) == 0x80) || ip[0] == 0xFF;
}

static void check_address(const char *shown, bool inside) {
    struct address address;
    if (!address_parse(text_of(shown), &address)) abort();
    if (inside && !address_refusal(&address, TEXT(""))) abort();
}

static void as_address(const uint8_t *bytes, size_t length) {
    char shown[INET6_ADDRSTRLEN];
    if (length >= 4 && inet_ntop(AF_INET, bytes, shown, sizeof shown)) check_address(shown, is_inside(bytes));
    if (length >= 16 && inet_ntop(AF_INET6, bytes, shown, sizeof shown))
        check_address(shown, is_inside_6(bytes));
}

static void as_url(struct text url) {
    struct target_rule rule = {.http = url.length % 2, .allow = TEXT("")};
    struct error error = {0};
    if (!target_check(url, &rule, &error)) {
        if (error.code != ERROR_UNPROCESSABLE || !text_is_utf8(text_of(error.message))) abort();
        return;
    }
    if (url.length > WEBHOOK_URL_MAX || !text_starts_with(url, TEXT("http"))) abort();
    for (size_t i = 0; i < url.length; i++)
        if ((unsigned char)url.data[i] <= ' ' || (unsigned char)url.data[i] >= 0x7F) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct text text = {(const char *)bytes, length}, wrong;
    as_url(text);
    as_address(bytes, length);
    if (network_list_check(text, &wrong)) (void)network_list_contains(text, TEXT("192.0.2.9"));
    return 0;
}
