// SPDX-License-Identifier: GPL-2.0-or-later
// Variables of departments, teams, help topics and service level agreements.
#include "mail/variables/types.h"
#include "store/mail/settings.h"

#include <inttypes.h>

#define PARENTS_MAX 16 // of a path; a loop of parents ends here

struct variable variable_of_names(struct variables *variables, const struct mail_names *names) {
    struct buffer out = buffer_new(1024 * 1024);
    for (size_t i = 0; i < names->count; i++) {
        if (i) buffer_add_string(&out, ", ");
        buffer_add_text(&out, names->items[i]);
    }
    return variable_of_buffer(variables, &out, false);
}

static const struct mail_department *load_department(struct variables *variables, int64_t id) {
    struct mail_department *row = id ? arena_take(variables->arena, sizeof *row) : NULL;
    struct error error;
    int found = row ? mail_department_load(variables->db, id, variables->arena, row, &error) : 0;
    if (found < 0) variable_failed(variables, &error);
    return found > 0 ? row : NULL;
}

struct variable variable_of_department(struct variables *variables, int64_t id) {
    return variable_of_object(&department_type, load_department(variables, id));
}

static struct variable department_name(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_text(((const struct mail_department *)object)->name);
}

static struct variable department_id(struct variables *variables, const void *object) {
    return variable_of_number(variables, ((const struct mail_department *)object)->id);
}

static struct variable department_signature(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_html(((const struct mail_department *)object)->signature);
}

static struct variable department_manager(struct variables *variables, const void *object) {
    return variable_of_agent(variables, ((const struct mail_department *)object)->manager_id);
}

static struct variable department_parent(struct variables *variables, const void *object) {
    return variable_of_department(variables, ((const struct mail_department *)object)->parent_id);
}

static struct variable department_sla(struct variables *variables, const void *object) {
    return variable_of_sla(variables, ((const struct mail_department *)object)->sla_id);
}

static struct variable department_members(struct variables *variables, const void *object) {
    struct mail_names names;
    struct error error;
    if (!mail_department_members(variables->db, ((const struct mail_department *)object)->id,
                                 variables->arena, &names, &error))
        return variable_failed(variables, &error);
    return variable_of_names(variables, &names);
}

// The department's mailbox, else the help desk's.
static struct variable department_email(struct variables *variables, const void *object) {
    struct mailbox mailbox;
    struct error error;
    int64_t own = ((const struct mail_department *)object)->email_id,
            fallback = help_desk_number(variables->help_desk, "default_email_id", 0);
    int found = own ? mailbox_load(variables->db, own, variables->arena, &mailbox, &error) : 0;
    if (!found && fallback) found = mailbox_load(variables->db, fallback, variables->arena, &mailbox, &error);
    if (found < 0) return variable_failed(variables, &error);
    return variable_of_address(variables, found ? mailbox.address : TEXT_NULL);
}

// "Parent / Child".
static struct variable department_path(struct variables *variables, const void *object) {
    struct text names[PARENTS_MAX];
    size_t count = 0;
    for (const struct mail_department *d = object; d && count < PARENTS_MAX;
         d = load_department(variables, d->parent_id))
        names[count++] = d->name;
    struct buffer out = buffer_new(PARENTS_MAX * 1024);
    while (count--) {
        buffer_add_text(&out, names[count]);
        if (count) buffer_add_string(&out, " / ");
    }
    return variable_of_buffer(variables, &out, false);
}

static const struct member department_members_table[] = {
    {"name", department_name},       {"fullname", department_path},
    {"id", department_id},           {"manager", department_manager},
    {"members", department_members}, {"parent", department_parent},
    {"sla", department_sla},         {"signature", department_signature},
    {"email", department_email},     {NULL, NULL},
};

const struct object_type department_type = {department_members_table, department_name, NULL};

static struct variable team_name(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_text(((const struct mail_team *)object)->name);
}

static struct variable team_id(struct variables *variables, const void *object) {
    return variable_of_number(variables, ((const struct mail_team *)object)->id);
}

static struct variable team_lead(struct variables *variables, const void *object) {
    return variable_of_agent(variables, ((const struct mail_team *)object)->lead_id);
}

static struct variable team_members(struct variables *variables, const void *object) {
    struct mail_names names;
    struct error error;
    if (!mail_team_members(variables->db, ((const struct mail_team *)object)->id, variables->arena, &names,
                           &error))
        return variable_failed(variables, &error);
    return variable_of_names(variables, &names);
}

static const struct member team_members_table[] = {
    {"name", team_name}, {"id", team_id}, {"lead", team_lead}, {"members", team_members}, {NULL, NULL}};

const struct object_type team_type = {team_members_table, team_name, NULL};

static const struct mail_topic *load_topic(struct variables *variables, int64_t id) {
    struct mail_topic *row = id ? arena_take(variables->arena, sizeof *row) : NULL;
    struct error error;
    int found = row ? mail_topic_load(variables->db, id, variables->arena, row, &error) : 0;
    if (found < 0) variable_failed(variables, &error);
    return found > 0 ? row : NULL;
}

static struct variable topic_name(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_text(((const struct mail_topic *)object)->name);
}

static struct variable topic_id(struct variables *variables, const void *object) {
    return variable_of_number(variables, ((const struct mail_topic *)object)->id);
}

static struct variable topic_path(struct variables *variables, const void *object) {
    struct text names[PARENTS_MAX];
    size_t count = 0;
    for (const struct mail_topic *t = object; t && count < PARENTS_MAX;
         t = load_topic(variables, t->parent_id))
        names[count++] = t->name;
    struct buffer out = buffer_new(PARENTS_MAX * 1024);
    while (count--) {
        buffer_add_text(&out, names[count]);
        if (count) buffer_add_string(&out, " / ");
    }
    return variable_of_buffer(variables, &out, false);
}

static struct variable topic_parent(struct variables *variables, const void *object) {
    return variable_of_object(&topic_type,
                              load_topic(variables, ((const struct mail_topic *)object)->parent_id));
}

static struct variable topic_department(struct variables *variables, const void *object) {
    return variable_of_department(variables, ((const struct mail_topic *)object)->dept_id);
}

static struct variable topic_sla(struct variables *variables, const void *object) {
    return variable_of_sla(variables, ((const struct mail_topic *)object)->sla_id);
}

static const struct member topic_members[] = {
    {"name", topic_name},       {"fullname", topic_path}, {"id", topic_id}, {"parent", topic_parent},
    {"dept", topic_department}, {"sla", topic_sla},       {NULL, NULL},
};

const struct object_type topic_type = {topic_members, topic_name, NULL};

struct variable variable_of_sla(struct variables *variables, int64_t id) {
    struct mail_sla *row = id ? arena_take(variables->arena, sizeof *row) : NULL;
    struct error error;
    int found = row ? mail_sla_load(variables->db, id, variables->arena, row, &error) : 0;
    if (found < 0) return variable_failed(variables, &error);
    return variable_of_object(&sla_type, found ? row : NULL);
}

static struct variable sla_name(struct variables *variables, const void *object) {
    (void)variables;
    return variable_of_text(((const struct mail_sla *)object)->name);
}

static struct variable sla_grace_period(struct variables *variables, const void *object) {
    return variable_of_number(variables, ((const struct mail_sla *)object)->grace_period);
}

static const struct member sla_members[] = {
    {"name", sla_name}, {"graceperiod", sla_grace_period}, {NULL, NULL}};

const struct object_type sla_type = {sla_members, sla_name, NULL};
