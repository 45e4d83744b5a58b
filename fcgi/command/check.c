// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi -t
#include "command/check.h"

#include "command/php_answers.h"
#include "config/settings.h"
#include "database_settings.h"
#include "mailer_role.h"
#include "ops/native_report.h"
#include "own_program.h"
#include "store/mail_check.h"
#include "store/rights_check.h"
#include "store/schema_check.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// One line whatever the text holds: a server's message may be of several.
static void print(FILE *out, const char *text) {
    for (; *text; text++) fputc(iscntrl((unsigned char)*text) ? ' ' : *text, out);
}

static void report(void *context, enum schema_grade grade, const char *finding, const char *mend) {
    static const char *const marks[] = {
        [SCHEMA_GOOD] = "ok", [SCHEMA_WARNING] = "warning", [SCHEMA_WRONG] = "error"};
    FILE *out = context;
    fprintf(out, "%s: ", marks[grade]);
    print(out, finding);
    if (*mend) {
        fputs("; mend: ", out);
        print(out, mend);
    }
    fputc('\n', out);
}

// The file may hold a password.
static void check_permissions(const char *path, const struct settings *settings, FILE *out) {
    struct stat status;
    bool secret = settings->database.password[0] || settings->osticket.secret_salt[0];
    if (!secret || stat(path, &status) != 0 || !(status.st_mode & S_IROTH)) return;
    char finding[512], mend[512];
    snprintf(finding, sizeof finding, "%s can be read by everybody and holds a password", path);
    snprintf(mend, sizeof mend, "chmod 640 %s", path);
    report(out, SCHEMA_WARNING, finding, mend);
}

static void check_fallback(const struct settings *settings, FILE *out) {
    char finding[256];
    snprintf(finding, sizeof finding, "requests that are not native go to PHP by nginx's location %s",
             settings->fallback.php);
    if (settings->fallback.php[0])
        report(out, SCHEMA_GOOD, finding, "");
    else
        report(out, SCHEMA_WARNING, "no fallback: requests that are not native are answered with 501",
               "set [fallback] php = @osticket and turn that location of the nginx site on");
}

static void check_salt(const struct settings *settings, FILE *out) {
    if (settings->osticket.secret_salt[0])
        report(out, SCHEMA_GOOD, "secret_salt is set", "");
    else
        report(out, SCHEMA_WARNING,
               "secret_salt is not set: links in mails, threading and SMTP passwords do not work",
               "set [osticket] secret_salt to SECRET_SALT of osTicket's include/ost-config.php");
}

// Without it nothing is sent.
static bool check_mailer(const struct settings *settings, FILE *out) {
    struct error error = {0};
    char finding[ERROR_MESSAGE_MAX + 64];
    if (!settings->mail.enabled) return true;
    bool good = own_program_check(MAILER_PROGRAM, &error);
    snprintf(finding, sizeof finding, "the mailer's program cannot be run: %s", error.message);
    if (!good)
        report(out, SCHEMA_WRONG, finding, "install osticket-fcgi once more, and what it is built with");
    return good;
}

static void check_mail(const struct settings *settings, const struct db_settings *database, bool reachable,
                       FILE *out) {
    const char *sendmail = settings->mail.sendmail;
    bool runs = sendmail[0] && access(sendmail, X_OK) == 0;
    if (!settings->mail.enabled) {
        report(out, SCHEMA_WARNING, "the mailer is off: replies send no mail", "set [mail] enabled = yes");
        return;
    }
    if (sendmail[0] && !runs)
        report(out, SCHEMA_WARNING, "mail.sendmail cannot be run: mail goes out by SMTP accounts only",
               "install a sendmail program, or set [mail] sendmail to its path or to nothing");
    if (reachable) mail_check(database, runs, report, out);
}

static void check_certificates(const char *key, const char *path, FILE *out) {
    char finding[512];
    if (!path[0] || access(path, R_OK) == 0) return;
    snprintf(finding, sizeof finding, "%s %s: %s", key, path, strerror(errno));
    report(out, SCHEMA_WARNING, finding, "set it to a file of certificates that can be read");
}

static void report_native(void *context, const char *requests, const char *reason) {
    FILE *out = context;
    fputs("php: ", out);
    print(out, requests);
    fputs(" go to PHP: ", out);
    print(out, reason);
    fputc('\n', out);
}

static void check_native(const struct db_settings *database, FILE *out) {
    struct error error = {0};
    if (!native_report(database, report_native, out, &error))
        report(out, SCHEMA_WARNING, "what is left to PHP cannot be told",
               error.detail[0] ? error.detail : error.message);
}

int check_run(const char *config_path, FILE *out) {
    struct settings settings;
    struct error error = {0};
    if (!settings_load(config_path, &settings, &error)) {
        report(out, SCHEMA_WRONG, error.message, "");
        return 1;
    }
    char finding[512];
    snprintf(finding, sizeof finding, "configuration file %s", config_path);
    report(out, SCHEMA_GOOD, finding, "");
    check_permissions(config_path, &settings, out);
    check_certificates("[database] tls_ca", settings.database.tls_ca, out);
    check_certificates("[mail] tls_ca", settings.mail.tls_ca, out);
    struct db_settings database = database_settings(&settings);
    bool usable = schema_check(&database, report, out);
    usable = usable && rights_check(&database, report, out);
    if (usable) check_native(&database, out);
    check_fallback(&settings, out);
    check_salt(&settings, out);
    php_answers_check(&settings, report, out);
    check_mail(&settings, &database, usable, out);
    usable = check_mailer(&settings, out) && usable;
    settings_free(&settings);
    return usable ? 0 : 1;
}
