// SPDX-License-Identifier: GPL-2.0-or-later
// Variables of dates, in the help desk's formats and time zone.
#include "calendar/format.h"
#include "calendar/zone.h"
#include "mail/date_formats.h"
#include "mail/variables/types.h"

#include <inttypes.h>
#include <time.h>

struct variable variable_of_moment(struct variables *variables, int64_t utc) {
    struct moment *moment = utc ? arena_take(variables->arena, sizeof *moment) : NULL;
    if (moment) moment->utc = utc;
    return variable_of_object(&date_type, moment);
}

// A zone that nobody knows is UTC, as in osTicket.
static struct zone *open_zone(struct text name, struct error *error) {
    struct zone *zone = name.length ? zone_open(name, error) : NULL;
    return zone ? zone : zone_open(TEXT("UTC"), error);
}

static struct zone *desk_zone(struct variables *variables, struct error *error) {
    if (!variables->zone)
        variables->zone = open_zone(help_desk_config(variables->help_desk, "default_timezone"), error);
    return variables->zone;
}

static struct variable written(struct variables *variables, const void *object, enum format_kind kind) {
    const struct moment *moment = object;
    const struct format_settings formats = date_formats(variables->help_desk);
    struct buffer out = buffer_new(FORMAT_BYTES_MAX);
    struct error error = {0};
    struct zone *own = moment->in_zone ? open_zone(moment->zone_name, &error) : NULL;
    struct zone *zone = own ? own : desk_zone(variables, &error);
    if (!zone || !format_instant(&formats, kind, zone, moment->utc, &out, &error)) buffer_clear(&out);
    zone_close(&own);
    return variable_of_buffer(variables, &out, false);
}

static struct variable date_short(struct variables *variables, const void *object) {
    return written(variables, object, FORMAT_DATE);
}

static struct variable date_long(struct variables *variables, const void *object) {
    return written(variables, object, FORMAT_DATETIME);
}

static struct variable date_time(struct variables *variables, const void *object) {
    return written(variables, object, FORMAT_TIME);
}

static struct variable date_full(struct variables *variables, const void *object) {
    return written(variables, object, FORMAT_DAYDATETIME);
}

static struct variable date_self(struct variables *variables, const void *object) {
    return written(variables, object,
                   ((const struct moment *)object)->date_only ? FORMAT_DATE : FORMAT_DATETIME);
}

static struct variable date_system(struct variables *variables, const void *object) {
    const struct moment *moment = object;
    return variable_of_moment(variables, moment->utc);
}

// In the recipient's own zone where he has chosen one.
static struct variable date_user(struct variables *variables, const void *object) {
    const struct variable_roots *roots = variables->roots;
    struct moment *moment = arena_take(variables->arena, sizeof *moment);
    if (!moment) return variable_of_text(TEXT_NULL);
    *moment = *(const struct moment *)object;
    moment->zone_name = roots->agent_recipient ? roots->agent_recipient->timezone
                        : roots->owner         ? roots->owner->timezone
                                               : TEXT_NULL;
    moment->in_zone = moment->zone_name.length > 0;
    return variable_of_object(&date_type, moment);
}

// "5 minutes ago", "in 2 days".
static struct variable date_humanize(struct variables *variables, const void *object) {
    static const struct {
        int64_t seconds;
        const char *name;
    } units[] = {{31536000, "year"}, {2592000, "month"}, {604800, "week"}, {86400, "day"},
                 {3600, "hour"},     {60, "minute"},     {1, "second"}};
    int64_t passed = (int64_t)time(NULL) - ((const struct moment *)object)->utc;
    int64_t distance = passed < 0 ? -passed : passed;
    struct buffer out = buffer_new(64);
    size_t unit = 0;
    if (distance < 30) return variable_of_text(TEXT("just now"));
    while (distance < units[unit].seconds) unit++;
    int64_t number = distance / units[unit].seconds;
    buffer_add_format(&out, "%s%" PRId64 " %s%s%s", passed < 0 ? "in " : "", number, units[unit].name,
                      number == 1 ? "" : "s", passed < 0 ? "" : " ago");
    return variable_of_buffer(variables, &out, false);
}

static const struct member date_members[] = {
    {"short", date_short}, {"long", date_long},     {"time", date_time},         {"full", date_full},
    {"user", date_user},   {"system", date_system}, {"humanize", date_humanize}, {NULL, NULL},
};

const struct object_type date_type = {date_members, date_self, NULL};
