// SPDX-License-Identifier: GPL-2.0-or-later
// What a user of this machine may do with a file, by the file's permissions: asked for one who is not us.
#ifndef CHECK_ACCOUNT_H
#define CHECK_ACCOUNT_H

#include <stdbool.h>
#include <sys/types.h>

#define ACCOUNT_GROUPS_MAX 64

struct account {
    const char *name;
    uid_t uid;
    gid_t gid; // the first of its groups
    gid_t groups[ACCOUNT_GROUPS_MAX];
    int group_count;
};

// False when there is no such user.
bool account_find(const char *name, struct account *account);

bool account_in_group(const struct account *account, gid_t group);

enum { ACCOUNT_EXECUTE = 1, ACCOUNT_WRITE = 2, ACCOUNT_READ = 4 };

// Whether these permissions of a file with this owner and group let the account do it.
bool account_allowed(const struct account *account, uid_t owner, gid_t group, mode_t mode, unsigned wish);

// Whether the account may write to the file at `path`. root asks the kernel in the account's place, which
// knows access control lists and the folders on the way; others go by the file's permissions. True where
// nothing is there.
bool account_may_write(const struct account *account, const char *path);

// The same for reading a file, and for entering a folder.
bool account_may_read(const struct account *account, const char *path);
bool account_may_enter(const struct account *account, const char *path);

// The first folder on the way to `path`, the last one included where `whole`, that the account may not enter;
// false when it may enter them all, or they cannot be looked at.
bool account_stopped_at(const struct account *account, const char *path, bool whole, char *folder);

#endif
