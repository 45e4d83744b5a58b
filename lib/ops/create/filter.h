// SPDX-License-Identifier: GPL-2.0-or-later
// The ban list and the help desk's ticket filters. spec: creating.md B.5
#ifndef OPS_CREATE_FILTER_H
#define OPS_CREATE_FILTER_H

#include "base/error.h"
#include "ops/create/draft.h"

#include <stdbool.h>

// Refuses what the ban list or a filter refuses (ERROR_DENIED, and a row in the system log), and lets filters
// have their say about draft->wishes. The action "replyto" puts the Reply-To address in the requester's
// place: then desk and forms are read anew and filters begin once more. At most three round trips beside
// those.
bool ticket_filters_apply(struct create_draft *draft, struct error *error) CHECKED;

// draft->actions become those of the filters that fit in the end: what the ticket's history tells of, and
// mails. By then the topic that a filter chose and the priority that was settled are the ticket's; nothing
// else that filters chose is seen. At most one round trip.
bool ticket_filters_match_again(struct create_draft *draft, struct error *error) CHECKED;

// Refuses whom the ban list names, whatever he asks for: as ticket_filters_apply() does. Returns false.
bool ticket_filters_refuse_banned(struct create_draft *draft, struct error *error) CHECKED;

// Refuses a new user where the help desk takes no mails of such: ERROR_DENIED, and a row in the system log.
bool ticket_filters_refuse_unregistered(struct create_draft *draft, struct error *error) CHECKED;

// Whether this server knows what the filter's rules and actions mean. If not, `why` (for the log and the
// client; borrowed from the filter or literal) names the first that it does not.
bool ticket_filter_is_known(const struct filter_row *filter, struct text *what, struct text *why);

// Whether the filter has a say about tickets of this source ("API", "Email", "Web", …; case does not count).
bool ticket_filter_concerns(const struct filter_row *filter, struct text source, int64_t email_id);

#endif
