// SPDX-License-Identifier: GPL-2.0-or-later
// What -t finds.
#include "check/findings.h"

#include "json/writer.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#define TEXT_MAX (16 * 1024)

// One line whatever the text holds: a server's message may be of several.
static void print(FILE *out, const char *text) {
    for (; *text; text++) fputc(iscntrl((unsigned char)*text) ? ' ' : *text, out);
}

static void add_member(struct buffer *list, const char *name, const char *value) {
    buffer_add_format(list, ",\"%s\":", name);
    json_quote(text_of(value), list);
}

static void add_json(struct findings *findings, const char *grade, const char *finding, const char *mend) {
    struct buffer *list = &findings->list;
    buffer_add_format(list, "%s{\"grade\":\"%s\"", list->length ? "," : "", grade);
    add_member(list, "finding", finding);
    add_member(list, "mend", mend);
    buffer_add_char(list, '}');
}

// With the path where it belongs.
static void write_mend(const struct findings *findings, const char *mend, struct buffer *out) {
    const char *set = strstr(mend, "set [");
    for (const char *c = mend; *c; c++) {
        if (c == set) buffer_add_format(out, "in %s ", findings->config);
        if (strncmp(c, "{config}", 8) == 0) {
            buffer_add_string(out, findings->config);
            c += 7;
        } else {
            buffer_add_char(out, *c);
        }
    }
}

void findings_add(void *context, enum schema_grade grade, const char *finding, const char *mend) {
    static const char *const marks[] = {
        [SCHEMA_GOOD] = "ok", [SCHEMA_WARNING] = "warning", [SCHEMA_WRONG] = "error"};
    struct findings *findings = context;
    struct buffer how = buffer_new(TEXT_MAX);
    write_mend(findings, mend, &how);
    findings->warnings += grade == SCHEMA_WARNING;
    findings->errors += grade == SCHEMA_WRONG;
    if (findings->json) {
        add_json(findings, marks[grade], finding, how.data);
    } else {
        fprintf(findings->out, "%s: ", marks[grade]);
        print(findings->out, finding);
        if (how.length) fputs("; mend: ", findings->out);
        print(findings->out, how.data);
        fputc('\n', findings->out);
    }
    buffer_free(&how);
}

void findings_tell(struct findings *findings, enum schema_grade grade, const char *mend, const char *format,
                   ...) {
    char finding[2048];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(finding, sizeof finding, format, arguments);
    va_end(arguments);
    findings_add(findings, grade, finding, mend);
}

void findings_add_native(void *context, const char *requests, const char *reason) {
    struct findings *findings = context;
    char finding[1024];
    snprintf(finding, sizeof finding, "%.400s go to PHP: %.600s", requests, reason);
    if (findings->json) {
        add_json(findings, "php", finding, "");
        return;
    }
    fputs("php: ", findings->out);
    print(findings->out, finding);
    fputc('\n', findings->out);
}

void findings_end(struct findings *findings, bool usable) {
    if (!findings->json) return;
    struct buffer path = buffer_new(TEXT_MAX);
    json_quote(text_of(findings->config), &path);
    fprintf(findings->out, "{\"file\":%s,\"usable\":%s,\"errors\":%u,\"warnings\":%u,\"findings\":[%s]}\n",
            path.data, usable ? "true" : "false", findings->errors, findings->warnings, findings->list.data);
    buffer_free(&path);
}
