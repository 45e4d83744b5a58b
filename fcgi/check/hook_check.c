// SPDX-License-Identifier: GPL-2.0-or-later
// Webhooks: those that are off or fail, and settings that let much in.
#include "check/checks.h"
#include "db/db.h"
#include "hooks/role.h"
#include "pool/database_settings.h"
#include "store/statements.h"
#include "store/webhook/webhooks.h"

#include <inttypes.h>
#include <string.h>

#define ARENA_MAX (32 << 20)

static void check_webhook(const struct webhook *webhook, struct findings *findings) {
    char mend[128];
    snprintf(mend, sizeof mend, "osticket-fcgi hook set %" PRId64 " --on", webhook->id);
    if (!webhook->is_on)
        findings_tell(findings, SCHEMA_WARNING, mend, "webhook %" PRId64 " is off: %.*s", webhook->id,
                      (int)webhook->reason.length, webhook->reason.length ? webhook->reason.data : "");
    snprintf(mend, sizeof mend, "osticket-fcgi hook deliveries %" PRId64, webhook->id);
    if (webhook->is_on && webhook->failing >= 3600)
        findings_tell(findings, SCHEMA_WARNING, mend,
                      "every call of webhook %" PRId64 " has failed for %" PRId64 " h", webhook->id,
                      webhook->failing / 3600);
}

static void check_all(struct db *db, struct findings *findings) {
    struct arena arena = arena_new(ARENA_MAX);
    struct webhook *webhooks;
    size_t count = 0, on = 0;
    struct error error = {0};
    // schema_check tells of tables that are not there.
    if (db && webhooks_list(db, 0, 0, &arena, &webhooks, &count, &error))
        for (size_t i = 0; i < count; i++) {
            check_webhook(&webhooks[i], findings);
            on += webhooks[i].is_on;
        }
    if (on) findings_tell(findings, SCHEMA_GOOD, "", "webhooks that are called: %zu", on);
    arena_free(&arena);
}

static void check_settings(const struct settings *settings, struct findings *findings) {
    if (settings->webhooks.http)
        findings_add(findings, SCHEMA_WARNING, "webhooks may be at http://: anybody on the way reads along",
                     "set [webhooks] http = no");
    if (strchr(settings->webhooks.allow, '*'))
        findings_add(
            findings, SCHEMA_WARNING,
            "webhooks may be at any address: whoever has a key for them reaches this machine's own services",
            "name the networks in [webhooks] allow instead of *");
}

bool check_hooks(const struct settings *settings, struct findings *findings) {
    if (!settings->webhooks.enabled) return true;
    bool good = check_program(true, HOOKS_PROGRAM, "the program that calls webhooks", findings);
    struct db_settings database = database_settings(settings);
    struct db *db = db_new(&database, statements, STATEMENT_COUNT);
    check_all(db, findings);
    db_free(&db);
    check_settings(settings, findings);
    return good;
}
