// SPDX-License-Identifier: GPL-2.0-or-later
// From root to the user that the workers run as.
#ifndef FCGI_POOL_PRIVILEGES_H
#define FCGI_POOL_PRIVILEGES_H

#include "base/error.h"

#include <stdbool.h>
#include <sys/types.h>

// Names to numbers. `gid` (the user's own group) may be NULL.
bool privileges_user(const char *name, uid_t *uid, gid_t *gid, struct error *error) CHECKED;
bool privileges_group(const char *name, gid_t *gid, struct error *error) CHECKED;

// When root: becomes `user` and `group` ("": the user's own) with the user's supplementary groups, for good.
// "" for `user`, and anybody but root, stays what it is.
bool privileges_drop(const char *user, const char *group, struct error *error) CHECKED;

#endif
