// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi-feed: holds the requests that wait for changes, as a child of osticket-fcgi.
#include "feed/feed.h"
#include "feed/role.h"
#include "pool/handover.h"

int main(int count, char **arguments) {
    static const struct handover_role role = {FEED_PROGRAM, "osticket-feed", feed_run};
    return handover_main(count, arguments, &role);
}
