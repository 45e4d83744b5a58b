// SPDX-License-Identifier: GPL-2.0-or-later
// What search_rows.c asks of the index: which ids it has, and a sample of its rows.
#ifndef STORE_SEARCH_ROW_STATEMENTS_H
#define STORE_SEARCH_ROW_STATEMENTS_H

#include "store/columns.h"

// clang-format off
#define SEARCH_IDS_OF(least, type) \
    "(SELECT " least "(s.object_id) FROM {_search} s WHERE s.object_type='" type "')"
#define SEARCH_IDS_COLUMNS(FIRST, NEXT, PART) \
    FIRST(SEARCH_IDS_FIRST_TICKET, INTEGER, SEARCH_IDS_OF("MIN", "T")) \
    NEXT(SEARCH_IDS_LAST_TICKET, INTEGER, SEARCH_IDS_OF("MAX", "T")) \
    NEXT(SEARCH_IDS_FIRST_ENTRY, INTEGER, SEARCH_IDS_OF("MIN", "H")) \
    NEXT(SEARCH_IDS_LAST_ENTRY, INTEGER, SEARCH_IDS_OF("MAX", "H"))
COLUMN_NAMES(SEARCH_IDS_COLUMNS);

#define SEARCH_ROW_STATEMENTS(STATEMENT) \
    STATEMENT(SEARCH_IDS, "", SEARCH_IDS_COLUMNS, \
        "SELECT " COLUMNS(SEARCH_IDS_COLUMNS))

// A window of the sample: its number, the rows of a type from an id down.
#define SAMPLE_ROWS "64"
#define SAMPLE_WINDOW \
    "(SELECT %zu AS place,s.object_id AS id,CONCAT(' ',CONCAT_WS(' ',s.title,LEFT(s.content,4000)),' ') AS text " \
    "FROM {_search} s WHERE s.object_type='%c' AND s.object_id<=? ORDER BY s.object_id DESC LIMIT " SAMPLE_ROWS ")"

// Whether a word stands in a text: first as a part of it, then between blanks, which are what usually stands between
// words. No regular expression, which would tell "u" from "ü", as the index does not.
#define SAMPLE_BLANK(text, sign) "REPLACE(" text ",'" sign "',' ')"
#define SAMPLE_LINES(text) SAMPLE_BLANK(SAMPLE_BLANK(SAMPLE_BLANK(text, "\\n"), "\\r"), "\\t")
#define SAMPLE_STOPS(text) \
    SAMPLE_BLANK(SAMPLE_BLANK(SAMPLE_BLANK(SAMPLE_BLANK(SAMPLE_BLANK(text, "."), ","), ";"), ":"), "!")
#define SAMPLE_BRACKETS(text) \
    SAMPLE_BLANK(SAMPLE_BLANK(SAMPLE_BLANK(SAMPLE_BLANK(SAMPLE_BLANK(text, "("), ")"), "<"), ">"), "/")
#define SAMPLE_WORDS(text) SAMPLE_BLANK(SAMPLE_BLANK(SAMPLE_BRACKETS(SAMPLE_STOPS(SAMPLE_LINES(text))), "-"), "\\\"")
#define SAMPLE_HAS ",COUNT(CASE WHEN x.text LIKE ? AND " SAMPLE_WORDS("x.text") " LIKE ? THEN 1 END)"

enum { SAMPLE_PLACE, SAMPLE_LOWEST, SAMPLE_FIRST_WORD };
#define SAMPLE_BEGIN "SELECT x.place,MIN(x.id)"
#define SAMPLE_END " GROUP BY x.place"
// clang-format on

#endif
