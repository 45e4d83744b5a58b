// SPDX-License-Identifier: GPL-2.0-or-later
// Settings from the environment.
#include "config/setting_environment.h"

#include "config/whole_file.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PREFIX "OSTICKET_FCGI_"

void setting_environment_name(const struct setting *setting, char name[SETTING_ENVIRONMENT_NAME_MAX]) {
    snprintf(name, SETTING_ENVIRONMENT_NAME_MAX, PREFIX "%s_%s", setting->section, setting->key);
    for (char *c = name; *c; c++) *c = (char)toupper((unsigned char)*c);
}

int setting_environment_value(const struct setting *setting, struct buffer *value, struct error *error) {
    char name[SETTING_ENVIRONMENT_NAME_MAX], file_name[SETTING_ENVIRONMENT_NAME_MAX + 8];
    setting_environment_name(setting, name);
    snprintf(file_name, sizeof file_name, "%s_FILE", name);
    const char *given = getenv(name), *path = getenv(file_name);
    if (given && path) {
        error_set(error, ERROR_INTERNAL, "%s and %s are both set; right would be one of them", name,
                  file_name);
        return -1;
    }
    if (given) buffer_add_string(value, given);
    if (path) {
        struct error reading;
        if (!whole_file_read(path, value, &reading)) {
            error_set(error, ERROR_INTERNAL, "%s: %s", file_name, reading.message);
            return -1;
        }
        if (value->length && value->data[value->length - 1] == '\n') value->data[--value->length] = '\0';
        if (strlen(value->data) != value->length) {
            error_set(error, ERROR_INTERNAL, "%s: %s: holds a NUL byte; right would be text", file_name,
                      path);
            return -1;
        }
    }
    return given || path ? 1 : 0;
}

static bool is_known(struct text name) {
    char known[SETTING_ENVIRONMENT_NAME_MAX];
    if (text_equal(name, TEXT(SETTING_ENVIRONMENT_CONFIG))) return true;
    struct text stem = name;
    size_t suffix = strlen("_FILE");
    if (name.length > suffix && memcmp(name.data + name.length - suffix, "_FILE", suffix) == 0)
        stem.length -= suffix;
    for (size_t i = 0; i < setting_count; i++) {
        setting_environment_name(&setting_table[i], known);
        if (text_equal(name, text_of(known)) || text_equal(stem, text_of(known))) return true;
    }
    return false;
}

bool setting_environment_check(struct error *error) {
    for (char **variable = environ; *variable; variable++) {
        struct text name = {*variable, strcspn(*variable, "=")};
        if (!text_starts_with(name, TEXT(PREFIX)) || is_known(name)) continue;
        return error_set(error, ERROR_INTERNAL,
                         "%.*s: no setting is called so; right would be " PREFIX
                         "SECTION_KEY, for instance " PREFIX "DATABASE_PASSWORD",
                         name.length < 80 ? (int)name.length : 80, name.data);
    }
    return true;
}
