// SPDX-License-Identifier: GPL-2.0-or-later
// What operations are told of the settings.
#include "serve/dispatch.h"

#include <string.h>

// A worker that waited any longer would be ended.
static unsigned cron_wait(const struct settings *settings) {
    unsigned longest = settings->server.request_timeout > 2 ? settings->server.request_timeout - 2 : 1;
    return settings->cron.wait < longest ? settings->cron.wait : longest;
}

void dispatch_settings(struct dispatcher *dispatcher) {
    const struct settings *settings = dispatcher->settings;
    bool current = strcmp(settings->api.shape, "current") == 0;
    dispatcher->operations = (struct operation_settings){
        .shape = current ? SHAPE_CURRENT : SHAPE_DOCUMENTED,
        .priority_object = current && strcmp(settings->api.priority, "object") == 0,
        .notes = settings->api.notes | (settings->api.client_notes ? NOTES_IN_CLIENT_TICKETS : 0),
        .reply_email_default = settings->reply.email_default,
        .allow_internal_fields = settings->create.allow_internal_fields,
        .ignored_plugins = settings->create.ignore_plugins,
        .write_despite_audit = settings->api.write_despite_audit,
        .reply_hands_over =
            settings->fallback.replies && (*settings->fallback.php_fpm || *settings->fallback.php),
        .resolver = settings->create.resolver,
        .email_as_php = settings->email.as_php,
        .secret_salt = settings->osticket.secret_salt,
        .osticket_folder = settings->osticket.folder,
        .max_body = settings->server.max_body,
        .mail_enabled = settings->mail.enabled,
        .mail_wake = dispatcher->mail_wake,
        .cron_enabled = settings->cron.enabled,
        .cron_wait = cron_wait(settings),
        .cron_hands_over = *settings->fallback.php_fpm || *settings->fallback.php,
        .cron_wake = dispatcher->cron_wake,
        .changes_gap = settings_changes_gap(settings),
        .webhooks_enabled = settings->webhooks.enabled,
        .webhooks_http = settings->webhooks.http,
        .webhooks_allow = settings->webhooks.allow,
    };
    dispatcher->principals.stock_scopes = settings->api.stock_scopes;
    dispatcher->principals.open_networks = settings->api.open_keys;
    dispatcher->principals.mail_link_salt = settings->tokens.mail_links && *settings->osticket.secret_salt
                                                ? settings->osticket.secret_salt
                                                : NULL;
}
