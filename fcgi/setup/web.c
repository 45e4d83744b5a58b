// SPDX-License-Identifier: GPL-2.0-or-later
// What a person puts into the web server's configuration.
#include "setup/setup.h"

#include <stdio.h>
#include <string.h>

// Where a package puts them, is said by the build.
#ifndef OSTICKET_FCGI_NGINX_SNIPPET
#define OSTICKET_FCGI_NGINX_SNIPPET OSTICKET_FCGI_SHARE "/nginx/snippet.conf"
#endif
#ifndef OSTICKET_FCGI_APACHE_SNIPPET
#define OSTICKET_FCGI_APACHE_SNIPPET OSTICKET_FCGI_SHARE "/nginx/apache.conf"
#endif
#define COPIES         "/etc/nginx/osticket-fcgi-"
#define DEFAULT_SOCKET "/run/osticket-fcgi/osticket-fcgi.sock"

bool setup_site_has_line(const struct web_site *site) {
    static const char *const names[] = {"/nginx/snippet.conf", "/nginx/apache.conf", "/osticket-fcgi.conf"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (web_site_includes(site, names[i])) return true;
    return false;
}

// A help desk with a socket of its own needs a copy of its own.
static void print_snippet(const struct setup *setup) {
    if (setup_is_default(setup))
        printf("    include " OSTICKET_FCGI_NGINX_SNIPPET ";\n\n");
    else
        printf("    include " COPIES "%s.conf;\n\nwhich is made by: sed 's|" DEFAULT_SOCKET
               "|%s|' " OSTICKET_FCGI_NGINX_SNIPPET " > " COPIES "%s.conf\n",
               setup->wishes.name, setup->settings.server.socket, setup->wishes.name);
}

static void print_nginx(const struct setup *setup) {
    const struct web_site *site = setup->site;
    if (setup_site_has_line(site)) {
        printf("nginx: line is there already; systemctl reload nginx\n");
        return;
    }
    printf("nginx: put this line into %s, into the \"server {\" of line %u (%s), below a redirect to HTTPS "
           "where it has "
           "one:\n\n",
           site->file.data, site->line, site->name.length ? site->name.data : "it has no name");
    print_snippet(setup);
    printf("then: nginx -t && systemctl reload nginx\n");
}

static void print_apache(const struct setup *setup) {
    const struct web_site *site = setup->site;
    if (setup_site_has_line(site)) {
        printf("Apache: line is there already; systemctl reload apache2\n");
        return;
    }
    printf("Apache: put these lines into %s, %s:\n\n", site->file.data,
           site->line ? "inside its <VirtualHost>" : "at its end");
    if (!setup_is_default(setup))
        printf("    Define OSTICKET_FCGI_SOCKET %s\n", setup->settings.server.socket);
    printf("    Include " OSTICKET_FCGI_APACHE_SNIPPET "\n\n"
           "then: a2enmod proxy_fcgi && apachectl configtest && systemctl reload apache2\n");
}

void setup_print_web(const struct setup *setup) {
    if (setup->site && setup->site->kind == WEB_NGINX) print_nginx(setup);
    if (setup->site && setup->site->kind == WEB_APACHE) print_apache(setup);
    if (setup->site) {
        printf("The API is then served here under %s%s%s/api/http.php and %s/api. To go back: take the line "
               "out, "
               "reload, osticket-fcgi setup --undo%s%s\n",
               setup->site->tls ? "https://" : "http://",
               setup->site->name.length ? setup->site->name.data : "SERVER", setup->url.data, setup->url.data,
               setup_is_default(setup) ? "" : " --name ", setup_is_default(setup) ? "" : setup->wishes.name);
        return;
    }
    printf("web server: no site that shows the help desk was found. nginx: in its server { }: "
           "include " OSTICKET_FCGI_NGINX_SNIPPET
           "; Apache: in its <VirtualHost>: Include " OSTICKET_FCGI_APACHE_SNIPPET "\n");
}
