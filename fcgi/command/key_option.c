// SPDX-License-Identifier: GPL-2.0-or-later
// The options of "osticket-fcgi key".
#include "command/key_option.h"

#include "base/ip_address.h"
#include "base/scope.h"
#include "base/words.h"
#include "command/key_setting.h"
#include "store/api_key.h"
#include "store/people.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>
#include <time.h>

static bool check_network(const struct key_setting *setting, struct text word) {
    struct network network;
    if (!network_parse(word, &network))
        return error_set(setting->error, ERROR_BAD_REQUEST,
                         "\"%.*s\" is no address and no network as 10.0.0.0/8",
                         (int)text_cut(word, 80).length, word.data);
    if (network_is_open(&network) && !setting->options->open_keys)
        return error_set(setting->error, ERROR_BAD_REQUEST,
                         "%.*s lets everybody in who has the key: set [api] open_keys = yes if that is meant",
                         (int)word.length, word.data);
    return true;
}

static bool set_networks(const struct key_setting *setting) {
    struct buffer list = buffer_new(KEY_SETTING_LIST_MAX);
    struct text word;
    bool done = true;
    setting->row->networks = TEXT_NULL;
    if (key_setting_is(setting, "osticket")) return true;
    for (size_t at = 0; done && words_next(setting->value, &at, &word);) {
        done = check_network(setting, word);
        key_setting_add_word(&list, word);
    }
    if (done && !list.length) done = key_setting_wrong(setting, "names no network");
    done = done && key_setting_keep(setting, &list, &setting->row->networks);
    buffer_free(&list);
    return done;
}

static bool set_scopes(const struct key_setting *setting) {
    struct buffer list = buffer_new(KEY_SETTING_LIST_MAX);
    struct text word = TEXT("");
    unsigned scopes;
    setting->row->scopes = TEXT_NULL;
    if (key_setting_is(setting, "stock")) return true;
    bool done = scopes_read(setting->value, &scopes, &word);
    if (!done) {
        scopes_print(SCOPES_NAMED, &list);
        error_set(setting->error, ERROR_BAD_REQUEST, "\"%.*s\" is no scope; they are: %s, or * for all",
                  (int)text_cut(word, 80).length, word.data, list.data ? list.data : "");
    } else if (scopes == SCOPES_NAMED) {
        setting->row->scopes = TEXT("*");
        setting->row->creates_tickets = true;
    } else {
        scopes_print(scopes, &list);
        setting->row->creates_tickets =
            scopes & (SCOPE_CREATE | SCOPE_REPLY); // what is PHP's turn asks PHP's column
        done = key_setting_keep(setting, &list, &setting->row->scopes);
    }
    buffer_free(&list);
    return done;
}

static bool set_staff(const struct key_setting *setting) {
    struct staff staff = {0};
    setting->row->staff_id = 0;
    setting->row->username = TEXT_NULL;
    if (key_setting_is(setting, "none")) return true;
    int found = staff_by_username(setting->options->db, setting->value, setting->options->arena, &staff,
                                  setting->error);
    if (found == 0) return key_setting_wrong(setting, "is no agent's user name");
    setting->row->staff_id = staff.id;
    setting->row->username = staff.username;
    return found > 0;
}

static bool read_yes_no(const struct key_setting *setting, bool *place) {
    if (key_setting_is(setting, "yes") || key_setting_is(setting, "no")) {
        *place = key_setting_is(setting, "yes");
        return true;
    }
    return key_setting_wrong(setting, "is neither yes nor no");
}

static bool set_any_staff(const struct key_setting *setting) {
    return read_yes_no(setting, &setting->row->any_staff);
}
static bool set_system(const struct key_setting *setting) {
    return read_yes_no(setting, &setting->row->is_system);
}
static bool set_active(const struct key_setting *setting) {
    return read_yes_no(setting, &setting->row->active);
}
static bool set_cron(const struct key_setting *setting) {
    return read_yes_no(setting, &setting->row->runs_cron);
}

// "user:ADDRESS" or "user:ID", and the like.
static bool find_view(const struct key_setting *setting, struct text who, const char *view,
                      int by_name(struct db *db, struct text name, int64_t *id, struct error *error)) {
    int64_t id = 0;
    int found =
        text_to_int64(who, &id) && id > 0 ? 1 : by_name(setting->options->db, who, &id, setting->error);
    if (found == 0) return key_setting_wrong(setting, "names nobody here");
    setting->row->view = text_of(view);
    setting->row->view_id = id;
    return found > 0;
}

static struct text behind(struct text text, const char *head) {
    size_t length = strlen(head);
    bool begins = text.length > length && strncasecmp(text.data, head, length) == 0;
    return begins ? (struct text){text.data + length, text.length - length} : TEXT_NULL;
}

static bool set_view(const struct key_setting *setting) {
    struct text user = behind(setting->value, "user:"), organization = behind(setting->value, "org:");
    if (user.length) return find_view(setting, user, "user", user_by_address);
    if (organization.length) return find_view(setting, organization, "org", organization_by_name);
    if (!key_setting_is(setting, "all") && !key_setting_is(setting, "staff"))
        return key_setting_wrong(setting, "is no view: all, staff, user:ADDRESS, org:NAME");
    setting->row->view = key_setting_is(setting, "all") ? TEXT("all") : TEXT("staff");
    setting->row->view_id = 0;
    return true;
}

static bool add_department(const struct key_setting *setting, struct text name, struct buffer *list) {
    int64_t id = 0;
    int found = department_by_name(setting->options->db, name, &id, setting->error);
    if (found == 0)
        return error_set(setting->error, ERROR_BAD_REQUEST, "\"%.*s\" is no department's id or name",
                         (int)text_cut(name, 80).length, name.data);
    buffer_add_format(list, "%s%" PRId64, list->length ? " " : "", id);
    return found > 0;
}

// Names have blanks: commas separate.
static bool set_departments(const struct key_setting *setting) {
    struct buffer list = buffer_new(KEY_SETTING_LIST_MAX);
    size_t count = 0;
    bool done = true;
    setting->row->departments = TEXT_NULL;
    if (key_setting_is(setting, "any")) return true;
    for (struct text rest = setting->value, name; done && list_next(&rest, &name); count++)
        done = add_department(setting, text_trim(name), &list);
    if (done && count > KEY_DEPARTMENTS_MAX)
        done = key_setting_wrong(setting, "names more departments than a key can have");
    done = done && key_setting_keep(setting, &list, &setting->row->departments);
    buffer_free(&list);
    return done;
}

static bool set_rate(const struct key_setting *setting) {
    return key_setting_number(setting, "none", &setting->row->rate);
}
static bool set_burst(const struct key_setting *setting) {
    return key_setting_number(setting, "usual", &setting->row->burst);
}

// "2027-01-31", "2027-01-31T12:00:00Z", "now", or "90d" from now on.
static bool read_time(struct text value, time_t now, struct tm *time) {
    static const char *const forms[] = {"%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d"};
    char text[32];
    int64_t days = 0;
    struct text number = {value.data, value.length ? value.length - 1 : 0};
    if (text_equal_ignoring_case(value, TEXT("now"))) return gmtime_r(&now, time) != NULL;
    if (number.length && value.data[number.length] == 'd' && text_to_int64(number, &days) && days > 0 &&
        days <= 36500) {
        now += (time_t)days * 86400;
        return gmtime_r(&now, time) != NULL;
    }
    snprintf(text, sizeof text, "%.*s", (int)text_cut(value, sizeof text - 1).length, value.data);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        memset(time, 0, sizeof *time);
        const char *end = strptime(text, forms[i], time);
        struct tm same = *time; // a 30th of February becomes another day
        if (end && !*end && timegm(&same) > 0 && same.tm_mday == time->tm_mday) return true;
    }
    return false;
}

static bool set_expires(const struct key_setting *setting) {
    struct tm moment;
    char text[32];
    setting->row->expires = TEXT_NULL;
    if (key_setting_is(setting, "never")) return true;
    if (!read_time(setting->value, time(NULL), &moment))
        return key_setting_wrong(setting,
                                 "is no time: 2027-01-31, 2027-01-31T12:00:00Z (UTC), 90d, now, never");
    strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &moment);
    setting->row->expires = arena_copy(setting->options->arena, text_of(text));
    return true;
}

static bool set_note(const struct key_setting *setting) {
    setting->row->note = setting->value;
    return setting->value.length <= 255 || key_setting_wrong(setting, "is longer than 255 bytes");
}

static const struct {
    const char *name, *value, *help;
    bool (*set)(const struct key_setting *setting);
} table[] = {
    {"--networks", "LIST",
     "from where it may ask: 192.0.2.7 10.0.0.0/8; \"osticket\": osTicket's own address", set_networks},
    {"--scopes", "LIST", "what it may do: read create reply; \"*\": all; \"stock\": as [api] stock_scopes",
     set_scopes},
    {"--agent", "USERNAME", "the agent that it acts as; \"none\"", set_staff},
    {"--any-agent", "yes|no", "it may name the agent itself", set_any_staff},
    {"--system", "yes|no", "it may act as no agent", set_system},
    {"--view", "VIEW", "the tickets that it sees: all, staff (its agent's), user:ADDRESS, org:NAME",
     set_view},
    {"--departments", "LIST", "only of these, names or ids between commas; \"any\"", set_departments},
    {"--rate", "N", "requests a minute; \"none\": as many as come", set_rate},
    {"--burst", "N", "so many of them at once; \"usual\": those of ten seconds", set_burst},
    {"--expires", "TIME", "2027-01-31, 90d, now, never", set_expires},
    {"--active", "yes|no", "switched on", set_active},
    {"--cron", "yes|no", "it may ask for cron's jobs", set_cron},
    {"--tokens", "WORD",
     "tokens of clients that it signs: on, off, revoke (all until now), new (another secret, shown once)",
     key_set_tokens},
    {"--origins", "LIST", "pages that may show its tokens: https://desk.example.org; \"none\"",
     key_set_origins},
    {"--user-rate", "N", "requests a minute of one client; \"none\": as many as come", key_set_user_rate},
    {"--note", "TEXT", "what it is for", set_note},
};

static bool apply(const struct key_setting *setting, const char *name) {
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].name, name) == 0) return table[i].set(setting);
    return error_set(setting->error, ERROR_BAD_REQUEST, "there is no option %s", name);
}

// What options say together.
static bool fit_together(const struct key_draft *key, struct error *error) {
    const struct key_row *row = &key->row;
    bool signs = key->signing.secret.length;
    if (text_equal(row->view, TEXT("staff")) && !row->staff_id)
        return error_set(error, ERROR_BAD_REQUEST,
                         "--view staff needs --agent: the one whose tickets it sees");
    if (signs && !text_equal(row->view, TEXT("all")))
        return error_set(error, ERROR_BAD_REQUEST, "a key that sees some tickets only signs no tokens");
    if (key->signing_is_touched && !signs && (key->signing.origins.length || key->signing.user_rate))
        return error_set(error, ERROR_BAD_REQUEST,
                         "--origins and --user-rate are for keys that sign tokens: --tokens on");
    return true;
}

bool key_options_apply(const struct key_options *options, int count, char **words, struct key_draft *key,
                       struct error *error) {
    for (int i = 0; i < count; i += 2) {
        if (i + 1 == count) return error_set(error, ERROR_BAD_REQUEST, "%s needs a value", words[i]);
        const struct key_setting setting = {options, text_trim(text_of(words[i + 1])), &key->row, key, error};
        if (!apply(&setting, words[i])) return false;
    }
    return fit_together(key, error);
}

void key_options_print(FILE *file) {
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        fprintf(file, "  %-13s %-9s %s\n", table[i].name, table[i].value, table[i].help);
}
