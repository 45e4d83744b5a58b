// SPDX-License-Identifier: GPL-2.0-or-later
// The rows of a new ticket and a new user.
#include "store/create/rows.h"

#include "base/buffer.h"
#include "db/db.h"
#include "store/row_batch.h"
#include "store/statements.h"
#include "store/text_fit.h"

#include <string.h>

#define NUMBER_MAX_CHARACTERS  20
#define ADDRESS_MAX_CHARACTERS 64
#define CDATA_MAX              (DB_VALUES_MAX - 1)
#define SQL_MAX                30000
#define VALUE_MAX_BYTES        65535
#define SYSLOG_TITLE_MAX       255

#define COUNT(array) (sizeof(array) / sizeof *(array))

bool user_insert(struct work *work, const struct new_user *user, int64_t *user_id, struct error *error) {
    struct db *db = work->db;
    struct text name = user->name, fitted = user->address;
    uint64_t email_id = 0, id = 0, taken = 0;
    if (!text_fit(work, "user", TEXT("name"), false, &name, error) ||
        !text_fit(work, "user_email", TEXT("address"), false, &fitted, error))
        return false;
    struct db_value address = db_text(fitted);
    if (!db_execute(db, STATEMENT_USER_EMAIL_INSERT, &address, 1, NULL, &email_id, error)) return false;
    struct db_value values[USER_VALUES_COUNT] = {
        [USER_VALUE_ORGANIZATION] = db_integer(user->organization_id),
        [USER_VALUE_DEFAULT_EMAIL] = db_integer((int64_t)email_id),
        [USER_VALUE_NAME] = db_text(text_cut(name, USER_NAME_MAX)),
    };
    if (!db_execute(db, STATEMENT_USER_INSERT, values, COUNT(values), NULL, &id, error)) return false;
    struct db_value taking[] = {db_integer((int64_t)id), db_integer((int64_t)email_id)};
    if (!db_execute(db, STATEMENT_USER_EMAIL_TAKE, taking, COUNT(taking), &taken, NULL, error)) return false;
    *user_id = (int64_t)id;
    return taken == 1 || error_set(error, ERROR_RETRYABLE, "a user with this address came at the same time");
}

bool ticket_insert(struct work *work, const struct new_ticket *ticket, int64_t *ticket_id, int64_t *thread_id,
                   struct error *error) {
    struct db *db = work->db;
    struct text ip_address = ticket->ip_address;
    // The same integers to the database.
    uint64_t *id = (uint64_t *)ticket_id, *its_thread_id = (uint64_t *)thread_id;
    if (!text_fit(work, "ticket", TEXT("ip_address"), false, &ip_address, error)) return false;
    struct db_value values[TICKET_VALUES_COUNT] = {
        [TICKET_VALUE_NUMBER] = db_text(text_cut(ticket->number, NUMBER_MAX_CHARACTERS)),
        [TICKET_VALUE_USER] = db_integer(ticket->user_id),
        [TICKET_VALUE_STATUS] = db_integer(ticket->status_id),
        [TICKET_VALUE_DEPARTMENT] = db_integer(ticket->department_id),
        [TICKET_VALUE_SLA] = db_integer(ticket->sla_id),
        [TICKET_VALUE_TOPIC] = db_integer(ticket->topic_id),
        [TICKET_VALUE_STAFF] = db_integer(ticket->staff_id),
        [TICKET_VALUE_TEAM] = db_integer(ticket->team_id),
        [TICKET_VALUE_MAILBOX] = db_integer(ticket->email_id),
        [TICKET_VALUE_IP_ADDRESS] = db_text(text_cut(ip_address, ADDRESS_MAX_CHARACTERS)),
        [TICKET_VALUE_SOURCE] = db_text(ticket->source),
        [TICKET_VALUE_ESTIMATED_DUE] = db_text(ticket->due),
        [TICKET_VALUE_CLOSED] = db_text(ticket->closed),
        [TICKET_VALUE_LAST_UPDATE] = db_text(ticket->created),
        [TICKET_VALUE_CREATED] = db_text(ticket->created),
    };
    if (!db_execute_later(db, STATEMENT_TICKET_INSERT, values, COUNT(values), NULL, id, error)) return false;
    const struct db_value of_thread[] = {db_inserted(id), db_integer(ticket->has_message)};
    return db_execute_later(db, STATEMENT_THREAD_INSERT, of_thread, COUNT(of_thread), NULL, its_thread_id,
                            error);
}

static bool fit_value(struct work *work, const struct new_form_value *answer, struct text *value,
                      struct error *error) {
    *value = answer->value;
    if (!text_fit(work, "form_entry_values", TEXT("value"), false, value, error)) return false;
    return value->length <= VALUE_MAX_BYTES ||
           error_set(error, ERROR_TOO_LARGE, "%.*s is longer than %d bytes", (int)answer->label.length,
                     answer->label.data, VALUE_MAX_BYTES);
}

static bool insert_values(struct work *work, const uint64_t *entry_id, const struct new_form_value *values,
                          size_t count, struct error *error) {
    struct db_value bound[DB_VALUES_MAX], *next = bound;
    for (size_t i = 0; i < count; i++) {
        struct text value;
        if (!fit_value(work, &values[i], &value, error)) return false;
        next[FORM_VALUE_ENTRY] = db_inserted(entry_id);
        next[FORM_VALUE_FIELD] = db_integer(values[i].field_id);
        next[FORM_VALUE_VALUE] = db_text(value);
        next[FORM_VALUE_VALUE_ID] =
            values[i].has_value_id ? db_integer(values[i].value_id) : db_text(TEXT_NULL);
        next += FORM_VALUES_COUNT;
        size_t gathered = (size_t)(next - bound) / FORM_VALUES_COUNT;
        if (gathered < COUNT(bound) / FORM_VALUES_COUNT && i + 1 < count) continue;
        if (!row_batch_insert(work->db, STATEMENT_FORM_VALUE_INSERT, bound, FORM_VALUES_COUNT, gathered,
                              error))
            return false;
        next = bound;
    }
    return true;
}

bool form_entry_insert(struct work *work, const struct new_form_entry *entry,
                       const struct new_form_value *values, size_t count, struct error *error) {
    uint64_t *id = arena_take(work->arena, sizeof *id); // until it is sent
    if (!id) return error_set(error, ERROR_TOO_LARGE, "out of memory");
    struct db_value bound[FORM_ENTRY_VALUES_COUNT] = {
        [FORM_ENTRY_VALUE_FORM] = db_integer(entry->form_id),
        [FORM_ENTRY_VALUE_OBJECT] = db_integer(entry->object_id),
        [FORM_ENTRY_VALUE_OBJECT_TYPE] = db_string(entry->object_type),
        [FORM_ENTRY_VALUE_SORT] = db_integer(entry->sort),
        [FORM_ENTRY_VALUE_EXTRA] = db_text(entry->extra),
    };
    return db_execute_later(work->db, STATEMENT_FORM_ENTRY_INSERT, bound, COUNT(bound), NULL, id, error) &&
           insert_values(work, id, values, count, error);
}

// A name between backquotes. Braces would be taken for a table's name.
static bool add_column(struct text name, struct buffer *sql, struct error *error) {
    for (size_t i = 0; i < name.length; i++)
        if (strchr("`{}", name.data[i])) // the NUL at the end of the list is refused, too
            return error_set(error, ERROR_INTERNAL,
                             "a column of the database has a name that cannot be written");
    buffer_add_format(sql, "`%.*s`", (int)name.length, name.data);
    return true;
}

static const struct cdata_table {
    const char *name, *id;
} cdata_tables[] = {
    [CDATA_OF_TICKET] = {"ticket__cdata", "ticket_id"},
    [CDATA_OF_USER] = {"user__cdata", "user_id"},
    [CDATA_OF_ORGANIZATION] = {"organization__cdata", "org_id"},
};

// INSERT INTO {ticket__cdata}(ticket_id,`subject`) VALUES(?,?) ON DUPLICATE KEY UPDATE
// `subject`=VALUES(`subject`)
static bool compose_cdata(const struct cdata_table *table, const struct cdata_value *values, size_t count,
                          struct buffer *sql, struct error *error) {
    buffer_add_format(sql, "INSERT INTO {%s}(%s", table->name, table->id);
    for (size_t i = 0; i < count; i++) {
        buffer_add_char(sql, ',');
        if (!add_column(values[i].column.name, sql, error)) return false;
    }
    buffer_add_string(sql, ") VALUES(?");
    for (size_t i = 0; i < count; i++) buffer_add_string(sql, ",?");
    buffer_add_string(sql, ") ON DUPLICATE KEY UPDATE ");
    for (size_t i = 0; i < count; i++) {
        if (i) buffer_add_char(sql, ',');
        if (!add_column(values[i].column.name, sql, error)) return false;
        buffer_add_string(sql, "=VALUES(");
        if (!add_column(values[i].column.name, sql, error)) return false;
        buffer_add_char(sql, ')');
    }
    return !sql->failed || error_set(error, ERROR_INTERNAL, "the form has too many fields for one statement");
}

static bool fit_cdata(struct work *work, const char *table, const struct cdata_value *value,
                      struct text *fitted, struct error *error) {
    *fitted = value->value;
    return value->column.trusted  ? text_fit(work, table, value->column.name, false, fitted, error)
           : value->column.narrow ? text_narrow(work->arena, false, fitted, error)
                                  : true;
}

bool cdata_save(struct work *work, enum cdata_of of, int64_t object_id, const struct cdata_value *values,
                size_t count, struct error *error) {
    const struct cdata_table *table = &cdata_tables[of];
    struct db_value bound[DB_VALUES_MAX];
    if (count == 0) return true;
    if (count > CDATA_MAX)
        return error_set(error, ERROR_NOT_NATIVE, "the form has more than %d fields", CDATA_MAX);
    struct buffer sql = buffer_new(SQL_MAX);
    bound[0] = db_integer(object_id);
    bool done = true;
    for (size_t i = 0; done && i < count; i++) {
        struct text value;
        done = fit_cdata(work, table->name, &values[i], &value, error);
        bound[i + 1] = db_text(value);
    }
    if (done && !compose_cdata(table, values, count, &sql, error))
        done = values->column.trusted && cdata_trust_lose(work->trust, error);
    done = done && db_execute_text(work->db, sql.data, bound, count + 1, error);
    buffer_free(&sql);
    return done;
}

bool collaborators_insert(struct db *db, int64_t thread_id, const struct new_collaborator *collaborators,
                          size_t count, struct error *error) {
    struct db_value bound[DB_VALUES_MAX], *next = bound;
    for (size_t i = 0; i < count; i++) {
        next[COLLABORATOR_VALUE_FLAGS] = db_integer(collaborators[i].flags);
        next[COLLABORATOR_VALUE_THREAD] = db_integer(thread_id);
        next[COLLABORATOR_VALUE_USER] = db_integer(collaborators[i].user_id);
        next += COLLABORATOR_VALUES_COUNT;
        size_t gathered = (size_t)(next - bound) / COLLABORATOR_VALUES_COUNT;
        if (gathered < COUNT(bound) / COLLABORATOR_VALUES_COUNT && i + 1 < count) continue;
        if (!row_batch_insert(db, STATEMENT_COLLABORATOR_INSERT, bound, COLLABORATOR_VALUES_COUNT, gathered,
                              error))
            return false;
        next = bound;
    }
    return true;
}

bool syslog_insert(struct work *work, const char *type, int64_t level, struct text title, struct text text,
                   struct text ip_address, struct error *error) {
    if (!text_fit(work, "syslog", TEXT("log"), true, &text, error)) return false;
    struct db_value values[SYSLOG_ALL_VALUES_COUNT] = {
        [SYSLOG_VALUE_TYPE] = db_string(type),
        [SYSLOG_VALUE_TITLE] = db_text(text_cut(title, SYSLOG_TITLE_MAX)),
        [SYSLOG_VALUE_LOG] = db_text(text),
        [SYSLOG_VALUE_IP_ADDRESS] = db_text(text_cut(ip_address, ADDRESS_MAX_CHARACTERS)),
        [SYSLOG_VALUE_LEVEL] = db_integer(level),
    };
    return db_execute(work->db, STATEMENT_SYSLOG_INSERT, values, COUNT(values), NULL, NULL, error);
}
