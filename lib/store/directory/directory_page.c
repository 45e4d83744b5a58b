// SPDX-License-Identifier: GPL-2.0-or-later
// A page of users or organizations out of one statement, which is put together of what is asked for.
#include "store/directory/directory_page.h"

#include "store/directory/viewer.h"
#include "store/read/ticket_conditions.h"
#include "store/row.h"
#include "store/statements.h"

// Those that a text finds, each once: by osTicket's own index, and where it is a part of a name, an address,
// an account's name, the organization's, as in the panel.
#define HITS_BEGIN "(SELECT "
#define HITS_INDEX(type)                                                                                     \
    "s.object_id AS id FROM {_search} s WHERE s.object_type='" type                                          \
    "' AND MATCH(s.title,s.content) AGAINST(? IN NATURAL LANGUAGE MODE) UNION SELECT "
#define HITS_OF_USERS                                                                                        \
    "n.id AS id FROM {user} n WHERE n.name LIKE ? "                                                          \
    "UNION SELECT n.user_id FROM {user_email} n WHERE n.address LIKE ? "                                     \
    "UNION SELECT n.user_id FROM {user_account} n WHERE n.username LIKE ? "                                  \
    "UNION SELECT n.id FROM {organization} w JOIN {user} n ON n.org_id=w.id WHERE w.name LIKE ?) h "
#define HITS_OF_ORGANIZATIONS "n.id AS id FROM {organization} n WHERE n.name LIKE ?) h "

// What is its own of users and of organizations: texts of the statement.
struct page_of {
    const char *columns[2]; // for those who see all tickets or some departments', and for an agent's view
    const char *is_seen[2];
    const char *index, *names; // of hits
    size_t parts;              // values that it takes
    const char *table, *alias, *joins;
};
static const struct page_of of_users = {
    .columns = {COLUMNS(USER_OBJECT_ALL), COLUMNS(USER_OBJECT_STAFF)},
    .is_seen = {USER_OBJECT_IS_SEEN(VIEW_ALL_SEES), USER_OBJECT_IS_SEEN(VIEW_STAFF_SEES)},
    .index = HITS_INDEX("U"),
    .names = HITS_OF_USERS,
    .parts = 4,
    .table = "{user} u ",
    .alias = "u",
    .joins = USER_OBJECT_JOINS,
};
static const struct page_of of_organizations = {
    .columns = {COLUMNS(ORGANIZATION_OBJECT_ALL), COLUMNS(ORGANIZATION_OBJECT_STAFF)},
    .is_seen = {ORGANIZATION_OBJECT_IS_SEEN(VIEW_ALL_SEES), ORGANIZATION_OBJECT_IS_SEEN(VIEW_STAFF_SEES)},
    .index = HITS_INDEX("O"),
    .names = HITS_OF_ORGANIZATIONS,
    .parts = 1,
    .table = "{organization} o ",
    .alias = "o",
    .joins = ORGANIZATION_OBJECT_JOINS,
};

static void add_hits(const struct page_of *of, const struct directory_wish *wish, struct composed *composed) {
    if (text_is_null(wish->part)) return;
    buffer_add_string(&composed->sql, "JOIN " HITS_BEGIN);
    if (!text_is_null(wish->words)) {
        buffer_add_string(&composed->sql, of->index);
        composed_bind(composed, db_key(wish->words));
    }
    buffer_add_string(&composed->sql, of->names);
    for (size_t i = 0; i < of->parts; i++) composed_bind(composed, db_key(wish->part));
}

static void add_condition(struct composed *composed, const char *alias, const char *condition,
                          int64_t value) {
    buffer_add_format(&composed->sql, " AND %s.%s", alias, condition);
    composed_bind(composed, db_integer(value));
}

static void compose(const struct page_of *of, const struct directory_wish *wish,
                    const struct directory_viewer *viewer, struct composed *composed) {
    *composed = composed_new();
    buffer_add_format(&composed->sql, "SELECT %s FROM " DIRECTORY_VIEWER, of->columns[viewer->is_staff]);
    const struct db_value values[] = {DIRECTORY_VIEWER_VALUES(*viewer)};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) composed_bind(composed, values[i]);
    add_hits(of, wish, composed);
    buffer_add_format(&composed->sql, "JOIN %s %s", of->table, of->joins);
    buffer_add_format(&composed->sql, "WHERE %s", of->is_seen[viewer->is_staff]);
    if (!text_is_null(wish->part)) buffer_add_format(&composed->sql, " AND %s.id=h.id", of->alias);
    add_condition(composed, of->alias, "id>?", wish->behind);
    if (wish->id) add_condition(composed, of->alias, "id=?", wish->id);
    if (wish->organization_id) add_condition(composed, of->alias, "org_id=?", wish->organization_id);
    buffer_add_format(&composed->sql, " ORDER BY %s.id LIMIT ?", of->alias);
    composed_bind(composed, db_integer(wish->most));
}

struct page {
    user_take *take_user;
    organization_take *take_organization;
    void *context;
};

static void take_user(const struct row *row, void *into) {
    const struct page *page = into;
    struct user_object user;
    user_object_take(row, &user);
    page->take_user(&user, page->context);
}

static void take_organization(const struct row *row, void *into) {
    const struct page *page = into;
    struct organization_object organization;
    organization_object_take(row, &organization);
    page->take_organization(&organization, page->context);
}

static bool read_page(struct db *db, const struct page_of *of, const struct directory_wish *wish,
                      composed_take *take, struct page *page, struct error *error) {
    struct directory_viewer viewer;
    struct composed composed;
    if (!directory_viewer_of(wish->view, &viewer)) return true;
    compose(of, wish, &viewer, &composed);
    return composed_run(db, &composed, !text_is_null(wish->words), NULL, take, page, error);
}

bool user_page_read(struct db *db, const struct directory_wish *wish, user_take *take, void *context,
                    struct error *error) {
    struct page page = {.take_user = take, .context = context};
    return read_page(db, &of_users, wish, take_user, &page, error);
}

bool organization_page_read(struct db *db, const struct directory_wish *wish, organization_take *take,
                            void *context, struct error *error) {
    struct page page = {.take_organization = take, .context = context};
    return read_page(db, &of_organizations, wish, take_organization, &page, error);
}
