// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of help_desk.c: what the help desk's own rows say, one kind of row below the other. Each
// kind has a list of its own, all of them as many columns: what it is, six numbers, six texts.
#ifndef STORE_HELP_DESK_STATEMENTS_H
#define STORE_HELP_DESK_STATEMENTS_H

#include "store/columns.h"
#include "store/sql_parts.h"
#include "store/uniform_text.h"

// clang-format off
// The first kind of a statement decides what the columns hold, see uniform_text.h.
#define DESK_FIRST_SETTING(FIRST, NEXT, PART) \
    FIRST(DESK_KIND, TEXT, "'config'") \
    NEXT(DESK_NUMBER_1, INTEGER, "NULL") \
    NEXT(DESK_NUMBER_2, INTEGER, "NULL") \
    NEXT(DESK_NUMBER_3, INTEGER, "NULL") \
    NEXT(DESK_NUMBER_4, INTEGER, "NULL") \
    NEXT(DESK_NUMBER_5, ANY, "NULL") \
    NEXT(DESK_NUMBER_6, ANY, "NULL") \
    NEXT(DESK_SETTING_KEY, TEXT, UNIFORM("c.`key`")) \
    NEXT(DESK_SETTING_VALUE, TEXT, UNIFORM("c.value")) \
    NEXT(DESK_TEXT_3, TEXT, NO_TEXT) \
    NEXT(DESK_TEXT_4, TEXT, NO_TEXT) \
    NEXT(DESK_TEXT_5, TEXT, NO_TEXT) \
    NEXT(DESK_TEXT_6, TEXT, NO_TEXT)
COLUMN_NAMES(DESK_FIRST_SETTING);
#define DESK_KIND_NAMES(LIST) \
    COLUMN_NAMES(LIST); \
    _Static_assert((int)LIST##_COUNT == (int)DESK_FIRST_SETTING_COUNT, "each kind has as many columns")

// The same behind another kind.
#define DESK_SETTING(FIRST, NEXT, PART) \
    FIRST(, TEXT, "'config'") \
    PART(, NONE_6) \
    NEXT(, TEXT, "c.`key`") \
    NEXT(, TEXT, "c.value") \
    PART(, NONE_4)

#define DESK_DEPARTMENT(FIRST, NEXT, PART) \
    FIRST(DESK_DEPARTMENT_KIND, TEXT, "'dept'") \
    NEXT(DESK_DEPARTMENT_ID, INTEGER, "d.id") \
    NEXT(DESK_DEPARTMENT_PARENT, INTEGER, "d.pid") \
    NEXT(DESK_DEPARTMENT_FLAGS, INTEGER, "d.flags") \
    NEXT(DESK_DEPARTMENT_SCHEDULE, INTEGER, "d.schedule_id") \
    NEXT(DESK_DEPARTMENT_SLA, INTEGER, "d.sla_id") \
    NEXT(DESK_DEPARTMENT_MANAGER, INTEGER, "d.manager_id") \
    NEXT(DESK_DEPARTMENT_NAME, TEXT, "d.name") \
    PART(DESK_DEPARTMENT_NO_TEXTS, NONE_5)
DESK_KIND_NAMES(DESK_DEPARTMENT);

#define DESK_TOPIC(FIRST, NEXT, PART) \
    FIRST(DESK_TOPIC_KIND, TEXT, "'topic'") \
    NEXT(DESK_TOPIC_ID, INTEGER, "t.topic_id") \
    NEXT(DESK_TOPIC_PARENT, INTEGER, "t.topic_pid") \
    NEXT(DESK_TOPIC_FLAGS, INTEGER, "t.flags") \
    NEXT(DESK_TOPIC_SLA, INTEGER, "t.sla_id") \
    NEXT(DESK_TOPIC_IS_PUBLIC, INTEGER, "t.ispublic") \
    NEXT(DESK_TOPIC_DEPARTMENT, INTEGER, "t.dept_id") \
    NEXT(DESK_TOPIC_NAME, TEXT, "t.topic") \
    PART(DESK_TOPIC_NO_TEXTS, NONE_5)
DESK_KIND_NAMES(DESK_TOPIC);

#define DESK_STATUS(FIRST, NEXT, PART) \
    FIRST(DESK_STATUS_KIND, TEXT, "'status'") \
    NEXT(DESK_STATUS_ID, INTEGER, "s.id") \
    NEXT(DESK_STATUS_MODE, INTEGER, "s.mode") \
    PART(DESK_STATUS_NO_NUMBERS, NONE_4) \
    NEXT(DESK_STATUS_NAME, TEXT, "s.name") \
    NEXT(DESK_STATUS_STATE, TEXT, "s.state") \
    NEXT(DESK_STATUS_PROPERTIES, TEXT, "s.properties") \
    PART(DESK_STATUS_NO_TEXTS, NONE_3)
DESK_KIND_NAMES(DESK_STATUS);

#define DESK_PRIORITY(FIRST, NEXT, PART) \
    FIRST(DESK_PRIORITY_KIND, TEXT, "'priority'") \
    NEXT(DESK_PRIORITY_ID, INTEGER, "p.priority_id") \
    NEXT(DESK_PRIORITY_URGENCY, INTEGER, "p.priority_urgency") \
    NEXT(DESK_PRIORITY_IS_PUBLIC, INTEGER, "p.ispublic") \
    PART(DESK_PRIORITY_NO_NUMBERS, NONE_3) \
    NEXT(DESK_PRIORITY_DESCRIPTION, TEXT, "p.priority_desc") \
    NEXT(DESK_PRIORITY_NAME, TEXT, "p.priority") \
    NEXT(DESK_PRIORITY_COLOR, TEXT, "p.priority_color") \
    PART(DESK_PRIORITY_NO_TEXTS, NONE_3)
DESK_KIND_NAMES(DESK_PRIORITY);

// The translation of a name, under the last 16 digits of the MD5 sum of its tag.
#define DESK_PHRASE(FIRST, NEXT, PART) \
    FIRST(DESK_PHRASE_KIND, TEXT, "'phrase'") \
    PART(DESK_PHRASE_NO_NUMBERS, NONE_6) \
    NEXT(DESK_PHRASE_HASH, TEXT, "x.object_hash") \
    NEXT(DESK_PHRASE_TEXT, TEXT, "x.text") \
    PART(DESK_PHRASE_NO_TEXTS, NONE_4)
DESK_KIND_NAMES(DESK_PHRASE);

// The database's clock: now, and in a January and a July.
#define DESK_WINTER "CONCAT(YEAR(NOW()),'-01-15 12:00:00')"
#define DESK_SUMMER "CONCAT(YEAR(NOW()),'-07-15 12:00:00')"
#define DESK_IN_UTC(time) "CONVERT_TZ(" time ",'SYSTEM','+00:00')"
#define DESK_ZONE(FIRST, NEXT, PART) \
    FIRST(DESK_ZONE_KIND, TEXT, "'zone'") \
    NEXT(DESK_ZONE_OFFSET, INTEGER, "TIMESTAMPDIFF(SECOND,UTC_TIMESTAMP(),NOW())") \
    PART(DESK_ZONE_NO_NUMBERS, NONE_5) \
    NEXT(DESK_ZONE_NAME, TEXT, \
         UNIFORM("IF(@@session.time_zone='SYSTEM',@@system_time_zone,@@session.time_zone)")) \
    NEXT(DESK_ZONE_NOW, TEXT, UNIFORM("NOW()")) \
    NEXT(DESK_ZONE_JANUARY, TEXT, UNIFORM(DESK_WINTER)) \
    NEXT(DESK_ZONE_JANUARY_UTC, TEXT, UNIFORM(DESK_IN_UTC(DESK_WINTER))) \
    NEXT(DESK_ZONE_JULY, TEXT, UNIFORM(DESK_SUMMER)) \
    NEXT(DESK_ZONE_JULY_UTC, TEXT, UNIFORM(DESK_IN_UTC(DESK_SUMMER)))
DESK_KIND_NAMES(DESK_ZONE);

#define DESK_SCHEDULE(FIRST, NEXT, PART) \
    FIRST(DESK_SCHEDULE_KIND, TEXT, "'schedule'") \
    NEXT(DESK_SCHEDULE_ID, INTEGER, "h.id") \
    NEXT(DESK_SCHEDULE_FLAGS, INTEGER, "h.flags") \
    PART(DESK_SCHEDULE_NO_NUMBERS, NONE_4) \
    NEXT(DESK_SCHEDULE_TIMEZONE, TEXT, "h.timezone") \
    PART(DESK_SCHEDULE_NO_TEXTS, NONE_5)
DESK_KIND_NAMES(DESK_SCHEDULE);

#define DESK_HOLIDAYS(FIRST, NEXT, PART) \
    FIRST(DESK_HOLIDAYS_KIND, TEXT, "'holidays'") \
    NEXT(DESK_HOLIDAYS_SCHEDULE, INTEGER, "CAST(SUBSTR(k.namespace,10) AS SIGNED)") \
    PART(DESK_HOLIDAYS_NO_NUMBERS, NONE_5) \
    NEXT(DESK_HOLIDAYS_CONFIGURATION, TEXT, "k.value") \
    PART(DESK_HOLIDAYS_NO_TEXTS, NONE_5)
DESK_KIND_NAMES(DESK_HOLIDAYS);

#define DESK_SCHEDULE_ENTRY(FIRST, NEXT, PART) \
    FIRST(DESK_SCHEDULE_ENTRY_KIND, TEXT, "'entry'") \
    NEXT(DESK_SCHEDULE_ENTRY_ID, INTEGER, "e.id") \
    NEXT(DESK_SCHEDULE_ENTRY_SCHEDULE, INTEGER, "e.schedule_id") \
    NEXT(DESK_SCHEDULE_ENTRY_SORT, INTEGER, "e.sort") \
    NEXT(DESK_SCHEDULE_ENTRY_DAY, INTEGER, "e.day") \
    NEXT(DESK_SCHEDULE_ENTRY_WEEK, INTEGER, "e.week") \
    NEXT(DESK_SCHEDULE_ENTRY_MONTH, INTEGER, "e.month") \
    NEXT(DESK_SCHEDULE_ENTRY_REPEATS, TEXT, "e.repeats") \
    NEXT(DESK_SCHEDULE_ENTRY_STARTS_ON, TEXT, "CAST(e.starts_on AS CHAR)") \
    NEXT(DESK_SCHEDULE_ENTRY_STARTS_AT, TEXT, "CAST(e.starts_at AS CHAR)") \
    NEXT(DESK_SCHEDULE_ENTRY_ENDS_ON, TEXT, "CAST(e.ends_on AS CHAR)") \
    NEXT(DESK_SCHEDULE_ENTRY_ENDS_AT, TEXT, "CAST(e.ends_at AS CHAR)") \
    NEXT(DESK_SCHEDULE_ENTRY_STOPS_ON, TEXT, "CAST(e.stops_on AS CHAR)")
DESK_KIND_NAMES(DESK_SCHEDULE_ENTRY);

#define DESK_PLUGIN(FIRST, NEXT, PART) \
    FIRST(DESK_PLUGIN_KIND, TEXT, "'plugin'") \
    NEXT(DESK_PLUGIN_ID, INTEGER, "p.id") \
    PART(DESK_PLUGIN_NO_NUMBERS, NONE_5) \
    NEXT(DESK_PLUGIN_NAME, TEXT, "p.name") \
    NEXT(DESK_PLUGIN_PATH, TEXT, "p.install_path") \
    PART(DESK_PLUGIN_NO_TEXTS, NONE_4)
DESK_KIND_NAMES(DESK_PLUGIN);

#define DESK_FIELD(FIRST, NEXT, PART) \
    FIRST(DESK_FIELD_KIND, TEXT, "'field'") \
    NEXT(DESK_FIELD_ID, INTEGER, "f.id") \
    NEXT(DESK_FIELD_SORT, INTEGER, "f.sort") \
    PART(DESK_FIELD_NO_NUMBERS, NONE_4) \
    NEXT(DESK_FIELD_NAME, TEXT, "f.name") \
    NEXT(DESK_FIELD_PHONE_FORMAT, TEXT, SQL_PHONE_FORMAT) \
    PART(DESK_FIELD_NO_TEXTS, NONE_4)
DESK_KIND_NAMES(DESK_FIELD);

// The language of custom translations (osTicket's primary language).
#define DESK_LANGUAGE \
    UNIFORM("COALESCE((SELECT l.value FROM {config} l WHERE l.namespace='core' AND l.`key`='system_language'),'en_US')")

#define DESK_NAMES(settings) \
    "SELECT " COLUMNS(DESK_FIRST_SETTING) " " \
    "FROM {config} c " \
    "WHERE c.namespace='core' AND c.`key` IN (" settings ") " \
    "UNION ALL SELECT " COLUMNS(DESK_DEPARTMENT) " " \
    "FROM {department} d " \
    "UNION ALL SELECT " COLUMNS(DESK_TOPIC) " " \
    "FROM {help_topic} t " \
    "UNION ALL SELECT " COLUMNS(DESK_STATUS) " " \
    "FROM {ticket_status} s " \
    "UNION ALL SELECT " COLUMNS(DESK_PRIORITY) " " \
    "FROM {ticket_priority} p " \
    "UNION ALL SELECT " COLUMNS(DESK_PHRASE) " " \
    "FROM {translation} x " \
    "WHERE x.type='phrase' AND x.lang=" DESK_LANGUAGE

// What due dates are reckoned by.
#define DESK_TIME_ROWS \
    "SELECT " COLUMNS(DESK_ZONE) " " \
    "UNION ALL SELECT " COLUMNS(DESK_SCHEDULE) " " \
    "FROM {schedule} h " \
    "UNION ALL SELECT " COLUMNS(DESK_HOLIDAYS) " " \
    "FROM {config} k " \
    "WHERE k.namespace LIKE 'schedule.%' AND k.`key`='configuration' " \
    "UNION ALL SELECT " COLUMNS(DESK_SCHEDULE_ENTRY) " " \
    "FROM {schedule_entry} e"

#define DESK_SETTINGS_OF_READING "'agent_name_format','client_name_format','embedded_domain_whitelist'"
#define DESK_SETTINGS_OF_TIMES "'default_timezone','schedule_id','db_timezone'"
#define DESK_SETTINGS_OF_WRITING \
    "'enable_richtext','auto_refer_closed','require_topic_to_close','allow_attachments','max_file_size'," \
    "'default_storage_bk','default_ticket_status_id','allowed_filetypes'," \
    "'default_dept_id','default_priority_id','default_sla_id','default_help_topic','ticket_sequence_id'," \
    "'ticket_number_format','max_open_tickets','verify_email_addrs','ticket_autoresponder','admin_email'," \
    "'overlimit_notice_active','default_locale','system_language','date_formats','date_format'," \
    "'time_format','datetime_format','daydatetime_format','schema_signature','disable_agent_collabs'," \
    "'strip_quoted_reply','reply_separator','add_email_collabs','use_email_priority','default_email_id'," \
    "'message_autoresponder','accept_unregistered_email','auto_claim_tickets','ticket_lock'," \
    "'autolock_minutes','isonline','message_autoresponder_collabs','hide_staff_name','log_level','helpdesk_url'"

// Of these further kinds may come below, see reply_target_statements.h and client_desk_statements.h.
#define DESK_OF_WRITING \
    DESK_NAMES(DESK_SETTINGS_OF_READING "," DESK_SETTINGS_OF_TIMES "," DESK_SETTINGS_OF_WRITING) " " \
    "UNION ALL " DESK_TIME_ROWS " " \
    "UNION ALL SELECT " COLUMNS(DESK_PLUGIN) " " \
    "FROM {plugin} p " \
    "WHERE p.isactive=1"
#define DESK_OF_LISTS \
    DESK_NAMES(DESK_SETTINGS_OF_READING) " " \
    "UNION ALL SELECT " COLUMNS(DESK_FIELD) " " \
    "FROM {form_field} f " \
    "WHERE f.name IN ('subject','priority','phone')"

#define HELP_DESK_STATEMENTS(STATEMENT) \
    STATEMENT(HELP_DESK, "", DESK_FIRST_SETTING, DESK_OF_WRITING) \
    STATEMENT(READING_DESK, "", DESK_FIRST_SETTING, \
        DESK_NAMES(DESK_SETTINGS_OF_READING "," DESK_SETTINGS_OF_TIMES) " " \
        "UNION ALL " DESK_TIME_ROWS) \
    STATEMENT(LIST_DESK, "", DESK_FIRST_SETTING, DESK_OF_LISTS) \
    STATEMENT(DESK_TIMES, "", DESK_ZONE, \
        DESK_TIME_ROWS " " \
        "UNION ALL SELECT " COLUMNS(DESK_SETTING) " " \
        "FROM {config} c " \
        "WHERE c.namespace='core' AND c.`key` IN (" DESK_SETTINGS_OF_TIMES ")")
// clang-format on

#endif
