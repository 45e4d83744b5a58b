// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of storage_folder.c.
#ifndef STORE_STORAGE_STORAGE_FOLDER_STATEMENTS_H
#define STORE_STORAGE_STORAGE_FOLDER_STATEMENTS_H

#include "store/columns.h"

// clang-format off
#define STORAGE_FOLDER_COLUMNS(FIRST, NEXT, PART) FIRST(STORAGE_FOLDER_PATH, TEXT, "c.value")
COLUMN_NAMES(STORAGE_FOLDER_COLUMNS);
#define STORAGE_NEWEST_COLUMNS(FIRST, NEXT, PART) FIRST(STORAGE_NEWEST_KEY, TEXT, "f.`key`")
COLUMN_NAMES(STORAGE_NEWEST_COLUMNS);

#define STORAGE_FOLDER_STATEMENTS(STATEMENT) \
    /* Of several instances osTicket uses the one that it starts last. */ \
    STATEMENT(STORAGE_FOLDER, "", STORAGE_FOLDER_COLUMNS, \
        "SELECT " COLUMNS(STORAGE_FOLDER_COLUMNS) " " \
        "FROM {plugin} p " \
        "JOIN {plugin_instance} i ON i.plugin_id=p.id AND i.flags&1 " \
        "JOIN {config} c ON c.namespace=CONCAT('plugin.',p.id,'.instance.',i.id) AND c.`key`='uploadpath' " \
        "WHERE p.isactive=1 AND p.install_path IN ('plugins/storage-fs','plugins/storage-fs.phar') " \
        "ORDER BY i.id DESC LIMIT 1") \
    STATEMENT(STORAGE_NEWEST, "", STORAGE_NEWEST_COLUMNS, \
        "SELECT " COLUMNS(STORAGE_NEWEST_COLUMNS) " " \
        "FROM {file} f " \
        "WHERE f.bk='F' " \
        "ORDER BY f.id DESC LIMIT 1")
// clang-format on

#endif
