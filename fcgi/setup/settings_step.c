// SPDX-License-Identifier: GPL-2.0-or-later
// The step that writes the settings file.
#include "setup/setup.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARK_SIZE 64

// What is another after each change.
static void mark_of(const struct stat *status, char mark[MARK_SIZE]) {
    snprintf(mark, MARK_SIZE, "%lld:%lld.%09ld", (long long)status->st_size,
             (long long)status->st_mtim.tv_sec, status->st_mtim.tv_nsec);
}

void setup_settings_plan(struct setup *setup, char *line, size_t size) {
    if (setup->imported)
        snprintf(line, size, "write %s, made from ost-config.php, mode 0640", setup->settings_path);
    else
        snprintf(line, size, "%s is there already and stays as it is", setup->settings_path);
}

// Never over another file, never through a link: root writes here what holds a password.
static int create(const char *whole, struct error *error) {
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", whole);
    for (char *slash = folder + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        mkdir(folder, 0755);
        *slash = '/';
    }
    int file = open(whole, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0) error_set(error, ERROR_INTERNAL, "%s: cannot be written: %s", whole, strerror(errno));
    return file;
}

// root:GROUP 0640; whoever is not root keeps it alone.
static bool give_away(int file, const struct setup *setup) {
    const struct group *group = geteuid() == 0 ? getgrnam(setup->settings.server.group) : NULL;
    return (!group || fchown(file, 0, group->gr_gid) == 0) && fchmod(file, group ? 0640 : 0600) == 0;
}

bool setup_settings_run(struct setup *setup, char *line, size_t size, struct error *error) {
    char whole[PATH_MAX], journal[PATH_MAX], mark[MARK_SIZE];
    struct stat status;
    if (!setup->imported) {
        setup_settings_plan(setup, line, size);
        return true;
    }
    setup_path(setup, setup->settings_path, whole);
    setup_path(setup, setup->journal_path, journal);
    int file = create(whole, error);
    if (file < 0) return false;
    ssize_t length = (ssize_t)strlen(setup->imported);
    bool good = write(file, setup->imported, (size_t)length) == length && give_away(file, setup) &&
                fsync(file) == 0 && fstat(file, &status) == 0;
    if (!good) error_set(error, ERROR_INTERNAL, "%s: cannot be written: %s", whole, strerror(errno));
    close(file);
    if (good) mark_of(&status, mark);
    good = good && journal_add(journal, "settings", setup->settings_path, mark, error);
    if (!good) unlink(whole);
    snprintf(line, size, "wrote %s", setup->settings_path);
    return good;
}

// What a person has changed since is kept beside.
bool setup_settings_undo(struct setup *setup, const struct journal_line *line, char *said, size_t size,
                         struct error *error) {
    char whole[PATH_MAX], kept[PATH_MAX + 8], mark[MARK_SIZE];
    struct stat status;
    setup_path(setup, line->name.data, whole);
    snprintf(kept, sizeof kept, "%s.undone", whole);
    if (lstat(whole, &status) != 0) {
        snprintf(said, size, "%s is gone already", line->name.data);
        return true;
    }
    mark_of(&status, mark);
    bool same = strcmp(mark, line->more.data) == 0;
    if ((same ? unlink(whole) : rename(whole, kept)) != 0)
        return error_set(error, ERROR_INTERNAL, "%s: cannot be removed: %s", whole, strerror(errno));
    if (same)
        snprintf(said, size, "removed %s", line->name.data);
    else
        snprintf(said, size, "%s was changed by hand and is kept as %s.undone", line->name.data,
                 line->name.data);
    return true;
}
