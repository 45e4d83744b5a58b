// SPDX-License-Identifier: GPL-2.0-or-later
// Whether mail can be sent to a domain, by c-ares.
#define CARES_NO_DEPRECATED // what it calls deprecated since 1.28 is all that older releases have
#include "dns/mail_domain.h"

#include "base/clock.h"
#include "dns/mail_answer.h"

#include <ares.h>
#include <arpa/nameser.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>

#define DOMAIN_MAX   253 // RFC 1035, as text
#define WAKE_UPS_MAX 512
#define TRY_MS       300 // the first try; each round doubles it
#define TRIES        3

#define WATCHED_MAX 32

struct watched {
    struct pollfd files[WATCHED_MAX];
    nfds_t count;
};

struct look_up;

// One question on its way.
struct asking {
    struct look_up *look_up;
    enum mail_question question;
};

struct look_up {
    struct mail_domain *domain;
    struct asking askings[MAIL_QUESTIONS];
    bool answered[MAIL_QUESTIONS];
    bool absent[MAIL_QUESTIONS]; // for certain
};

static void settle(struct look_up *look_up) {
    for (int i = 0; i < MAIL_QUESTIONS; i++)
        if (!look_up->absent[i]) return;
    look_up->domain->state = MAIL_DOMAIN_TAKES_NONE;
}

static void take(void *context, int status, int timeouts, unsigned char *bytes, int length) {
    struct asking *asking = context;
    struct look_up *look_up = asking->look_up;
    (void)timeouts;
    look_up->answered[asking->question] = true;
    if (look_up->domain->state != MAIL_DOMAIN_UNKNOWN) return;
    enum mail_answer answer = status == ARES_SUCCESS && length >= 0
                                  ? mail_answer_read(asking->question, bytes, (size_t)length)
                                  : mail_answer_of_status(status);
    if (answer == MAIL_ANSWER_THERE) {
        look_up->domain->state = MAIL_DOMAIN_TAKES_MAIL;
        return;
    }
    look_up->absent[asking->question] = answer == MAIL_ANSWER_ABSENT;
    settle(look_up);
}

static void ask(ares_channel channel, struct look_up *look_up) {
    static const int types[] = {
        [MAIL_QUESTION_MX] = ns_t_mx, [MAIL_QUESTION_A] = ns_t_a, [MAIL_QUESTION_AAAA] = ns_t_aaaa};
    struct text name = look_up->domain->name;
    char domain[DOMAIN_MAX + 2];
    look_up->domain->state = MAIL_DOMAIN_UNKNOWN;
    if (!name.length || name.length > DOMAIN_MAX || memchr(name.data, '\0', name.length)) {
        look_up->domain->state = MAIL_DOMAIN_TAKES_NONE; // there can be none of this name
        return;
    }
    memcpy(domain, name.data, name.length);
    domain[name.length] = '\0';
    for (int i = 0; i < MAIL_QUESTIONS; i++) {
        look_up->askings[i] = (struct asking){look_up, (enum mail_question)i};
        ares_query(channel, domain, ns_c_in, types[i], take, &look_up->askings[i]);
    }
}

static bool is_known(const struct look_up *look_up) {
    if (look_up->domain->state != MAIL_DOMAIN_UNKNOWN) return true;
    for (int i = 0; i < MAIL_QUESTIONS; i++)
        if (!look_up->answered[i]) return false;
    return true;
}

static bool all_known(const struct look_up *look_ups, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!is_known(&look_ups[i])) return false;
    return true;
}

// Which sockets c-ares waits for: called by it for each change.
static void watch(void *context, ares_socket_t file, int readable, int writable) {
    struct watched *watched = context;
    nfds_t place = 0;
    while (place < watched->count && watched->files[place].fd != file) place++;
    if (!readable && !writable) {
        if (place < watched->count) watched->files[place] = watched->files[--watched->count];
        return;
    }
    if (place == WATCHED_MAX) return; // its time will run out
    if (place == watched->count) watched->count++;
    watched->files[place] =
        (struct pollfd){.fd = file, .events = (short)((readable ? POLLIN : 0) | (writable ? POLLOUT : 0))};
}

// Waits until something comes or a time of c-ares' own is up, `left_ms` at most, and lets c-ares work on it.
static void step(ares_channel channel, const struct watched *watched, int left_ms) {
    struct watched now = *watched; // c-ares changes the other while it works
    struct timeval most = {left_ms / 1000, left_ms % 1000 * 1000}, own;
    struct timeval *wait = ares_timeout(channel, &most, &own);
    bool worked = false;
    // c-ares tells whole milliseconds, rounded down: without one more it would be asked over and over.
    poll(now.files, now.count, (int)(wait->tv_sec * 1000 + wait->tv_usec / 1000 + 1));
    for (nfds_t i = 0; i < now.count; i++) {
        short events = now.files[i].revents;
        if (!events) continue;
        worked = true;
        ares_process_fd(channel, events & ~POLLOUT ? now.files[i].fd : ARES_SOCKET_BAD,
                        events & POLLOUT ? now.files[i].fd : ARES_SOCKET_BAD);
    }
    if (!worked) ares_process_fd(channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
}

static bool open_channel(const char *server, struct watched *watched, ares_channel *channel) {
    struct ares_options options = {.timeout = TRY_MS,
                                   .tries = TRIES,
                                   .flags = ARES_FLAG_NOSEARCH,
                                   .sock_state_cb = watch,
                                   .sock_state_cb_data = watched};
    int mask = ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_FLAGS | ARES_OPT_SOCK_STATE_CB;
    if (ares_init_options(channel, &options, mask) != ARES_SUCCESS) return false;
    if (!server || !*server || ares_set_servers_ports_csv(*channel, server) == ARES_SUCCESS) return true;
    ares_destroy(*channel);
    return false;
}

void mail_domains_look_up(const char *server, struct mail_domain *domains, size_t count, int timeout_ms) {
    struct look_up look_ups[MAIL_DOMAINS_MAX] = {0};
    int64_t end = clock_monotonic_ms() + timeout_ms;
    struct watched watched = {.count = 0};
    ares_channel channel;
    for (size_t i = 0; i < count; i++) domains[i].state = MAIL_DOMAIN_UNKNOWN;
    if (count > MAIL_DOMAINS_MAX) count = MAIL_DOMAINS_MAX;
    if (ares_library_init(ARES_LIB_INIT_ALL) != ARES_SUCCESS) return;
    if (open_channel(server, &watched, &channel)) {
        for (size_t i = 0; i < count; i++) {
            look_ups[i].domain = &domains[i];
            ask(channel, &look_ups[i]);
        }
        for (int wake_ups = 0; wake_ups < WAKE_UPS_MAX && !all_known(look_ups, count); wake_ups++) {
            int64_t left = end - clock_monotonic_ms();
            if (left <= 0) break;
            step(channel, &watched, (int)left);
        }
        ares_destroy(channel); // calls take() for what is still on its way: that is no answer
    }
    ares_library_cleanup();
}
