// SPDX-License-Identifier: GPL-2.0-or-later
// One HTTP request at a time, by libcurl.
#include "http/http.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEADERS_MAX     65536
#define EXPECT_PATIENCE 4000 // milliseconds to wait for a word about an announced body

struct http_client {
    CURL *curl;
    struct http_settings settings;
    char message[CURL_ERROR_SIZE];
    struct http_answer *answer; // of the request in hand
    bool too_large, body_wanted;
};

struct http_client *http_client_new(const struct http_settings *settings) {
    struct http_client *client = calloc(1, sizeof *client);
    if (!client) return NULL;
    client->settings = *settings;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK) client->curl = curl_easy_init();
    if (!client->curl) http_client_free(&client);
    return client;
}

void http_client_free(struct http_client **client) {
    if (!*client) return;
    if ((*client)->curl) curl_easy_cleanup((*client)->curl);
    curl_global_cleanup();
    free(*client);
    *client = NULL;
}

// What comes first of an answer ("100 Continue") is none: each status line begins anew.
static size_t take_header(char *bytes, size_t size, size_t count, void *context) {
    struct http_client *client = context;
    size_t length = size * count;
    if (length > 5 && memcmp(bytes, "HTTP/", 5) == 0) buffer_clear(&client->answer->headers);
    buffer_add(&client->answer->headers, bytes, length);
    return client->answer->headers.failed ? 0 : length;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *context) {
    struct http_client *client = context;
    buffer_add(&client->answer->body, bytes, size * count);
    client->too_large = client->answer->body.failed;
    return client->too_large ? 0 : size * count;
}

static size_t refuse_to_send(char *bytes, size_t size, size_t count, void *context) {
    struct http_client *client = context;
    (void)bytes, (void)size, (void)count;
    client->body_wanted = true;
    return CURL_READFUNC_ABORT;
}

static enum http_outcome outcome_of(const struct http_client *client, CURLcode code) {
    if (client->body_wanted) return HTTP_BODY_WANTED;
    if (client->too_large) return HTTP_TOO_LARGE;
    switch (code) {
    case CURLE_OK: return HTTP_ANSWERED;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT: return HTTP_UNREACHABLE;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR: return HTTP_UNTRUSTED;
    case CURLE_OPERATION_TIMEDOUT: return HTTP_LATE;
    default: return HTTP_BROKEN;
    }
}

// The first certificate of the chain is the server's own.
static int64_t certificate_end(CURL *curl) {
    struct curl_certinfo *chain = NULL;
    static const char name[] = "Expire date:";
    if (curl_easy_getinfo(curl, CURLINFO_CERTINFO, &chain) != CURLE_OK || !chain || chain->num_of_certs < 1)
        return 0;
    for (const struct curl_slist *line = chain->certinfo[0]; line; line = line->next)
        if (strncmp(line->data, name, sizeof name - 1) == 0) {
            int64_t end = (int64_t)curl_getdate(line->data + sizeof name - 1, NULL);
            return end > 0 ? end : 0;
        }
    return 0;
}

static void set_body(struct http_client *client, const struct http_request *request) {
    CURL *curl = client->curl;
    if (request->announced > 0) {
        curl_easy_setopt(curl, CURLOPT_POST, 1L);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->announced);
        curl_easy_setopt(curl, CURLOPT_READFUNCTION, refuse_to_send);
        curl_easy_setopt(curl, CURLOPT_READDATA, client);
        curl_easy_setopt(curl, CURLOPT_EXPECT_100_TIMEOUT_MS, (long)EXPECT_PATIENCE);
    } else if (!text_is_null(request->body)) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.length);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request->body.data);
    }
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->method);
}

static void set_bounds(struct http_client *client, const struct http_request *request) {
    CURL *curl = client->curl;
    long verify = request->any_certificate ? 0L : 1L;
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)client->settings.timeout);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, verify);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, verify ? 2L : 0L);
    curl_easy_setopt(curl, CURLOPT_CERTINFO, 1L);
    curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, request->fresh ? 1L : 0L);
    if (client->settings.tls_ca) curl_easy_setopt(curl, CURLOPT_CAINFO, client->settings.tls_ca);
}

static struct curl_slist *headers_of(const struct http_request *request, bool *good) {
    struct curl_slist *list = request->announced > 0 ? curl_slist_append(NULL, "Expect: 100-continue") : NULL;
    *good = list || request->announced <= 0;
    for (size_t i = 0; *good && request->headers && request->headers[i]; i++) {
        struct curl_slist *longer = curl_slist_append(list, request->headers[i]);
        *good = longer != NULL;
        if (longer) list = longer;
    }
    return list;
}

static void take_result(struct http_client *client, CURLcode code) {
    struct http_answer *answer = client->answer;
    const char *address = NULL;
    long status = 0;
    curl_off_t us = 0;
    answer->outcome = outcome_of(client, code);
    curl_easy_getinfo(client->curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(client->curl, CURLINFO_TOTAL_TIME_T, &us);
    curl_easy_getinfo(client->curl, CURLINFO_LOCAL_IP, &address);
    answer->status = (int)status;
    answer->us = us;
    answer->certificate_end = certificate_end(client->curl);
    snprintf(answer->local_address, sizeof answer->local_address, "%s", address ? address : "");
    if (answer->outcome == HTTP_TOO_LARGE)
        snprintf(answer->problem, sizeof answer->problem, "the answer is larger than %zu bytes",
                 client->settings.answer_max);
    else if (answer->outcome != HTTP_ANSWERED && answer->outcome != HTTP_BODY_WANTED)
        snprintf(answer->problem, sizeof answer->problem, "%s",
                 *client->message ? client->message : curl_easy_strerror(code));
}

void http_ask(struct http_client *client, const struct http_request *request, struct http_answer *answer) {
    *answer = (struct http_answer){.headers = buffer_new(HEADERS_MAX),
                                   .body = buffer_new(client->settings.answer_max)};
    CURL *curl = client->curl;
    bool good;
    struct curl_slist *headers = headers_of(request, &good);
    client->answer = answer;
    client->too_large = client->body_wanted = false;
    client->message[0] = '\0';
    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, client->message);
    curl_easy_setopt(curl, CURLOPT_URL, request->url);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, client);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, client);
    set_bounds(client, request);
    set_body(client, request);
    take_result(client, good ? curl_easy_perform(curl) : CURLE_OUT_OF_MEMORY);
    curl_slist_free_all(headers);
    client->answer = NULL;
}

void http_answer_free(struct http_answer *answer) {
    buffer_free(&answer->headers);
    buffer_free(&answer->body);
}

struct text http_header(const struct http_answer *answer, const char *name) {
    struct text all = buffer_text(&answer->headers), wanted = text_of(name);
    for (size_t start = 0; start < all.length;) {
        ptrdiff_t end = text_find(all, TEXT("\n"), start);
        size_t stop = end < 0 ? all.length : (size_t)end;
        struct text line = {all.data + start, stop - start};
        struct text head = {line.data, line.length < wanted.length ? line.length : wanted.length};
        if (line.length > wanted.length && line.data[wanted.length] == ':' &&
            text_equal_ignoring_case(head, wanted))
            return text_trim((struct text){line.data + wanted.length + 1, line.length - wanted.length - 1});
        start = stop + 1;
    }
    return TEXT_NULL;
}
