// SPDX-License-Identifier: GPL-2.0-or-later
// Every SQL statement of the server. {name} is a table under osTicket's prefix, see db/sql_text.h.
#include "store/statements.h"

#include "store/create/statements.h"
#include "store/mail/statements.h"
#include "store/read/statements.h"
#include "store/slots.h"
#include "store/ticket/file_statements.h"
#include "store/ticket/reply_statements.h"
#include "store/uniform_text.h"

// The language of custom translations (osTicket's primary language).
#define LANGUAGE                                                                                             \
    UNIFORM("COALESCE((SELECT l.value FROM {config} l WHERE l.namespace='core' AND "                         \
            "l.`key`='system_language'),'en_US')")

// What the help desk's own rows say, one kind of row after the other. Columns: see help_desk.c. A phrase is
// the translation of a name, under the last 16 digits of the MD5 sum of its tag.
// clang-format off
#define HELP_DESK_NAMES(settings) \
    "SELECT 'config' AS kind,0 AS id,0 AS parent,0 AS flags," UNIFORM("c.`key`") " AS name," NO_TEXT \
    " AS translation," UNIFORM("c.value") " AS value," NO_TEXT " AS starts_on," NO_TEXT " AS starts_at," \
    NO_TEXT " AS ends_on," NO_TEXT " AS ends_at," NO_TEXT " AS stops_on,NULL AS day,NULL AS week,NULL AS month " \
    "FROM {config} c WHERE c.namespace='core' AND c.`key` IN (" settings ") " \
    "UNION ALL SELECT 'dept',d.id,d.pid,d.flags,d.name,NULL,CAST(d.schedule_id AS CHAR)," \
    "NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL FROM {department} d " \
    "UNION ALL SELECT 'topic',t.topic_id,t.topic_pid,t.flags,t.topic,NULL," \
    "NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL FROM {help_topic} t " \
    "UNION ALL SELECT 'status',s.id,0,0,s.name,NULL,s.state,s.properties,NULL,NULL,NULL,NULL,NULL,NULL,NULL " \
    "FROM {ticket_status} s " \
    "UNION ALL SELECT 'priority',p.priority_id,p.priority_urgency,p.ispublic,p.priority_desc," \
    "NULL,p.priority,p.priority_color,NULL,NULL,NULL,NULL,NULL,NULL,NULL FROM {ticket_priority} p " \
    "UNION ALL SELECT 'phrase',0,0,0,x.object_hash,x.text," \
    "NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL FROM {translation} x " \
    "WHERE x.type='phrase' AND x.lang=" LANGUAGE

// What due dates are reckoned by.
#define WINTER       "CONCAT(YEAR(NOW()),'-01-15 12:00:00')"
#define SUMMER       "CONCAT(YEAR(NOW()),'-07-15 12:00:00')"
#define IN_UTC(time) "CONVERT_TZ(" time ",'SYSTEM','+00:00')"
#define HELP_DESK_TIMES \
    "SELECT 'zone' AS kind,TIMESTAMPDIFF(SECOND,UTC_TIMESTAMP(),NOW()) AS id,0 AS parent,0 AS flags," \
    UNIFORM("IF(@@session.time_zone='SYSTEM',@@system_time_zone,@@session.time_zone)") " AS name," \
    NO_TEXT " AS translation," UNIFORM("NOW()") " AS value," UNIFORM(WINTER) " AS starts_on," \
    UNIFORM(IN_UTC(WINTER)) " AS starts_at," UNIFORM(SUMMER) " AS ends_on," UNIFORM(IN_UTC(SUMMER)) " AS ends_at," \
    NO_TEXT " AS stops_on,NULL AS day,NULL AS week,NULL AS month " \
    "UNION ALL SELECT 'schedule',h.id,0,h.flags,h.timezone," \
    "NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL FROM {schedule} h " \
    "UNION ALL SELECT 'holidays',CAST(SUBSTR(k.namespace,10) AS SIGNED),0,0,NULL,NULL,k.value," \
    "NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL FROM {config} k " \
    "WHERE k.namespace LIKE 'schedule.%' AND k.`key`='configuration' " \
    "UNION ALL SELECT 'entry',e.id,e.schedule_id,e.sort,e.repeats,NULL,NULL,CAST(e.starts_on AS CHAR)," \
    "CAST(e.starts_at AS CHAR),CAST(e.ends_on AS CHAR),CAST(e.ends_at AS CHAR),CAST(e.stops_on AS CHAR)," \
    "e.day,e.week,e.month FROM {schedule_entry} e"
#define HELP_DESK_OF(settings) HELP_DESK_NAMES(settings) " UNION ALL " HELP_DESK_TIMES

#define SETTINGS_OF_READING "'agent_name_format','client_name_format','embedded_domain_whitelist'"
#define SETTINGS_OF_TIMES   "'default_timezone','schedule_id','db_timezone'"
#define READING_DESK HELP_DESK_OF(SETTINGS_OF_READING "," SETTINGS_OF_TIMES)
#define HELP_DESK HELP_DESK_OF(SETTINGS_OF_READING "," SETTINGS_OF_TIMES "," \
    "'enable_richtext','auto_refer_closed','require_topic_to_close','allow_attachments','max_file_size'," \
    "'default_storage_bk','default_ticket_status_id','allowed_filetypes'," \
    "'default_dept_id','default_priority_id','default_sla_id','default_help_topic','ticket_sequence_id'," \
    "'ticket_number_format','max_open_tickets','verify_email_addrs','ticket_autoresponder','admin_email'," \
    "'overlimit_notice_active','default_locale','system_language','date_formats','date_format'," \
    "'time_format','datetime_format','daydatetime_format','schema_signature','disable_agent_collabs'") \
    " UNION ALL SELECT 'plugin',p.id,0,0,p.install_path,NULL,p.name,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL " \
    "FROM {plugin} p WHERE p.isactive=1"
#define DESK_TIMES HELP_DESK_TIMES \
    " UNION ALL SELECT 'config',0,0,0,c.`key`,NULL,c.value,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL " \
    "FROM {config} c WHERE c.namespace='core' AND c.`key` IN (" SETTINGS_OF_TIMES ")"
#define LIST_DESK HELP_DESK_NAMES(SETTINGS_OF_READING) \
    " UNION ALL SELECT 'field',f.id,0,f.sort,f.name,NULL," PHONE_FORMAT "," \
    "NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL FROM {form_field} f WHERE f.name IN ('subject','priority','phone')"
#define CLIENT_DESK LIST_DESK \
    " UNION ALL SELECT 'answer',v.field_id,o.sort,o.id,v.value,NULL,v.value_id," \
    "NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL FROM {form_entry} o JOIN {form_entry_values} v ON v.entry_id=o.id " \
    "WHERE o.object_type='U' AND o.object_id=?"
// clang-format on

// The answer to the field NAME of a ticket's forms: of several the one whose field sorts last. `expression`
// is made of v (form_entry_values) and f (form_field).
#define TICKET_ANSWER(name, expression)                                                                      \
    "(SELECT " expression " FROM {form_entry} o JOIN {form_entry_values} v ON v.entry_id=o.id "              \
    "JOIN {form_field} f ON f.id=v.field_id WHERE o.object_type='T' AND o.object_id=t.ticket_id "            \
    "AND CAST(LOWER(f.name) AS BINARY)='" name "' ORDER BY f.sort DESC,f.id DESC LIMIT 1)"

// "#ID" when the answer chose a row, "=TEXT" when it is only a text.
#define CHOICE                                                                                               \
    "CASE WHEN v.value_id IS NOT NULL THEN CONCAT('#',v.value_id) WHEN v.value IS NOT NULL THEN "            \
    "CONCAT('=',v.value) "                                                                                   \
    "END"

// The owner's phone behind its field's display format: "us 3185558634X123".
#define PHONE                                                                                                \
    "(SELECT CONCAT(" PHONE_FORMAT ",' ',COALESCE(v.value,'')) "                                             \
    "FROM {form_entry} o JOIN {form_entry_values} v ON v.entry_id=o.id JOIN {form_field} f ON "              \
    "f.id=v.field_id "                                                                                       \
    "WHERE o.object_type='U' AND o.object_id=u.id AND CAST(LOWER(f.name) AS BINARY)='phone' "                \
    "ORDER BY o.sort,o.id,f.sort,f.id LIMIT 1)"

// A body too long for its column lies in files attached inline.
#define LONG_BODY                                                                                            \
    "IF(e.body='',(SELECT GROUP_CONCAT(k.filedata ORDER BY a.id,k.chunk_id SEPARATOR '') FROM {attachment} " \
    "a "                                                                                                     \
    "JOIN {file} i ON i.id=a.file_id JOIN {file_chunk} k ON k.file_id=i.id WHERE a.type='H' AND "            \
    "a.object_id=e.id "                                                                                      \
    "AND a.inline=1 AND i.type IN ('text/html','text/plain')),NULL)"

#define THREAD                                                                                               \
    "(SELECT y.id FROM {thread} y WHERE y.object_id=t.ticket_id AND y.object_type IN ('T','C') "             \
    "ORDER BY y.object_type='T' DESC,y.id LIMIT 1)"

// A row for each visible entry of each ticket, one row for a ticket without any. Columns: see ticket_rows.c.
#define TICKET_COLUMNS                                                                                       \
    "SELECT " TICKET_PART "," PHONE "," TICKET_ANSWER("subject", "v.value") "," TICKET_ANSWER(               \
        "priority", CHOICE) ",h.lastmessage,h.lastresponse," ENTRY_PART ",em.address," EDITOR_NAME           \
                            "," LONG_BODY ",(SELECT COUNT(*) FROM {attachment} b WHERE b.type='H' AND "      \
                            "b.object_id=e.id AND b.inline=0) "                                              \
                            "FROM {ticket} t " TICKET_PART_JOINS "LEFT JOIN {thread} h ON h.id=" THREAD      \
                            " LEFT JOIN {thread_entry} e ON e.thread_id=h.id AND e.type IN ('M','R',?) AND " \
                            "e.flags&4=0 LEFT JOIN {staff} es ON es.staff_id=e.staff_id "                    \
                            "LEFT JOIN {user} eu ON eu.id=e.user_id "                                        \
                            "LEFT JOIN {user_email} em ON em.id=eu.default_email_id "                        \
                            "LEFT JOIN {staff} ds ON e.editor_type='S' AND ds.staff_id=e.editor "            \
                            "LEFT JOIN {user} du ON e.editor_type='U' AND du.id=e.editor "

// The id of ticket number ?; of several the first.
#define TICKET_ID_BY_NUMBER                                                                                  \
    "(SELECT n.ticket_id FROM {ticket} n WHERE n.number=? ORDER BY n.ticket_id LIMIT 1)"

#define TICKET_ORDER " ORDER BY t.ticket_id,e.created,e.id"

#define STATEMENT_TEXT(name, takes, gives, text) [STATEMENT_##name] = text,
const char *const statements[STATEMENT_COUNT] = {
    STATEMENTS_OF_ALL_DAYS(STATEMENT_TEXT) RARE_STATEMENTS(STATEMENT_TEXT)[STATEMENT_HELP_DESK] = HELP_DESK,
    [STATEMENT_READING_DESK] = READING_DESK,
    [STATEMENT_LIST_DESK] = LIST_DESK,

    // user id
    [STATEMENT_CLIENT_DESK] = CLIENT_DESK,
    [STATEMENT_DESK_TIMES] = DESK_TIMES,

    // type of the notes ('N', or 'M' for none), number
    [STATEMENT_TICKET_BY_NUMBER] = TICKET_COLUMNS "WHERE t.ticket_id=" TICKET_ID_BY_NUMBER TICKET_ORDER,

    // type of the notes, staff_id
    [STATEMENT_SORTED_OF_STAFF] = TICKET_COLUMNS "WHERE t.staff_id=?" TICKET_ORDER,

    // type of the notes, user id
    [STATEMENT_SORTED_OF_USER] = TICKET_COLUMNS "WHERE t.user_id=?" TICKET_ORDER,

    // → number, created, updated, closed
    [STATEMENT_TICKET_LIST] = "SELECT number,created,updated,closed FROM {ticket} ORDER BY ticket_id",

    // dept_id, staff_id → 1 when the agent is there, at work, and may see the department
    [STATEMENT_STAFF_MAY_TAKE] =
        "SELECT s.isactive=1 AND s.onvacation=0 AND s.assigned_only=0 AND EXISTS("
        "SELECT 1 FROM {department} d LEFT JOIN {staff_dept_access} g ON g.staff_id=s.staff_id WHERE "
        "d.id=? "
        "AND "
        "(LOCATE(CONCAT('/',s.dept_id,'/'),d.path) OR d.manager_id=s.staff_id OR "
        "LOCATE(CONCAT('/',g.dept_id,'/'),d.path))) FROM {staff} s WHERE s.staff_id=?",

    // pid, thread_id, staff_id, user_id, type, flags, poster, source, title, body, format, ip_address,
    // recipients
    [STATEMENT_ENTRY_INSERT] =
        "INSERT INTO "
        "{thread_entry}(pid,thread_id,staff_id,user_id,type,flags,poster,source,title,body,format,"
        "ip_address,recipients,created,updated) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,NOW(),'0000-00-00 "
        "00:00:00')",

    // thread_id, title; in slots: body
    [STATEMENT_SYSTEM_NOTES_INSERT] =
        "INSERT INTO "
        "{thread_entry}(pid,thread_id,staff_id,user_id,type,flags,poster,source,title,body,format,"
        "ip_address,recipients,created,updated) SELECT 0,?,0,0,'N',128,'SYSTEM','',?," SLOT
        ",'text','',NULL,NOW(),'0000-00-00 00:00:00' FROM " SLOTS,

    // thread_id
    [STATEMENT_THREAD_RESPONDED] = "UPDATE {thread} SET lastresponse=NOW() WHERE id=?",

    // object_type, object_id, title, content
    [STATEMENT_SEARCH_REPLACE] =
        "REPLACE INTO {_search}(object_type,object_id,title,content) VALUES(?,?,?,?)",

    // the same in slots
    [STATEMENT_SEARCH_REPLACE_ROWS] =
        "REPLACE INTO {_search}(object_type,object_id,title,content) SELECT " SLOT "," SLOT "," SLOT "," SLOT
        " FROM " SLOTS,

    // thread_id, name of the event, staff_id, team_id, dept_id, topic_id, data, username, uid, uid_type
    [STATEMENT_EVENT_INSERT] =
        "INSERT INTO "
        "{thread_event}(thread_id,thread_type,event_id,staff_id,team_id,dept_id,topic_id,data,username,"
        "uid,uid_type,annulled,timestamp) VALUES(?,'T',(SELECT v.id FROM {event} v WHERE "
        "v.name=?),?,?,?,?,?,?,?,?,0,NOW())",

    // thread_id, staff_id; the unique index keeps a second one out
    [STATEMENT_REFERRAL_INSERT] = "INSERT INTO {thread_referral}(thread_id,object_id,object_type,created) "
                                  "VALUES(?,?,'S',NOW()) ON DUPLICATE KEY UPDATE object_id=object_id",

    // ticket_id
    [STATEMENT_DRAFTS_DELETE] = "DELETE FROM {draft} WHERE namespace LIKE CONCAT('ticket.%.',?)",

    // canned_id → response
    [STATEMENT_CANNED_RESPONSE] = "SELECT response FROM {canned_response} WHERE canned_id=? AND isenabled=1",

    // canned_id → id, key, name (as attached)
    [STATEMENT_CANNED_FILES] = "SELECT f.id,f.`key`,COALESCE(" UNIFORM(
        "a.name") ",f.name) FROM {attachment} a JOIN {file} f ON f.id=a.file_id "
                  "WHERE a.type='C' AND a.object_id=? AND a.inline=0 ORDER BY a.id",

    FILE_STATEMENTS,
    REPLY_STATEMENTS,
    READING_STATEMENTS,

    MAIL_STATEMENTS,
    CREATE_STATEMENTS,
};

#define STATEMENT_TYPES(name, takes, gives, text) [STATEMENT_##name] = {#name, takes, "" COLUMN_TYPES(gives)},
const struct statement_types statement_types[STATEMENT_COUNT] = {STATEMENTS_OF_ALL_DAYS(STATEMENT_TYPES)
                                                                     RARE_STATEMENTS(STATEMENT_TYPES)};
