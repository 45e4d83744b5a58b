// SPDX-License-Identifier: GPL-2.0-or-later
// From a worker to who holds requests.
#include "serve/hold.h"

#include "pool/holding.h"
#include "serve/holding_words.h"
#include "serve/php_fpm.h"

#include <stdio.h>
#include <string.h>

// What libfcgi puts beside the web server's parameters.
#define OF_LIBFCGI TEXT("FCGI_ROLE=")

static void add_parameters(char *const *parameters, struct buffer *out) {
    for (; *parameters; parameters++) {
        struct text whole = text_of(*parameters);
        ptrdiff_t sign = text_find(whole, TEXT("="), 0);
        if (sign < 0 || text_starts_with(whole, OF_LIBFCGI)) continue;
        struct text value = {whole.data + sign + 1, whole.length - (size_t)sign - 1};
        php_parameter_add(out, (struct text){whole.data, (size_t)sign}, value);
    }
}

static void describe(const struct exchange *exchange, const struct hold_account *account,
                     struct holding *holding) {
    memset(holding, 0, sizeof *holding); // all of it leaves the process
    holding->wait = exchange->answer.wait;
    holding->request_id = exchange->connection->requestId;
    holding->begun_us = account->begun_us;
    snprintf(holding->id, sizeof holding->id, "%s", exchange->request.id);
    snprintf(holding->client, sizeof holding->client, "%s", exchange->request.client);
    snprintf(holding->key, sizeof holding->key, "%s", account->key);
}

static bool waits(const struct exchange *exchange) {
    return exchange->answer.wait.seconds && text_is_null(exchange->request.waited) && exchange->read;
}

enum hold_outcome hold_request(struct exchange *exchange, int holding, const struct hold_account *account) {
    struct holding of;
    enum hold_outcome outcome = HOLD_NOT;
    if (!waits(exchange) || holding < 0) return outcome;
    struct buffer parameters = buffer_new(HOLDING_BYTES_MAX), answer = buffer_new(HOLDING_BYTES_MAX);
    describe(exchange, account, &of);
    add_parameters(exchange->connection->envp, &parameters);
    if (!parameters.failed && exchange_keep(exchange, &answer)) {
        of.parameters = parameters.length;
        of.answer = answer.length;
        if (holding_send(holding, exchange->connection->ipcFd, &of, buffer_text(&parameters),
                         buffer_text(&answer))) {
            exchange_let_go(exchange);
            outcome = HOLD_HELD;
        } else {
            outcome = exchange_send_kept(exchange, &answer) ? HOLD_ANSWERED : HOLD_LOST;
        }
    }
    buffer_free(&parameters);
    buffer_free(&answer);
    return outcome;
}

void hold_tell(struct exchange *exchange) {
    if (text_is_null(exchange->request.waited) || !*exchange->answer.wait.position) return;
    snprintf(exchange->file_headers, sizeof exchange->file_headers, HELD_HEADER "%s\r\n",
             exchange->answer.wait.position);
    exchange->headers = exchange->file_headers;
}
