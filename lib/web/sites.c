// SPDX-License-Identifier: GPL-2.0-or-later
// Finding the web servers' configurations.
#include "web/sites.h"

#include "web/site_kinds.h"

// The first that can be read counts.
static bool read_first(const struct web_source *source, const char *const *paths,
                       bool (*read)(const struct web_source *, const char *, struct directives *,
                                    struct error *),
                       struct directives *directives) {
    struct error error = {0};
    for (; *paths; paths++)
        if (read(source, *paths, directives, &error)) return true;
    return false;
}

void web_sites_read(const struct web_source *source, struct web_sites *sites) {
    static const char *const nginx[] = {"/etc/nginx/nginx.conf", "/usr/local/etc/nginx/nginx.conf",
                                        "/usr/local/nginx/conf/nginx.conf", NULL};
    static const char *const apache[] = {"/etc/apache2/apache2.conf", "/etc/httpd/conf/httpd.conf",
                                         "/etc/apache2/httpd.conf", "/usr/local/etc/apache24/httpd.conf",
                                         NULL};
    struct directives directives;
    *sites = (struct web_sites){.nginx_user = TEXT(""), .apache_user = TEXT("")};
    sites->has_nginx = read_first(source, nginx, nginx_read, &directives);
    if (sites->has_nginx) nginx_sites(source, &directives, sites);
    sites->has_apache = read_first(source, apache, apache_read, &directives);
    if (sites->has_apache) apache_sites(source, &directives, sites);
}
