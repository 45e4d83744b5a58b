// SPDX-License-Identifier: GPL-2.0-or-later
// What a user of this machine may do with a file.
#include "check/account.h"

#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

bool account_find(const char *name, struct account *account) {
    const struct passwd *entry = getpwnam(name);
    if (!entry) return false;
    *account = (struct account){
        .name = name, .uid = entry->pw_uid, .gid = entry->pw_gid, .group_count = ACCOUNT_GROUPS_MAX};
    if (getgrouplist(name, entry->pw_gid, account->groups, &account->group_count) < 0)
        account->group_count = ACCOUNT_GROUPS_MAX;
    return true;
}

bool account_in_group(const struct account *account, gid_t group) {
    for (int i = 0; i < account->group_count; i++)
        if (account->groups[i] == group) return true;
    return false;
}

bool account_allowed(const struct account *account, uid_t owner, gid_t group, mode_t mode, unsigned wish) {
    if (account->uid == 0) return true;
    // The first that fits counts alone.
    unsigned shift = account->uid == owner ? 6 : account_in_group(account, group) ? 3 : 0;
    return (mode >> shift & wish) == wish;
}

enum answer { MAY, MAY_NOT, UNKNOWN };

static enum answer ask_kernel(const struct account *account, const char *path, int wish) {
    int status;
    pid_t child = geteuid() == 0 ? fork() : -1;
    if (child == 0) {
        bool became = initgroups(account->name, account->gid) == 0 &&
                      setresgid(account->gid, account->gid, account->gid) == 0 &&
                      setresuid(account->uid, account->uid, account->uid) == 0;
        _exit(!became ? UNKNOWN : access(path, wish) == 0 ? MAY : MAY_NOT);
    }
    if (child < 0) return UNKNOWN;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) return UNKNOWN;
    return WIFEXITED(status) ? (enum answer)WEXITSTATUS(status) : UNKNOWN;
}

static bool may(const struct account *account, const char *path, int kernel_wish, unsigned wish) {
    struct stat status;
    if (stat(path, &status) != 0) return true;
    enum answer answer = ask_kernel(account, path, kernel_wish);
    if (answer != UNKNOWN) return answer == MAY;
    return account_allowed(account, status.st_uid, status.st_gid, status.st_mode, wish);
}

bool account_may_write(const struct account *account, const char *path) {
    return may(account, path, W_OK, ACCOUNT_WRITE);
}

bool account_may_read(const struct account *account, const char *path) {
    return may(account, path, R_OK, ACCOUNT_READ);
}

bool account_may_enter(const struct account *account, const char *path) {
    return may(account, path, X_OK, ACCOUNT_EXECUTE);
}

bool account_stopped_at(const struct account *account, const char *path, bool whole, char *folder) {
    size_t length = strlen(path);
    for (size_t i = 1; i <= length; i++) {
        struct stat status;
        if (path[i] != '/' && (path[i] || !whole)) continue;
        snprintf(folder, PATH_MAX, "%.*s", (int)i, path);
        if (stat(folder, &status) != 0) return false;
        if (S_ISDIR(status.st_mode) &&
            !account_allowed(account, status.st_uid, status.st_gid, status.st_mode, ACCOUNT_EXECUTE))
            return true;
    }
    return false;
}
