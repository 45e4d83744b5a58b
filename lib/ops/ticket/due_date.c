// SPDX-License-Identifier: GPL-2.0-or-later
// When a ticket is due by its SLA.
#include "ops/ticket/due_date.h"

#include "calendar/business_hours.h"
#include "calendar/civil.h"
#include "calendar/schedule.h"
#include "calendar/zone.h"
#include "json/reader.h"

#define ARENA_MAX (4 << 20)
#define HOUR      3600
#define GRACE_MAX (100 * 366 * 24) // hours; a grace period is at most a century

struct due_dates due_dates_new(const struct help_desk *help_desk) {
    return (struct due_dates){.help_desk = help_desk, .arena = arena_new(ARENA_MAX)};
}

void due_dates_free(struct due_dates *due_dates) {
    for (size_t i = 0; i < due_dates->count; i++) zone_close(&due_dates->zones[i].zone);
    if (due_dates->database) zone_close(&due_dates->database);
    due_dates->count = 0;
    arena_free(&due_dates->arena);
}

// What the database's clock was seen to show in a winter and a summer.
static bool observe(struct text local, struct text utc, struct zone_observation *seen) {
    int64_t shown;
    if (!civil_parse_stamp(local, &shown) || !civil_parse_stamp(utc, &seen->utc)) return false;
    seen->offset = (int32_t)(shown - seen->utc);
    return true;
}

struct zone *due_dates_database_zone(struct due_dates *due_dates) {
    const struct help_desk *h = due_dates->help_desk;
    struct zone_observation seen[2];
    size_t count = 0;
    struct error ignored = {0};
    if (due_dates->database) return due_dates->database;
    struct text configured = help_desk_config(h, "db_timezone");
    if (configured.length) due_dates->database = zone_open(configured, &ignored);
    if (due_dates->database) return due_dates->database;
    count += observe(h->january, h->january_utc, &seen[count]);
    count += observe(h->july, h->july_utc, &seen[count]);
    due_dates->database = zone_open_database(h->zone_name, seen, count, &ignored);
    return due_dates->database;
}

// The zone of this name, opened once; the help desk's default where the name is empty or unknown, UTC failing
// that.
static struct zone *named_zone(struct due_dates *due_dates, struct text name) {
    struct error ignored = {0};
    if (!name.length) name = help_desk_config(due_dates->help_desk, "default_timezone");
    if (!name.length) name = TEXT("UTC");
    for (size_t i = 0; i < due_dates->count; i++)
        if (text_equal(due_dates->zones[i].name, name)) return due_dates->zones[i].zone;
    if (due_dates->count == DUE_ZONES_MAX) return NULL;
    struct zone *zone = zone_open(name, &ignored);
    if (!zone) zone = zone_open(TEXT("UTC"), &ignored);
    if (!zone) return NULL;
    due_dates->zones[due_dates->count].name = name;
    due_dates->zones[due_dates->count++].zone = zone;
    return zone;
}

static const struct schedule_row *find_schedule(const struct help_desk *help_desk, int64_t id) {
    for (size_t i = 0; i < help_desk->schedule_count; i++)
        if (help_desk->schedules[i].id == id) return &help_desk->schedules[i];
    return NULL;
}

// The schedule that counts: the department's, else the SLA's, else the help desk's. One of holidays is none.
static const struct schedule_row *choose_schedule(const struct help_desk *help_desk,
                                                  const struct due_terms *terms) {
    int64_t ids[] = {terms->department_schedule_id, terms->sla_schedule_id,
                     help_desk_number(help_desk, "schedule_id", 0)};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        const struct schedule_row *row = ids[i] ? find_schedule(help_desk, ids[i]) : NULL;
        if (row && row->flags & SCHEDULE_FLAG_BUSINESS_HOURS) return row;
    }
    return NULL;
}

static struct schedule_entry entry_of(const struct schedule_entry_row *row) {
    return (struct schedule_entry){
        .repeats = row->repeats,
        .starts_on = row->starts_on,
        .starts_at = row->starts_at,
        .ends_on = row->ends_on,
        .ends_at = row->ends_at,
        .stops_on = row->stops_on,
        .day = row->has_day ? (int)row->day : 0,
        .week = row->has_week ? (int)row->week : 0,
        .month = row->has_month ? (int)row->month : 0,
    };
}

static bool take_schedule(struct due_dates *due_dates, const struct schedule_row *row,
                          struct schedule *schedule) {
    const struct help_desk *h = due_dates->help_desk;
    struct schedule_entry *entries = NULL;
    size_t count = 0;
    for (size_t i = 0; i < h->schedule_entry_count; i++) {
        if (h->schedule_entries[i].schedule_id != row->id) continue;
        struct schedule_entry *entry = arena_append(&due_dates->arena, &entries, &count, sizeof *entry);
        if (!entry) return false;
        *entry = entry_of(&h->schedule_entries[i]);
    }
    *schedule = (struct schedule){named_zone(due_dates, row->timezone), entries, count};
    return schedule->zone != NULL;
}

// Appends the schedule of holidays with this id, a number or its text. False only for want of memory or a
// zone.
static bool take_holiday(struct due_dates *due_dates, const struct json_value *item,
                         struct schedule **holidays, size_t *count) {
    int64_t id = json_value_integer(item);
    if (json_kind(item) == JSON_TEXT && !text_to_int64(json_value_text(item), &id)) return true;
    const struct schedule_row *holiday = find_schedule(due_dates->help_desk, id);
    if (!holiday) return true;
    struct schedule *schedule = arena_append(&due_dates->arena, holidays, count, sizeof *schedule);
    return schedule && take_schedule(due_dates, holiday, schedule);
}

// The schedules of holidays that {"holidays":[4,…]} names. PHP writes a list with gaps as {"1":4,…}.
static bool take_holidays(struct due_dates *due_dates, const struct schedule_row *row,
                          struct schedule **holidays, size_t *count) {
    struct error ignored = {0};
    bool done = true;
    struct json_value *root = row->configuration.length ? json_parse(row->configuration, &ignored) : NULL;
    const struct json_value *ids = json_member(root, "holidays"), *item;
    struct text key;
    void *cursor = NULL;
    if (json_kind(ids) == JSON_OBJECT)
        while (done && json_next_member(ids, &cursor, &key, &item))
            done = take_holiday(due_dates, item, holidays, count);
    for (size_t i = 0; json_kind(ids) == JSON_ARRAY && done && i < json_count(ids); i++)
        done = take_holiday(due_dates, json_element(ids, i), holidays, count);
    json_free(&root);
    return done;
}

static bool reckon(struct due_dates *due_dates, const struct due_terms *terms, int64_t start, int64_t *end) {
    const struct schedule_row *row = choose_schedule(due_dates->help_desk, terms);
    struct schedule schedule = {0}, *holidays = NULL;
    size_t holiday_count = 0;
    struct error ignored = {0};
    if (row && !take_schedule(due_dates, row, &schedule)) return false;
    if (schedule.count == 0) {
        *end = start + terms->grace_hours * HOUR;
        return true;
    }
    return take_holidays(due_dates, row, &holidays, &holiday_count) &&
           business_hours_add(&schedule, holidays, holiday_count, start, terms->grace_hours * HOUR, end,
                              &ignored);
}

bool due_date_by_sla(struct due_dates *due_dates, const struct due_terms *terms, struct buffer *due) {
    char stamp[CIVIL_STAMP_SIZE];
    int64_t start, end;
    if (!terms->sla_active || terms->grace_hours < 0 || terms->grace_hours > GRACE_MAX) return false;
    struct zone *zone = due_dates_database_zone(due_dates);
    if (!zone || !zone_parse(zone, terms->since, &start)) return false;
    bool reckoned = reckon(due_dates, terms, start, &end);
    arena_free(&due_dates->arena);
    if (!reckoned) return false;
    zone_stamp(zone, end, stamp);
    buffer_add_string(due, stamp);
    return true;
}
