// SPDX-License-Identifier: GPL-2.0-or-later
// The rows of CREATE_DESK as they come: part of desk.c.
#ifndef STORE_CREATE_DESK_ROWS_H
#define STORE_CREATE_DESK_ROWS_H

#include "store/create/desk.h"
#include "store/row.h"

// Its place among its kind: by `sort`, then by id.
struct desk_place {
    int64_t sort, id;
};

// Rows come in any order: what belongs to what is sorted and put together at the end.
struct desk_loading {
    const struct create_desk_wish *wish;
    struct text domain;
    struct create_desk *desk;
    struct topic_row default_topic;
    struct field_row *fields;
    size_t field_count;
    struct filter_rule_of {
        struct desk_place place;
        int64_t filter_id;
        struct filter_rule_row row;
    } * rules;
    size_t rule_count;
    struct filter_action_of {
        struct desk_place place;
        int64_t filter_id;
        struct filter_action_row row;
    } * actions;
    size_t action_count;
    struct topic_form_of {
        struct desk_place place;
        int64_t form_id;
        struct text type, extra;
    } * topic_forms; // the ticket form among them
    size_t topic_form_count;
};

// A row of any kind, into a struct desk_loading; its texts lie in the row's arena.
row_take desk_take_row;

// A row of a topic, into a struct topic_row.
row_take desk_take_topic;

#endif
