// SPDX-License-Identifier: GPL-2.0-or-later
// Sending through an SMTP server, by libcurl.
#include "delivery/smtp.h"

#include "base/buffer.h"
#include "mail/header_text.h"

#include <curl/curl.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CONNECT_TIMEOUT 20 // seconds, unless the whole delivery has less
#define ANSWER_MAX      256

struct smtp {
    CURL *curl;
    struct smtp_settings settings;
    char message[CURL_ERROR_SIZE];
    char answer[ANSWER_MAX]; // the server's last line
    int descriptor;
    bool has_read; // something of the message was handed over
};

struct smtp *smtp_new(const struct smtp_settings *settings) {
    struct smtp *smtp = calloc(1, sizeof *smtp);
    if (!smtp) return NULL;
    smtp->settings = *settings;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK) smtp->curl = curl_easy_init();
    if (!smtp->curl) smtp_free(&smtp);
    return smtp;
}

void smtp_free(struct smtp **smtp) {
    if (!*smtp) return;
    if ((*smtp)->curl) curl_easy_cleanup((*smtp)->curl);
    curl_global_cleanup();
    free(*smtp);
    *smtp = NULL;
}

void smtp_rest(struct smtp *smtp) {
    CURL *fresh = curl_easy_init();
    if (!fresh) return;
    curl_easy_cleanup(smtp->curl);
    smtp->curl = fresh;
}

static bool is_host(struct text host) {
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_:[]";
    for (size_t i = 0; i < host.length; i++)
        if (!host.data[i] || (!strchr(allowed, host.data[i]) && (unsigned char)host.data[i] < 0x80))
            return false;
    return host.length > 0 && host.length < 254;
}

bool smtp_address_of(const struct smtp_account *account, struct smtp_address *address) {
    static const struct {
        struct text scheme;
        enum smtp_security security;
    } schemes[] = {{{"ssl://", 6}, SMTP_TLS}, {{"tls://", 6}, SMTP_STARTTLS}, {{"plain://", 8}, SMTP_PLAIN}};
    struct text host = text_trim(account->host);
    address->port = account->port;
    bool tls = account->port == 465 || account->port == 993 || account->port == 995;
    address->security = tls ? SMTP_TLS : account->port == 587 ? SMTP_STARTTLS : SMTP_PLAIN;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        struct text scheme = schemes[i].scheme;
        struct text start = {host.data, host.length < scheme.length ? host.length : scheme.length};
        if (!text_equal_ignoring_case(start, scheme)) continue;
        host = (struct text){host.data + scheme.length, host.length - scheme.length};
        address->security = schemes[i].security;
        break;
    }
    while (host.length && host.data[host.length - 1] == '/') host.length--;
    address->host = host;
    return is_host(host) && address->port > 0 && address->port < 65536;
}

static size_t read_message(char *to, size_t size, size_t count, void *context) {
    struct smtp *smtp = context;
    ssize_t got;
    while ((got = read(smtp->descriptor, to, size * count)) < 0 && errno == EINTR) continue;
    if (got > 0) smtp->has_read = true;
    return got < 0 ? CURL_READFUNC_ABORT : (size_t)got;
}

static int seek_message(void *context, curl_off_t offset, int origin) {
    struct smtp *smtp = context;
    return lseek(smtp->descriptor, (off_t)offset, origin) < 0 ? CURL_SEEKFUNC_FAIL : CURL_SEEKFUNC_OK;
}

static size_t keep_answer(char *line, size_t size, size_t count, void *context) {
    struct smtp *smtp = context;
    size_t length = size * count < ANSWER_MAX - 1 ? size * count : ANSWER_MAX - 1;
    while (length && (line[length - 1] == '\n' || line[length - 1] == '\r')) length--;
    memcpy(smtp->answer, line, length);
    smtp->answer[length] = '\0';
    return size * count;
}

static int look_up(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
    struct smtp *smtp = context;
    (void)a, (void)b, (void)c, (void)d;
    return smtp->settings.is_stopping && smtp->settings.is_stopping(smtp->settings.context);
}

static void set_url(struct smtp *smtp, const struct smtp_address *address) {
    struct buffer url = buffer_new(512);
    bool bare_ipv6 = text_find(address->host, TEXT(":"), 0) >= 0 && address->host.data[0] != '[';
    buffer_add_string(&url, address->security == SMTP_TLS ? "smtps://" : "smtp://");
    if (bare_ipv6) buffer_add_char(&url, '[');
    buffer_add_text(&url, address->host);
    if (bare_ipv6) buffer_add_char(&url, ']');
    buffer_add_format(&url, ":%" PRId64, address->port);
    curl_easy_setopt(smtp->curl, CURLOPT_URL, url.data);
    curl_easy_setopt(smtp->curl, CURLOPT_USE_SSL,
                     (long)(address->security == SMTP_PLAIN ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    buffer_free(&url);
}

static void set_rules(struct smtp *smtp) {
    CURL *curl = smtp->curl;
    unsigned timeout = smtp->settings.timeout;
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
#else
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS, (long)(CURLPROTO_SMTP | CURLPROTO_SMTPS));
#endif
    // Also bounds the good-bye of a connection that is closed later.
    curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)timeout);
    curl_easy_setopt(curl, CURLOPT_PROXY, ""); // none, whatever the environment says
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)timeout);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT,
                     (long)(timeout < CONNECT_TIMEOUT ? timeout : CONNECT_TIMEOUT));
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, smtp->settings.verify ? 1L : 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, smtp->settings.verify ? 2L : 0L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (smtp->settings.tls_ca && smtp->settings.tls_ca[0])
        curl_easy_setopt(curl, CURLOPT_CAINFO, smtp->settings.tls_ca);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, smtp->message);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, keep_answer);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, smtp);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look_up);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, smtp);
}

static bool set_message(struct smtp *smtp, const struct smtp_mail *mail) {
    off_t size = lseek(mail->descriptor, 0, SEEK_END);
    if (size < 0 || lseek(mail->descriptor, 0, SEEK_SET) < 0) return false;
    smtp->descriptor = mail->descriptor;
    smtp->has_read = false;
    curl_easy_setopt(smtp->curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(smtp->curl, CURLOPT_READFUNCTION, read_message);
    curl_easy_setopt(smtp->curl, CURLOPT_READDATA, smtp);
    curl_easy_setopt(smtp->curl, CURLOPT_SEEKFUNCTION, seek_message);
    curl_easy_setopt(smtp->curl, CURLOPT_SEEKDATA, smtp);
    curl_easy_setopt(smtp->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)size);
    return true;
}

static struct curl_slist *envelope(struct smtp *smtp, const struct smtp_mail *mail) {
    struct curl_slist *list = NULL;
    struct buffer address = buffer_new(512);
    buffer_add_text(&address, mail->from);
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_FROM, address.data);
    for (size_t i = 0; i < mail->recipient_count; i++) {
        buffer_clear(&address);
        buffer_add_text(&address, mail->recipients[i].address);
        struct curl_slist *longer = curl_slist_append(list, address.data);
        if (longer) list = longer;
    }
    buffer_free(&address);
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, list);
    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT_ALLLOWFAILS, mail->accept_some ? 1L : 0L);
    return list;
}

static void set_login(struct smtp *smtp, const struct smtp_mail *mail) {
    if (text_is_null(mail->username)) return;
    curl_easy_setopt(smtp->curl, CURLOPT_USERNAME, mail->username.data);
    curl_easy_setopt(smtp->curl, CURLOPT_PASSWORD, mail->password.data ? mail->password.data : "");
}

// A server may have closed the connection that was kept; another one is worth a try if nothing of the message
// went out.
static bool is_stale(struct smtp *smtp, CURLcode code) {
    long connects = 1;
    curl_easy_getinfo(smtp->curl, CURLINFO_NUM_CONNECTS, &connects);
    return connects == 0 && !smtp->has_read &&
           (code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR || code == CURLE_GOT_NOTHING ||
            code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_SSL_CONNECT_ERROR);
}

static bool explain(struct smtp *smtp, CURLcode code, struct error *error) {
    if (code == CURLE_ABORTED_BY_CALLBACK) return error_set(error, ERROR_ABORTED, "told to stop");
    error_set(error, ERROR_UNAVAILABLE, "the SMTP server did not take the mail");
    struct buffer words = buffer_new(1024);
    mail_one_line(text_of(smtp->message[0] ? smtp->message : curl_easy_strerror(code)), &words);
    bool answered = smtp->answer[0] == '4' || smtp->answer[0] == '5';
    if (answered) {
        buffer_add_string(&words, "; it said: ");
        struct buffer answer = buffer_new(ANSWER_MAX * 4);
        mail_one_line(text_of(smtp->answer), &answer);
        buffer_add_text(&words, buffer_text(&answer));
        buffer_free(&answer);
    }
    error_detail(error, "%s", words.data);
    buffer_free(&words);
    return false;
}

bool smtp_send(struct smtp *smtp, const struct smtp_address *address, const struct smtp_mail *mail,
               struct error *error) {
    curl_easy_reset(smtp->curl); // keeps the connections
    smtp->message[0] = smtp->answer[0] = '\0';
    set_rules(smtp);
    set_url(smtp, address);
    set_login(smtp, mail);
    if (!set_message(smtp, mail))
        return error_set(error, ERROR_INTERNAL, "the message's temporary file cannot be read");
    struct curl_slist *list = envelope(smtp, mail);
    CURLcode code = curl_easy_perform(smtp->curl);
    if (is_stale(smtp, code) && lseek(mail->descriptor, 0, SEEK_SET) == 0) {
        curl_easy_setopt(smtp->curl, CURLOPT_FRESH_CONNECT, 1L);
        code = curl_easy_perform(smtp->curl);
    }
    curl_slist_free_all(list);
    return code == CURLE_OK || explain(smtp, code, error);
}
