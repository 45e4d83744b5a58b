// SPDX-License-Identifier: GPL-2.0-or-later
// webhook_driver ALLOW HTTP CA TIMEOUT_MS URL...: calls each URL, each by a sender of its own, and prints a
// line for each: the status and what is said of it. With "+" before the first URL all at once by one sender,
// in the order in which they end, with the milliseconds.
#include "base/clock.h"
#include "webhook/sender.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECRET TEXT("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")

static struct sender_settings settings;

static bool start(struct sender *sender, const char *url) {
    struct error error = {0};
    const struct webhook_call call = {(void *)(uintptr_t)url, text_of(url), TEXT("1-e1"),
                                      TEXT("{\"a\":1}"),      SECRET,       TEXT_NULL};
    bool begun = sender_start(sender, &call, &error);
    if (!begun) printf("0 %s\n", error.message);
    return begun;
}

static void one(const char *url) {
    struct sender *sender = sender_new(&settings);
    struct webhook_outcome outcome;
    bool waits = start(sender, url);
    while (waits) {
        if (!sender_work(sender, 100, &outcome, 1)) continue;
        printf("%d %s\n", outcome.status, outcome.problem);
        waits = false;
    }
    sender_free(&sender);
}

static void at_once(char **urls, int count) {
    struct sender *sender = sender_new(&settings);
    struct webhook_outcome outcome;
    int64_t began = clock_monotonic_ms();
    for (int i = 0; i < count; i++) start(sender, urls[i]);
    while (sender_busy(sender))
        if (sender_work(sender, 100, &outcome, 1))
            printf("%d %lld %s\n", outcome.status, (long long)(clock_monotonic_ms() - began),
                   (const char *)outcome.of);
    sender_free(&sender);
}

int main(int count, char **words) {
    if (count < 6) return 2;
    settings = (struct sender_settings){.http = *words[2] == '1',
                                        .allow = text_of(words[1]),
                                        .tls_ca = words[3],
                                        .timeout_ms = atoi(words[4])};
    if (strcmp(words[5], "+") == 0)
        at_once(words + 6, count - 6);
    else
        for (int i = 5; i < count; i++) one(words[i]);
    return 0;
}
