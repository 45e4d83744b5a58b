// SPDX-License-Identifier: GPL-2.0-or-later
// The collations of UTF-8, by number.
#include "db/collation.h"

#include <stddef.h>

// As information_schema.collations lists them on MariaDB 11.8 and MySQL 8.4. The collations whose trailing
// blanks count have, on MariaDB, the number of their twin and 1024 more.
static const struct {
    unsigned first, last;
} ranges[] = {
    {11, 11},     // ascii_general_ci
    {33, 33},     // utf8mb3_general_ci
    {45, 46},     // utf8mb4_general_ci, utf8mb4_bin
    {63, 63},     // binary
    {65, 65},     // ascii_bin
    {76, 76},     // utf8mb3_tolower_ci
    {83, 83},     // utf8mb3_bin
    {192, 215},   // utf8mb3, by language
    {223, 223},   // utf8mb3_general_mysql500_ci
    {224, 247},   // utf8mb4, by language
    {255, 323},   // utf8mb4_0900, MySQL
    {576, 578},   // utf8mb3_croatian_ci, _myanmar_ci, _thai_520_w2, MariaDB
    {608, 610},   // the same of utf8mb4
    {2048, 2559}, // utf8mb3_uca1400, utf8mb4_uca1400, MariaDB
};
#define NO_PAD 1024

bool collation_is_utf8(unsigned number) {
    if (number > NO_PAD && number < NO_PAD + 256) number -= NO_PAD;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (number >= ranges[i].first && number <= ranges[i].last) return true;
    return false;
}
