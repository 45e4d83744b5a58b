// SPDX-License-Identifier: GPL-2.0-or-later
// How a mail account reaches its server, and as whom.
#include "cron/fetch/login.h"

#include "crypto/password.h"

#include <string.h>

#define RENEWAL "only osTicket's OAuth2 plugin renews it: sign in anew with the mailbox's account in osTicket"

// For "%.*s".
#define SHOWN(text) (int)text_cut(text, 60).length, (text).data ? (text).data : ""

static bool refuse(const char *why, struct error *error) {
    return error_set(error, ERROR_UNPROCESSABLE, "Credentials: %s", why);
}

static bool read_protocol(const struct mail_account *account, struct mailbox_server *server,
                          struct error *error) {
    bool imap = text_equal_ignoring_case(account->protocol, TEXT("IMAP"));
    server->protocol = imap ? MAILBOX_IMAP : MAILBOX_POP3;
    return imap || text_equal_ignoring_case(account->protocol, TEXT("POP")) ||
           error_set(error, ERROR_UNPROCESSABLE, "Unknown mail protocol \"%.*s\": it has to be IMAP or POP",
                     SHOWN(account->protocol));
}

// Decrypts what is bound to `owner` and the account.
static bool unlock(const struct mail_account *account, struct text stored, struct text owner,
                   struct text secret_salt, struct buffer *secret, struct error *error) {
    struct error why = {0};
    if (!password_decrypt_account(stored, secret_salt, owner, account->namespace, secret, &why))
        return refuse(*why.detail ? why.detail : why.message, error);
    return (secret->length && !memchr(secret->data, '\0', secret->length)) ||
           refuse("the password is empty, or no text", error);
}

static bool use_password(const struct mail_account *account, struct text secret_salt, struct arena *arena,
                         struct buffer *secret, struct mailbox_server *server, struct error *error) {
    if (!account->username.length || !account->password.length)
        return refuse("user name or password is missing", error);
    server->username = arena_copy(arena, account->username);
    if (!unlock(account, account->password, account->username, secret_salt, secret, error)) return false;
    server->password = buffer_text(secret);
    return true;
}

static bool use_token(const struct mail_account *account, struct text secret_salt, int64_t now,
                      struct arena *arena, struct buffer *secret, struct mailbox_server *server,
                      struct error *error) {
    int64_t expires;
    if (!account->token.length) return refuse("there is no OAuth2 token; " RENEWAL, error);
    if (!text_to_int64(account->token_expires.data ? account->token_expires : TEXT(""), &expires))
        return refuse("the OAuth2 token does not say when it expires; " RENEWAL, error);
    if (expires <= now) return refuse("the OAuth2 token has expired; " RENEWAL, error);
    if (!account->address.length)
        return refuse("the account's mailbox is gone, whose address is the user's name", error);
    server->username = arena_copy(arena, account->address);
    struct text owner = account->token_owner.data ? account->token_owner : TEXT("");
    if (!unlock(account, account->token, owner, secret_salt, secret, error)) return false;
    server->token = buffer_text(secret);
    return true;
}

static bool use_credentials(const struct mail_account *account, struct text secret_salt, int64_t now,
                            struct arena *arena, struct buffer *secret, struct mailbox_server *server,
                            struct error *error) {
    struct text kind = account->authentication.data ? account->authentication : TEXT("");
    if (text_equal(kind, TEXT("basic")))
        return use_password(account, secret_salt, arena, secret, server, error);
    if (text_equal(kind, TEXT("oauth2")) || text_starts_with(kind, TEXT("oauth2:")))
        return use_token(account, secret_salt, now, arena, secret, server, error);
    if (text_equal(kind, TEXT("mailbox")))
        return refuse("\"same as the mailbox\" is for sending: give this account its own", error);
    if (text_equal(kind, TEXT("none")) || !kind.length)
        return refuse("none are chosen: a mailbox needs a user name and a password, or OAuth2", error);
    return error_set(error, ERROR_UNPROCESSABLE, "Credentials: \"%.*s\" is no kind that is known here",
                     SHOWN(kind));
}

bool fetch_login(const struct mail_account *account, struct text secret_salt, int64_t now,
                 struct arena *arena, struct buffer *secret, struct mailbox_server *server,
                 struct error *error) {
    *server = (struct mailbox_server){.host = TEXT_NULL};
    if (!read_protocol(account, server, error)) return false;
    struct text host = account->host.data ? account->host : TEXT("");
    if (!mailbox_address(host, account->port, arena, server))
        return error_set(error, ERROR_UNPROCESSABLE, "The account's host or port is none");
    return use_credentials(account, secret_salt, now, arena, secret, server, error) &&
           (!arena->failed || error_set(error, ERROR_INTERNAL, "out of memory"));
}

void fetch_wipe(struct buffer *secret) {
    if (secret->capacity) explicit_bzero(secret->data, secret->capacity);
    buffer_free(secret);
}
