// SPDX-License-Identifier: GPL-2.0-or-later
// Whether PHP stands by: PHP-FPM is asked for a call that nobody knows.
#include "check/account.h"
#include "check/checks.h"
#include "serve/php_fpm.h"

#include <grp.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define ANSWER_MAX 4096
#define UNKNOWN    "/osticket-fcgi-check"

struct answered {
    struct buffer head;
    char complaint[256];
};

static bool take_answer(void *context, struct text bytes, struct error *error) {
    struct answered *answered = context;
    (void)error;
    size_t room = ANSWER_MAX - answered->head.length;
    buffer_add(&answered->head, bytes.data, bytes.length < room ? bytes.length : room);
    return true;
}

static void take_complaint(void *context, struct text bytes) {
    struct answered *answered = context;
    snprintf(answered->complaint, sizeof answered->complaint, "%.*s", (int)text_cut(bytes, 200).length,
             bytes.data);
}

static ptrdiff_t no_body(void *context, char *bytes, size_t room, struct error *error) {
    (void)context, (void)bytes, (void)room, (void)error;
    return 0;
}

static bool ask(const struct settings *settings, struct answered *answered, struct error *error) {
    struct php_request request = {.endpoint = settings->fallback.php_fpm,
                                  .timeout_ms = (int)settings->fallback.timeout * 1000,
                                  .parameters = buffer_new(PHP_PARAMETERS_MAX),
                                  .read_body = no_body};
    const struct php_sink sink = {take_answer, take_complaint};
    const struct {
        const char *name, *value;
    } parameters[] = {
        {"GATEWAY_INTERFACE", "CGI/1.1"}, {"SERVER_PROTOCOL", "HTTP/1.1"},
        {"REQUEST_METHOD", "GET"},        {"REQUEST_URI", "/api/http.php" UNKNOWN},
        {"SCRIPT_NAME", "/api/http.php"}, {"SCRIPT_FILENAME", settings->fallback.script},
        {"PATH_INFO", UNKNOWN},           {"QUERY_STRING", ""},
        {"CONTENT_LENGTH", "0"},          {"REMOTE_ADDR", "127.0.0.1"},
        {"SERVER_NAME", "localhost"},     {"SERVER_PORT", "80"},
        {"HTTP_HOST", "localhost"},       {"REDIRECT_STATUS", "200"},
    };
    for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++)
        php_parameter_add(&request.parameters, text_of(parameters[i].name), text_of(parameters[i].value));
    bool done = php_fpm_ask(&request, &sink, answered, error);
    buffer_free(&request.parameters);
    return done;
}

// The workers come as another user than whoever runs -t.
static bool may_write(const struct settings *settings, struct findings *findings) {
    const char *path = settings->fallback.php_fpm;
    struct account account;
    struct stat status;
    char mend[512];
    if (path[0] != '/' || stat(path, &status) != 0 || !account_find(settings->server.user, &account) ||
        account_may_write(&account, path))
        return true;
    const struct group *group = getgrgid(status.st_gid);
    // Nobody joins root's group for this.
    if (account_allowed(&account, status.st_uid, status.st_gid, status.st_mode, ACCOUNT_WRITE))
        snprintf(mend, sizeof mend, "let %s enter each folder on the way; namei -l %.300s shows them",
                 account.name, path);
    else if (group && status.st_gid != 0 && status.st_mode & S_IWGRP)
        snprintf(mend, sizeof mend, "usermod -a -G %s %s && systemctl restart osticket-fcgi", group->gr_name,
                 account.name);
    else
        snprintf(mend, sizeof mend,
                 "in PHP-FPM's pool add %s to listen.acl_users where it is set, else set listen.mode = 0660 "
                 "and listen.group "
                 "to the web server's group and add %s to it (usermod -a -G); restart PHP-FPM",
                 account.name, account.name);
    findings_tell(findings, SCHEMA_WRONG, mend,
                  "the workers run as %s, who may not write to PHP-FPM's socket %s (mode %04o)", account.name,
                  path, (unsigned)status.st_mode & 07777);
    return false;
}

static void judge(const struct settings *settings, const struct answered *answered,
                  struct findings *findings) {
    const char *status = strstr(answered->head.data, "Status: ");
    bool unknown = strstr(answered->complaint, "Primary script unknown") ||
                   (status && strncmp(status + 8, "404", 3) == 0);
    if (unknown)
        findings_tell(findings, SCHEMA_WRONG,
                      "set [fallback] script to the path of osTicket's api/http.php, as PHP-FPM sees it",
                      "PHP-FPM at %s answers, and finds no script %s", settings->fallback.php_fpm,
                      settings->fallback.script);
    else
        findings_tell(findings, SCHEMA_GOOD, "", "PHP-FPM at %s answers for what is not done here",
                      settings->fallback.php_fpm);
}

static void check_php_fpm(const struct settings *settings, struct findings *findings) {
    struct answered answered = {.head = buffer_new(ANSWER_MAX + 1)};
    struct error error = {0};
    if (may_write(settings, findings)) {
        if (ask(settings, &answered, &error))
            judge(settings, &answered, findings);
        else
            findings_tell(
                findings, SCHEMA_WRONG,
                "start PHP-FPM (systemctl start php*-fpm), or set [fallback] php_fpm to where it listens",
                "PHP-FPM at %s does not answer: %.300s", settings->fallback.php_fpm,
                error.detail[0] ? error.detail : error.message);
    }
    buffer_free(&answered.head);
}

bool has_fallback(const struct settings *settings) {
    return *settings->fallback.php_fpm || *settings->fallback.php;
}

void check_fallback(const struct settings *settings, const char *root, struct findings *findings) {
    struct settings below = *settings;
    char path[PATH_MAX];
    if (settings->fallback.php_fpm[0] == '/') {
        snprintf(path, sizeof path, "%s%s", root, settings->fallback.php_fpm);
        below.fallback.php_fpm = path;
    }
    if (*settings->fallback.php_fpm)
        check_php_fpm(&below, findings);
    else if (*settings->fallback.php)
        findings_tell(findings, SCHEMA_GOOD, "",
                      "requests that are not native go to PHP by nginx's location %s, where nginx says that "
                      "it hands on",
                      settings->fallback.php);
    else
        findings_add(
            findings, SCHEMA_WARNING, "no fallback: requests that are not native are answered with 501",
            "set [fallback] php_fpm to PHP-FPM's socket and script to the path of osTicket's api/http.php");
}
