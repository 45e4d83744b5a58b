// SPDX-License-Identifier: GPL-2.0-or-later
// Giving up root.
#include "pool/privileges.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

// getpwnam(3): that there is none is told by no error or by one of these; any other one (no descriptor left,
// a directory server that is away) says nothing about it.
static bool says_there_is_none(int reason) {
    return reason == 0 || reason == ENOENT || reason == ESRCH || reason == EBADF || reason == EPERM;
}

static bool not_found(const char *kind, const char *name, int reason, struct error *error) {
    if (says_there_is_none(reason)) return error_set(error, ERROR_INTERNAL, "there is no %s %s", kind, name);
    return error_set(error, ERROR_INTERNAL, "%s %s cannot be looked up: %s", kind, name, strerror(reason));
}

bool privileges_user(const char *name, uid_t *uid, gid_t *gid, struct error *error) {
    errno = 0;
    const struct passwd *entry = getpwnam(name);
    if (!entry) return not_found("user", name, errno, error);
    *uid = entry->pw_uid;
    if (gid) *gid = entry->pw_gid;
    return true;
}

bool privileges_group(const char *name, gid_t *gid, struct error *error) {
    errno = 0;
    const struct group *entry = getgrnam(name);
    if (!entry) return not_found("group", name, errno, error);
    *gid = entry->gr_gid;
    return true;
}

bool privileges_drop(const char *user, const char *group, struct error *error) {
    uid_t uid = 0;
    gid_t gid = 0;
    if (geteuid() != 0 || !*user) return true;
    if (!privileges_user(user, &uid, &gid, error)) return false;
    if (*group && !privileges_group(group, &gid, error)) return false;
    if (initgroups(user, gid) != 0 || setresgid(gid, gid, gid) != 0 || setresuid(uid, uid, uid) != 0)
        return error_set(error, ERROR_INTERNAL, "cannot become user %s: %s", user, strerror(errno));
    if (uid != 0 && setuid(0) == 0)
        return error_set(error, ERROR_INTERNAL, "user %s could become root again", user);
    return true;
}
