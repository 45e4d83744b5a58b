// SPDX-License-Identifier: GPL-2.0-or-later
// osTicket's groups of file types that an administrator may choose for a field.
#ifndef OPS_ENTRY_FILE_GROUPS_H
#define OPS_ENTRY_FILE_GROUPS_H

#include <stddef.h>

// One media type of a group with the extensions that go with it.
struct file_group_type {
    const char *group;      // "image", "audio", "text", "office", "video", "archive"
    const char *type;       // media type
    const char *extensions; // with dots, blanks between; ""
};

extern const struct file_group_type file_group_types[];
extern const size_t file_group_type_count;

#endif
