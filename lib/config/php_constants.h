// SPDX-License-Identifier: GPL-2.0-or-later
// The constants that a PHP file defines with literals.
#ifndef CONFIG_PHP_CONSTANTS_H
#define CONFIG_PHP_CONSTANTS_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct php_constant {
    char *name;
    struct text value; // terminated too; what PHP's string conversion makes of TRUE, FALSE, NULL and numbers
    bool literal;      // false: computed (getenv(), a variable, a constant from elsewhere), so no value
    unsigned line;
};

struct php_constants {
    struct php_constant *list;
    size_t count;
};

// Reads define('NAME', ...) and const NAME = ...; of the file at `path`, where ... is literals and earlier
// constants joined by ".". As in PHP the first definition of a name stays; conditions around it are not
// looked at. php_constants_free() in any case.
bool php_constants_read(const char *path, struct php_constants *constants, struct error *error) CHECKED;
void php_constants_free(struct php_constants *constants);

// The constant of that name, or NULL.
const struct php_constant *php_constants_find(const struct php_constants *constants, struct text name);

#endif
