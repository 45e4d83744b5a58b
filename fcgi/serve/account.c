// SPDX-License-Identifier: GPL-2.0-or-later
// What became of a request: counted, and a line in the log.
#include "serve/account.h"

#include "base/log.h"
#include "serve/replicas.h"

#include <stdio.h>

#define KEY_SHOWN      4
#define KEY_SHOWN_FROM 12 // of a shorter key the last four would be too much

void account_of_key(const struct request *request, char shown[WHO_SIZE]) {
    struct text key = request->key;
    if (!key.length && !text_is_null(request->token))
        snprintf(shown, WHO_SIZE, "token");
    else if (!key.data)
        snprintf(shown, WHO_SIZE, "-");
    else if (key.length < KEY_SHOWN_FROM)
        snprintf(shown, WHO_SIZE, "…");
    else
        snprintf(shown, WHO_SIZE, "…%.*s", KEY_SHOWN, key.data + key.length - KEY_SHOWN);
}

void account_of_client(const struct principal *principal, char shown[WHO_SIZE]) {
    if (!principal->key_id)
        snprintf(shown, WHO_SIZE, "link:user:%lld", (long long)principal->user_id);
    else
        snprintf(shown, WHO_SIZE, "%lld:user:%lld", (long long)principal->key_id,
                 (long long)principal->user_id);
}

// Whether who holds it tells of it, once it is answered.
static bool is_told_later(const struct dispatcher *dispatcher, const struct exchange *exchange) {
    return dispatcher->is_held ||
           (!text_is_null(exchange->request.waited) && *exchange->answer.wait.position);
}

static void log_request(const struct dispatcher *dispatcher, const struct exchange *exchange,
                        const struct operation *operation, const struct error *error, int64_t us,
                        uint64_t round_trips) {
    char what[ERROR_MESSAGE_MAX + ERROR_DETAIL_MAX + 4];
    snprintf(what, sizeof what, "%s%s%s", error->message, *error->message && *error->detail ? ": " : "",
             error->detail);
    struct log_field fields[11];
    const char *replica = replicas_name(dispatcher->replicas, dispatcher->db);
    size_t count = 0;
    fields[count++] = (struct log_field){"id", LOG_WORD, exchange->request.id, 0};
    fields[count++] = (struct log_field){"client", LOG_WORD, exchange->request.client, 0};
    fields[count++] = (struct log_field){"key", LOG_WORD, dispatcher->who, 0};
    fields[count++] = (struct log_field){"operation", LOG_WORD, operation ? operation->name : "-", 0};
    if (exchange->answered_by) fields[count++] = (struct log_field){"by", LOG_WORD, exchange->answered_by, 0};
    if (replica) fields[count++] = (struct log_field){"replica", LOG_WORD, replica, 0};
    fields[count++] = (struct log_field){"status", LOG_NUMBER, NULL, exchange->status};
    fields[count++] = (struct log_field){"ms", LOG_MILLISECONDS, NULL, us};
    fields[count++] = (struct log_field){"round_trips", LOG_NUMBER, NULL, (int64_t)round_trips};
    fields[count++] = (struct log_field){"bytes", LOG_NUMBER, NULL, (int64_t)exchange->bytes};
    if (error->code != ERROR_NONE) fields[count++] = (struct log_field){"error", LOG_QUOTED, what, 0};
    bool ours = error->code == ERROR_INTERNAL || error->code == ERROR_UNKNOWN ||
                error->code == ERROR_UNAVAILABLE || error->code == ERROR_RETRYABLE ||
                error->code == ERROR_FALLBACK_AWAY || error->code == ERROR_FALLBACK_BROKE ||
                error->code == ERROR_FALLBACK_LATE;
    log_write_fields(dispatcher->log, ours ? LOG_LEVEL_ERROR : LOG_LEVEL_INFO, "request", fields, count);
}

void account(const struct dispatcher *dispatcher, const struct exchange *exchange, const struct error *error,
             int64_t us, uint64_t round_trips) {
    if (is_told_later(dispatcher, exchange)) return;
    const struct operation *operation = exchange->request.route.operation;
    const struct adapter *adapter = exchange->request.adapter;
    const char *name = adapter ? adapter->name : operation ? operation->name : "-";
    statistics_request(&dispatcher->slot->statistics, name, exchange->status, us, round_trips,
                       exchange->answer.repeated);
    log_request(dispatcher, exchange, operation, error, us, round_trips);
}
