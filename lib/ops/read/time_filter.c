// SPDX-License-Identifier: GPL-2.0-or-later
// Times of queries.
#include "ops/read/time_filter.h"

#include "calendar/zone.h"
#include "ops/time_text.h"
#include "store/help_desk.h"

#include <time.h>

// The instant at which a day begins on the help desk's clock.
static bool begin_day(const struct operation_context *context, struct arena *arena, int64_t *seconds,
                      struct error *error) {
    struct help_desk help_desk = {0};
    struct error ignored = {0};
    if (!help_desk_load_times(context->db, arena, &help_desk, error)) return false;
    struct text name = help_desk_config(&help_desk, "default_timezone");
    struct zone *zone = name.length ? zone_open(name, &ignored) : NULL;
    if (!zone) zone = zone_open(TEXT("UTC"), error);
    if (!zone) return false;
    *seconds = zone_utc(zone, *seconds);
    zone_close(&zone);
    return true;
}

bool time_filter(const struct operation_context *context, struct arena *arena, const char *name,
                 char stamp[TIME_FILTER_SIZE], struct text *text, struct error *error) {
    struct text value = context->parameter(context, name);
    struct time_text given;
    *text = TEXT_NULL;
    if (text_is_null(value) || !time_text_read(value, &given)) return true;
    if (given.kind == TIME_FROM_NOW) given.seconds += time(NULL);
    if (given.kind == TIME_ON_DAY && !begin_day(context, arena, &given.seconds, error)) return false;
    civil_stamp(given.seconds, stamp);
    *text = text_of(stamp);
    return true;
}
