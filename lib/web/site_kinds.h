// SPDX-License-Identifier: GPL-2.0-or-later
// From the directives of each kind of web server to sites. For this room only.
#ifndef WEB_SITE_KINDS_H
#define WEB_SITE_KINDS_H

#include "web/sites.h"

// Add the sites of a configuration, and whom its server runs as.
void nginx_sites(const struct web_source *source, const struct directives *directives,
                 struct web_sites *sites);
void apache_sites(const struct web_source *source, const struct directives *directives,
                  struct web_sites *sites);

// A new last site; NULL when memory is out.
struct web_site *site_add(const struct web_source *source, struct web_sites *sites, enum web_kind kind,
                          const struct directive *directive);

// `url` and `folder` lose a slash at their ends.
void site_add_root(const struct web_source *source, struct web_site *site, struct text url,
                   struct text folder);
void site_add_included(const struct web_source *source, struct web_site *site, struct text path);

#endif
