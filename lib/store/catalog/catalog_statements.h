// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of this folder: what a help desk has to choose from. spec: operations.md 3.7.
#ifndef STORE_CATALOG_CATALOG_STATEMENTS_H
#define STORE_CATALOG_CATALOG_STATEMENTS_H

#include "store/columns.h"
#include "store/read/ticket_object_statements.h"

// clang-format off
// An agent s, a row for each of his departments d: his own and those that he has access to, with all that lie below them, and
// those that he manages.
#define CATALOG_AGENT_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CATALOG_AGENT_IS_ACTIVE, INTEGER, "s.isactive") \
    NEXT(CATALOG_AGENT_PERMISSIONS, TEXT, "s.permissions") \
    NEXT(CATALOG_AGENT_DEPARTMENT, INTEGER, "d.id")
COLUMN_NAMES(CATALOG_AGENT_COLUMNS);
#define CATALOG_IS_BELOW(id) "(d.id=" id " OR d.path LIKE CONCAT('%/'," id ",'/%'))"

#define CATALOG_DEPARTMENT_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CATALOG_DEPARTMENT_ID, INTEGER, "d.id") \
    NEXT(CATALOG_DEPARTMENT_PARENT, INTEGER, "d.pid") \
    NEXT(CATALOG_DEPARTMENT_NAME, TEXT, "d.name") \
    NEXT(CATALOG_DEPARTMENT_FLAGS, INTEGER, "d.flags") \
    NEXT(CATALOG_DEPARTMENT_IS_PUBLIC, INTEGER, "d.ispublic") \
    NEXT(CATALOG_DEPARTMENT_SLA, INTEGER, "l.id") \
    NEXT(CATALOG_DEPARTMENT_SLA_NAME, TEXT, "l.name") \
    PART(CATALOG_DEPARTMENT_MANAGER, AGENT_PART)
COLUMN_NAMES(CATALOG_DEPARTMENT_COLUMNS);

// A help topic, a row for each of its forms.
#define CATALOG_TOPIC_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CATALOG_TOPIC_ID, INTEGER, "t.topic_id") \
    NEXT(CATALOG_TOPIC_PARENT, INTEGER, "t.topic_pid") \
    NEXT(CATALOG_TOPIC_NAME, TEXT, "t.topic") \
    NEXT(CATALOG_TOPIC_FLAGS, INTEGER, "t.flags") \
    NEXT(CATALOG_TOPIC_IS_PUBLIC, INTEGER, "t.ispublic") \
    NEXT(CATALOG_TOPIC_DEPARTMENT, INTEGER, "d.id") \
    NEXT(CATALOG_TOPIC_DEPARTMENT_NAME, TEXT, "d.name") \
    NEXT(CATALOG_TOPIC_SLA, INTEGER, "l.id") \
    NEXT(CATALOG_TOPIC_SLA_NAME, TEXT, "l.name") \
    NEXT(CATALOG_TOPIC_PRIORITY, INTEGER, "p.priority_id") \
    NEXT(CATALOG_TOPIC_PRIORITY_NAME, TEXT, "p.priority_desc") \
    NEXT(CATALOG_TOPIC_STATUS, INTEGER, "st.id") \
    NEXT(CATALOG_TOPIC_STATUS_NAME, TEXT, "st.name") \
    NEXT(CATALOG_TOPIC_FORM, INTEGER, "o.id") \
    NEXT(CATALOG_TOPIC_FORM_TITLE, TEXT, "o.title")
COLUMN_NAMES(CATALOG_TOPIC_COLUMNS);

#define CATALOG_STATUS_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CATALOG_STATUS_ID, INTEGER, "st.id") \
    NEXT(CATALOG_STATUS_NAME, TEXT, "st.name") \
    NEXT(CATALOG_STATUS_STATE, TEXT, "st.state") \
    NEXT(CATALOG_STATUS_MODE, INTEGER, "st.mode") \
    NEXT(CATALOG_STATUS_PROPERTIES, TEXT, "st.properties")
COLUMN_NAMES(CATALOG_STATUS_COLUMNS);

#define CATALOG_PRIORITY_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CATALOG_PRIORITY_ID, INTEGER, "p.priority_id") \
    NEXT(CATALOG_PRIORITY_NAME, TEXT, "p.priority") \
    NEXT(CATALOG_PRIORITY_LABEL, TEXT, "p.priority_desc") \
    NEXT(CATALOG_PRIORITY_COLOR, TEXT, "p.priority_color") \
    NEXT(CATALOG_PRIORITY_URGENCY, INTEGER, "p.priority_urgency") \
    NEXT(CATALOG_PRIORITY_IS_PUBLIC, INTEGER, "p.ispublic")
COLUMN_NAMES(CATALOG_PRIORITY_COLUMNS);

#define CATALOG_SLA_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CATALOG_SLA_ID, INTEGER, "l.id") \
    NEXT(CATALOG_SLA_NAME, TEXT, "l.name") \
    NEXT(CATALOG_SLA_FLAGS, INTEGER, "l.flags") \
    NEXT(CATALOG_SLA_GRACE, INTEGER, "l.grace_period") \
    NEXT(CATALOG_SLA_SCHEDULE, INTEGER, "c.id") \
    NEXT(CATALOG_SLA_SCHEDULE_NAME, TEXT, "c.name")
COLUMN_NAMES(CATALOG_SLA_COLUMNS);

// An agent, a row for each department that he has access to.
#define CATALOG_STAFF_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CATALOG_STAFF_IS_ACTIVE, INTEGER, "s.isactive") \
    NEXT(CATALOG_STAFF_IS_AWAY, INTEGER, "s.onvacation") \
    NEXT(CATALOG_STAFF_ADDRESS, TEXT, "s.email") \
    NEXT(CATALOG_STAFF_DEPARTMENT, INTEGER, "s.dept_id") \
    NEXT(CATALOG_STAFF_DEPARTMENT_NAME, TEXT, "d.name") \
    NEXT(CATALOG_STAFF_ACCESS, INTEGER, "a.dept_id") \
    PART(CATALOG_STAFF_AGENT, AGENT_PART)
COLUMN_NAMES(CATALOG_STAFF_COLUMNS);

// A team with its lead, a row for each member.
#define CATALOG_LEAD_PART(FIRST, NEXT, PART) AGENT_COLUMNS(FIRST, NEXT, PART, "ls")
enum { CATALOG_LEAD_PART_COUNT = AGENT_PART_COUNT };
#define CATALOG_TEAM_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CATALOG_TEAM_ID, INTEGER, "g.team_id") \
    NEXT(CATALOG_TEAM_NAME, TEXT, "g.name") \
    NEXT(CATALOG_TEAM_FLAGS, INTEGER, "g.flags") \
    PART(CATALOG_TEAM_LEAD, CATALOG_LEAD_PART) \
    PART(CATALOG_TEAM_MEMBER, AGENT_PART)
COLUMN_NAMES(CATALOG_TEAM_COLUMNS);

// The forms of a new ticket, the user's first, then the help topic's in their order, the ticket's before them where it is none
// of these; a row for each field.
#define CATALOG_FORM_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CATALOG_FORM_ID, INTEGER, "o.id") \
    NEXT(CATALOG_FORM_TYPE, TEXT, "o.type") \
    NEXT(CATALOG_FORM_TITLE, TEXT, "o.title") \
    NEXT(CATALOG_FORM_INSTRUCTIONS, TEXT, "o.instructions") \
    NEXT(CATALOG_FORM_OF_TOPIC, INTEGER, "h.id") \
    NEXT(CATALOG_FORM_EXTRA, TEXT, "h.extra") \
    NEXT(CATALOG_FIELD_ID, INTEGER, "f.id") \
    NEXT(CATALOG_FIELD_TYPE, TEXT, "f.type") \
    NEXT(CATALOG_FIELD_NAME, TEXT, "f.name") \
    NEXT(CATALOG_FIELD_LABEL, TEXT, "f.label") \
    NEXT(CATALOG_FIELD_HINT, TEXT, "f.hint") \
    NEXT(CATALOG_FIELD_FLAGS, INTEGER, "f.flags") \
    NEXT(CATALOG_FIELD_CONFIGURATION, TEXT, "f.configuration")
COLUMN_NAMES(CATALOG_FORM_COLUMNS);
// Takes a help topic.
#define CATALOG_FORMS \
    "{form} o LEFT JOIN {help_topic_form} h ON h.form_id=o.id AND h.topic_id=? " \
    "LEFT JOIN {form_field} f ON f.form_id=o.id " \
    "WHERE h.id IS NOT NULL OR o.id IN ((SELECT MIN(u.id) FROM {form} u WHERE u.type='U')," \
    "(SELECT MIN(u.id) FROM {form} u WHERE u.type='T')) "

// An item i of list v, in the list's own order.
#define CATALOG_ITEM_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CATALOG_ITEM_ID, INTEGER, "i.id") \
    NEXT(CATALOG_ITEM_LIST, INTEGER, "i.list_id") \
    NEXT(CATALOG_ITEM_STATUS, INTEGER, "i.status") \
    NEXT(CATALOG_ITEM_VALUE, TEXT, "i.value") \
    NEXT(CATALOG_ITEM_ABBREVIATION, TEXT, "i.extra") \
    NEXT(CATALOG_ITEM_PROPERTIES, TEXT, "i.properties")
COLUMN_NAMES(CATALOG_ITEM_COLUMNS);
#define CATALOG_ITEM_ORDER \
    "i.list_id,IF(v.sort_mode='SortCol',i.sort,0),IF(v.sort_mode='-Alpha',NULL,i.value)," \
    "IF(v.sort_mode='-Alpha',i.value,NULL) DESC,i.id"

#define CATALOG_LIST_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CATALOG_LIST_ID, INTEGER, "v.id") \
    NEXT(CATALOG_LIST_NAME, TEXT, "v.name") \
    NEXT(CATALOG_LIST_PLURAL, TEXT, "v.name_plural") \
    NEXT(CATALOG_LIST_TYPE, TEXT, "v.type")
COLUMN_NAMES(CATALOG_LIST_COLUMNS);

// A field f of the form that describes a list's items.
#define CATALOG_PROPERTY_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CATALOG_PROPERTY_ID, INTEGER, "f.id") \
    NEXT(CATALOG_PROPERTY_TYPE, TEXT, "f.type") \
    NEXT(CATALOG_PROPERTY_NAME, TEXT, "f.name") \
    NEXT(CATALOG_PROPERTY_LABEL, TEXT, "f.label")
COLUMN_NAMES(CATALOG_PROPERTY_COLUMNS);

#define CATALOG_CANNED_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CATALOG_CANNED_ID, INTEGER, "r.canned_id") \
    NEXT(CATALOG_CANNED_TITLE, TEXT, "r.title") \
    NEXT(CATALOG_CANNED_DEPARTMENT, INTEGER, "r.dept_id") \
    NEXT(CATALOG_CANNED_DEPARTMENT_NAME, TEXT, "d.name") \
    NEXT(CATALOG_CANNED_LANGUAGE, TEXT, "r.lang")
#define CATALOG_CANNED_TEXT_COLUMNS(FIRST, NEXT, PART) \
    CATALOG_CANNED_COLUMNS(FIRST, NEXT, PART) \
    NEXT(CATALOG_CANNED_TEXT, TEXT, "r.response")
COLUMN_NAMES(CATALOG_CANNED_TEXT_COLUMNS);

#define CATALOG_QUEUE_COLUMNS(FIRST, NEXT, PART) \
    FIRST(CATALOG_QUEUE_ID, INTEGER, "q.id") \
    NEXT(CATALOG_QUEUE_PARENT, INTEGER, "q.parent_id") \
    NEXT(CATALOG_QUEUE_TITLE, TEXT, "q.title") \
    NEXT(CATALOG_QUEUE_OWNER, INTEGER, "IF(q.flags&1,0,q.staff_id)")
COLUMN_NAMES(CATALOG_QUEUE_COLUMNS);

#define CATALOG_STATEMENTS(STATEMENT) \
    STATEMENT(CATALOG_AGENT, "INTEGER agent,", CATALOG_AGENT_COLUMNS, \
        "SELECT " COLUMNS(CATALOG_AGENT_COLUMNS) " " \
        "FROM {staff} s " \
        "LEFT JOIN {department} d ON d.manager_id=s.staff_id OR " CATALOG_IS_BELOW("s.dept_id") " " \
        "OR EXISTS(SELECT 1 FROM {staff_dept_access} a WHERE a.staff_id=s.staff_id AND " CATALOG_IS_BELOW("a.dept_id") ") " \
        "WHERE s.staff_id=?") \
    STATEMENT(CATALOG_DEPARTMENTS, "", CATALOG_DEPARTMENT_COLUMNS, \
        "SELECT " COLUMNS(CATALOG_DEPARTMENT_COLUMNS) " " \
        "FROM {department} d " \
        "LEFT JOIN {sla} l ON l.id=d.sla_id " \
        "LEFT JOIN {staff} s ON s.staff_id=d.manager_id " \
        "ORDER BY d.name,d.id") \
    STATEMENT(CATALOG_TOPICS, "", CATALOG_TOPIC_COLUMNS, \
        "SELECT " COLUMNS(CATALOG_TOPIC_COLUMNS) " " \
        "FROM {help_topic} t " \
        "LEFT JOIN {department} d ON d.id=t.dept_id " \
        "LEFT JOIN {sla} l ON l.id=t.sla_id " \
        "LEFT JOIN {ticket_priority} p ON p.priority_id=t.priority_id " \
        "LEFT JOIN {ticket_status} st ON st.id=t.status_id " \
        "LEFT JOIN ({help_topic_form} h JOIN {form} o ON o.id=h.form_id) ON h.topic_id=t.topic_id " \
        "ORDER BY t.sort,t.topic_id,h.sort,h.id") \
    STATEMENT(CATALOG_STATUSES, "", CATALOG_STATUS_COLUMNS, \
        "SELECT " COLUMNS(CATALOG_STATUS_COLUMNS) " " \
        "FROM {ticket_status} st " \
        "ORDER BY st.sort,st.id") \
    STATEMENT(CATALOG_PRIORITIES, "", CATALOG_PRIORITY_COLUMNS, \
        "SELECT " COLUMNS(CATALOG_PRIORITY_COLUMNS) " " \
        "FROM {ticket_priority} p " \
        "ORDER BY p.priority_urgency DESC,p.priority_id") \
    STATEMENT(CATALOG_SLAS, "", CATALOG_SLA_COLUMNS, \
        "SELECT " COLUMNS(CATALOG_SLA_COLUMNS) " " \
        "FROM {sla} l " \
        "LEFT JOIN {schedule} c ON c.id=l.schedule_id " \
        "ORDER BY l.name,l.id") \
    STATEMENT(CATALOG_STAFF, "", CATALOG_STAFF_COLUMNS, \
        "SELECT " COLUMNS(CATALOG_STAFF_COLUMNS) " " \
        "FROM {staff} s " \
        "LEFT JOIN {department} d ON d.id=s.dept_id " \
        "LEFT JOIN {staff_dept_access} a ON a.staff_id=s.staff_id " \
        "ORDER BY s.firstname,s.lastname,s.staff_id,a.dept_id") \
    STATEMENT(CATALOG_TEAMS, "", CATALOG_TEAM_COLUMNS, \
        "SELECT " COLUMNS(CATALOG_TEAM_COLUMNS) " " \
        "FROM {team} g " \
        "LEFT JOIN {staff} ls ON ls.staff_id=g.lead_id " \
        "LEFT JOIN ({team_member} m JOIN {staff} s ON s.staff_id=m.staff_id) ON m.team_id=g.team_id " \
        "ORDER BY g.name,g.team_id,s.firstname,s.lastname,s.staff_id") \
    STATEMENT(CATALOG_FORMS_OF_TOPIC, "INTEGER topic,", CATALOG_FORM_COLUMNS, \
        "SELECT " COLUMNS(CATALOG_FORM_COLUMNS) " " \
        "FROM " CATALOG_FORMS \
        "ORDER BY o.type='U' AND h.id IS NULL DESC,h.sort,h.id,f.sort,f.id") \
    STATEMENT(CATALOG_ITEMS_OF_FORMS, "INTEGER topic,", CATALOG_ITEM_COLUMNS, \
        "SELECT " COLUMNS(CATALOG_ITEM_COLUMNS) " " \
        "FROM {list} v " \
        "JOIN {list_items} i ON i.list_id=v.id AND i.status&1 " \
        "WHERE CONCAT('list-',v.id) IN (SELECT f.type FROM " CATALOG_FORMS ") " \
        "ORDER BY " CATALOG_ITEM_ORDER) \
    STATEMENT(CATALOG_LIST, "INTEGER list,", CATALOG_LIST_COLUMNS, \
        "SELECT " COLUMNS(CATALOG_LIST_COLUMNS) " " \
        "FROM {list} v " \
        "WHERE v.id=?") \
    STATEMENT(CATALOG_ITEMS, "INTEGER list,", CATALOG_ITEM_COLUMNS, \
        "SELECT " COLUMNS(CATALOG_ITEM_COLUMNS) " " \
        "FROM {list} v " \
        "JOIN {list_items} i ON i.list_id=v.id " \
        "WHERE v.id=? " \
        "ORDER BY " CATALOG_ITEM_ORDER) \
    STATEMENT(CATALOG_PROPERTIES, "INTEGER list,", CATALOG_PROPERTY_COLUMNS, \
        "SELECT " COLUMNS(CATALOG_PROPERTY_COLUMNS) " " \
        "FROM {form} o " \
        "JOIN {form_field} f ON f.form_id=o.id " \
        "WHERE o.type=CONCAT('L',?) " \
        "ORDER BY f.sort,f.id") \
    STATEMENT(CATALOG_CANNED, "", CATALOG_CANNED_COLUMNS, \
        "SELECT " COLUMNS(CATALOG_CANNED_COLUMNS) " " \
        "FROM {canned_response} r " \
        "LEFT JOIN {department} d ON d.id=r.dept_id " \
        "WHERE r.isenabled=1 " \
        "ORDER BY r.title,r.canned_id") \
    STATEMENT(CATALOG_CANNED_TEXT, "INTEGER canned response,", CATALOG_CANNED_TEXT_COLUMNS, \
        "SELECT " COLUMNS(CATALOG_CANNED_TEXT_COLUMNS) " " \
        "FROM {canned_response} r " \
        "LEFT JOIN {department} d ON d.id=r.dept_id " \
        "WHERE r.isenabled=1 AND r.canned_id=?") \
    STATEMENT(CATALOG_QUEUES, "", CATALOG_QUEUE_COLUMNS, \
        "SELECT " COLUMNS(CATALOG_QUEUE_COLUMNS) " " \
        "FROM {queue} q " \
        "WHERE q.flags&2 AND NOT q.flags&4 AND COALESCE(q.root,'T')='T' " \
        "ORDER BY q.sort,q.id")
// clang-format on

#endif
