// SPDX-License-Identifier: GPL-2.0-or-later
// The step that starts the server where systemd runs.
#include "setup/setup.h"

#include "setup/program.h"

#include <stdio.h>
#include <unistd.h>

static bool has_systemd(const struct setup *setup) {
    char whole[PATH_MAX];
    setup_path(setup, "/run/systemd/system", whole);
    return access(whole, F_OK) == 0;
}

static int systemctl(const char *first, const char *second, const char *unit) {
    const char *const words[] = {"systemctl", first, second, unit, NULL};
    return setup_program_run(words);
}

static void say_by_hand(const struct setup *setup, char *line, size_t size) {
    snprintf(line, size, "no systemd runs here; start the server yourself: osticket-fcgi -c %s",
             setup->settings_path);
}

void setup_unit_plan(struct setup *setup, char *line, size_t size) {
    if (has_systemd(setup))
        snprintf(line, size, "systemctl enable --now %s", setup->unit);
    else
        say_by_hand(setup, line, size);
}

bool setup_unit_run(struct setup *setup, char *line, size_t size, struct error *error) {
    char journal[PATH_MAX];
    if (!has_systemd(setup)) {
        say_by_hand(setup, line, size);
        return true;
    }
    setup_path(setup, setup->journal_path, journal);
    if (systemctl("is-active", "--quiet", setup->unit) == 0) {
        snprintf(line, size, "%s runs already", setup->unit);
        return true;
    }
    // Noted before it starts: one that was enabled and did not come up is disabled again, too.
    if (!journal_add(journal, "unit", setup->unit, "", error)) return false;
    if (systemctl("enable", "--now", setup->unit) != 0)
        return error_set(error, ERROR_INTERNAL, "%s does not start: see journalctl -u %s -n 20", setup->unit,
                         setup->unit);
    snprintf(line, size, "%s is enabled and runs", setup->unit);
    return true;
}

bool setup_unit_undo(struct setup *setup, const struct journal_line *line, char *said, size_t size,
                     struct error *error) {
    if (!has_systemd(setup)) {
        snprintf(said, size, "no systemd runs here; stop the server yourself");
        return true;
    }
    if (systemctl("disable", "--now", line->name.data) != 0)
        return error_set(error, ERROR_INTERNAL, "%s cannot be stopped: see systemctl status %s",
                         line->name.data, line->name.data);
    snprintf(said, size, "%s is stopped and disabled", line->name.data);
    return true;
}
