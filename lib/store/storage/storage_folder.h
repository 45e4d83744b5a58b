// SPDX-License-Identifier: GPL-2.0-or-later
// Where osTicket's plugin storage-fs keeps files. spec: operations.md 3.5
#ifndef STORE_STORAGE_STORAGE_FOLDER_H
#define STORE_STORAGE_STORAGE_FOLDER_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>

struct db;

// The folder that the plugin's configuration names, in the arena: absolute, or below osTicket's own. 1: there
// is one, 0: the plugin is not there, or switched off; -1: failure. One round trip.
int storage_folder_read(struct db *db, struct arena *arena, struct text *folder, struct error *error) CHECKED;

// Its absolute path, in the arena; `osticket` is osTicket's own folder, "" where that is not known. False
// where it cannot be told, as that of a drive of Windows.
bool storage_folder_path(struct text folder, const char *osticket, struct arena *arena, struct text *path);

// The key of the newest file that is kept there, in the arena. 1, 0, -1. One round trip, which may read the
// whole table of files.
int storage_newest_key(struct db *db, struct arena *arena, struct text *key, struct error *error) CHECKED;

#endif
