// SPDX-License-Identifier: GPL-2.0-or-later
// The ways out for a mail.
#include "delivery/transport.h"

#include "base/buffer.h"
#include "base/clock.h"
#include "base/log.h"
#include "crypto/password.h"
#include "delivery/sendmail.h"
#include "delivery/smtp.h"
#include "delivery/temporary_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DOWN_MAX       16
#define DOWN_MS        60000
#define WAYS_MAX       3
#define REST_MS        30000
#define GRACE_MS       10000 // for a transfer in hand when the mailer is told to stop
#define STRICT_TRIES   2
#define PASSWORD_MAX   4096
#define COMPLAINTS_MAX 480

// A server as an account names it: one that an administrator has just set right is another.
struct smtp_server {
    int64_t account, port;
    char host[128];
};

struct transport {
    struct transport_settings settings;
    struct log *log;
    struct smtp *smtp;
    struct {
        struct smtp_server server;
        int64_t until;
    } down[DOWN_MAX]; // servers that hung
    unsigned down_next;
    int64_t hinted; // the last OAuth2 account complained about
    int64_t stopping_since;
    int64_t used; // when SMTP was last used; 0: no connection is open
};

static bool is_to_break_off(void *context) {
    struct transport *transport = context;
    const struct transport_settings *settings = &transport->settings;
    if (!settings->is_stopping || !settings->is_stopping(settings->context)) return false;
    if (!transport->stopping_since) transport->stopping_since = clock_monotonic_ms();
    return clock_monotonic_ms() - transport->stopping_since > GRACE_MS;
}

struct transport *transport_new(const struct transport_settings *settings, struct log *log) {
    struct transport *transport = calloc(1, sizeof *transport);
    if (!transport) return NULL;
    struct smtp_settings smtp = {settings->verify, settings->tls_ca, settings->timeout, is_to_break_off,
                                 transport};
    transport->settings = *settings;
    transport->log = log;
    transport->smtp = smtp_new(&smtp);
    if (!transport->smtp) transport_free(&transport);
    return transport;
}

void transport_free(struct transport **transport) {
    if (!*transport) return;
    smtp_free(&(*transport)->smtp);
    free(*transport);
    *transport = NULL;
}

void transport_rest(struct transport *transport) {
    if (!transport->used || clock_monotonic_ms() - transport->used < REST_MS) return;
    smtp_rest(transport->smtp);
    transport->used = 0;
}

int64_t transport_longest(const struct transport *transport) {
    return WAYS_MAX * (int64_t)transport->settings.timeout;
}

static struct smtp_server server_of(const struct smtp_account *account) {
    struct smtp_server server = {.account = account->id, .port = account->port};
    size_t room = sizeof server.host;
    memcpy(server.host, account->host.data, account->host.length < room ? account->host.length : room);
    return server;
}

static bool is_down(const struct transport *transport, const struct smtp_account *account) {
    struct smtp_server server = server_of(account);
    for (size_t i = 0; i < DOWN_MAX; i++) {
        const struct smtp_server *down = &transport->down[i].server;
        if (down->account == server.account && down->port == server.port &&
            memcmp(down->host, server.host, sizeof server.host) == 0)
            if (transport->down[i].until > clock_monotonic_ms()) return true;
    }
    return false;
}

static void set_down(struct transport *transport, const struct smtp_account *account) {
    unsigned slot = transport->down_next++ % DOWN_MAX;
    transport->down[slot].server = server_of(account);
    transport->down[slot].until = clock_monotonic_ms() + DOWN_MS;
}

// The message as this way wants it, in a file of its own. -1 with `error` set.
static int write_message(struct composition *mail, struct text sender, bool crlf, struct error *error) {
    int file = temporary_file_open(error);
    if (file < 0) return -1;
    mail->message.sender_address = sender;
    if (message_write(&mail->message, crlf, file, error)) return file;
    close(file);
    return -1;
}

// User name and password of an account that has any; false when the password cannot be read.
static bool unlock(const struct transport *transport, const struct smtp_account *account,
                   struct smtp_mail *mail, struct buffer *password, struct error *error) {
    if (!text_equal_ignoring_case(account->authentication, TEXT("basic")) || !account->username.length)
        return true;
    if (account->password.length &&
        !password_decrypt_account(account->password, transport->settings.secret_salt, account->username,
                                  account->namespace, password, error))
        return false;
    mail->username = account->username;
    mail->password = buffer_text(password);
    return true;
}

// Whom the server is told the mail is from: the account's own address unless it may send for others.
static struct text envelope_sender(const struct smtp_account *account, const struct composition *mail) {
    bool own = text_equal_ignoring_case(account->address, mail->mailbox.address);
    bool other = !own && !account->allow_spoofing && account->address.length;
    return other ? account->address : TEXT_NULL;
}

static bool send_by_account(struct transport *transport, const struct smtp_account *account,
                            struct composition *mail, int64_t attempts, struct error *error) {
    struct smtp_address address;
    struct text sender = envelope_sender(account, mail);
    struct smtp_mail smtp = {.from = sender.length ? sender : mail->mailbox.address,
                             .recipients = mail->message.recipients,
                             .recipient_count = mail->message.recipient_count,
                             .accept_some = attempts >= STRICT_TRIES};
    struct buffer password = buffer_new(PASSWORD_MAX);
    if (!smtp_address_of(account, &address))
        return error_set(error, ERROR_UNPROCESSABLE, "the SMTP account's host or port is none");
    if (!unlock(transport, account, &smtp, &password, error)) return false;
    int64_t begin = clock_monotonic_ms();
    smtp.descriptor = write_message(mail, sender, true, error);
    bool done = smtp.descriptor >= 0 && smtp_send(transport->smtp, &address, &smtp, error);
    if (smtp.descriptor >= 0) close(smtp.descriptor);
    transport->used = clock_monotonic_ms();
    explicit_bzero(password.data, password.length);
    buffer_free(&password);
    bool slow = clock_monotonic_ms() - begin >= (int64_t)transport->settings.timeout * 900;
    if (!done && slow && error->code != ERROR_ABORTED) set_down(transport, account);
    return done;
}

static bool send_by_sendmail(struct transport *transport, struct composition *mail, struct error *error) {
    int file = write_message(mail, TEXT_NULL, false, error);
    if (file < 0) return false;
    bool done = sendmail_send(transport->settings.sendmail, mail->mailbox.address, file,
                              transport->settings.timeout, error);
    close(file);
    return done;
}

static void add_complaint(struct buffer *complaints, const char *who, const struct error *error) {
    if (complaints->length) buffer_add_string(complaints, "; ");
    buffer_add_format(complaints, "%s: %s", who, error->detail[0] ? error->detail : error->message);
}

static bool is_oauth(const struct smtp_account *account) {
    return text_starts_with(account->authentication, TEXT("oauth2"));
}

static void hint_oauth(struct transport *transport, const struct smtp_account *account) {
    if (transport->hinted == account->id) return;
    transport->hinted = account->id;
    log_write(
        transport->log, LOG_LEVEL_WARNING,
        "mail: the SMTP account of %.*s logs in by OAuth2, which is not supported here; its mail goes out by "
        "the default SMTP account or sendmail. Mend: give the mailbox an SMTP account with a password",
        (int)account->address.length, account->address.data ? account->address.data : "");
}

static bool try_account(struct transport *transport, const struct smtp_account *account,
                        struct composition *mail, int64_t attempts, struct buffer *complaints,
                        struct error *error) {
    char who[400];
    snprintf(who, sizeof who, "%.*s", account->host.length < 300 ? (int)account->host.length : 300,
             account->host.data);
    if (is_oauth(account)) {
        hint_oauth(transport, account);
        error_set(error, ERROR_UNPROCESSABLE, "logs in by OAuth2, which is not supported");
    } else if (is_down(transport, account)) {
        error_set(error, ERROR_UNAVAILABLE, "hung a moment ago; not tried again yet");
        add_complaint(complaints, who, error);
        return false;
    } else if (send_by_account(transport, account, mail, attempts, error)) {
        return true;
    }
    if (error->code == ERROR_ABORTED) return false;
    add_complaint(complaints, who, error);
    log_write(transport->log, LOG_LEVEL_NOTICE, "mail: SMTP server %s: %s", who,
              error->detail[0] ? error->detail : error->message);
    return false;
}

static bool try_all(struct transport *transport, const struct smtp_account *accounts, size_t count,
                    struct composition *mail, int64_t attempts, struct buffer *complaints,
                    struct error *error) {
    for (size_t i = 0; i < count && i < WAYS_MAX - 1; i++) {
        if (try_account(transport, &accounts[i], mail, attempts, complaints, error)) return true;
        if (error->code == ERROR_ABORTED) return false;
    }
    if (!transport->settings.sendmail || !transport->settings.sendmail[0]) {
        if (!count)
            error_set(error, ERROR_UNPROCESSABLE, "there is neither an SMTP account nor a sendmail program");
        if (!count) add_complaint(complaints, "mail", error);
        return false;
    }
    if (send_by_sendmail(transport, mail, error)) return true;
    add_complaint(complaints, "sendmail", error);
    return false;
}

bool transport_send(struct transport *transport, struct db *db, const struct help_desk *help_desk,
                    struct composition *mail, int64_t attempts, struct arena *arena, struct error *error) {
    struct smtp_account *accounts;
    size_t count;
    struct buffer complaints = buffer_new(64 * 1024);
    int64_t default_id = help_desk_number(help_desk, "default_smtp_id", 0);
    if (!smtp_accounts_load(db, mail->mailbox.email_id, default_id, arena, &accounts, &count, error))
        return false;
    bool done = try_all(transport, accounts, count, mail, attempts, &complaints, error);
    if (!done && error->code != ERROR_ABORTED) {
        error_set(error, ERROR_UNPROCESSABLE, "the mail was not taken");
        error_detail(error, "%.*s", COMPLAINTS_MAX, complaints.data);
    }
    buffer_free(&complaints);
    return done;
}
