// SPDX-License-Identifier: GPL-2.0-or-later
// Help desks on this machine: where their ost-config.php lies, and which sites show them.
#ifndef WEB_DESKS_H
#define WEB_DESKS_H

#include "web/sites.h"

// A help desk's folder: with include/ost-config.php and api/ in it.
struct web_desk {
    struct text folder; // below the root
};

struct web_desks {
    struct web_desk *items;
    size_t count;
};

// Looks where the sites point to and in the usual folders; each help desk once, whatever links lead to it.
void web_desks_find(const struct web_source *source, const struct web_sites *sites, struct web_desks *desks);

// Where a site shows the help desk: the URL's folder in front of /api, "" or "/support". False when it does
// not.
bool web_site_shows(const struct web_source *source, const struct web_site *site, struct text desk_folder,
                    struct text *url);

// Whether a site includes a file whose path ends in `name`.
bool web_site_includes(const struct web_site *site, const char *name);

#endif
