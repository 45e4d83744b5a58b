// SPDX-License-Identifier: GPL-2.0-or-later
// Setting this server up beside a help desk, and taking it away again: what is known, and the steps.
#ifndef SETUP_SETUP_H
#define SETUP_SETUP_H

#include "base/arena.h"
#include "base/error.h"
#include "config/settings.h"
#include "setup/journal.h"
#include "store/own_schema.h"
#include "web/desks.h"

#include <limits.h>
#include <stdbool.h>

#define SETUP_NAME_MAX 64

// What the command line says.
struct setup_wishes {
    const char *config;     // the settings file of the help desk without a name
    const char *ost_config; // NULL: to be found
    const char *name;       // of the instance, "osticket-fcgi" without one
    const char *root;       // before every path, "" usually
    const char *admin_user, *admin_socket, *admin_password; // NULL: the settings' own user
    bool dry_run, yes, undo, force;
    bool keep_names; // make what schema/fcgi-versions.sql has, too
};

struct setup {
    struct setup_wishes wishes;
    struct arena arena;
    struct web_source source;
    struct web_sites sites;
    struct text desk;             // the help desk's folder, below the root
    const struct web_site *site;  // that shows it; NULL when none was found
    struct text url;              // where it does: "" or "/support"
    char settings_path[PATH_MAX]; // this and the others as seen below the root
    char journal_path[PATH_MAX];
    char unit[SETUP_NAME_MAX + 32];
    char *imported; // the settings made from ost-config.php; NULL where there is a file already
    struct settings settings;
    bool settings_known;
    struct own_schema schema;
    struct journal journal;
};

// Looks for help desk, site and paths, and makes the settings, of which nothing is written yet.
bool setup_find(struct setup *setup, struct error *error) CHECKED;
void setup_print_found(const struct setup *setup);

// `path` below the root.
void setup_path(const struct setup *setup, const char *path, char whole[PATH_MAX]);

// One step. `plan` says in one line what it would do, `run` does it and says what it did; both may find that
// there is nothing to do. `run` notes in the journal what `undo` will need.
struct setup_step {
    const char *title;
    void (*plan)(struct setup *setup, char *line, size_t size);
    bool (*run)(struct setup *setup, char *line, size_t size, struct error *error);
};
extern const struct setup_step setup_steps[];
extern const size_t setup_step_count;

// The steps, each in a file of its own.
void setup_settings_plan(struct setup *setup, char *line, size_t size);
bool setup_settings_run(struct setup *setup, char *line, size_t size, struct error *error) CHECKED;
void setup_access_plan(struct setup *setup, char *line, size_t size);
bool setup_access_run(struct setup *setup, char *line, size_t size, struct error *error) CHECKED;
void setup_schema_plan(struct setup *setup, char *line, size_t size);
bool setup_schema_run(struct setup *setup, char *line, size_t size, struct error *error) CHECKED;
void setup_check_plan(struct setup *setup, char *line, size_t size);
bool setup_check_run(struct setup *setup, char *line, size_t size, struct error *error) CHECKED;
void setup_unit_plan(struct setup *setup, char *line, size_t size);
bool setup_unit_run(struct setup *setup, char *line, size_t size, struct error *error) CHECKED;

// Whether it is the help desk without a name of its own.
bool setup_is_default(const struct setup *setup);

// What is left to a person: the line for the web server.
void setup_print_web(const struct setup *setup);

// Whether the site has it already.
bool setup_site_has_line(const struct web_site *site);

// The way back of one line of the journal.
bool setup_settings_undo(struct setup *setup, const struct journal_line *line, char *said, size_t size,
                         struct error *error) CHECKED;
bool setup_access_undo(struct setup *setup, const struct journal_line *line, char *said, size_t size,
                       struct error *error) CHECKED;
bool setup_schema_undo(struct setup *setup, const struct journal_line *line, char *said, size_t size,
                       struct error *error) CHECKED;
bool setup_unit_undo(struct setup *setup, const struct journal_line *line, char *said, size_t size,
                     struct error *error) CHECKED;

// What an undo would lose: rows that wait in the tables that the setup made, or are being sent.
struct setup_waiting {
    int64_t mails;
    int64_t deliveries; // to webhooks
};

// False with `error` set when it cannot be told.
bool setup_waiting(struct setup *setup, struct setup_waiting *waiting, struct error *error) CHECKED;

#endif
