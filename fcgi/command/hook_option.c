// SPDX-License-Identifier: GPL-2.0-or-later
// The options of "osticket-fcgi hook add" and "set".
#include "command/hook_option.h"

#include "base/words.h"
#include "ops/parameters.h"
#include "store/changes/change_types.h"

#include <string.h>

struct setting {
    const struct hook_options *options;
    struct text value;
    struct webhook *webhook;
    struct error *error;
};

static bool wrong(const struct setting *setting, const char *what) {
    return error_set(setting->error, ERROR_BAD_REQUEST, "\"%.*s\" %s",
                     (int)text_cut(setting->value, 200).length, setting->value.data, what);
}

static bool check_words(const struct setting *setting, const char *words) {
    struct text rest = setting->value, word;
    while (list_next(&rest, &word))
        if (list_place(words, word) < 0) return false;
    return true;
}

static bool is_all(const struct setting *setting) {
    return text_equal(setting->value, TEXT("all")) || text_equal(setting->value, TEXT("none"));
}

static bool set_url(const struct setting *setting) {
    setting->webhook->url = setting->value;
    return target_check(setting->value, &setting->options->rule, setting->error);
}

static bool set_key(const struct setting *setting) {
    return (text_to_int64(setting->value, &setting->webhook->key_id) && setting->webhook->key_id > 0) ||
           wrong(setting, "is no number of a key; \"osticket-fcgi key list\" shows them");
}

static bool set_types(const struct setting *setting) {
    setting->webhook->types = is_all(setting) ? TEXT("") : setting->value;
    return is_all(setting) || check_words(setting, CHANGE_TYPE_NAMES) ||
           wrong(setting, "has a type that is not known: ticket.created,entry.reply … or all");
}

static bool set_departments(const struct setting *setting) {
    struct text rest = setting->value, word;
    int64_t id;
    setting->webhook->departments = is_all(setting) ? TEXT("") : setting->value;
    while (!is_all(setting) && list_next(&rest, &word))
        if (!text_to_int64(word, &id) || id <= 0)
            return wrong(setting, "is no list of departments' ids: 1,4 or all");
    return true;
}

static bool set_notes(const struct setting *setting) {
    setting->webhook->private_entries = text_equal(setting->value, TEXT("yes"));
    return setting->webhook->private_entries || text_equal(setting->value, TEXT("no")) ||
           wrong(setting, "has to be yes or no");
}

static bool set_format(const struct setting *setting) {
    setting->webhook->format = setting->value;
    return list_place("json,slack,teams", setting->value) >= 0 ||
           wrong(setting, "has to be json, slack or teams");
}

static bool set_parts(const struct setting *setting) {
    setting->webhook->parts = is_all(setting) ? TEXT("") : setting->value;
    return is_all(setting) || check_words(setting, "ticket,entry") ||
           wrong(setting, "has to be ticket, entry, both with a comma, or none");
}

static const struct option {
    const char *word, *value, *help;
    bool (*set)(const struct setting *setting);
} options_of[] = {
    {"--key", "ID", "whose webhook it is: that key's rights count (of a new one, it has to be there)",
     set_key},
    {"--url", "URL", "where it is called", set_url},
    {"--types", "LIST", "of which changes it is told: ticket.created,entry.reply …; all", set_types},
    {"--departments", "LIST", "of tickets in these departments, by id; all", set_departments},
    {"--notes", "yes|no", "of internal notes, too", set_notes},
    {"--format", "json|slack|teams", "as JSON, or as a line for a chat", set_format},
    {"--include", "LIST", "with the ticket, the entry: ticket,entry; none", set_parts},
};
#define OPTION_COUNT (sizeof options_of / sizeof *options_of)

static bool apply_flag(const char *word, struct hook_wish *wish) {
    if (strcmp(word, "--on") == 0) return wish->on = true;
    if (strcmp(word, "--off") == 0) return wish->off = true;
    return strcmp(word, "--new-secret") == 0 && (wish->new_secret = true);
}

static const struct option *find(const char *word) {
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (strcmp(options_of[i].word, word) == 0) return &options_of[i];
    return NULL;
}

bool hook_options_apply(const struct hook_options *options, int count, char **words, struct webhook *webhook,
                        struct hook_wish *wish, struct error *error) {
    for (int i = 0; i < count; i++) {
        const struct option *option = find(words[i]);
        if (!option && apply_flag(words[i], wish)) continue;
        if (!option) return error_set(error, ERROR_BAD_REQUEST, "\"%s\" is no option of hook", words[i]);
        if (i + 1 == count)
            return error_set(error, ERROR_BAD_REQUEST, "%s needs %s", words[i], option->value);
        struct setting setting = {options, arena_copy(options->arena, text_of(words[++i])), webhook, error};
        if (!option->set(&setting)) return false;
    }
    return true;
}

void hook_options_print(FILE *out) {
    for (size_t i = 0; i < OPTION_COUNT; i++)
        fprintf(out, "  %-14s %-17s %s\n", options_of[i].word, options_of[i].value, options_of[i].help);
    fputs("  --on, --off                      (set) switch it on again, or off\n"
          "  --new-secret                     (set) another secret, shown this once; both sign for a day\n",
          out);
}
