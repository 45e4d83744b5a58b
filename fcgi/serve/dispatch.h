// SPDX-License-Identifier: GPL-2.0-or-later
// From request to answer: operation, key, work, the second try, the line in the log.
#ifndef FCGI_SERVE_DISPATCH_H
#define FCGI_SERVE_DISPATCH_H

#include "auth/principal.h"
#include "ops/stats/kept.h"
#include "pool/scoreboard.h"
#include "serve/exchange.h"
#include "serve/query.h"
#include "store/create/cdata_columns.h"
#include "store/desk/kept_desk.h"

#define WHO_SIZE 64

struct db;
struct log;
struct replicas;

// What a worker holds for all its requests.
struct dispatcher {
    const struct settings *settings;
    struct operation_settings operations;
    struct db *db, *primary;            // the request's at hand: the primary's, or one of the replicas'
    struct replicas *replicas;          // NULL: there are none
    struct principal_source principals; // its rates are the pool's
    struct log *log;
    struct scoreboard_slot *slot;
    int mail_wake;
    int cron_wake;
    int holding;              // to who holds requests that wait, see pool/holding.h; -1: nobody does
    struct kept_answers kept; // for some seconds
    struct kept_desk desk;    // until a name changes
    struct cdata_trust trust; // lost as long as the worker lives
    // Of the request at hand.
    struct query query;
    int64_t begun_us;
    bool is_held;       // it waits now, elsewhere
    char who[WHO_SIZE]; // for the log
    bool is_client;     // with a token
    bool is_counted;    // its rate was taken
    bool by_pipe;       // our own pipe asks, for what it may
};

// Fills `dispatcher->operations` from its settings.
void dispatch_settings(struct dispatcher *dispatcher);

// Serves the request that `exchange` has begun, to its end, whatever that is.
void dispatch(struct dispatcher *dispatcher, struct exchange *exchange);

#endif
