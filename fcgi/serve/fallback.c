// SPDX-License-Identifier: GPL-2.0-or-later
// From a request to PHP's parameters, and from PHP's answer to ours.
#include "serve/fallback.h"

#include "base/log.h"
#include "serve/php_fpm.h"
#include "serve/query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD_MAX      65536 // of PHP's answer; nginx's own limit is 8 KiB
#define COMPLAINT_MAX 1000

enum fallback_way fallback_way(const struct settings *settings, const struct request *request) {
    if (*settings->fallback.php_fpm) return FALLBACK_PHP_FPM;
    return *settings->fallback.php && request->web_server_hands_on ? FALLBACK_WEB_SERVER : FALLBACK_NONE;
}

// ---- parameters

// What the web server said of its own location is not true of PHP's; and a request header Proxy becomes no
// proxy (CVE-2016-5385).
static bool is_replaced(struct text name) {
    static const char *const names[] = {"SCRIPT_FILENAME", "SCRIPT_NAME",     "PATH_INFO",
                                        "PATH_TRANSLATED", "ORIG_PATH_INFO",  "PHP_SELF",
                                        "DOCUMENT_URI",    "DOCUMENT_ROOT",   "HTTP_PROXY",
                                        "PHP_VALUE",       "PHP_ADMIN_VALUE", "OSTICKET_FCGI_HANDS_ON"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal(name, text_of(names[i]))) return true;
    return false;
}

// Whether the tail is a script beside http.php, as /validate.php is; its length.
static size_t script_beside(const struct request *request) {
    struct text script = request->script, tail = request->tail;
    if (script.length > 4 && memcmp(script.data + script.length - 4, ".php", 4) == 0) return 0;
    size_t length = 1;
    while (length < tail.length && tail.data[length] != '/') length++;
    for (size_t i = 1; i < length; i++)
        if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.", tail.data[i]))
            return 0;
    return length > 5 && tail.data[1] != '.' && memcmp(tail.data + length - 4, ".php", 4) == 0 ? length : 0;
}

static void add(struct buffer *parameters, const char *name, struct text value) {
    php_parameter_add(parameters, text_of(name), value);
}

// The folder that SCRIPT_NAME is seen from: osTicket finds its own address by it. Where the URL is no part of
// the path, what the web server says.
static struct text document_root(const char *path, struct text name, char *const *parameters) {
    size_t length = strlen(path);
    if (length > name.length && memcmp(path + length - name.length, name.data, name.length) == 0)
        return (struct text){path, length - name.length};
    for (; *parameters; parameters++)
        if (strncmp(*parameters, "DOCUMENT_ROOT=", 14) == 0) return text_of(*parameters + 14);
    return TEXT("/");
}

// Decodes %XX once; a run of slashes is one, as web servers have it.
static void add_decoded(struct buffer *to, struct text raw) {
    char *room = buffer_reserve(to, raw.length);
    size_t length = 0;
    if (!room) return;
    for (size_t i = 0; i < raw.length; i++)
        if (raw.data[i] != '/' || i == 0 || raw.data[i - 1] != '/') room[length++] = raw.data[i];
    to->length += query_decode((struct text){room, length}, false, room);
}

static void add_script(struct buffer *parameters, const struct exchange *exchange) {
    const struct request *request = &exchange->request;
    const char *script = exchange->settings->fallback.script, *file = strrchr(script, '/') + 1;
    size_t beside = script_beside(request);
    struct text rest = {request->tail.data + beside, request->tail.length - beside};
    struct buffer path = buffer_new(PHP_PARAMETERS_MAX), name = buffer_new(PHP_PARAMETERS_MAX);
    struct buffer info = buffer_new(PHP_PARAMETERS_MAX);
    bool named = request->script.length > 4 &&
                 memcmp(request->script.data + request->script.length - 4, ".php", 4) == 0;
    buffer_add(&path, script, (size_t)(file - script));
    add_decoded(&name, request->script);
    if (beside) {
        buffer_add(&path, request->tail.data + 1, beside - 1);
        buffer_add(&name, request->tail.data, beside);
    } else {
        buffer_add_string(&path, file);
        if (!named) buffer_add_format(&name, "/%s", file);
    }
    add_decoded(&info, rest);
    add(parameters, "SCRIPT_FILENAME", buffer_text(&path));
    add(parameters, "SCRIPT_NAME", buffer_text(&name));
    add(parameters, "PATH_INFO", buffer_text(&info));
    add(parameters, "DOCUMENT_URI", buffer_text(&name));
    if (!path.failed)
        add(parameters, "DOCUMENT_ROOT",
            document_root(path.data, buffer_text(&name), exchange->connection->envp));
    parameters->failed = parameters->failed || path.failed || name.failed || info.failed;
    buffer_free(&path);
    buffer_free(&name);
    buffer_free(&info);
}

static void add_parameters(struct buffer *parameters, const struct exchange *exchange) {
    for (char *const *each = exchange->connection->envp; *each; each++) {
        struct text name = {*each, strcspn(*each, "=")};
        if ((*each)[name.length] && !is_replaced(name))
            php_parameter_add(parameters, name, text_of(*each + name.length + 1));
    }
    add_script(parameters, exchange);
    add(parameters, "REDIRECT_STATUS", TEXT("200")); // php-cgi does nothing without it
}

// ---- the answer

struct relay {
    struct exchange *exchange;
    struct log *log;
    struct buffer head;
    bool head_passed;
};

// The length of the CGI head with its blank line; 0 where it is not whole yet.
static size_t head_end(struct text bytes, size_t from) {
    for (size_t i = from; i < bytes.length; i++) {
        if (bytes.data[i] != '\n') continue;
        if (i + 1 < bytes.length && bytes.data[i + 1] == '\n') return i + 2;
        if (i + 2 < bytes.length && bytes.data[i + 1] == '\r' && bytes.data[i + 2] == '\n') return i + 3;
    }
    return 0;
}

static struct text next_line(struct text *rest) {
    const char *end = rest->length ? memchr(rest->data, '\n', rest->length) : NULL;
    size_t length = end ? (size_t)(end - rest->data) : rest->length;
    struct text line = text_trim((struct text){rest->data, length});
    size_t used = end ? length + 1 : length;
    *rest = (struct text){rest->data + used, rest->length - used};
    return line;
}

static bool begins(struct text line, const char *name) {
    size_t length = strlen(name);
    return line.length > length && line.data[length] == ':' &&
           text_equal_ignoring_case((struct text){line.data, length}, text_of(name));
}

static bool has_control(struct text line) {
    for (size_t i = 0; i < line.length; i++)
        if ((unsigned char)line.data[i] < ' ' && line.data[i] != '\t') return true;
    return false;
}

// Puts PHP's header lines, less what is for this connection alone, into `lines`, and tells the status.
static void read_head(struct text head, struct buffer *lines, struct text *status, bool *has_cors,
                      bool *has_id) {
    *status = TEXT("200 OK");
    while (head.length) {
        struct text line = next_line(&head);
        if (!line.length || has_control(line)) continue;
        if (begins(line, "Status")) {
            *status = text_trim((struct text){line.data + 7, line.length - 7});
            continue;
        }
        if (begins(line, "Connection") || begins(line, "Transfer-Encoding") || begins(line, "Keep-Alive"))
            continue;
        *has_cors = *has_cors || begins(line, "Access-Control-Allow-Origin");
        *has_id = *has_id || begins(line, "X-Request-Id");
        buffer_add_text(lines, line);
        buffer_add_string(lines, "\r\n");
    }
}

static bool is_status(struct text status, int64_t *number) {
    return status.length >= 3 && text_to_int64((struct text){status.data, 3}, number) && *number >= 200 &&
           *number <= 599 && (status.length == 3 || status.data[3] == ' ');
}

static bool pass_head(struct relay *relay, struct text head, struct error *error) {
    struct buffer lines = buffer_new(HEAD_MAX + CORS_HEADERS_MAX);
    struct text status;
    bool has_cors = false, has_id = false;
    int64_t number = 0;
    read_head(head, &lines, &status, &has_cors, &has_id);
    bool good =
        is_status(status, &number) || error_set(error, ERROR_FALLBACK_BROKE, "PHP answered without a status");
    if (good) {
        // A status without its reason would break clients that match for one.
        if (status.length <= 4) status = TEXT("200 OK");
        if (!has_cors) buffer_add_string(&lines, relay->exchange->cors);
        if (!has_id) buffer_add_format(&lines, "X-Request-Id: %s\r\n", relay->exchange->request.id);
        good = !lines.failed
                   ? exchange_relay_head(relay->exchange, (int)number, status, buffer_text(&lines)) ||
                         error_set(error, ERROR_ABORTED, "the client did not take the answer")
                   : error_set(error, ERROR_FALLBACK_BROKE, "PHP answered with too many headers");
    }
    buffer_free(&lines);
    relay->head_passed = good;
    return good;
}

static bool pass_bytes(struct relay *relay, struct text bytes, struct error *error) {
    return exchange_relay_bytes(relay->exchange, bytes) ||
           error_set(error, ERROR_ABORTED, "the client did not take the answer");
}

static bool take_answer(void *context, struct text bytes, struct error *error) {
    struct relay *relay = context;
    if (relay->head_passed) return pass_bytes(relay, bytes, error);
    size_t from = relay->head.length > 2 ? relay->head.length - 2 : 0;
    buffer_add_text(&relay->head, bytes);
    if (relay->head.failed)
        return error_set(error, ERROR_FALLBACK_BROKE, "PHP answered with too many headers");
    struct text all = buffer_text(&relay->head);
    size_t end = head_end(all, from);
    if (!end) return true;
    return pass_head(relay, (struct text){all.data, end}, error) &&
           pass_bytes(relay, (struct text){all.data + end, all.length - end}, error);
}

static void take_complaint(void *context, struct text bytes) {
    struct relay *relay = context;
    bytes = text_trim(bytes);
    int shown = bytes.length < COMPLAINT_MAX ? (int)bytes.length : COMPLAINT_MAX;
    log_write(relay->log, LOG_LEVEL_WARNING, "request id=%s php: %.*s", relay->exchange->request.id, shown,
              bytes.data);
}

static ptrdiff_t read_body(void *context, char *bytes, size_t room, struct error *error) {
    struct relay *relay = context;
    return exchange_body_piece(relay->exchange, bytes, room, error);
}

static bool ask_php_fpm(struct exchange *exchange, struct log *log, struct error *error) {
    static const struct php_sink sink = {take_answer, take_complaint};
    struct relay relay = {exchange, log, buffer_new(HEAD_MAX), false};
    struct php_request request = {.endpoint = exchange->settings->fallback.php_fpm,
                                  .timeout_ms = (int)exchange->settings->fallback.timeout * 1000,
                                  .parameters = buffer_new(PHP_PARAMETERS_MAX),
                                  .read_body = read_body};
    add_parameters(&request.parameters, exchange);
    bool good = php_fpm_ask(&request, &sink, &relay, error);
    if (good && !relay.head_passed) {
        error_set(error, ERROR_FALLBACK_BROKE, "PHP gave no answer");
        good = error_detail(error, "php-fpm ended the request without headers: is [fallback] script right?");
    }
    buffer_free(&request.parameters);
    buffer_free(&relay.head);
    if (good) exchange_relay_end(exchange);
    return good;
}

bool fallback_run(enum fallback_way way, struct exchange *exchange, struct log *log, struct error *error) {
    error_clear(error);
    exchange->answered_by = way == FALLBACK_PHP_FPM ? "php" : exchange->settings->fallback.php;
    if (way == FALLBACK_PHP_FPM) return ask_php_fpm(exchange, log, error);
    exchange_hand_over(exchange, exchange->settings->fallback.php);
    return true;
}
