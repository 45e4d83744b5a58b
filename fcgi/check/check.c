// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi -t
#include "check/check.h"

#include "check/checks.h"
#include "check/php_answers.h"
#include "config/settings.h"
#include "cron/role.h"
#include "feed/role.h"
#include "mail/salt_check.h"
#include "mailer/role.h"
#include "ops/native_report.h"
#include "pool/database_settings.h"
#include "pool/worker_count.h"
#include "store/check/connection_count_check.h"
#include "store/check/host_check.h"
#include "store/check/mail_check.h"
#include "store/check/rights_check.h"
#include "store/check/schema_check.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define FINDINGS_MAX (1 << 20)

static bool check_salt(const struct settings *settings, const struct db_settings *database, bool reachable,
                       struct findings *out) {
    struct text salt = text_of(settings->osticket.secret_salt);
    if (salt.length) return !reachable || salt_check(database, salt, findings_add, out);
    findings_add(
        out, SCHEMA_WARNING,
        "secret_salt is not set: links in mails, threading and the passwords of mail accounts do not work",
        "set [osticket] secret_salt to SECRET_SALT of osTicket's include/ost-config.php");
    return true;
}

static bool check_cron(const struct settings *settings, struct findings *out) {
    if (!check_program(settings->cron.enabled, CRON_PROGRAM, "the program that runs cron's jobs", out))
        return false;
    if (settings->cron.enabled && settings->cron.every)
        findings_tell(out, SCHEMA_GOOD, "",
                      "cron: the jobs are done here, every %u seconds and when tasks/cron is called",
                      settings->cron.every);
    else if (settings->cron.enabled)
        findings_add(out, SCHEMA_GOOD, "cron: the jobs are done here when tasks/cron is called", "");
    return true;
}

// Those beside the workers.
static bool check_programs(const struct settings *settings, struct findings *out) {
    bool mails = check_program(settings->mail.enabled, MAILER_PROGRAM, "the mailer's program", out);
    bool runs_jobs = check_cron(settings, out);
    bool holds = check_program(settings->changes.waiters > 0, FEED_PROGRAM,
                               "the program in which requests wait for changes", out);
    return mails && runs_jobs && holds;
}

static void check_mail(const struct settings *settings, const struct db_settings *database, bool reachable,
                       struct findings *out) {
    const char *sendmail = settings->mail.sendmail;
    bool runs = sendmail[0] && access(sendmail, X_OK) == 0;
    if (!settings->mail.enabled) {
        findings_add(out, SCHEMA_WARNING, "the mailer is off: replies send no mail",
                     "set [mail] enabled = yes");
        return;
    }
    if (sendmail[0] && !runs)
        findings_add(out, SCHEMA_WARNING, "mail.sendmail cannot be run: mail goes out by SMTP accounts only",
                     "install a sendmail program, or set [mail] sendmail to its path or to nothing");
    if (reachable) mail_check(database, runs, findings_add, out);
}

static void check_certificates(const char *key, const char *path, struct findings *out) {
    char finding[512];
    if (!path[0] || access(path, R_OK) == 0) return;
    snprintf(finding, sizeof finding, "%s %s: %s", key, path, strerror(errno));
    findings_add(out, SCHEMA_WARNING, finding, "set it to a file of certificates that can be read");
}

static void check_native(const struct settings *settings, const struct db_settings *database,
                         struct findings *out) {
    struct error error = {0};
    const struct native_settings native = {.ignored_plugins = text_of(settings->create.ignore_plugins),
                                           .fallback = has_fallback(settings),
                                           .despite_audit = settings->api.write_despite_audit,
                                           .cron = settings->cron.enabled,
                                           .replies = settings->fallback.replies};
    if (!native_report(database, &native, findings_add_native, findings_add, out, &error))
        findings_add(out, SCHEMA_WARNING, "what is left to PHP cannot be told",
                     error.detail[0] ? error.detail : error.message);
}

// What needs nobody else: the file, and this machine.
static void check_machine(const struct settings *settings, const char *root, struct findings *out) {
    check_settings_file(settings, out);
    check_accounts(settings, out);
    check_socket(settings, root, out);
    check_log(settings, out);
    check_email(settings, out);
    check_database_socket(settings, out);
    check_certificates("[database] tls_ca", settings->database.tls_ca, out);
    check_certificates("[mail] tls_ca", settings->mail.tls_ca, out);
    check_certificates("[webhooks] tls_ca", settings->webhooks.tls_ca, out);
}

static void check_hosts(const struct settings *settings, const struct db_settings *database,
                        struct findings *out) {
    const struct host_question question = {
        .hosts = *settings->database.socket ? "" : settings->database.host,
        .replicas = settings->database.read_hosts,
        .lag_ms = settings->database.replica_lag,
        .primary = *database,
        .a_replica = database_settings_of_replica(settings, ""),
    };
    host_check(&question, findings_add, out);
}

static bool check_help_desk(const struct settings *settings, const char *root, struct findings *out) {
    struct db_settings database = database_settings(settings);
    bool usable = schema_check(&database, findings_add, out);
    usable = usable && rights_check(&database, findings_add, out);
    if (usable) check_native(settings, &database, out);
    if (usable) check_hosts(settings, &database, out);
    if (usable) connection_count_check(&database, worker_count(settings), findings_add, out);
    check_fallback(settings, root, out);
    bool salted = check_salt(settings, &database, usable, out);
    php_answers_check(settings, findings_add, out);
    check_mail(settings, &database, usable, out);
    bool run = check_programs(settings, out);
    bool tells = !usable || check_hooks(settings, out);
    if (usable && settings->cron.enabled) check_mailboxes(settings, out);
    if (usable) check_storage(settings, out);
    return run && tells && usable && salted;
}

int check_run(const char *config_path, const struct check_options *options, FILE *file) {
    struct findings findings = {
        .out = file, .json = options->json, .config = config_path, .list = buffer_new(FINDINGS_MAX)};
    struct settings settings;
    struct error error = {0};
    bool usable = settings_load(config_path, &settings, &error);
    if (usable) {
        findings_tell(&findings, SCHEMA_GOOD, "", "configuration file %s", config_path);
        const char *root = options->root ? options->root : "";
        check_machine(&settings, root, &findings);
        usable = (options->quick || check_help_desk(&settings, root, &findings)) && findings.errors == 0;
        settings_free(&settings);
    } else {
        findings_add(&findings, SCHEMA_WRONG, error.message, "");
    }
    usable = usable && !(options->strict && findings.warnings);
    findings_end(&findings, usable);
    buffer_free(&findings.list);
    return usable ? 0 : 1;
}
