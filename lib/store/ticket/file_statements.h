// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of files: a part of the table in statements.c, which alone includes this.
#ifndef STORE_TICKET_FILE_STATEMENTS_H
#define STORE_TICKET_FILE_STATEMENTS_H

#include "store/slots.h"
#include "store/uniform_text.h"

// The file sought in a slot: takes its content's signature and size, and its key.
#define SOUGHT_FILE(n)                                                                                       \
    "(SELECT " n " AS n,f.id,f.`key`,f.name FROM {file} f WHERE f.signature=? AND f.size=? ORDER BY f.id "   \
    "LIMIT 1) UNION ALL (SELECT " n ",f.id,f.`key`,f.name FROM {file} f WHERE f.`key`=? ORDER BY f.id "      \
    "LIMIT 1)"
#define ALSO                " UNION ALL "
#define SOUGHT_FILES_FIRST  SOUGHT_FILE("0") ALSO SOUGHT_FILE("1") ALSO SOUGHT_FILE("2") ALSO SOUGHT_FILE("3")
#define SOUGHT_FILES_SECOND SOUGHT_FILE("4") ALSO SOUGHT_FILE("5") ALSO SOUGHT_FILE("6") ALSO SOUGHT_FILE("7")
#define SOUGHT_FILES_THIRD                                                                                   \
    SOUGHT_FILE("8") ALSO SOUGHT_FILE("9") ALSO SOUGHT_FILE("10") ALSO SOUGHT_FILE("11")
#define SOUGHT_FILES_LAST                                                                                    \
    SOUGHT_FILE("12") ALSO SOUGHT_FILE("13") ALSO SOUGHT_FILE("14") ALSO SOUGHT_FILE("15")
#define SOUGHT_FILES                                                                                         \
    SOUGHT_FILES_FIRST ALSO SOUGHT_FILES_SECOND ALSO SOUGHT_FILES_THIRD ALSO SOUGHT_FILES_LAST

#define FILE_STATEMENTS                                                                                      \
    /* for each slot signature, size, key (NULL: not that way) -> slot from 0, id, key, name; no row for     \
       what there is not */                                                                                  \
    [STATEMENT_FILES_FIND] = SOUGHT_FILES,                                                                   \
                                                                                                             \
    /* in slots: type, size, key, signature, name */                                                         \
        [STATEMENT_FILES_INSERT] =                                                                           \
            "INSERT INTO {file}(ft,bk,type,size,`key`,signature,name,attrs,created) SELECT 'T','D'," SLOT    \
            "," SLOT "," SLOT "," SLOT "," SLOT ",NULL,NOW() FROM " SLOTS,                                   \
                                                                                                             \
    /* a key for each slot -> id, key. Read without a lock: one on the index of the keys would keep others   \
       from storing their files. */                                                                          \
        [STATEMENT_FILE_IDS] =                                                                               \
            "SELECT id,`key` FROM {file} WHERE `key` IN (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",                  \
                                                                                                             \
    /* in slots: file_id, chunk_id, filedata, file_id once more, the file's key; nothing is written to a     \
       file of another key */                                                                                \
        [STATEMENT_FILE_CHUNKS_INSERT] =                                                                     \
            "INSERT INTO {file_chunk}(file_id,chunk_id,filedata) SELECT " SLOT "," SLOT "," SLOT             \
            " FROM " SLOT_NUMBERS " WHERE (SELECT f.`key` FROM {file} f WHERE f.id=CAST(" SLOT               \
            " AS UNSIGNED))=" UNIFORM(SLOT) " ORDER BY r.n",                                                 \
                                                                                                             \
    /* entry id; in slots: file_id, name, inline */                                                          \
        [STATEMENT_ATTACHMENTS_INSERT] =                                                                     \
            "INSERT INTO {attachment}(object_id,type,file_id,name,inline,lang) SELECT ?,'H'," SLOT "," SLOT  \
            "," SLOT ",NULL FROM " SLOTS

#endif
