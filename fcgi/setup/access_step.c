// SPDX-License-Identifier: GPL-2.0-or-later
// The step that lets the workers reach PHP-FPM: Debian's pool has a socket for its own group alone.
#include "setup/setup.h"

#include "check/account.h"
#include "setup/program.h"

#include <grp.h>
#include <stdio.h>
#include <sys/stat.h>

enum way { NOT_NEEDED, BY_GROUP, NO_WAY };

// Whether the workers may write to the socket, and the group that lets them. root's own is given to nobody.
static enum way find_way(const struct setup *setup, struct text *group) {
    char whole[PATH_MAX];
    struct account account;
    struct stat status;
    const char *path = setup->settings.fallback.php_fpm;
    setup_path(setup, path, whole);
    if (path[0] != '/' || stat(whole, &status) != 0 || !account_find(setup->settings.server.user, &account) ||
        account_may_write(&account, whole))
        return NOT_NEEDED;
    const struct group *entry = getgrgid(status.st_gid);
    if (!entry || status.st_gid == 0 || !(status.st_mode & S_IWGRP)) return NO_WAY;
    *group = text_of(entry->gr_name);
    return BY_GROUP;
}

void setup_access_plan(struct setup *setup, char *line, size_t size) {
    struct text group;
    switch (find_way(setup, &group)) {
    case NOT_NEEDED:
        snprintf(line, size, "%s",
                 *setup->settings.fallback.php_fpm ? "the workers may write to PHP-FPM's socket"
                                                   : "there is no PHP-FPM to reach");
        break;
    case BY_GROUP:
        snprintf(line, size, "usermod -a -G %s %s, for PHP-FPM's socket %s", group.data,
                 setup->settings.server.user, setup->settings.fallback.php_fpm);
        break;
    case NO_WAY:
        snprintf(line, size, "%s may not write to PHP-FPM's socket %s, which the check names",
                 setup->settings.server.user, setup->settings.fallback.php_fpm);
        break;
    }
}

bool setup_access_run(struct setup *setup, char *line, size_t size, struct error *error) {
    char journal[PATH_MAX];
    struct text group;
    const char *user = setup->settings.server.user, *root = setup->wishes.root;
    if (find_way(setup, &group) != BY_GROUP) {
        setup_access_plan(setup, line, size);
        return true;
    }
    group = arena_copy(&setup->arena, group);
    setup_path(setup, setup->journal_path, journal);
    const char *const words[] = {"usermod", "-R", *root ? root : "/", "-a", "-G", group.data, user, NULL};
    if (setup_program_run(words) != 0)
        return error_set(error, ERROR_INTERNAL, "usermod -a -G %s %s failed: run setup as root", group.data,
                         user);
    snprintf(line, size, "%s is a member of %s now, and may write to PHP-FPM's socket %s", user, group.data,
             setup->settings.fallback.php_fpm);
    return journal_add(journal, "member", user, group.data, error);
}

bool setup_access_undo(struct setup *setup, const struct journal_line *line, char *said, size_t size,
                       struct error *error) {
    const char *user = line->name.data, *group = line->more.data, *root = setup->wishes.root;
    const char *const words[] = {"gpasswd", "-Q", *root ? root : "/", "-d", user, group, NULL};
    struct account account;
    // Somebody may have taken the user out, or away, already.
    const struct group *entry = getgrnam(group);
    if (entry && account_find(user, &account) && account_in_group(&account, entry->gr_gid) &&
        setup_program_run(words) != 0)
        return error_set(error, ERROR_INTERNAL, "gpasswd -d %s %s failed: run setup --undo as root", user,
                         group);
    snprintf(said, size, "%s is no member of %s any more", user, group);
    return true;
}
