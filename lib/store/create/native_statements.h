// SPDX-License-Identifier: GPL-2.0-or-later
// The statement of native_rows.c: one kind of row below the other. Each kind has a list of its own, all of
// them as many columns: what it is, its id, a number, five texts, its place among the kinds.
#ifndef STORE_CREATE_NATIVE_STATEMENTS_H
#define STORE_CREATE_NATIVE_STATEMENTS_H

#include "store/columns.h"
#include "store/uniform_text.h"

// clang-format off
// Those with an instance that is switched on, or with none at all. As the first kind they decide what the columns hold,
// see uniform_text.h.
#define NATIVE_PLUGIN(FIRST, NEXT, PART) \
    FIRST(NATIVE_KIND, TEXT, "'plugin'") \
    NEXT(NATIVE_PLUGIN_ID, INTEGER, "p.id AS id") \
    NEXT(NATIVE_NUMBER, INTEGER, "NULL") \
    NEXT(NATIVE_PLUGIN_NAME, TEXT, UNIFORM("p.name")) \
    NEXT(NATIVE_PLUGIN_PATH, TEXT, UNIFORM("p.install_path")) \
    NEXT(NATIVE_TEXT_3, TEXT, NO_TEXT) \
    NEXT(NATIVE_TEXT_4, TEXT, NO_TEXT) \
    NEXT(NATIVE_TEXT_5, TEXT, NO_TEXT) \
    NEXT(NATIVE_PLACE, INTEGER, "0 AS place")
COLUMN_NAMES(NATIVE_PLUGIN);
#define NATIVE_KIND_NAMES(LIST) \
    COLUMN_NAMES(LIST); \
    _Static_assert((int)LIST##_COUNT == (int)NATIVE_PLUGIN_COUNT, "each kind has as many columns")

#define NATIVE_SETTING(FIRST, NEXT, PART) \
    FIRST(NATIVE_SETTING_KIND, TEXT, "'config'") \
    NEXT(NATIVE_SETTING_ID, INTEGER, "0") \
    NEXT(NATIVE_SETTING_NUMBER, ANY, "NULL") \
    NEXT(NATIVE_SETTING_KEY, TEXT, "c.`key`") \
    NEXT(NATIVE_SETTING_VALUE, TEXT, "c.value") \
    PART(NATIVE_SETTING_NO_TEXTS, NONE_3) \
    NEXT(NATIVE_SETTING_PLACE, INTEGER, "0")
NATIVE_KIND_NAMES(NATIVE_SETTING);

// Of the forms of users and tickets, then of those of help topics.
#define NATIVE_FIELD_OF(FIRST, NEXT, PART, topic, place) \
    FIRST(NATIVE_FIELD_KIND, TEXT, "'field'") \
    NEXT(NATIVE_FIELD_ID, INTEGER, "f.id") \
    NEXT(NATIVE_FIELD_FLAGS, INTEGER, "f.flags") \
    NEXT(NATIVE_FIELD_TYPE, TEXT, "f.type") \
    NEXT(NATIVE_FIELD_LABEL, TEXT, "f.label") \
    NEXT(NATIVE_FIELD_CONFIGURATION, TEXT, "f.configuration") \
    NEXT(NATIVE_FIELD_FORM_TYPE, TEXT, "o.type") \
    NEXT(NATIVE_FIELD_TOPIC, TEXT, topic) \
    NEXT(NATIVE_FIELD_PLACE, INTEGER, place)
#define NATIVE_FIELD(FIRST, NEXT, PART) NATIVE_FIELD_OF(FIRST, NEXT, PART, "NULL", "1")
#define NATIVE_FIELD_OF_TOPIC(FIRST, NEXT, PART) NATIVE_FIELD_OF(FIRST, NEXT, PART, "t.topic", "2")
NATIVE_KIND_NAMES(NATIVE_FIELD);

#define NATIVE_FILTER(FIRST, NEXT, PART) \
    FIRST(NATIVE_FILTER_KIND, TEXT, "'filter'") \
    NEXT(NATIVE_FILTER_ID, INTEGER, "l.id") \
    NEXT(NATIVE_FILTER_MAILBOX, INTEGER, "l.email_id") \
    NEXT(NATIVE_FILTER_NAME, TEXT, "l.name") \
    NEXT(NATIVE_FILTER_TARGET, TEXT, "CONCAT(l.target)") \
    PART(NATIVE_FILTER_NO_TEXTS, NONE_3) \
    NEXT(NATIVE_FILTER_PLACE, INTEGER, "3")
NATIVE_KIND_NAMES(NATIVE_FILTER);

// Behind the filters.
#define NATIVE_RULE(FIRST, NEXT, PART) \
    FIRST(NATIVE_RULE_KIND, TEXT, "'rule'") \
    NEXT(NATIVE_RULE_FILTER, INTEGER, "r.filter_id") \
    NEXT(NATIVE_RULE_NUMBER, ANY, "NULL") \
    NEXT(NATIVE_RULE_WHAT, TEXT, "r.what") \
    NEXT(NATIVE_RULE_HOW, TEXT, "CONCAT(r.how)") \
    PART(NATIVE_RULE_NO_TEXTS, NONE_3) \
    NEXT(NATIVE_RULE_PLACE, INTEGER, "4")
NATIVE_KIND_NAMES(NATIVE_RULE);

#define NATIVE_ACTION(FIRST, NEXT, PART) \
    FIRST(NATIVE_ACTION_KIND, TEXT, "'action'") \
    NEXT(NATIVE_ACTION_FILTER, INTEGER, "a.filter_id") \
    NEXT(NATIVE_ACTION_NUMBER, ANY, "NULL") \
    NEXT(NATIVE_ACTION_TYPE, TEXT, "a.type") \
    PART(NATIVE_ACTION_NO_TEXTS, NONE_4) \
    NEXT(NATIVE_ACTION_PLACE, INTEGER, "4")
NATIVE_KIND_NAMES(NATIVE_ACTION);

#define NATIVE_STATEMENTS(STATEMENT) \
    STATEMENT(NATIVE_ROWS, "", NATIVE_PLUGIN, \
        "SELECT " COLUMNS(NATIVE_PLUGIN) " " \
        "FROM {plugin} p " \
        "WHERE p.isactive=1 AND (NOT EXISTS(SELECT 1 FROM {plugin_instance} i WHERE i.plugin_id=p.id) " \
        "OR EXISTS(SELECT 1 FROM {plugin_instance} i WHERE i.plugin_id=p.id AND i.flags&1)) " \
        "UNION ALL SELECT " COLUMNS(NATIVE_SETTING) " " \
        "FROM {config} c " \
        "WHERE c.namespace='core' AND c.`key` IN ('default_storage_bk','schema_signature') " \
        "UNION ALL SELECT " COLUMNS(NATIVE_FIELD) " " \
        "FROM {form_field} f " \
        "JOIN {form} o ON o.id=f.form_id " \
        "WHERE o.id IN ((SELECT MIN(u.id) FROM {form} u WHERE u.type='U')," \
        "(SELECT MIN(u.id) FROM {form} u WHERE u.type='T')) " \
        "UNION ALL SELECT " COLUMNS(NATIVE_FIELD_OF_TOPIC) " " \
        "FROM {help_topic_form} h " \
        "JOIN {help_topic} t ON t.topic_id=h.topic_id " \
        "JOIN {form} o ON o.id=h.form_id AND o.type<>'T' " \
        "JOIN {form_field} f ON f.form_id=o.id " \
        "UNION ALL SELECT " COLUMNS(NATIVE_FILTER) " " \
        "FROM {filter} l " \
        "WHERE l.isactive=1 " \
        "UNION ALL SELECT " COLUMNS(NATIVE_RULE) " " \
        "FROM {filter_rule} r " \
        "UNION ALL SELECT " COLUMNS(NATIVE_ACTION) " " \
        "FROM {filter_action} a " \
        "ORDER BY place,id")
// clang-format on

#endif
