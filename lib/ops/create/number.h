// SPDX-License-Identifier: GPL-2.0-or-later
// Numbers of new tickets.
#ifndef OPS_CREATE_NUMBER_H
#define OPS_CREATE_NUMBER_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct claims;
struct db;

// Where numbers come from.
struct number_source {
    int64_t sequence_id; // 0: random numbers
    struct text padding; // of the sequence
    struct text format;  // "TK-####"
};

// Appends the number in the format: padded on the left to as many digits as there are #, which take their
// digits in their order; what is left over stands behind the last #; "\#" is a #. spec: creating.md C.2.
void ticket_number_format(struct text format, struct text padding, struct text number, struct buffer *out);

// How many digits a random number in this format has: one for each #, but at least six.
unsigned ticket_number_digits(struct text format);

// Appends a random number that no ticket has, with its claim (store/create/ticket_numbers.h). Outside a
// transaction.
bool ticket_number_random(struct db *db, struct text format, struct buffer *number, struct claims *claims,
                          struct error *error) CHECKED;

// The sequence's next number, with a claim as well: another sequence may come by the same one. `taken`: a
// ticket has it, or is about to; the transaction is to be committed, so that the sequence passes it, and
// another one begun. Inside the transaction that uses it, before anything is read in it. 1: done, 0: the
// sequence is gone, -1: failure.
int ticket_number_next(struct db *db, const struct number_source *source, struct buffer *number,
                       struct claims *claims, bool *taken, struct error *error) CHECKED;

#endif
