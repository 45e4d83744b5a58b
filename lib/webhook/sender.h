// SPDX-License-Identifier: GPL-2.0-or-later
// Calls webhooks, many at once, by libcurl: over TLS that is verified by the name, to addresses that may be
// called, for ten seconds at most. Nothing that a receiver answers leads anywhere else: no redirect, no
// proxy, no cookie.
#ifndef WEBHOOK_SENDER_H
#define WEBHOOK_SENDER_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SENDER_CALLS_MAX   128  // at once
#define SENDER_ANSWER_MAX  1024 // bytes of an answer's body that are read
#define SENDER_PROBLEM_MAX 300

struct sender;

struct sender_settings {
    bool http;          // URLs without TLS, too
    struct text allow;  // see address_rule.h; terminated
    const char *tls_ca; // a file of certificates; "" or NULL: the system's
    int64_t timeout_ms; // of a call, with all that belongs to it; 0: ten seconds
};

// NULL when memory is out. What `settings` points to is borrowed.
struct sender *sender_new(const struct sender_settings *settings);
void sender_free(struct sender **sender); // calls under way are broken off

// A call. `body` is borrowed until the call has ended.
struct webhook_call {
    void *of; // whose it is
    struct text url;
    struct text id; // webhook-id
    struct text body;
    struct text secret, old_secret; // the second signs along where it is not null
};

// What became of it.
struct webhook_outcome {
    void *of;
    int status;                       // of HTTP; 0: there was no answer
    int64_t retry_after;              // seconds that the receiver asks to be left alone; 0: it does not
    char problem[SENDER_PROBLEM_MAX]; // what to tell people; "" for a success
};
bool webhook_succeeded(const struct webhook_outcome *outcome); // 2xx

// Begins a call; it goes on in sender_work(). False: none is free (ERROR_CONFLICT), or it cannot be made.
bool sender_start(struct sender *sender, const struct webhook_call *call, struct error *error) CHECKED;

// How many are under way.
size_t sender_busy(const struct sender *sender);

// Goes on with all calls, for `wait_ms` at most while nothing happens. What has ended is in `outcomes`, at
// most `limit`; the rest comes the next time. Returns how many.
size_t sender_work(struct sender *sender, int wait_ms, struct webhook_outcome *outcomes, size_t limit);

#endif
