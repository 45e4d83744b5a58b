// SPDX-License-Identifier: GPL-2.0-or-later
// What an installed osTicket answers, by the files of its folder. They are read, never run.
#ifndef CONFIG_OST_FOLDER_H
#define CONFIG_OST_FOLDER_H

#include "base/error.h"

#include <stdbool.h>

#define OST_VERSION_MAX 32

enum ost_priority { OST_PRIORITY_UNKNOWN, OST_PRIORITY_TEXT, OST_PRIORITY_OBJECT };

struct ost_folder {
    char version[OST_VERSION_MAX]; // "1.18", "v1.17.3", as osTicket shows it; "" when it cannot be told
    bool has_calls;                // ticketInfo and the others of osTicket's pull request 4361
    const char *shape;             // of their answers, as [api] shape has it; NULL: cannot be told
    enum ost_priority priority;    // as they write it
};

// Reads bootstrap.php, api/http.php, include/class.orm.php and include/class.ticket.php below `folder`. What
// a file that was changed beyond recognition does not tell stays open. False when api/http.php cannot be
// read: then this is no osTicket, or is not ours to read.
bool ost_folder_read(const char *folder, struct ost_folder *found, struct error *error) CHECKED;

// The folder in which include/ost-config.php at `path` lies, as an absolute path without links; for free().
// NULL when there is none.
char *ost_folder_of_config(const char *path);

#endif
