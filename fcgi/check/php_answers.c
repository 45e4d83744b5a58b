// SPDX-License-Identifier: GPL-2.0-or-later
// Whether this server answers as the help desk's own PHP does.
#include "check/php_answers.h"

#include "config/ost_folder.h"

#include <stdio.h>
#include <string.h>

#define COMPARE "osticket-fcgi compare PHP_URL OUR_URL shows each difference"

struct finding {
    enum schema_grade grade;
    char text[512], mend[256];
};

static const char *priority_word(const struct ost_folder *found) {
    return found->priority == OST_PRIORITY_OBJECT ? "object" : "text";
}

// Whether the settings that count are those that give PHP's answers; only the current shape heeds "priority".
static bool is_answered_so(const struct settings *settings, const struct ost_folder *found) {
    bool current = strcmp(settings->api.shape, "current") == 0;
    return strcmp(settings->api.shape, found->shape) == 0 &&
           (!current || strcmp(settings->api.priority, priority_word(found)) == 0);
}

static void judge(const struct settings *settings, const struct ost_folder *found, struct finding *finding) {
    char name[64 + OST_VERSION_MAX];
    snprintf(name, sizeof name, "osTicket%s%s", found->version[0] ? " " : "", found->version);
    finding->grade = SCHEMA_GOOD;
    finding->mend[0] = '\0';
    if (!found->has_calls) {
        snprintf(finding->text, sizeof finding->text,
                 "%s has no calls that read or reply of its own: no client is used to another shape", name);
        return;
    }
    if (!found->shape || found->priority == OST_PRIORITY_UNKNOWN) {
        finding->grade = SCHEMA_WARNING;
        snprintf(
            finding->text, sizeof finding->text,
            "%s has the calls of pull request 4361, changed: its files do not tell in which shape it answers",
            name);
        snprintf(finding->mend, sizeof finding->mend, COMPARE);
        return;
    }
    bool current = strcmp(found->shape, "current") == 0;
    bool same = is_answered_so(settings, found);
    finding->grade = same ? SCHEMA_GOOD : SCHEMA_WARNING;
    snprintf(finding->text, sizeof finding->text,
             "%s has the calls of pull request 4361; its PHP answers as [api] shape = %s%s%s%s", name,
             found->shape, current ? ", priority = " : "", current ? priority_word(found) : "",
             same ? ", and so does this server" : ", this server otherwise");
    if (!same)
        snprintf(finding->mend, sizeof finding->mend,
                 "where clients expect PHP's answers, set them so; " COMPARE);
}

void php_answers_check(const struct settings *settings, schema_report *report, void *context) {
    struct ost_folder found;
    struct error error = {0};
    struct finding finding;
    const char *folder = settings->osticket.folder;
    if (!folder[0]) return;
    if (ost_folder_read(folder, &found, &error)) {
        judge(settings, &found, &finding);
        report(context, finding.grade, finding.text, finding.mend);
        return;
    }
    snprintf(finding.text, sizeof finding.text, "what osTicket's PHP answers cannot be told: %.300s",
             error.message);
    report(context, SCHEMA_WARNING, finding.text,
           "set [osticket] folder to where osTicket lies, or to nothing");
}
