// SPDX-License-Identifier: GPL-2.0-or-later
// Table names in SQL texts.
#include "db/sql_text.h"

#include <string.h>

#define NAME_LETTERS "abcdefghijklmnopqrstuvwxyz_"
#define OWN          "fcgi:"

bool sql_prefix_is_valid(const char *prefix) {
    size_t length = strlen(prefix);
    return length <= 32 && strspn(prefix, NAME_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$-") == length;
}

void sql_expand(const char *sql, const char *prefix, struct buffer *out) {
    for (const char *brace; (brace = strchr(sql, '{'));) {
        bool own = strncmp(brace + 1, OWN, strlen(OWN)) == 0;
        const char *name = brace + 1 + (own ? strlen(OWN) : 0);
        size_t length = strspn(name, NAME_LETTERS);
        buffer_add(out, sql, (size_t)(brace - sql));
        if (length && name[length] == '}') {
            buffer_add_format(out, "`%s%s%.*s`", own ? "fcgi_" : "", prefix, (int)length, name);
            sql = name + length + 1;
        } else {
            buffer_add_char(out, '{');
            sql = brace + 1;
        }
    }
    buffer_add_string(out, sql);
}
