// SPDX-License-Identifier: GPL-2.0-or-later
// Loading the configuration file: scan, iniparser, the table, and what holds between settings.
#include "config/settings.h"

#include "config/ini_scan.h"
#include "config/ini_value.h"
#include "config/setting_environment.h"
#include "config/setting_table.h"

#include <iniparser.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// iniparser would write to stderr; whatever it finds wrong comes back to us as NULL.
static int be_silent(const char *format, ...) {
    (void)format;
    return 0;
}

static dictionary *parse(const char *path, struct error *error) {
    iniparser_set_error_callback(be_silent);
    dictionary *parsed = iniparser_load(path);
    iniparser_set_error_callback(NULL);
    if (!parsed) error_set(error, ERROR_INTERNAL, "%s: iniparser cannot read it", path);
    return parsed;
}

static bool check_known(const char *path, const struct ini_scan *scan, struct error *error) {
    for (size_t i = 0; i < scan->count; i++) {
        const struct ini_entry *entry = &scan->entries[i];
        struct buffer hint = buffer_new(ERROR_MESSAGE_MAX);
        bool good = true;
        if (!setting_section_help(entry->section)) {
            setting_suggest_section(entry->section, &hint);
            good = error_set(error, ERROR_INTERNAL, "%s:%u: [%.40s]: unknown section%s", path, entry->line,
                             entry->section, hint.data);
        } else if (entry->key && !setting_find(entry->section, entry->key)) {
            setting_suggest_key(entry->section, entry->key, &hint);
            good = error_set(error, ERROR_INTERNAL, "%s:%u: [%s] %.40s: unknown key%s", path, entry->line,
                             entry->section, entry->key, hint.data);
        }
        buffer_free(&hint);
        if (!good) return false;
    }
    return true;
}

static bool fail(const char *path, const struct ini_entry *entry, const struct setting *setting,
                 const char *problem, struct error *error) {
    if (entry)
        return error_set(error, ERROR_INTERNAL, "%s:%u: [%s] %s: %s", path, entry->line, setting->section,
                         setting->key, problem);
    return error_set(error, ERROR_INTERNAL, "%s: [%s] %s: %s", path, setting->section, setting->key, problem);
}

// The value that iniparser read, once it agrees with the scan. Versions of iniparser differ in whether a
// backslash between quotes escapes: there the bytes as they stand in the file count. NULL when the two
// disagree.
static const char *agreed_value(const dictionary *parsed, const struct ini_entry *entry) {
    char name[INI_LINE_MAX * 2 + 2];
    snprintf(name, sizeof name, "%s:%s", entry->section, entry->key);
    if (entry->quoted && strchr(entry->value, '\\')) return entry->value;
    const char *value = iniparser_getstring(parsed, name, NULL);
    return value && strcmp(value, entry->value) == 0 ? value : NULL;
}

static bool apply_entry(const char *path, const struct setting *setting, const struct ini_entry *entry,
                        const dictionary *parsed, struct settings *settings, struct error *error) {
    char problem[SETTING_PROBLEM_MAX];
    const char *value = agreed_value(parsed, entry);
    if (!value)
        return fail(path, entry, setting, "can be read in two ways; right would be the value between quotes",
                    error);
    struct buffer bytes = buffer_new(INI_LINE_MAX);
    bool good = ini_value_read(value, &bytes);
    if (!good)
        snprintf(problem, sizeof problem,
                 "after hex: come pairs of hexadecimal digits, none of them 00; right would be hex:6f7374");
    else
        good = setting_apply(setting, bytes.data, settings, problem);
    buffer_free(&bytes);
    return good || fail(path, entry, setting, problem, error);
}

// 1: the environment says it, over the file. 0: it does not. -1: failure.
static int apply_environment(const struct setting *setting, struct settings *settings, struct error *error) {
    struct buffer value = buffer_new(INI_FILE_MAX);
    char problem[SETTING_PROBLEM_MAX], name[SETTING_ENVIRONMENT_NAME_MAX];
    int found = setting_environment_value(setting, &value, error);
    if (found > 0 && !setting_apply(setting, value.length ? value.data : "", settings, problem)) {
        setting_environment_name(setting, name);
        error_set(error, ERROR_INTERNAL, "%s: %s", name, problem);
        found = -1;
    }
    buffer_free(&value);
    return found;
}

static bool apply_all(const char *path, const struct ini_scan *scan, const dictionary *parsed,
                      struct settings *settings, struct error *error) {
    for (size_t i = 0; i < setting_count; i++) {
        const struct setting *setting = &setting_table[i];
        const struct ini_entry *entry = ini_scan_find(scan, setting->section, setting->key);
        char problem[SETTING_PROBLEM_MAX];
        int environment = apply_environment(setting, settings, error);
        if (environment < 0) return false;
        if (environment > 0) continue;
        bool good = entry ? apply_entry(path, setting, entry, parsed, settings, error)
                          : setting_apply(setting, setting->fallback, settings, problem) ||
                                fail(path, NULL, setting, problem, error);
        if (!good) return false;
    }
    return true;
}

// A worker that is ended while it waits for the database leaves a client without an answer: the database's
// timeouts must strike first.
static bool check_timeouts(const char *path, const struct ini_scan *scan, const struct settings *settings,
                           struct error *error) {
    const struct {
        const char *key;
        unsigned seconds;
    } timeouts[] = {
        {"connect_timeout", settings->database.connect_timeout},
        {"read_timeout", settings->database.read_timeout},
        {"write_timeout", settings->database.write_timeout},
    };
    for (size_t i = 0; i < sizeof timeouts / sizeof *timeouts; i++) {
        if (timeouts[i].seconds < settings->server.request_timeout) continue;
        const struct ini_entry *entry = ini_scan_find(scan, "database", timeouts[i].key);
        if (!entry) entry = ini_scan_find(scan, "server", "request_timeout");
        char problem[SETTING_PROBLEM_MAX];
        snprintf(
            problem, sizeof problem,
            "%u seconds are not less than [server] request_timeout = %u; right would be database timeout < "
            "request_timeout < fastcgi_read_timeout of nginx",
            timeouts[i].seconds, settings->server.request_timeout);
        return fail(path, entry, setting_find("database", timeouts[i].key), problem, error);
    }
    return true;
}

int64_t settings_changes_gap(const struct settings *settings) {
    unsigned least = settings->server.request_timeout + 5;
    return settings->changes.gap > least ? settings->changes.gap : least;
}

// A reader who passes what a worker has yet to commit loses it. One that nobody set grows with
// request_timeout.
static bool check_gap(const char *path, const struct ini_scan *scan, const struct settings *settings,
                      struct error *error) {
    const struct ini_entry *entry = ini_scan_find(scan, "changes", "gap");
    char problem[SETTING_PROBLEM_MAX];
    if (!entry || settings->changes.gap > settings->server.request_timeout) return true;
    snprintf(problem, sizeof problem,
             "%u seconds are not more than [server] request_timeout = %u; right would be for instance %u",
             settings->changes.gap, settings->server.request_timeout, settings->server.request_timeout + 5);
    return fail(path, entry, setting_find("changes", "gap"), problem, error);
}

// Whoever has none yet is told how to come by one.
static bool check_there(const char *path, struct error *error) {
    if (access(path, F_OK) == 0 || errno != ENOENT) return true;
    return error_set(error, ERROR_INTERNAL,
                     "%s: there is no such file; make one: osticket-fcgi setup, or osticket-fcgi --import "
                     "/PATH/OF/osticket/include/ost-config.php > %s",
                     path, path);
}

// Half a fallback would be found out by the first request that needs it.
static bool check_fallback(const char *path, const struct ini_scan *scan, const struct settings *settings,
                           struct error *error) {
    if (!*settings->fallback.php_fpm || *settings->fallback.script) return true;
    return fail(path, ini_scan_find(scan, "fallback", "php_fpm"), setting_find("fallback", "php_fpm"),
                "needs [fallback] script; right would be the path of osTicket's api/http.php", error);
}

bool settings_load(const char *path, struct settings *settings, struct error *error) {
    *settings = (struct settings){0};
    if (!check_there(path, error)) return false;
    struct ini_scan scan = {0};
    dictionary *parsed = NULL;
    bool good = setting_environment_check(error) && ini_scan_file(path, &scan, error) &&
                check_known(path, &scan, error) && (parsed = parse(path, error)) &&
                apply_all(path, &scan, parsed, settings, error) &&
                check_timeouts(path, &scan, settings, error) && check_gap(path, &scan, settings, error) &&
                check_fallback(path, &scan, settings, error);
    if (parsed) iniparser_freedict(parsed);
    ini_scan_free(&scan);
    if (!good) settings_free(settings);
    return good;
}

void settings_free(struct settings *settings) {
    for (size_t i = 0; i < setting_count; i++) setting_clear(&setting_table[i], settings);
    *settings = (struct settings){0};
}

void settings_needing_restart(const struct settings *running, const struct settings *wanted,
                              struct buffer *names) {
    for (size_t i = 0; i < setting_count; i++) {
        const struct setting *setting = &setting_table[i];
        if (!setting->restart || setting_equal(setting, running, wanted)) continue;
        buffer_add_format(names, "%s[%s] %s", names->length ? ", " : "", setting->section, setting->key);
    }
}
