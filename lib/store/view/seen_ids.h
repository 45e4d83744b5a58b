// SPDX-License-Identifier: GPL-2.0-or-later
// Which of some tickets somebody sees who sees some only. spec: operations.md 1.11, 2.
#ifndef STORE_VIEW_SEEN_IDS_H
#define STORE_VIEW_SEEN_IDS_H

#include "base/error.h"
#include "store/api_key.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

#define SEEN_IDS_MAX 512

// `seen[i]` says it of `ids[i]`; 0 and one that is no more are not seen. At most SEEN_IDS_MAX ids. Two round
// trips; none without rules (NULL), where all are seen.
bool seen_ids(struct db *db, const struct key_rules *rules, const int64_t *ids, size_t count, bool *seen,
              struct error *error) CHECKED;

#endif
