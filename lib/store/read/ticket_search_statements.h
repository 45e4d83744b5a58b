// SPDX-License-Identifier: GPL-2.0-or-later
// Where a text is found: places with a ticket each (NULL where there is none) and how well it fits. A list
// joins its tickets to them, see ticket_conditions.c. What a client sent is no part of it.
#ifndef STORE_READ_TICKET_SEARCH_STATEMENTS_H
#define STORE_READ_TICKET_SEARCH_STATEMENTS_H

// clang-format off
// The best rows x of osTicket's own index: those of tickets (T), entries (H), users (U).
#define SEARCH_MATCH(mode) "MATCH(s.title,s.content) AGAINST(? IN " mode " MODE)"
#define SEARCH_INDEX(mode, types) \
    "(SELECT s.object_type,s.object_id," SEARCH_MATCH(mode) " AS relevance FROM {_search} s " \
    "WHERE " SEARCH_MATCH(mode) " AND s.object_type IN (" types ") " \
    "ORDER BY relevance DESC LIMIT ?) x "

// Of an entry the ticket in whose thread it stands. Texts that were superseded are none to be found.
#define SEARCH_ENTRY(shown) \
    "LEFT JOIN {thread_entry} e ON x.object_type='H' AND e.id=x.object_id AND e.flags&4=0" shown " " \
    "LEFT JOIN {thread} h ON h.id=e.thread_id AND h.object_type IN ('T','C') "

#define SEARCH_AS_AGENT(mode, shown) \
    "CASE x.object_type WHEN 'T' THEN x.object_id WHEN 'H' THEN h.object_id ELSE w.ticket_id END", "x.relevance", \
    " FROM " SEARCH_INDEX(mode, "'T','H','U'") SEARCH_ENTRY(shown) \
    "LEFT JOIN {ticket} w ON x.object_type='U' AND w.user_id=x.object_id "

// A client does not find what he is not shown: notes, nor by what agents alone know of a user. The index tells not
// which field of a ticket it was: where one has a value that clients do not see (field flag 256), the ticket's own row
// does not count.
#define SEARCH_HIDDEN_ANSWER \
    "EXISTS(SELECT 1 FROM {form_entry} o JOIN {form_entry_values} v ON v.entry_id=o.id AND v.value<>'' " \
    "JOIN {form_field} f ON f.id=v.field_id AND f.flags&256=0 AND f.type NOT IN ('thread','priority') " \
    "WHERE o.object_type='T' AND o.object_id=x.object_id)"
#define SEARCH_AS_CLIENT(mode) \
    "CASE x.object_type WHEN 'T' THEN IF(" SEARCH_HIDDEN_ANSWER ",NULL,x.object_id) ELSE h.object_id END", "x.relevance", \
    " FROM " SEARCH_INDEX(mode, "'T','H'") SEARCH_ENTRY(" AND e.type<>'N'")

#define SEARCH_BY_NUMBER \
    "n.ticket_id", "2*(n.number=?)+(n.number LIKE ?)", \
    " FROM {ticket} n WHERE n.number LIKE ? "
#define SEARCH_BY_ADDRESS(condition) \
    "w.ticket_id", "1", \
    " FROM {user_email} a STRAIGHT_JOIN {ticket} w ON w.user_id=a.user_id WHERE " condition " "

// Phrases are looked for in the places of their words: the database's own search for one reads every row that has
// these, which takes it minutes where they are common, and cannot be ended. LIKE has one or two signs between words.
#define SEARCH_PHRASES_BEGIN "LEFT JOIN {_search} v ON v.object_type=x.object_type AND v.object_id=x.object_id "
#define SEARCH_PHRASE \
    "(CONCAT_WS(' ',v.title,v.content) LIKE ? OR CONCAT_WS(' ',v.title,v.content) LIKE ?) "

// FOUND(by, whether clients or agents ask, with notes; what it takes in turn: the text as it is (=), as the
// beginning of something (<), as a part of it (%), how many places there may be (#); the ticket, how well it fits, where it is found).
#define SEARCH_WORDS(FOUND, by, mode) \
    FOUND(by, SEARCH_OF_AGENT, "==#", SEARCH_AS_AGENT(mode, " AND e.type<>'N'")) \
    FOUND(by, SEARCH_OF_AGENT_WITH_NOTES, "==#", SEARCH_AS_AGENT(mode, "")) \
    FOUND(by, SEARCH_OF_CLIENT, "==#", SEARCH_AS_CLIENT(mode))
#define SEARCH_OF_ANYBODY(FOUND, by, ...) \
    FOUND(by, SEARCH_OF_AGENT, __VA_ARGS__) \
    FOUND(by, SEARCH_OF_AGENT_WITH_NOTES, __VA_ARGS__) \
    FOUND(by, SEARCH_OF_CLIENT, __VA_ARGS__)
#define SEARCH_FOUNDS(FOUND) \
    SEARCH_WORDS(FOUND, TICKET_SEARCH_WORDS, "NATURAL LANGUAGE") \
    SEARCH_WORDS(FOUND, TICKET_SEARCH_BOOLEAN, "BOOLEAN") \
    SEARCH_OF_ANYBODY(FOUND, TICKET_SEARCH_NUMBER, "=<%", SEARCH_BY_NUMBER) \
    SEARCH_OF_ANYBODY(FOUND, TICKET_SEARCH_ADDRESS, "=", SEARCH_BY_ADDRESS("a.address=?")) \
    SEARCH_OF_ANYBODY(FOUND, TICKET_SEARCH_ADDRESS_PART, "%", SEARCH_BY_ADDRESS("a.address LIKE ?"))

// A ticket once, with the best of its places, and before the ticket: the other way round the database would look at
// every ticket to find it among few. `places` is how many there are of all tickets, to the limit.
#define SEARCH_TICKETS_BEGIN \
    "(SELECT k.ticket_id,MAX(k.relevance) AS relevance,MAX(k.places) AS places " \
    "FROM (SELECT j.ticket_id,j.relevance,j.fits,COUNT(*) OVER () AS places FROM ("
#define SEARCH_TICKETS_END \
    ") j) k WHERE k.fits AND k.ticket_id IS NOT NULL GROUP BY k.ticket_id) q " \
    "STRAIGHT_JOIN {ticket} t ON t.ticket_id=q.ticket_id "
// clang-format on

#endif
