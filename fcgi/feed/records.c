// SPDX-License-Identifier: GPL-2.0-or-later
// Records of FastCGI.
#include "feed/records.h"

#define VERSION     1
#define HEAD_SIZE   8
#define CONTENT_MAX 65528 // a multiple of eight needs no padding
#define RESPONDER   1

enum record_type { BEGIN_REQUEST = 1, END_REQUEST = 3, PARAMS = 4, STDIN = 5, STDOUT = 6 };

static void add_record(struct buffer *out, enum record_type type, int id, const void *bytes, size_t length) {
    const unsigned char head[HEAD_SIZE] = {
        VERSION,           (unsigned char)type,          (unsigned char)(id >> 8),
        (unsigned char)id, (unsigned char)(length >> 8), (unsigned char)length};
    buffer_add(out, head, sizeof head);
    buffer_add(out, bytes, length);
}

// A stream, with the empty record that ends it.
static void add_stream(struct buffer *out, enum record_type type, int id, struct text bytes) {
    while (bytes.length) {
        size_t part = bytes.length < CONTENT_MAX ? bytes.length : CONTENT_MAX;
        add_record(out, type, id, bytes.data, part);
        bytes = (struct text){bytes.data + part, bytes.length - part};
    }
    add_record(out, type, id, "", 0);
}

void records_add_request(struct buffer *out, int request_id, struct text parameters) {
    static const unsigned char begin[8] = {0, RESPONDER};
    add_record(out, BEGIN_REQUEST, request_id, begin, sizeof begin);
    add_stream(out, PARAMS, request_id, parameters);
    add_stream(out, STDIN, request_id, TEXT(""));
}

void records_add_answer(struct buffer *out, int request_id, struct text answer) {
    static const unsigned char end[8] = {0};
    add_stream(out, STDOUT, request_id, answer);
    add_record(out, END_REQUEST, request_id, end, sizeof end);
}

bool records_are_whole(struct text records, struct buffer *answer) {
    size_t at = 0;
    while (records.length - at >= HEAD_SIZE) {
        const unsigned char *head = (const unsigned char *)records.data + at;
        size_t content = (size_t)head[4] << 8 | head[5], whole = HEAD_SIZE + content + head[6];
        if (head[0] != VERSION || records.length - at < whole) return false;
        if (head[1] == END_REQUEST) return true;
        if (head[1] == STDOUT && answer) buffer_add(answer, head + HEAD_SIZE, content);
        at += whole;
    }
    return false;
}
