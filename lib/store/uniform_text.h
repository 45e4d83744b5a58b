// SPDX-License-Identifier: GPL-2.0-or-later
// Texts of a help desk whose tables differ in their collations, as upgrades and old installations leave them.
// A database refuses to compare two columns of different collations (1267) and to put them below each other
// (1271); a bound value, a literal and a number take the column's collation and meet it freely.
//
// So no column meets another bare. Of two that are compared, one is UNIFORM: the one that no index is wanted
// on. In a UNION the first branch says UNIFORM or NO_TEXT for each column of texts, and all others follow it.
// A number that is compared with a text is CONCAT(number): CAST(… AS CHAR) has a collation like a column's.
// Names of columns out of information_schema are UNIFORM in any branch: MySQL gives them a collation of its
// own, as if the statement had said so (1270). test/e2e/test_collations.py sees to it for every statement of
// the table.
#ifndef STORE_UNIFORM_TEXT_H
#define STORE_UNIFORM_TEXT_H

// The text, which decides by which collation it is compared: that of osTicket's own tables, for all
// characters.
#define UNIFORM(text) "CONVERT(" text " USING utf8mb4) COLLATE utf8mb4_general_ci"

// NULL, where other branches have texts.
#define NO_TEXT UNIFORM("NULL")

#endif
