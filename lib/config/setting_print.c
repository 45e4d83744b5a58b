// SPDX-License-Identifier: GPL-2.0-or-later
// A whole configuration file from the table of settings.
#include "config/setting_table.h"

#include "config/ini_value.h"

#include <string.h>

static void print_comment(FILE *file, const char *lines) {
    for (const char *line = lines; line;) {
        const char *end = strchr(line, '\n');
        fprintf(file, "# %.*s\n", end ? (int)(end - line) : (int)strlen(line), line);
        line = end ? end + 1 : NULL;
    }
}

static void print_range(FILE *file, const struct setting *setting) {
    if (setting->type == SETTING_COUNT)
        fprintf(file, "# (%lld to %lld%s%s%s)\n", (long long)setting->minimum, (long long)setting->maximum,
                *setting->unit ? " " : "", setting->unit, setting->restart ? "; needs a restart" : "");
    else if (setting->restart)
        fprintf(file, "# (needs a restart)\n");
}

static bool print_setting(FILE *file, const struct setting *setting, struct text value, struct error *error) {
    struct buffer written = buffer_new(4096);
    bool good = ini_value_write(text_of(setting->key), value, &written);
    if (good) {
        print_comment(file, setting->help);
        print_range(file, setting);
        fprintf(file, "%s = %s\n\n", setting->key, written.data);
    } else {
        error_set(error, ERROR_INTERNAL,
                  "[%s] %s: %zu bytes cannot be written into one line of a configuration file, or a NUL is "
                  "among them",
                  setting->section, setting->key, value.length);
    }
    buffer_free(&written);
    return good;
}

bool setting_print_file(FILE *file, const struct setting_override *overrides, size_t count,
                        struct error *error) {
    for (size_t i = 0; i < setting_count; i++) {
        const struct setting *setting = &setting_table[i];
        if (i == 0 || strcmp(setting->section, setting_table[i - 1].section) != 0) {
            fprintf(file, "[%s]\n", setting->section);
            print_comment(file, setting_section_help(setting->section));
            fputc('\n', file);
        }
        struct text value = text_of(setting->fallback);
        for (size_t j = 0; j < count; j++)
            if (strcmp(overrides[j].section, setting->section) == 0 &&
                strcmp(overrides[j].key, setting->key) == 0)
                value = overrides[j].value;
        if (!print_setting(file, setting, value, error)) return false;
    }
    return true;
}

void settings_print_sample(FILE *file) {
    fprintf(
        file,
        "# Configuration of osticket-fcgi. Every setting stands here with its default.\n"
        "# Values may stand between \" or '; one with # or ; in it must. What stands between the quotes\n"
        "# counts byte for byte. hex:6f7374 is the same as \"ost\", for values with both quotes in them.\n"
        "# Check it with: osticket-fcgi -t -c FILE\n\n");
    struct error error = {0};
    // The defaults are ours and fit: the error is for imported values.
    (void)!setting_print_file(file, NULL, 0, &error);
}
