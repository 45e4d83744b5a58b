// SPDX-License-Identifier: GPL-2.0-or-later
// Files in folders of somebody else: reached step by step, and never through a symbolic link.
#ifndef BASE_FOLDER_BENEATH_H
#define BASE_FOLDER_BENEATH_H

#include "base/error.h"
#include "base/text.h"

#include <sys/stat.h>

// A folder by its absolute path, close-on-exec, to look below; to read its list of names takes more. Each
// step of the path has to be a folder that may be entered, and none "..". -1 with `error`'s detail saying at
// which step it ended.
int beneath_folder(struct text path, struct error *error) CHECKED;

// A folder in a folder, likewise. `name` is one step: no slash, not ".", not "..".
int beneath_enter(int folder, struct text name, struct error *error) CHECKED;

// A regular file in a folder, to be read; what else bears the name is not opened for good, nor waited for.
int beneath_file(int folder, struct text name, struct stat *status, struct error *error) CHECKED;

#endif
