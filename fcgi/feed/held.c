// SPDX-License-Identifier: GPL-2.0-or-later
// Requests that wait.
#include "feed/held.h"

#include "feed/records.h"
#include "serve/holding_words.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ANSWER_MAX   (32 << 20) // 500 changes with their tickets are some 2 MB
#define IN_HAND_MS   30000      // for a worker's answer, and for the client to take it
#define IN_VAIN_MS   500        // between two questions of which the first found nothing
#define TRY_AGAIN_MS 250
#define PIECE        65536

static void close_socket(int *descriptor) {
    if (*descriptor >= 0) close(*descriptor);
    *descriptor = -1;
}

static void set_non_blocking(int descriptor) {
    int flags = fcntl(descriptor, F_GETFL);
    if (flags >= 0) (void)!fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
}

struct held *held_new(int client, const struct holding *holding, const char *bytes, int64_t now_ms) {
    struct held *held = calloc(1, sizeof *held);
    if (!held) return NULL;
    set_non_blocking(client);
    held->client = client;
    held->worker = -1;
    held->of = *holding;
    held->end_ms = now_ms + (int64_t)holding->wait.seconds * 1000;
    held->parameters = buffer_new(HOLDING_BYTES_MAX);
    held->kept = buffer_new(HOLDING_BYTES_MAX);
    held->out = held->in = buffer_new(ANSWER_MAX);
    buffer_add(&held->parameters, bytes, holding->parameters);
    buffer_add(&held->kept, bytes + holding->parameters, holding->answer);
    return held;
}

void held_free(struct held **held) {
    if (!*held) return;
    close_socket(&(*held)->client);
    close_socket(&(*held)->worker);
    buffer_free(&(*held)->parameters);
    buffer_free(&(*held)->kept);
    buffer_free(&(*held)->out);
    buffer_free(&(*held)->in);
    free(*held);
    *held = NULL;
}

bool held_wants(const struct held *held, const struct change *change) {
    const struct answer_wait *wait = &held->of.wait;
    if (change->type == CHANGE_NONE || !(wait->types >> change->type & 1)) return false;
    if (change->is_note && wait->without_notes) return false;
    for (size_t i = 0; i < wait->department_count; i++)
        if (wait->departments[i] == change->department_id) return true;
    return !wait->department_count;
}

bool held_is_gone(const struct held *held) {
    // The web server has said all that it has to say: whatever comes is the end.
    struct pollfd client = {.fd = held->client, .events = POLLIN | POLLRDHUP};
    return held->state != HELD_ANSWERING && poll(&client, 1, 0) > 0;
}

// ---- a worker

static void add_parameter(struct buffer *out, const char *name, const char *value) {
    unsigned char lengths[2] = {(unsigned char)strlen(name), 0};
    size_t length = strlen(value);
    if (length < 128) {
        lengths[1] = (unsigned char)length;
        buffer_add(out, lengths, 2);
    } else {
        const unsigned char four[5] = {lengths[0], (unsigned char)(0x80 | length >> 24),
                                       (unsigned char)(length >> 16), (unsigned char)(length >> 8),
                                       (unsigned char)length};
        buffer_add(out, four, sizeof four);
    }
    buffer_add_string(out, name);
    buffer_add_string(out, value);
}

bool held_ask(struct held *held, const struct sockaddr *address, socklen_t length, int64_t now_ms) {
    held->not_before_ms = now_ms + TRY_AGAIN_MS;
    int worker = socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (worker < 0) return false;
    if (connect(worker, address, length) != 0 && errno != EINPROGRESS) {
        close(worker);
        return false;
    }
    struct buffer parameters = buffer_new(HOLDING_BYTES_MAX + 1024);
    buffer_add_text(&parameters, buffer_text(&held->parameters));
    add_parameter(&parameters, HELD_PARAMETER, held->of.wait.position);
    buffer_free(&held->out);
    buffer_free(&held->in);
    held->out = held->in = buffer_new(ANSWER_MAX);
    held->sent = 0;
    records_add_request(&held->out, held->of.request_id, buffer_text(&parameters));
    buffer_free(&parameters);
    held->worker = worker;
    held->state = HELD_ASKING;
    held->is_due = false;
    held->not_before_ms = now_ms + IN_HAND_MS;
    return true;
}

// Back to waiting, to ask once more after a while.
static void wait_again(struct held *held, int64_t now_ms, int64_t pause_ms) {
    close_socket(&held->worker);
    buffer_free(&held->out);
    buffer_free(&held->in);
    held->out = held->in = buffer_new(ANSWER_MAX);
    held->sent = 0;
    held->state = HELD_WAITING;
    held->not_before_ms = now_ms + pause_ms;
}

// A header of the answer, with its line, or null.
static struct text header_line(struct text answer, struct text name, struct text *value) {
    ptrdiff_t head = text_find(answer, TEXT("\r\n\r\n"), 0), at = text_find(answer, name, 0);
    if (at < 0 || head < 0 || at > head) return TEXT_NULL;
    ptrdiff_t end = text_find(answer, TEXT("\r\n"), (size_t)at);
    size_t from = (size_t)at + name.length;
    *value = (struct text){answer.data + from, (size_t)end - from};
    return (struct text){answer.data + at, (size_t)end + 2 - (size_t)at};
}

// Whether the worker found nothing for this client, and how far it looked; its answer is the one to keep.
static bool found_nothing(struct held *held, struct text answer) {
    struct text position = TEXT_NULL, line = header_line(answer, TEXT(HELD_HEADER), &position);
    if (!line.data || !position.data) return false;
    if (position.length >= sizeof held->of.wait.position) return false;
    memcpy(held->of.wait.position, position.data, position.length);
    held->of.wait.position[position.length] = '\0';
    size_t before = (size_t)(line.data - answer.data), behind = before + line.length;
    buffer_free(&held->kept);
    held->kept = buffer_new(HOLDING_BYTES_MAX);
    buffer_add(&held->kept, answer.data, before);
    buffer_add(&held->kept, answer.data + behind, answer.length - behind);
    return true;
}

static void take_answer(struct held *held, int64_t now_ms) {
    struct buffer answer = buffer_new(ANSWER_MAX);
    bool whole = records_are_whole(buffer_text(&held->in), &answer);
    if (!whole) {
        held->is_due = true; // the worker died, or had no room
        wait_again(held, now_ms, IN_VAIN_MS);
    } else if (found_nothing(held, buffer_text(&answer))) {
        wait_again(held, now_ms, IN_VAIN_MS);
    } else {
        // As it came: it is an answer to the same request.
        buffer_free(&held->out);
        held->out = held->in;
        held->in = buffer_new(ANSWER_MAX);
        held->sent = 0;
        held->state = HELD_ANSWERING;
        held->end_ms = now_ms + IN_HAND_MS;
        close_socket(&held->worker);
    }
    buffer_free(&answer);
}

// Reads what the worker says; true at its end.
static bool read_worker(struct held *held) {
    for (;;) {
        char *room = buffer_reserve(&held->in, PIECE);
        if (!room) return true;
        ssize_t got = recv(held->worker, room, PIECE, MSG_DONTWAIT);
        if (got > 0) held->in.length += (size_t)got;
        if (got == 0) return true;
        if (got < 0 && errno != EINTR) return errno != EAGAIN && errno != EWOULDBLOCK;
    }
}

// ---- either

// Sends what is left to the one whose turn it is. False when he is gone.
static bool send_out(struct held *held, int to) {
    while (held->sent < held->out.length) {
        ssize_t took =
            send(to, held->out.data + held->sent, held->out.length - held->sent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (took > 0) held->sent += (size_t)took;
        if (took < 0 && errno != EINTR)
            return errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOTCONN || errno == EINPROGRESS;
    }
    return true;
}

void held_answer_nothing(struct held *held, int64_t now_ms) {
    wait_again(held, now_ms, 0);
    records_add_answer(&held->out, held->of.request_id, buffer_text(&held->kept));
    held->state = HELD_ANSWERING;
    held->had_nothing = true;
    held->end_ms = now_ms + IN_HAND_MS;
}

bool held_go_on(struct held *held, int64_t now_ms) {
    switch (held->state) {
    case HELD_WAITING: return true;
    case HELD_ASKING:
        if (!send_out(held, held->worker)) {
            held->is_due = true;
            wait_again(held, now_ms, TRY_AGAIN_MS);
        } else if (held->sent == held->out.length && read_worker(held)) {
            take_answer(held, now_ms);
        } else if (now_ms > held->not_before_ms) {
            held->is_due = true;
            wait_again(held, now_ms, IN_VAIN_MS);
        }
        return held->state != HELD_ANSWERING || held_go_on(held, now_ms);
    case HELD_ANSWERING:
        return send_out(held, held->client) && held->sent < held->out.length && now_ms < held->end_ms;
    }
    return false;
}
