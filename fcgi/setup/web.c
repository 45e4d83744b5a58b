// SPDX-License-Identifier: GPL-2.0-or-later
// What a person puts into the web server's configuration.
#include "setup/setup.h"

#include <stdio.h>
#include <string.h>

#define NGINX_SNIPPET OSTICKET_FCGI_SHARE "/nginx/snippet.conf"
#define APACHE_FILE   OSTICKET_FCGI_SHARE "/nginx/apache.conf"

static void print_nginx(const struct setup *setup) {
    const struct web_site *site = setup->site;
    if (web_site_includes(site, "/nginx/snippet.conf")) {
        printf("nginx: line is there already; systemctl reload nginx\n");
        return;
    }
    printf("nginx: put this line into %s, behind the \"server {\" of line %u (%s):\n\n"
           "    include " NGINX_SNIPPET ";\n\n"
           "then: nginx -t && systemctl reload nginx\n",
           site->file.data, site->line, site->name.length ? site->name.data : "it has no name");
}

static void print_apache(const struct setup *setup) {
    const struct web_site *site = setup->site;
    if (web_site_includes(site, "/nginx/apache.conf")) {
        printf("Apache: line is there already; systemctl reload apache2\n");
        return;
    }
    printf("Apache: put these lines into %s, %s:\n\n", site->file.data,
           site->line ? "inside its <VirtualHost>" : "at its end");
    printf("    Include " APACHE_FILE "\n\n"
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
               strcmp(setup->wishes.name, "osticket-fcgi") ? " --name " : "",
               strcmp(setup->wishes.name, "osticket-fcgi") ? setup->wishes.name : "");
        return;
    }
    printf("web server: no site that shows the help desk was found. nginx: in its server { }: "
           "include " NGINX_SNIPPET "; Apache: in its <VirtualHost>: Include " APACHE_FILE "\n");
}
