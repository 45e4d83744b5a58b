// SPDX-License-Identifier: GPL-2.0-or-later
// The departures from PHP's answers that are meant: lib/DIFFERENCES.md, as far as reads show them.
#ifndef COMPARE_DEPARTURE_H
#define COMPARE_DEPARTURE_H

enum departure {
    DEPARTURE_SHAPE_CURRENT,    // PHP answers in the shape "current", this server in "documented"
    DEPARTURE_SHAPE_DOCUMENTED, // the other way round
    DEPARTURE_PRIORITY_OBJECT,  // PHP writes a priority as an object, this server as text
    DEPARTURE_PRIORITY_TEXT,    // the other way round
    DEPARTURE_EDITOR,
    DEPARTURE_NOTES,
    DEPARTURE_LIST_STATUS,
    DEPARTURE_LIST_ORDER,
    DEPARTURE_NO_ADDRESS,
    DEPARTURE_UNKNOWN_PERSON,
    DEPARTURE_NUMBER_WITH_LETTERS,
    DEPARTURE_BROKEN_TICKET,
    DEPARTURE_WIDE_CHARACTERS,
    DEPARTURE_NO_UTF8,
    DEPARTURE_NO_CALL,
    DEPARTURE_FORCE_HTTPS,
    DEPARTURE_COUNT
};

struct departure_text {
    const char *word;    // for scripts
    const char *what;    // PHP's answer and this server's
    const char *setting; // what removes it; "" where nothing does
};

extern const struct departure_text departures[DEPARTURE_COUNT];

#endif
