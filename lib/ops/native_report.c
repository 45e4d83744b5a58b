// SPDX-License-Identifier: GPL-2.0-or-later
// Which requests to this help desk are left to PHP.
#include "ops/native_report.h"

#include "forms/form.h"
#include "ops/create/filter.h"
#include "ops/native_version.h"
#include "ops/plugins.h"
#include "store/create/native_rows.h"

#include <stdarg.h>
#include <stdio.h>

#define ARENA_MAX   (64 << 20)
#define NAME_SHOWN  60
#define NEW_TICKETS "all new tickets (tickets.json, tickets.xml)"

struct reporting {
    const struct native_settings *native;
    native_reporter *report;
    schema_report *find;
    void *context;
};

static void tell(const struct reporting *reporting, const char *requests, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void tell(const struct reporting *reporting, const char *requests, const char *format, ...) {
    char reason[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    reporting->report(reporting->context, requests, reason);
}

// For "%.*s".
#define SHOWN(text) (int)text_cut(text, NAME_SHOWN).length, (text).data ? (text).data : ""

static const char *follows_for_replies(const struct native_settings *native) {
    if (native->fallback && native->replies) return "replies go to PHP, too";
    return "it does not hear of replies that are written here";
}

// Without PHP no ticket can be made any more: an error. Else whoever reads this may want to know.
static void tell_listening(const struct reporting *reporting, const struct plugin_row *plugin) {
    const struct native_settings *native = reporting->native;
    struct text folder = plugin_folder(plugin->install_path);
    char finding[512], mend[512];
    tell(reporting, NEW_TICKETS, "the plugin \"%.*s\" is active", SHOWN(plugin->name));
    snprintf(finding, sizeof finding, "the plugin \"%.*s\" (%.*s) is active: new tickets %s; %s",
             SHOWN(plugin->name), SHOWN(plugin->install_path),
             native->fallback ? "go to PHP" : "are answered with 501, as there is no fallback",
             follows_for_replies(native));
    snprintf(mend, sizeof mend,
             "where it has nothing to do with tickets set [create] ignore_plugins = %.*s%s%.*s%s%s",
             SHOWN(native->ignored_plugins), native->ignored_plugins.length ? ", " : "", SHOWN(folder),
             native->fallback ? "" : "; else set [fallback] so that PHP answers",
             native->fallback && !native->replies
                 ? "; where it has to hear of replies: replies = yes of [fallback]"
                 : "");
    reporting->find(reporting->context, native->fallback ? SCHEMA_WARNING : SCHEMA_WRONG, finding, mend);
}

static void tell_audit(const struct reporting *reporting, const struct plugin_row *plugin) {
    bool despite = reporting->native->despite_audit;
    char finding[512];
    snprintf(finding, sizeof finding,
             "the plugin \"%.*s\" (%.*s) is active: what agents and clients do to tickets %s",
             SHOWN(plugin->name), SHOWN(plugin->install_path),
             despite ? "is done here, and it does not hear of it" : "is answered with 501");
    reporting->find(reporting->context, SCHEMA_WARNING, finding,
                    despite ? "write_despite_audit = no of [api] ends that"
                            : "where its log need not be whole set [api] write_despite_audit = yes");
}

static void tell_plugin(const struct reporting *reporting, const struct plugin_row *plugin) {
    enum plugin_kind kind = plugin_kind_of(plugin->install_path, reporting->native->ignored_plugins);
    char finding[512];
    if (kind == PLUGIN_LISTENS) {
        tell_listening(reporting, plugin);
        if (plugin_is_audit(plugin->install_path)) tell_audit(reporting, plugin);
        return;
    }
    snprintf(finding, sizeof finding,
             "the plugin \"%.*s\" (%.*s) is active, %s: tickets and replies are made here",
             SHOWN(plugin->name), SHOWN(plugin->install_path),
             kind == PLUGIN_HARMLESS ? "known to be harmless" : "named by [create] ignore_plugins");
    reporting->find(reporting->context, SCHEMA_GOOD, finding, "");
}

static void tell_setup(const struct reporting *reporting, const struct native_rows *rows) {
    if (!reporting->native->cron) tell(reporting, "tasks/cron", "[cron] enabled is no");
    if (!native_version_is_known(rows->signature))
        tell(reporting, "all new tickets and replies", "the schema version is not known");
    for (size_t i = 0; i < rows->plugin_count; i++) tell_plugin(reporting, &rows->plugins[i]);
    if (rows->storage.length && !text_equal(rows->storage, TEXT("D")))
        tell(reporting, "new tickets and replies that bring files",
             "files are kept outside the database (default_storage_bk is \"%.*s\")", SHOWN(rows->storage));
}

static void tell_fields(const struct reporting *reporting, const struct native_rows *rows) {
    for (size_t i = 0; i < rows->field_count; i++) {
        const struct native_field *field = &rows->fields[i];
        struct form_field known = {.id = field->row.id,
                                   .flags = field->row.flags,
                                   .type = field->row.type,
                                   .configuration = field->row.configuration};
        char requests[256] = NEW_TICKETS;
        if (form_field_is_known(&known)) continue;
        if (field->form_type == 'U') snprintf(requests, sizeof requests, "new tickets of new users");
        if (field->topic.data)
            snprintf(requests, sizeof requests, "new tickets with the help topic \"%.*s\"",
                     SHOWN(field->topic));
        tell(reporting, requests,
             form_type_is_known(field->row.type)
                 ? "the form field \"%.*s\" of the type \"%.*s\" has a configuration that only PHP reads"
                 : "the form field \"%.*s\" is of the type \"%.*s\"",
             SHOWN(field->row.label), SHOWN(field->row.type));
    }
}

static void tell_filters(const struct reporting *reporting, const struct native_rows *rows) {
    for (size_t i = 0; i < rows->filter_count; i++) {
        const struct filter_row *filter = &rows->filters[i];
        struct text what, why;
        if (ticket_filter_is_known(filter, &what, &why)) continue;
        if (ticket_filter_concerns(filter, TEXT("API"), 0))
            tell(reporting, NEW_TICKETS, "the ticket filter \"%.*s\" has %.*s \"%.*s\"", SHOWN(filter->name),
                 SHOWN(why), SHOWN(what));
    }
}

bool native_report(const struct db_settings *settings, const struct native_settings *native,
                   native_reporter *report, schema_report *find, void *context, struct error *error) {
    struct reporting reporting = {native, report, find, context};
    struct arena arena = arena_new(ARENA_MAX);
    struct native_rows rows;
    bool done = native_rows_load(settings, &arena, &rows, error);
    if (done) {
        tell_setup(&reporting, &rows);
        tell_fields(&reporting, &rows);
        tell_filters(&reporting, &rows);
    }
    arena_free(&arena);
    return done;
}
