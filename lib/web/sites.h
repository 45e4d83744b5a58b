// SPDX-License-Identifier: GPL-2.0-or-later
// The sites of this machine's web servers: what folders they show under which URLs, and who runs their PHP.
#ifndef WEB_SITES_H
#define WEB_SITES_H

#include "web/directive.h"

#include <stdbool.h>
#include <stddef.h>

enum web_kind { WEB_NGINX, WEB_APACHE };

// A folder and the URL under which it is shown: "" for the whole site, else "/support".
struct web_root {
    struct text url, folder;
};

// A server { } of nginx, a <VirtualHost> of Apache, or Apache's own settings outside of these.
struct web_site {
    enum web_kind kind;
    struct text file; // where it begins
    unsigned line;
    struct text name; // the first of its names; "" where it has none
    bool tls;
    struct web_root *roots;
    size_t root_count;
    struct text php_fpm;   // "unix:/run/php/php8.2-fpm.sock" or "127.0.0.1:9000"; "" where none is seen
    struct text *included; // files that it includes by name
    size_t included_count;
};

// All texts are terminated and lie in the arena.
struct web_sites {
    struct web_site *items;
    size_t count;
    struct text nginx_user, apache_user; // "" where there is no such server or it does not say
    bool has_nginx, has_apache;
};

// Reads the configurations where systems keep them, below the root of `source`. None is no failure.
void web_sites_read(const struct web_source *source, struct web_sites *sites);

#endif
