// SPDX-License-Identifier: GPL-2.0-or-later
// The words of a PHP file, as far as a configuration file needs them. Nothing is executed.
#ifndef CONFIG_PHP_TOKEN_H
#define CONFIG_PHP_TOKEN_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

enum php_kind {
    PHP_END,
    PHP_NAME,     // define, TRUE, \PHP_EOL, also a variable's name without its $
    PHP_NUMBER,   // 3306
    PHP_STRING,   // a literal with nothing to be filled in
    PHP_TEMPLATE, // a double-quoted or backquoted string that PHP fills in or executes
    PHP_MARK,     // one other byte
};

// The reading of one file. `value` holds the last token: the string's bytes with escapes resolved, the name,
// the number as written, or the mark.
struct php_reader {
    const char *path;
    struct text source;
    size_t offset;
    unsigned line;
    bool inside; // between <?php and ?>
    enum php_kind kind;
    unsigned token_line; // where the last token begins
    struct buffer value;
    struct error *error;
};

struct php_reader php_reader_new(const char *path, struct text source, struct error *error);
void php_reader_free(struct php_reader *reader);

// Reads the next token. False with "PATH:LINE: ..." for a string or comment that never ends and for a
// heredoc. https://www.php.net/manual/en/language.types.string.php
bool php_reader_next(struct php_reader *reader) CHECKED;

// Whether the last token is this mark.
bool php_reader_at(const struct php_reader *reader, char mark);

#endif
