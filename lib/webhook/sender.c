// SPDX-License-Identifier: GPL-2.0-or-later
// Calls webhooks by libcurl.
#include "webhook/sender.h"

#include "base/buffer.h"
#include "webhook/address_rule.h"
#include "webhook/secret.h"
#include "webhook/target.h"

#include <curl/curl.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TIMEOUT_MS       10000
#define CONNECT_MS       5000
#define HEADERS_MAX      16384
#define SIGNATURES_MAX   512
#define IDLE_S           50 // a connection that nobody used for so long is not used again
#define RETRY_AFTER_MOST 86400

struct call {
    struct sender *sender;
    CURL *curl;
    struct curl_slist *headers;
    void *of;
    bool busy, told_enough;
    size_t header_bytes, body_bytes;
    const char *refused; // why an address of it may not be called
    char message[CURL_ERROR_SIZE];
    char said[120]; // how the answer's body begins
};

struct sender {
    CURLM *multi;
    struct sender_settings settings;
    size_t busy;
    struct call calls[SENDER_CALLS_MAX];
};

bool webhook_succeeded(const struct webhook_outcome *outcome) {
    return outcome->status >= 200 && outcome->status < 300;
}

struct sender *sender_new(const struct sender_settings *settings) {
    struct sender *sender = calloc(1, sizeof *sender);
    if (!sender) return NULL;
    sender->settings = *settings;
    if (!sender->settings.timeout_ms) sender->settings.timeout_ms = TIMEOUT_MS;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK) sender->multi = curl_multi_init();
    if (!sender->multi) {
        sender_free(&sender);
        return NULL;
    }
    curl_multi_setopt(sender->multi, CURLMOPT_MAXCONNECTS, (long)SENDER_CALLS_MAX);
    return sender;
}

static void end_call(struct call *call) {
    if (!call->busy) return;
    curl_multi_remove_handle(call->sender->multi, call->curl);
    curl_slist_free_all(call->headers);
    call->headers = NULL;
    call->busy = false;
    call->sender->busy--;
}

void sender_free(struct sender **sender) {
    if (!*sender) return;
    for (size_t i = 0; i < SENDER_CALLS_MAX; i++) {
        end_call(&(*sender)->calls[i]);
        if ((*sender)->calls[i].curl) curl_easy_cleanup((*sender)->calls[i].curl);
    }
    if ((*sender)->multi) curl_multi_cleanup((*sender)->multi);
    curl_global_cleanup();
    free(*sender);
    *sender = NULL;
}

// ---- what a connection may be made to

static bool address_of(const struct curl_sockaddr *wanted, struct address *address) {
    static const struct address ipv4 = {{[10] = 0xFF, [11] = 0xFF}};
    if (wanted->family == AF_INET) {
        const struct sockaddr_in *of = (const void *)&wanted->addr;
        *address = ipv4;
        memcpy(address->bytes + 12, &of->sin_addr, 4);
        return true;
    }
    if (wanted->family != AF_INET6) return false;
    const struct sockaddr_in6 *of = (const void *)&wanted->addr;
    memcpy(address->bytes, &of->sin6_addr, sizeof address->bytes);
    return true;
}

// This is the address that is connected to, whatever a name led to before or leads to afterwards.
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *wanted) {
    struct call *call = context;
    struct address address;
    const char *refused = "an address of an unknown kind";
    (void)purpose;
    if (address_of(wanted, &address)) refused = address_refusal(&address, call->sender->settings.allow);
    if (refused) {
        call->refused = refused;
        return CURL_SOCKET_BAD;
    }
    return socket(wanted->family, wanted->socktype | SOCK_CLOEXEC, wanted->protocol);
}

// ---- what is read of an answer

// Of an answer that does not end the beginning is enough; its status counts.
static size_t take_body(char *bytes, size_t size, size_t count, void *context) {
    struct call *call = context;
    size_t length = size * count;
    if (!call->body_bytes)
        snprintf(call->said, sizeof call->said, "%.*s", (int)(length < 100 ? length : 100), bytes);
    call->body_bytes += length;
    call->told_enough = call->body_bytes > SENDER_ANSWER_MAX;
    return call->told_enough ? 0 : length;
}

static size_t take_header(char *bytes, size_t size, size_t count, void *context) {
    struct call *call = context;
    (void)bytes;
    call->header_bytes += size * count;
    return call->header_bytes > HEADERS_MAX ? 0 : size * count;
}

// ---- beginning

static bool add_header(struct call *call, const char *name, struct text value) {
    struct buffer line = buffer_new(1024);
    buffer_add_string(&line, name);
    buffer_add_text(&line, value);
    struct curl_slist *longer = line.failed ? NULL : curl_slist_append(call->headers, line.data);
    buffer_free(&line);
    if (longer) call->headers = longer;
    return longer != NULL;
}

static bool sign(const struct webhook_call *what, int64_t now, struct buffer *signatures) {
    return webhook_sign(what->secret, what->id, now, what->body, signatures) &&
           (text_is_null(what->old_secret) ||
            webhook_sign(what->old_secret, what->id, now, what->body, signatures));
}

static bool set_headers(struct call *call, const struct webhook_call *what) {
    struct buffer signatures = buffer_new(SIGNATURES_MAX);
    int64_t now = (int64_t)time(NULL);
    char timestamp[24];
    snprintf(timestamp, sizeof timestamp, "%" PRId64, now);
    bool good = sign(what, now, &signatures) &&
                add_header(call, "Content-Type: application/json", TEXT("")) &&
                add_header(call, "User-Agent: osticket-fcgi", TEXT("")) &&
                add_header(call, "Expect:", TEXT("")) && add_header(call, "webhook-id: ", what->id) &&
                add_header(call, "webhook-timestamp: ", text_of(timestamp)) &&
                add_header(call, "webhook-signature: ", buffer_text(&signatures));
    buffer_free(&signatures);
    if (good) curl_easy_setopt(call->curl, CURLOPT_HTTPHEADER, call->headers);
    return good;
}

static void set_rules(struct call *call) {
    CURL *curl = call->curl;
    const struct sender_settings *settings = &call->sender->settings;
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, settings->http ? "http,https" : "https");
#else
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS,
                     (long)(settings->http ? CURLPROTO_HTTP | CURLPROTO_HTTPS : CURLPROTO_HTTPS));
#endif
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, ""); // none, whatever the environment says
    curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)settings->timeout_ms);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(curl, CURLOPT_MAXAGE_CONN, (long)IDLE_S);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (settings->tls_ca && *settings->tls_ca) curl_easy_setopt(curl, CURLOPT_CAINFO, settings->tls_ca);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, call);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, call);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, call);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, call->message);
    curl_easy_setopt(curl, CURLOPT_PRIVATE, call);
}

static bool set_url(struct call *call, struct text url) {
    char terminated[WEBHOOK_URL_MAX + 1];
    if (url.length > WEBHOOK_URL_MAX) return false;
    snprintf(terminated, sizeof terminated, "%.*s", (int)url.length, url.data);
    return curl_easy_setopt(call->curl, CURLOPT_URL, terminated) == CURLE_OK;
}

static struct call *free_call(struct sender *sender) {
    for (size_t i = 0; i < SENDER_CALLS_MAX; i++)
        if (!sender->calls[i].busy) return &sender->calls[i];
    return NULL;
}

// The handle is kept from call to call, the connections are the multi handle's.
static bool prepare(struct sender *sender, struct call *call, const struct webhook_call *what) {
    CURL *curl = call->curl ? call->curl : curl_easy_init();
    *call = (struct call){.sender = sender, .curl = curl, .of = what->of};
    if (!curl) return false;
    curl_easy_reset(curl);
    set_rules(call);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)what->body.length);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, what->body.data);
    return set_url(call, what->url) && set_headers(call, what) &&
           curl_multi_add_handle(sender->multi, curl) == CURLM_OK;
}

bool sender_start(struct sender *sender, const struct webhook_call *what, struct error *error) {
    struct call *call = free_call(sender);
    if (!call) return error_set(error, ERROR_CONFLICT, "as many webhooks are called as can be at once");
    if (!prepare(sender, call, what)) {
        curl_slist_free_all(call->headers);
        call->headers = NULL;
        return error_set(error, ERROR_INTERNAL, "the call cannot be made: its url or secret is none");
    }
    call->busy = true;
    sender->busy++;
    return true;
}

size_t sender_busy(const struct sender *sender) {
    return sender->busy;
}

// ---- ending

// Texts of a receiver are for a log and a column: one line without control characters.
static void clean(char *text) {
    for (char *c = text; *c; c++)
        if ((unsigned char)*c < ' ' || (unsigned char)*c >= 0x7F) *c = ' ';
}

static void explain(struct call *call, CURLcode code, struct webhook_outcome *outcome) {
    char *problem = outcome->problem;
    size_t size = sizeof outcome->problem;
    const char *said = *call->message ? call->message : curl_easy_strerror(code);
    clean(call->said);
    if (outcome->status >= 300 && outcome->status < 400)
        snprintf(problem, size, "it answers %d; redirects are not followed", outcome->status);
    else if (outcome->status)
        snprintf(problem, size, "it answers %d%s%s", outcome->status, *call->said ? ": " : "", call->said);
    else if (call->refused)
        snprintf(problem, size, "its name leads to %s, and [webhooks] allow does not name it", call->refused);
    else
        snprintf(problem, size, "%.250s", said);
    clean(problem);
}

static void take_outcome(struct call *call, CURLcode code, struct webhook_outcome *outcome) {
    long status = 0;
    curl_off_t wait = 0;
    *outcome = (struct webhook_outcome){.of = call->of};
    // An answer that is longer than is read has its status all the same; one that broke off has none.
    bool answered = code == CURLE_OK || call->told_enough;
    if (answered) curl_easy_getinfo(call->curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(call->curl, CURLINFO_RETRY_AFTER, &wait);
    outcome->status = (int)status;
    outcome->retry_after = wait > RETRY_AFTER_MOST ? RETRY_AFTER_MOST : wait > 0 ? wait : 0;
    if (!webhook_succeeded(outcome)) explain(call, code, outcome);
}

size_t sender_work(struct sender *sender, int wait_ms, struct webhook_outcome *outcomes, size_t limit) {
    int running = 0, left = 0;
    size_t count = 0;
    const CURLMsg *message;
    curl_multi_perform(sender->multi, &running);
    if (wait_ms && running && (size_t)running == sender->busy) {
        curl_multi_poll(sender->multi, NULL, 0, wait_ms, NULL);
        curl_multi_perform(sender->multi, &running);
    }
    while (count < limit && (message = curl_multi_info_read(sender->multi, &left))) {
        struct call *call = NULL;
        if (message->msg != CURLMSG_DONE) continue;
        CURLcode code = message->data.result; // gone with the handle
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &call);
        take_outcome(call, code, &outcomes[count++]);
        end_call(call);
    }
    return count;
}
