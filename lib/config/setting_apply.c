// SPDX-License-Identifier: GPL-2.0-or-later
// From the text of a setting to its place in struct settings: one function a type.
#include "config/setting_table.h"

#include "base/endpoint.h"
#include "config/setting_list.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define SOCKET_PATH_MAX 107
#define NAME_BYTES      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"

static bool fail(char problem[SETTING_PROBLEM_MAX], const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static bool fail(char problem[SETTING_PROBLEM_MAX], const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(problem, SETTING_PROBLEM_MAX, format, arguments);
    va_end(arguments);
    return false;
}

static void *place(const struct setting *setting, struct settings *settings) {
    return (char *)settings + setting->offset;
}

static bool store_text(const struct setting *setting, const char *value, struct settings *settings,
                       char problem[SETTING_PROBLEM_MAX]) {
    char **text = place(setting, settings);
    char *copy = strdup(value);
    if (!copy) return fail(problem, "out of memory");
    free(*text);
    *text = copy;
    return true;
}

// The place of `value` among the row's words, or -1.
static int word_index(const struct setting *setting, const char *value) {
    for (int i = 0; setting->words && setting->words[i]; i++)
        if (strcmp(setting->words[i], value) == 0) return i;
    return -1;
}

// A shown value is cut, so that a whole file pasted by mistake does not fill the message.
static bool fail_word(const struct setting *setting, const char *value, char problem[SETTING_PROBLEM_MAX]) {
    struct buffer words = buffer_new(128);
    for (int i = 0; setting->words[i]; i++)
        buffer_add_format(&words, "%s%s",
                          i == 0                  ? ""
                          : setting->words[i + 1] ? ", "
                                                  : " or ",
                          setting->words[i]);
    fail(problem, "\"%.40s\" is not known; right would be %s", value, words.data);
    buffer_free(&words);
    return false;
}

static bool apply_count(const struct setting *setting, const char *value, struct settings *settings,
                        char problem[SETTING_PROBLEM_MAX]) {
    int64_t number;
    if (!text_to_int64(text_of(value), &number) || number < setting->minimum || number > setting->maximum)
        return fail(problem, "\"%.40s\" is out of range; right would be a whole number from %lld to %lld%s%s",
                    value, (long long)setting->minimum, (long long)setting->maximum,
                    *setting->unit ? " " : "", setting->unit);
    *(unsigned *)place(setting, settings) = (unsigned)number;
    return true;
}

static bool apply_bytes(const struct setting *setting, const char *value, struct settings *settings,
                        char problem[SETTING_PROBLEM_MAX]) {
    struct text digits = text_of(value);
    int64_t number, factor = 1;
    if (digits.length > 0) {
        char suffix = (char)toupper((unsigned char)digits.data[digits.length - 1]);
        factor = suffix == 'K' ? 1024 : suffix == 'M' ? 1024 * 1024 : suffix == 'G' ? 1024 * 1024 * 1024 : 1;
        if (factor > 1) digits.length--;
    }
    bool good = text_to_int64(digits, &number) && number >= 0 && number <= setting->maximum / factor;
    if (!good || number * factor < setting->minimum)
        return fail(problem, "\"%.40s\" is out of range; right would be %lld to %lld bytes, for instance 32M",
                    value, (long long)setting->minimum, (long long)setting->maximum);
    *(size_t *)place(setting, settings) = (size_t)(number * factor);
    return true;
}

// "90", "90s", "5m", "2h", "1d".
static bool apply_span(const struct setting *setting, const char *value, struct settings *settings,
                       char problem[SETTING_PROBLEM_MAX]) {
    static const struct {
        char suffix;
        int64_t seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
    struct text digits = text_of(value);
    int64_t number, factor = 1;
    for (size_t i = 0; digits.length && i < sizeof units / sizeof *units; i++)
        if (value[strlen(value) - 1] == units[i].suffix)
            factor = units[i].seconds, digits.length = strlen(value) - 1;
    bool good = text_to_int64(digits, &number) && number >= 0 && number <= setting->maximum / factor;
    if (!good || (number && number * factor < setting->minimum))
        return fail(problem,
                    "\"%.40s\" is out of range; right would be 0, or %lld to %lld seconds, for instance 5m",
                    value, (long long)setting->minimum, (long long)setting->maximum);
    *(unsigned *)place(setting, settings) = (unsigned)(number * factor);
    return true;
}

static bool apply_mode(const struct setting *setting, const char *value, struct settings *settings,
                       char problem[SETTING_PROBLEM_MAX]) {
    size_t length = strlen(value);
    if (length < 3 || length > 4 || strspn(value, "01234567") != length || (length == 4 && value[0] != '0'))
        return fail(problem, "\"%.40s\" is no permission; right would be octal digits like 0660", value);
    *(unsigned *)place(setting, settings) = (unsigned)strtoul(value, NULL, 8);
    return true;
}

static bool apply_bool(const struct setting *setting, const char *value, struct settings *settings,
                       char problem[SETTING_PROBLEM_MAX]) {
    static const char *const words[] = {"no", "yes", "off", "on", "false", "true", "0", "1"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!text_equal_ignoring_case(text_of(words[i]), text_of(value))) continue;
        *(bool *)place(setting, settings) = i % 2 == 1;
        return true;
    }
    return fail(problem, "\"%.40s\" is neither; right would be yes or no", value);
}

static bool check_path(const struct setting *setting, const char *value, char problem[SETTING_PROBLEM_MAX]) {
    if (value[0] == '/' || word_index(setting, value) >= 0) return true;
    return fail(problem, "\"%.40s\" is no full path; right would be one that begins with /%s%s", value,
                setting->words ? ", or " : "", setting->words ? setting->words[0] : "");
}

static bool check_account(const char *value, char problem[SETTING_PROBLEM_MAX]) {
    if (strspn(value, NAME_BYTES ".-") == strlen(value) && value[0] != '-') return true;
    return fail(problem, "\"%.40s\" is no name of a user or group; right would be for instance www-data",
                value);
}

static bool check_table_prefix(const char *value, char problem[SETTING_PROBLEM_MAX]) {
    if (strspn(value, NAME_BYTES "$-") == strlen(value)) return true;
    return fail(
        problem,
        "\"%.40s\" cannot begin a table's name; right would be letters, digits, _, - and $, like ost_",
        value);
}

static bool check_location(const char *value, char problem[SETTING_PROBLEM_MAX]) {
    size_t length = strlen(value);
    if (length > 1 && value[0] == '@' && strspn(value + 1, NAME_BYTES "-") == length - 1) return true;
    return fail(problem, "\"%.40s\" is no named location of nginx; right would be for instance @osticket",
                value);
}

static bool check_metrics(const char *value, char problem[SETTING_PROBLEM_MAX]) {
    struct address address;
    struct endpoint parts;
    int64_t port = 0;
    if (strncmp(value, "unix:/", 6) == 0 && strlen(value) <= 5 + SOCKET_PATH_MAX) return true;
    if (endpoint_split(value, &parts) && address_parse(text_of(parts.host), &address) &&
        text_to_int64(text_of(parts.port), &port) && port > 0 && port < 65536)
        return true;
    return fail(problem,
                "\"%.40s\" is no place to listen; right would be 127.0.0.1:9153, [::1]:9153 or unix:/path",
                value);
}

static bool check_network_list(const char *value, char problem[SETTING_PROBLEM_MAX]) {
    struct text wrong;
    if (network_list_check(text_of(value), &wrong)) return true;
    return fail(problem, "\"%.*s\" is no address or network; right would be for instance 10.0.0.0/8 or ::1",
                wrong.length > 40 ? 40 : (int)wrong.length, wrong.data);
}

// What every text has to keep, whatever its type.
static bool check_length(const struct setting *setting, const char *value,
                         char problem[SETTING_PROBLEM_MAX]) {
    if (!*value && !setting->optional)
        return fail(problem, "must not be empty; say what it is, or leave the line out");
    if (setting->maximum > 0 && strlen(value) > (size_t)setting->maximum)
        return fail(problem, "is %zu bytes long; right would be at most %lld", strlen(value),
                    (long long)setting->maximum);
    return true;
}

static bool apply_checked_text(const struct setting *setting, const char *value, struct settings *settings,
                               char problem[SETTING_PROBLEM_MAX]) {
    bool good = check_length(setting, value, problem);
    if (good && *value) {
        switch (setting->type) {
        case SETTING_PATH: good = check_path(setting, value, problem); break;
        case SETTING_ACCOUNT: good = check_account(value, problem); break;
        case SETTING_TABLE_PREFIX: good = check_table_prefix(value, problem); break;
        case SETTING_LOCATION: good = check_location(value, problem); break;
        case SETTING_METRICS: good = check_metrics(value, problem); break;
        case SETTING_NETWORK_LIST: good = check_network_list(value, problem); break;
        case SETTING_HOSTS: good = setting_check_hosts(value, problem); break;
        case SETTING_LISTEN: good = setting_check_endpoint(value, true, problem); break;
        case SETTING_ENDPOINT: good = setting_check_endpoint(value, false, problem); break;
        default: break;
        }
    }
    return good && store_text(setting, value, settings, problem);
}

bool setting_apply(const struct setting *setting, const char *value, struct settings *settings,
                   char problem[SETTING_PROBLEM_MAX]) {
    int word;
    switch (setting->type) {
    case SETTING_COUNT: return apply_count(setting, value, settings, problem);
    case SETTING_BYTES: return apply_bytes(setting, value, settings, problem);
    case SETTING_SPAN: return apply_span(setting, value, settings, problem);
    case SETTING_MODE: return apply_mode(setting, value, settings, problem);
    case SETTING_BOOL: return apply_bool(setting, value, settings, problem);
    case SETTING_PREFIXES: return setting_apply_prefixes(value, settings, problem);
    case SETTING_NETWORKS: return setting_apply_networks(value, settings, problem);
    case SETTING_ORIGINS: return setting_apply_origins(value, settings, problem);
    case SETTING_WORDS: return setting_read_words(setting, value, place(setting, settings), problem);
    case SETTING_CHOICE:
        if (word_index(setting, value) < 0) return fail_word(setting, value, problem);
        return store_text(setting, value, settings, problem);
    case SETTING_LEVEL:
        word = word_index(setting, value);
        if (word < 0) return fail_word(setting, value, problem);
        *(enum log_level *)place(setting, settings) = (enum log_level)word;
        return true;
    default: return apply_checked_text(setting, value, settings, problem);
    }
}

// Whether the row's place holds a text of its own.
static bool is_text(const struct setting *setting) {
    return setting->type <= SETTING_CHOICE;
}

void setting_clear(const struct setting *setting, struct settings *settings) {
    if (setting->type == SETTING_PREFIXES) setting_clear_prefixes(settings);
    if (setting->type == SETTING_ORIGINS) setting_clear_origins(settings);
    if (!is_text(setting)) return;
    char **text = place(setting, settings);
    free(*text);
    *text = NULL;
}

bool setting_equal(const struct setting *setting, const struct settings *one, const struct settings *other) {
    const void *a = (const char *)one + setting->offset, *b = (const char *)other + setting->offset;
    if (is_text(setting)) return strcmp(*(char *const *)a, *(char *const *)b) == 0;
    switch (setting->type) {
    case SETTING_BYTES: return *(const size_t *)a == *(const size_t *)b;
    case SETTING_BOOL: return *(const bool *)a == *(const bool *)b;
    case SETTING_LEVEL: return *(const enum log_level *)a == *(const enum log_level *)b;
    case SETTING_PREFIXES: return setting_equal_prefixes(one, other);
    case SETTING_NETWORKS: return setting_equal_networks(one, other);
    case SETTING_ORIGINS: return setting_equal_origins(one, other);
    default: return *(const unsigned *)a == *(const unsigned *)b;
    }
}
