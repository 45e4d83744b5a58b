// SPDX-License-Identifier: GPL-2.0-or-later
// Which requests to this help desk are left to PHP.
#include "ops/native_report.h"

#include "forms/form.h"
#include "ops/ticket_filter.h"
#include "store/native_rows.h"
#include "store/schema_needs.h"

#include <stdarg.h>
#include <stdio.h>

#define ARENA_MAX   (64 << 20)
#define NAME_SHOWN  60
#define NEW_TICKETS "all new tickets (tickets.json, tickets.xml)"

struct reporting {
    native_reporter *report;
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

static bool is_known_version(struct text signature) {
    for (size_t i = 0; i < schema_version_count; i++)
        if (schema_versions[i].fits && text_equal(signature, text_of(schema_versions[i].signature)))
            return true;
    return false;
}

static void tell_setup(const struct reporting *reporting, const struct native_rows *rows) {
    tell(reporting, "tickets.email and tasks/cron", "this server does not do them itself");
    if (!is_known_version(rows->signature)) tell(reporting, NEW_TICKETS, "the schema version is not known");
    for (size_t i = 0; i < rows->plugin_count; i++)
        tell(reporting, NEW_TICKETS, "the plugin \"%.*s\" is active", SHOWN(rows->plugins[i]));
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
        tell(reporting, requests, "the form field \"%.*s\" is of the type \"%.*s\"", SHOWN(field->row.label),
             SHOWN(field->row.type));
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

bool native_report(const struct db_settings *settings, native_reporter *report, void *context,
                   struct error *error) {
    struct reporting reporting = {report, context};
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
