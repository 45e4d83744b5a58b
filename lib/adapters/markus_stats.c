// SPDX-License-Identifier: GPL-2.0-or-later
// GET tickets-stats.php: numbers of tickets by departments and agents, out of three answers that are grouped
// by both.
#include "adapters/fields.h"
#include "adapters/markus.h"

#include <stdlib.h>

enum count { COUNT_ALL, COUNT_CLOSED, COUNT_OVERDUE, COUNTS };

// Tickets of an agent in a department; summed up, of either or of all.
struct cell {
    int64_t staff_id;
    struct text staff, department;
    int64_t of[COUNTS];
};

struct cells {
    struct arena *arena;
    struct cell *items;
    size_t count;
};

// Departments are told apart by their names, as there.
static struct cell *cell_of(struct cells *cells, int64_t staff_id, struct text department) {
    for (size_t i = 0; i < cells->count; i++)
        if (cells->items[i].staff_id == staff_id && text_equal(cells->items[i].department, department))
            return &cells->items[i];
    struct cell *cell = arena_append(cells->arena, &cells->items, &cells->count, sizeof *cell);
    if (cell) {
        cell->staff_id = staff_id;
        cell->department = department;
    }
    return cell;
}

static bool take(struct cells *cells, enum count of, const struct json_value *group, struct error *error) {
    struct cell *cell =
        cell_of(cells, field_integer(group, "staff.id"), field_text(group, "department.name"));
    if (!cell) return error_too_large(error);
    cell->staff = field_text(group, "staff.name");
    cell->of[of] += field_integer(group, "count");
    return true;
}

static int by_staff(const void *left, const void *right) {
    const struct cell *a = left, *b = right;
    int order = text_compare(a->staff, b->staff);
    if (!order) order = (a->staff_id > b->staff_id) - (a->staff_id < b->staff_id);
    return order ? order : text_compare(a->department, b->department);
}

static int by_department(const void *left, const void *right) {
    return text_compare(((const struct cell *)left)->department, ((const struct cell *)right)->department);
}

static void add(struct cell *to, const struct cell *cell) {
    for (int i = 0; i < COUNTS; i++) to->of[i] += cell->of[i];
}

static void write_counts(struct json_writer *json, const struct cell *cell, bool with_total) {
    if (with_total) json_integer_member(json, "total", cell->of[COUNT_ALL]);
    json_integer_member(json, "open", cell->of[COUNT_ALL] - cell->of[COUNT_CLOSED]);
    json_integer_member(json, "closed", cell->of[COUNT_CLOSED]);
    json_integer_member(json, "overdue", cell->of[COUNT_OVERDUE]);
}

// PHP writes an object without members as an empty array.
static bool open_named(struct json_writer *json, const char *name, bool is_empty) {
    json_name(json, name);
    if (!is_empty) json_open_object(json);
    if (!is_empty) return true;
    json_open_array(json);
    json_close_array(json);
    return false;
}

static void write_department(struct json_writer *json, const struct cell *cell, bool with_total) {
    json_name_text(json, cell->department);
    json_open_object(json);
    write_counts(json, cell, with_total);
    json_close_object(json);
}

static void write_departments(struct json_writer *json, const struct cells *cells) {
    size_t named = 0;
    qsort(cells->items, cells->count, sizeof *cells->items, by_department);
    for (size_t i = 0; i < cells->count; i++) named += !text_is_null(cells->items[i].department);
    if (!open_named(json, "by_department", !named)) return;
    for (size_t i = 0, next; i < cells->count; i = next) {
        struct cell sum = cells->items[i];
        for (next = i + 1; next < cells->count && by_department(&sum, &cells->items[next]) == 0; next++)
            add(&sum, &cells->items[next]);
        if (!text_is_null(sum.department)) write_department(json, &sum, true);
    }
    json_close_object(json);
}

// The cells of one agent: `count` of them.
static void write_agent(struct json_writer *json, const struct cell *cells, size_t count) {
    struct cell sum = cells[0];
    size_t named = 0;
    for (size_t i = 1; i < count; i++) add(&sum, &cells[i]);
    for (size_t i = 0; i < count; i++) named += !text_is_null(cells[i].department);
    json_open_object(json);
    json_integer_member(json, "staff_id", sum.staff_id);
    json_text_member(json, "staff_name", sum.staff);
    json_integer_member(json, "total", sum.of[COUNT_ALL]);
    if (open_named(json, "departments", !named)) {
        for (size_t i = 0; i < count; i++)
            if (!text_is_null(cells[i].department)) write_department(json, &cells[i], false);
        json_close_object(json);
    }
    json_close_object(json);
}

static void write_staff(struct json_writer *json, const struct cells *cells) {
    json_name(json, "by_staff");
    json_open_array(json);
    qsort(cells->items, cells->count, sizeof *cells->items, by_staff);
    for (size_t i = 0, next; i < cells->count; i = next) {
        const struct cell *first = &cells->items[i];
        for (next = i + 1; next < cells->count && cells->items[next].staff_id == first->staff_id;) next++;
        if (first->staff_id) write_agent(json, first, next - i);
    }
    json_close_array(json);
}

bool markus_tell_stats(struct adapted_run *run, struct json_writer *json, struct error *error) {
    struct cells cells = {.arena = &run->arena};
    struct cell sum = {0};
    for (int of = 0; of < COUNTS; of++) {
        const struct json_value *groups = field_at(run->answers[of], "stats");
        for (size_t i = 0; i < json_count(groups); i++)
            if (!take(&cells, (enum count)of, json_element(groups, i), error)) return false;
    }
    for (size_t i = 0; i < cells.count; i++) add(&sum, &cells.items[i]);
    json_open_object(json);
    write_counts(json, &sum, true);
    if (cells.count) {
        write_departments(json, &cells);
        write_staff(json, &cells);
    } else {
        open_named(json, "by_department", true);
        open_named(json, "by_staff", true);
    }
    json_close_object(json);
    return true;
}
