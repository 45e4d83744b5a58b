// SPDX-License-Identifier: GPL-2.0-or-later
// The departures from PHP's answers that are meant.
#include "compare/departure.h"

const struct departure_text departures[DEPARTURE_COUNT] = {
    [DEPARTURE_SHAPE_CURRENT] =
        {"shape", "PHP answers in the shape of osTicket 1.11 and later, this server as documented",
         "[api] shape = current"},
    [DEPARTURE_SHAPE_DOCUMENTED] =
        {"shape", "PHP answers as documented, this server in the shape of osTicket 1.11 and later",
         "[api] shape = documented"},
    [DEPARTURE_PRIORITY_OBJECT] = {"priority", "a priority is an object at PHP, its description here",
                                   "[api] shape = current, priority = object"},
    [DEPARTURE_PRIORITY_TEXT] = {"priority", "a priority is its description at PHP, an object here",
                                 "[api] priority = text"},
    [DEPARTURE_EDITOR] =
        {"editor", "the editor of an entry is a whole row, with its password hash, at PHP, a name here", ""},
    [DEPARTURE_NOTES] = {"notes", "agents' internal notes are shown at PHP, left out here",
                         "[api] notes = ticketInfo, staffTickets, clientTickets"},
    [DEPARTURE_LIST_STATUS] = {"list-status", "a ticket of a list also has \"status\" here", ""},
    [DEPARTURE_LIST_ORDER] = {"list-order", "lists have no order at PHP, that of the tickets' ids here", ""},
    [DEPARTURE_NO_ADDRESS] = {"no-address", "an owner without an address has \"@\" at PHP, \"\" here", ""},
    [DEPARTURE_UNKNOWN_PERSON] =
        {"unknown-person", "an unknown agent or client is 500 with PHP's own error text at PHP, 404 here",
         ""},
    [DEPARTURE_NUMBER_WITH_LETTERS] = {"number-with-letters",
                                       "a ticket number with letters is 404 at PHP, found here", ""},
    [DEPARTURE_BROKEN_TICKET] = {"broken-ticket",
                                 "a broken ticket spoils the answer at PHP; here its missing fields are null",
                                 ""},
    [DEPARTURE_WIDE_CHARACTERS] = {"wide-characters",
                                   "characters above U+FFFF are \"?\" at PHP, themselves here", ""},
    [DEPARTURE_NO_UTF8] = {"no-utf8", "bytes that are no UTF-8 empty the answer at PHP, are U+FFFD here", ""},
    [DEPARTURE_NO_CALL] = {"no-call", "PHP's API has no such call", ""},
    [DEPARTURE_FORCE_HTTPS] = {"force-https",
                               "PHP wants HTTPS (force_https), this server does not look at it",
                               "redirect in nginx, or give compare an https:// URL of PHP"},
};
