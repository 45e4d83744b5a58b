// SPDX-License-Identifier: GPL-2.0-or-later
// A name server of the tests' own on loopback.
#include "name_server.h"

#include "base/clock.h"

#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MESSAGE_MAX 512
#define HEADER      12
#define LATE_MS     700

enum { TYPE_A = 1, TYPE_CNAME = 5, TYPE_MX = 15, TYPE_AAAA = 28 };
enum { NOERROR = 0, SERVFAIL = 2, NXDOMAIN = 3 };

struct message {
    unsigned char bytes[MESSAGE_MAX];
    size_t length;
};

static void put(struct message *message, unsigned value, int bytes) {
    while (bytes-- > 0) message->bytes[message->length++] = (unsigned char)(value >> (8 * bytes));
}

// A record for the name of the question, which stands at offset 12.
static void put_record(struct message *message, unsigned type) {
    static const unsigned char host[] = {4, 'm', 'a', 'i', 'l', 0};
    put(message, 0xC00C, 2);
    put(message, type, 2);
    put(message, 1, 2);
    put(message, 60, 4);
    size_t place = message->length;
    put(message, 0, 2);
    if (type == TYPE_MX) put(message, 10, 2);
    if (type == TYPE_A) put(message, 0xC0000201, 4);
    for (int i = 0; type == TYPE_AAAA && i < 4; i++) put(message, 0x20010DB8, 4);
    if (type == TYPE_MX || type == TYPE_CNAME) {
        memcpy(message->bytes + message->length, host, sizeof host);
        message->length += sizeof host;
    }
    size_t length = message->length - place - 2;
    message->bytes[place] = (unsigned char)(length >> 8);
    message->bytes[place + 1] = (unsigned char)length;
    message->bytes[7] = 1; // ANCOUNT
}

static unsigned question_type(const struct message *asked) {
    size_t at = HEADER;
    while (at < asked->length && asked->bytes[at]) at += asked->bytes[at] + 1U;
    return at + 2 < asked->length ? (unsigned)(asked->bytes[at + 1] << 8 | asked->bytes[at + 2]) : 0;
}

static bool asks(const struct message *asked, const char *label) {
    size_t length = strlen(label);
    return asked->bytes[HEADER] == length && memcmp(asked->bytes + HEADER + 1, label, length) == 0;
}

// The question and an answer without records.
static void begin(const struct message *asked, struct message *answer, int code, bool cut) {
    size_t end = HEADER;
    while (end < asked->length && asked->bytes[end]) end += asked->bytes[end] + 1U;
    answer->length = end + 5;
    memcpy(answer->bytes, asked->bytes, answer->length);
    answer->bytes[2] = (unsigned char)(0x84 | (cut ? 2 : 0));
    answer->bytes[3] = (unsigned char)code;
    memset(answer->bytes + 6, 0, 6);
}

static void wait_until(int64_t ms) {
    int64_t left = ms - clock_monotonic_ms();
    struct timespec pause = {left / 1000, left % 1000 * 1000000};
    if (left > 0) nanosleep(&pause, NULL);
}

// False: nothing is said.
static bool answer_to(const struct message *asked, bool by_tcp, struct message *answer) {
    unsigned type = question_type(asked);
    bool cut = !by_tcp && (asks(asked, "cut") || asks(asked, "shut"));
    if (asked->length < HEADER + 5 || asks(asked, "silent") || (by_tcp && asks(asked, "shut"))) return false;
    begin(asked, answer, asks(asked, "nx") ? NXDOMAIN : asks(asked, "fail") ? SERVFAIL : NOERROR, cut);
    if (asks(asked, "junk")) {
        memset(answer->bytes + 4, 0xFF, 40);
        answer->length = 44;
    }
    if ((asks(asked, "mx") || asks(asked, "late") || (asks(asked, "cut") && by_tcp)) && type == TYPE_MX)
        put_record(answer, TYPE_MX);
    if (asks(asked, "a") && type == TYPE_A) put_record(answer, TYPE_A);
    if (asks(asked, "aaaa") && type == TYPE_AAAA) put_record(answer, TYPE_AAAA);
    if (asks(asked, "alias")) put_record(answer, TYPE_CNAME);
    return true;
}

// `late_since`: when the late name was first asked for, 0 until then. As with a real server, whose own asking
// takes so long, the answer is there for all who have asked meanwhile: newer releases of c-ares hear none
// that comes to a try whose time is over.
static void serve_udp(int udp, int64_t *late_since) {
    struct message asked, answer;
    struct sockaddr_in from;
    socklen_t length = sizeof from;
    ssize_t got = recvfrom(udp, asked.bytes, sizeof asked.bytes, 0, (struct sockaddr *)&from, &length);
    if (got < HEADER) return;
    asked.length = (size_t)got;
    for (int i = 0; asks(&asked, "flood") && i < 5000; i++) {
        begin(&asked, &answer, NXDOMAIN, false);
        answer.bytes[0] ^= (unsigned char)(1 + i % 200);
        sendto(udp, answer.bytes, answer.length, 0, (struct sockaddr *)&from, length);
    }
    bool late = asks(&asked, "late");
    if (late && !*late_since) *late_since = clock_monotonic_ms();
    if (late && fork() != 0) return; // others need not wait
    if (late) wait_until(*late_since + LATE_MS);
    if (!asks(&asked, "flood") && answer_to(&asked, false, &answer))
        sendto(udp, answer.bytes, answer.length, 0, (struct sockaddr *)&from, length);
    if (late) _exit(0);
}

static bool read_all(int file, unsigned char *bytes, size_t length) {
    for (ssize_t got; length; bytes += got, length -= (size_t)got)
        if ((got = read(file, bytes, length)) <= 0) return false;
    return true;
}

static void serve_tcp(int tcp) {
    struct message asked, answer;
    unsigned char size[2];
    int connection = accept(tcp, NULL, NULL);
    if (connection < 0) return;
    while (read_all(connection, size, 2)) {
        asked.length = (size_t)(size[0] << 8 | size[1]);
        if (asked.length > sizeof asked.bytes || !read_all(connection, asked.bytes, asked.length)) break;
        if (!answer_to(&asked, true, &answer)) break;
        unsigned char head[2] = {(unsigned char)(answer.length >> 8), (unsigned char)answer.length};
        if (write(connection, head, 2) != 2 || write(connection, answer.bytes, answer.length) < 0) break;
    }
    close(connection);
}

static void serve(int udp, int tcp) {
    struct pollfd polled[] = {{.fd = udp, .events = POLLIN}, {.fd = tcp, .events = POLLIN}};
    int64_t late_since = 0;
    for (;;) {
        if (poll(polled, 2, -1) < 0) continue;
        if (polled[0].revents) serve_udp(udp, &late_since);
        if (polled[1].revents) serve_tcp(tcp);
    }
}

// The same port for both.
static void listen_on(int *udp, int *tcp, struct sockaddr_in *address) {
    for (int attempt = 0; attempt < 100; attempt++) {
        socklen_t length = sizeof *address;
        *address = (struct sockaddr_in){.sin_family = AF_INET};
        address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        *udp = socket(AF_INET, SOCK_DGRAM, 0);
        *tcp = socket(AF_INET, SOCK_STREAM, 0);
        if (bind(*udp, (struct sockaddr *)address, length) == 0 &&
            getsockname(*udp, (struct sockaddr *)address, &length) == 0 &&
            bind(*tcp, (struct sockaddr *)address, length) == 0 && listen(*tcp, 16) == 0)
            return;
        close(*udp);
        close(*tcp);
    }
    abort();
}

void name_server_start(struct name_server *server) {
    struct sockaddr_in address;
    int udp, tcp;
    listen_on(&udp, &tcp, &address);
    snprintf(server->address, sizeof server->address, "127.0.0.1:%d", ntohs(address.sin_port));
    server->pid = fork();
    if (server->pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        signal(SIGCHLD, SIG_IGN);
        signal(SIGPIPE, SIG_IGN); // a client that has its answer hangs up on the others
        serve(udp, tcp);
    }
    close(udp);
    close(tcp);
}

bool name_server_stop(struct name_server *server) {
    int status = 0;
    bool was_there = waitpid(server->pid, &status, WNOHANG) == 0;
    kill(server->pid, SIGKILL);
    if (was_there) waitpid(server->pid, &status, 0);
    return was_there;
}
