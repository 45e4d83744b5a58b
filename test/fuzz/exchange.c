// SPDX-License-Identifier: GPL-2.0-or-later
// Any request as a web server sends it by FastCGI, in records of any size, also one that breaks off: its body
// is as long as it says or refused, a form is taken apart, and the headers of the answer are lines of their
// own. Records that no web server sends are libfcgi's business.
// https://fastcgi-archives.github.io/FastCGI_Specification.html
//
//     two bytes           how large the records of the body are; how it ends (see "enum end")
//     NAME=value          the parameters, a line each
//                         an empty line
//     the body
#include "serve/exchange.h"

#include "fake/settings.h"
#include "ops/entry/form_body.h"

#include <fcgiapp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define RECORD_SIZE  8
#define RECORDS_MAX  (1 << 18)
#define CONTENT_MAX  65535
#define PADDING_MASK 7

enum record { BEGIN = 1, ABORT = 2, PARAMS = 4, STDIN = 5, STDOUT = 6 };
enum end { PROPER, ABORTED, BROKEN, HALF_A_RECORD, ENDS };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

// ---- the request

static void add_record(struct buffer *out, enum record type, struct text content) {
    size_t padding = content.length & PADDING_MASK;
    const unsigned char head[RECORD_SIZE] = {1,
                                             (unsigned char)type,
                                             0,
                                             1,
                                             (unsigned char)(content.length >> 8),
                                             (unsigned char)content.length,
                                             (unsigned char)padding};
    buffer_add(out, (const char *)head, sizeof head);
    buffer_add_text(out, content);
    buffer_add(out, "\0\0\0\0\0\0\0", padding);
}

// In records of at most `size` bytes.
static void add_stream(struct buffer *out, enum record type, struct text content, size_t size) {
    for (size_t at = 0; at < content.length; at += size)
        add_record(out, type,
                   (struct text){content.data + at, content.length - at < size ? content.length - at : size});
}

static void add_length(struct buffer *out, size_t length) {
    if (length > 127) {
        buffer_add_char(out, (char)(0x80 | length >> 24));
        buffer_add_char(out, (char)(length >> 16));
        buffer_add_char(out, (char)(length >> 8));
    }
    buffer_add_char(out, (char)length);
}

// None with control bytes, which no web server takes from a client.
static void add_parameter(struct buffer *out, struct text line) {
    ptrdiff_t equals = text_find(line, TEXT("="), 0);
    for (size_t i = 0; i < line.length; i++)
        if ((unsigned char)line.data[i] < ' ') return;
    if (equals < 0) return;
    struct text value = {line.data + equals + 1, line.length - (size_t)equals - 1};
    add_length(out, (size_t)equals);
    add_length(out, value.length);
    buffer_add(out, line.data, (size_t)equals);
    buffer_add_text(out, value);
}

// Takes the lines up to the empty one off `rest`.
static void read_parameters(struct text *rest, struct buffer *parameters) {
    while (rest->length) {
        const char *end = memchr(rest->data, '\n', rest->length);
        size_t length = end ? (size_t)(end - rest->data) : rest->length, taken = length + (end != NULL);
        if (length) add_parameter(parameters, (struct text){rest->data, length});
        *rest = (struct text){rest->data + taken, rest->length - taken};
        if (!length) return;
    }
}

static void add_request(struct buffer *out, struct text input) {
    size_t size = (unsigned char)input.data[0] + 1;
    enum end end = (enum end)((unsigned char)input.data[1] % ENDS);
    struct text rest = {input.data + 2, input.length - 2};
    struct buffer parameters = buffer_new(RECORDS_MAX);
    read_parameters(&rest, &parameters);
    add_record(out, BEGIN, (struct text){"\0\1\0\0\0\0\0\0", 8});
    add_stream(out, PARAMS, buffer_text(&parameters), CONTENT_MAX);
    add_record(out, PARAMS, TEXT(""));
    add_stream(out, STDIN, rest, size);
    if (end == PROPER) add_record(out, STDIN, TEXT(""));
    if (end == ABORTED) add_record(out, ABORT, TEXT(""));
    if (end == HALF_A_RECORD) buffer_add(out, "\1\5\0\1\0", 5);
    buffer_free(&parameters);
}

// ---- the server, as dispatch() does it, but for the work

static bool read_form(const struct operation *operation, struct exchange *exchange, struct error *error) {
    struct operation_context context = {.operation = operation, .body = buffer_text(&exchange->body)};
    struct form_body form;
    if (!form_body_is(operation, exchange->request.content_type)) return true;
    bool done = form_body_open(&form, operation, exchange->request.content_type, &context, error);
    form_body_close(&form);
    return done;
}

static void answer(struct exchange *exchange) {
    struct error error = {0};
    const struct operation *operation = exchange->request.route.operation;
    bool done = operation || error_set(&error, ERROR_NO_ROUTE, "URL not supported");
    if (done && operation->max_body)
        done = exchange_body(exchange, operation->max_body, &error) && read_form(operation, exchange, &error);
    if (!done) {
        exchange_fail(exchange, &error);
        return;
    }
    exchange->answer.kind = operation->answers == ANSWER_FILE ? ANSWER_TEXT : operation->answers;
    output_add_string(&exchange->output, "done");
    (void)exchange_finish(exchange);
}

static void serve(int connection) {
    static struct exchange exchange;
    static FCGX_Request request;
    if (FCGX_InitRequest(&request, -1, 0) != 0) abort();
    request.ipcFd = connection;
    request.keepConnection = 1; // it is there already: nothing is accepted
    if (FCGX_Accept_r(&request) != 0) return;
    request.keepConnection = 0;
    exchange_begin(&exchange, &request, fake_settings());
    answer(&exchange);
    if (request.in || request.ipcFd >= 0) abort(); // all of it was given back
}

// ---- the answer

// The contents of the records of STDOUT, one behind the other.
static void gather(const struct buffer *records, struct buffer *out) {
    for (size_t at = 0; at + RECORD_SIZE <= records->length;) {
        const unsigned char *head = (const unsigned char *)records->data + at;
        size_t content = (size_t)head[4] << 8 | head[5], whole = RECORD_SIZE + content + head[6];
        if (head[0] != 1 || at + whole > records->length) abort();
        if (head[1] == STDOUT) buffer_add(out, records->data + at + RECORD_SIZE, content);
        at += whole;
    }
}

static void check(const struct buffer *out) {
    struct text text = buffer_text(out);
    if (!text.length) return;
    ptrdiff_t end = text_find(text, TEXT("\r\n\r\n"), 0);
    if (end < 0 || !text_starts_with(text, TEXT("Status: "))) abort();
    for (ptrdiff_t i = 0; i < end; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c == '\n' ? i == 0 || text.data[i - 1] != '\r' : c == '\r' ? text.data[i + 1] != '\n' : c < ' ')
            abort();
    }
}

static void read_answer(int descriptor) {
    struct buffer records = buffer_new(RECORDS_MAX), out = buffer_new(RECORDS_MAX);
    char block[4096];
    ssize_t got;
    while ((got = read(descriptor, block, sizeof block)) > 0) buffer_add(&records, block, (size_t)got);
    if (records.failed) abort();
    gather(&records, &out);
    check(&out);
    buffer_free(&records);
    buffer_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static bool ready;
    int ends[2];
    struct buffer records = buffer_new(RECORDS_MAX);
    if (length < 2) return 0;
    if (!ready && FCGX_Init() != 0) abort();
    ready = true;
    add_request(&records, (struct text){(const char *)bytes, length});
    if (records.failed || socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) abort();
    if (write(ends[0], records.data, records.length) != (ssize_t)records.length) abort();
    buffer_free(&records);
    shutdown(ends[0], SHUT_WR);
    serve(ends[1]);
    read_answer(ends[0]);
    close(ends[0]);
    return 0;
}
