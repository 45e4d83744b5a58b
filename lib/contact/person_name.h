// SPDX-License-Identifier: GPL-2.0-or-later
// Names of users and agents: taken apart, and put together in osTicket's name formats.
#ifndef CONTACT_PERSON_NAME_H
#define CONTACT_PERSON_NAME_H

#include "base/buffer.h"
#include "base/text.h"

#include <stdbool.h>

// A user's name has 128 characters in the database.
#define PERSON_NAME_MAX 512

// Views of the parts; all but `middle` point into the text given. `middle` may point into `storage`: do not
// copy the struct. `last` is null where osTicket has null; salutation, middle and suffix are then empty.
struct person_name {
    struct text salutation, first, middle, last, suffix;
    struct text original; // as entered; null for an agent, whose name is only known in parts
    char storage[PERSON_NAME_MAX];
};

// PHP takes "" and "0" for no name, and none of its parts.
bool person_name_is_given(struct text name);

// Takes a user's name apart by osTicket's rules: words between single blanks; a leading or trailing word with
// a dot is salutation or suffix; a single word with dots is split at these. spec: reading-and-replying.md
// C.3.
void person_name_split(struct text name, struct person_name *parts);

// An agent's name, of which the parts are known. Either may be null.
void person_name_of_agent(struct text first, struct text last, struct person_name *parts);

// The format by the name that counts: any that osTicket does not know is "original".
struct text person_name_known_format(struct text format);

// Appends the name in a format of client_name_format and agent_name_format: first, last, full ("First Last"),
// legal ("First M. Last"), lastfirst ("Last, First"), formal ("Mr. Last"), short ("First L."), shortformal
// ("F. Last"), complete ("Mr. First M. Last Sr."), original. Any other format is original, which for an agent
// is "First Last". Blanks at the ends are those that osTicket leaves.
void person_name_format(const struct person_name *name, struct text format, struct buffer *out);

// Appends what the mail variable %{….name.LEAF} stands for: one of the formats, middle, firstinitial,
// middleinitial or lastinitial, in any case of letters. False, with nothing appended, when osTicket knows
// none of that name.
bool person_name_variable(const struct person_name *name, struct text leaf, struct buffer *out);

#endif
