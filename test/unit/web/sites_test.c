// SPDX-License-Identifier: GPL-2.0-or-later
// Configurations of web servers as they are found in the wild, and the help desks that they show.
#include "folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char debian_nginx[] =
    "user www-data;\n"
    "worker_processes auto;\n"
    "pid /run/nginx.pid;\n"
    "include /etc/nginx/modules-enabled/*.conf;\n"
    "events { worker_connections 768; }\n"
    "http {\n"
    "    include /etc/nginx/mime.types;\n"
    "    log_format x '$remote_addr \"$request\" {';  # a brace that is none }\n"
    "    include /etc/nginx/conf.d/*.conf;\n"
    "    include /etc/nginx/sites-enabled/*;\n"
    "}\n";

static int set_up(void **state) {
    static struct folder folder;
    folder_make(&folder);
    *state = &folder;
    return 0;
}

static int tear_down(void **state) {
    folder_remove(*state);
    return 0;
}

static void assert_text(struct text text, const char *expected) {
    assert_non_null(text.data);
    assert_string_equal(text.data, expected);
}

static struct web_sites read_sites(struct folder *folder) {
    struct web_sites sites;
    web_sites_read(&folder->source, &sites);
    assert_false(folder->arena.failed);
    return sites;
}

// The URL in front of /api, or "not shown".
static const char *shown(struct folder *folder, const struct web_site *site, const char *desk) {
    struct text url;
    return web_site_shows(&folder->source, site, text_of(desk), &url) ? url.data : "not shown";
}

static void a_site_of_nginx_on_debian(void **state) {
    struct folder *folder = *state;
    folder_write(folder, "/etc/nginx/nginx.conf", debian_nginx);
    folder_write(folder, "/etc/nginx/sites-available/desk",
                 "server {\n  listen 80;\n  server_name desk.example www.desk.example;\n"
                 "  return 301 https://$host$request_uri;\n}\n"
                 "server {\n"
                 "    listen 443 ssl http2;\n"
                 "    server_name desk.example;\n"
                 "    root /var/www/osticket/;\n"
                 "    set $path_info \"\";\n"
                 "    location ~ ^/(include|setup)(/|$) { deny all; }\n"
                 "    if ($request_uri ~ \"^/api(/[^\\?]+)\") { set $path_info $1; }\n"
                 "    location ~ \\.php$ {\n"
                 "        include snippets/fastcgi-php.conf;\n"
                 "        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n"
                 "    }\n}\n");
    folder_link(folder, "/etc/nginx/sites-enabled/desk", "../sites-available/desk");
    folder_write(folder, "/var/www/osticket/include/ost-config.php", "<?php");
    struct web_sites sites = read_sites(folder);
    struct web_desks desks;
    web_desks_find(&folder->source, &sites, &desks);
    assert_int_equal(sites.count, 2);
    assert_text(sites.nginx_user, "www-data");
    assert_false(sites.has_apache);
    assert_int_equal(desks.count, 1);
    assert_text(desks.items[0].folder, "/var/www/osticket");
    assert_string_equal(shown(folder, &sites.items[0], "/var/www/osticket"), "not shown");
    const struct web_site *site = &sites.items[1];
    assert_string_equal(shown(folder, site, "/var/www/osticket"), "");
    assert_text(site->file, "/etc/nginx/sites-enabled/desk");
    assert_int_equal(site->line, 6);
    assert_text(site->name, "desk.example");
    assert_text(site->php_fpm, "unix:/run/php/php8.2-fpm.sock");
    assert_true(site->tls);
}

static void an_upstream_and_our_own_snippet(void **state) {
    struct folder *folder = *state;
    folder_write(folder, "/etc/nginx/nginx.conf", debian_nginx);
    folder_write(folder, "/etc/nginx/conf.d/desk.conf",
                 "upstream php { server 127.0.0.1:9000 max_fails=0; server 127.0.0.1:9001; }\n"
                 "server { server_name _; root /srv/www/desk;\n"
                 "  include /usr/share/osticket-fcgi/nginx/snippet.conf;\n"
                 "  location = /mine { fastcgi_pass unix:/run/osticket-fcgi/osticket-fcgi.sock; }\n"
                 "  location ~ [^/]\\.php(/|$) { fastcgi_pass php; } }\n");
    struct web_sites sites = read_sites(folder);
    assert_int_equal(sites.count, 1);
    assert_text(sites.items[0].php_fpm, "127.0.0.1:9000");
    assert_true(web_site_includes(&sites.items[0], "/nginx/snippet.conf"));
    assert_false(web_site_includes(&sites.items[0], "/nginx/other.conf"));
}

static void folders_below_a_site(void **state) {
    struct folder *folder = *state;
    folder_write(
        folder, "/etc/nginx/nginx.conf",
        "http { root /var/www/html;\n"
        "  server { listen 80 default_server;\n"
        "    location /desk/ { alias /opt/osticket/upload/; }\n"
        "    location ^~ /helpdesk { root /srv/sites; location ~ \\.php$ { fastcgi_pass unix:/a.sock; } }\n"
        "  } }\n");
    folder_write(folder, "/var/www/html/support/include/ost-config.php", "");
    folder_write(folder, "/opt/osticket/upload/include/ost-config.php", "");
    folder_write(folder, "/srv/sites/helpdesk/include/ost-config.php", "");
    folder_write(folder, "/usr/share/osticket/include/ost-config.php", "");
    folder_link(folder, "/var/www/html/tickets", "../../../usr/share/osticket");
    struct web_sites sites = read_sites(folder);
    struct web_desks desks;
    web_desks_find(&folder->source, &sites, &desks);
    assert_int_equal(desks.count, 4);
    assert_string_equal(shown(folder, &sites.items[0], "/var/www/html/support"), "/support");
    assert_string_equal(shown(folder, &sites.items[0], "/opt/osticket/upload"), "/desk");
    assert_string_equal(shown(folder, &sites.items[0], "/srv/sites/helpdesk"), "/helpdesk");
    assert_string_equal(shown(folder, &sites.items[0], "/usr/share/osticket"), "/tickets");
}

static void what_a_reader_of_nginx_stumbles_over(void **state) {
    struct folder *folder = *state;
    folder_write(folder, "/etc/nginx/nginx.conf",
                 "user  'web user'  staff ;\r\n"
                 "http {\r\n"
                 "  map $a $b { default \"}\"; \"~^x{2}\" ';'; }\n"
                 "  server { content_by_lua_block { if a then return { } end } root /one; }\n"
                 "  server { set $x ${scheme}://a; root \"/two words\"; access_log /x_${host}.log; }\n"
                 "  include /etc/nginx/nginx.conf;\n" // itself
                 "  server { root $document_root; server_name a.example");
    struct web_sites sites = read_sites(folder);
    assert_text(sites.nginx_user, "web user");
    assert_true(sites.count >= 3);
    assert_text(sites.items[0].roots[0].folder, "/one");
    assert_text(sites.items[1].roots[0].folder, "/two words");
    const struct web_site *last = &sites.items[sites.count - 1];
    assert_text(last->name, "a.example");
    assert_int_equal(last->root_count, 0);
}

static void a_site_of_apache_on_debian(void **state) {
    struct folder *folder = *state;
    folder_write(folder, "/etc/apache2/apache2.conf",
                 "DefaultRuntimeDir ${APACHE_RUN_DIR}\n"
                 "User ${APACHE_RUN_USER}\n"
                 "Group ${APACHE_RUN_GROUP}\n"
                 "<Directory /var/www/>\n\tRequire all granted\n</Directory>\n"
                 "IncludeOptional conf-enabled/*.conf\n"
                 "IncludeOptional sites-enabled/*.conf\n");
    folder_write(folder, "/etc/apache2/envvars", "unset HOME\nexport APACHE_RUN_USER=www-data\n");
    folder_write(folder, "/etc/apache2/conf-enabled/php8.2-fpm.conf",
                 "<IfModule !mod_php8.c>\n<IfModule proxy_fcgi_module>\n"
                 "    <FilesMatch \".+\\.ph(?:ar|p|tml)$\">\n"
                 "        SetHandler \"proxy:unix:/run/php/php8.2-fpm.sock|fcgi://localhost\"\n"
                 "    </FilesMatch>\n</IfModule>\n</IfModule>\n");
    folder_write(folder, "/etc/apache2/conf-enabled/desk.conf", "Alias /support /usr/share/osticket/\n");
    folder_write(folder, "/etc/apache2/sites-enabled/000-default.conf",
                 "<VirtualHost *:80>\n"
                 "\tServerAdmin webmaster@localhost\n"
                 "\tDocumentRoot /var/www/html\n"
                 "\tCustomLog ${APACHE_LOG_DIR}/access.log \\\n\t\tcombined\n"
                 "</VirtualHost>\n"
                 "<IfModule mod_ssl.c>\n<VirtualHost _default_:443>\n"
                 "  ServerName desk.example:443\n  SSLEngine on\n  DocumentRoot \"/var/www/desk\"\n"
                 "</VirtualHost>\n</IfModule>\n");
    folder_write(folder, "/usr/share/osticket/include/ost-config.php", "");
    folder_write(folder, "/var/www/desk/include/ost-config.php", "");
    struct web_sites sites = read_sites(folder);
    assert_int_equal(sites.count, 2);
    assert_text(sites.apache_user, "www-data");
    assert_text(sites.items[0].php_fpm, "unix:/run/php/php8.2-fpm.sock");
    assert_string_equal(shown(folder, &sites.items[0], "/usr/share/osticket"), "/support");
    assert_string_equal(shown(folder, &sites.items[0], "/var/www/desk"), "not shown");
    assert_string_equal(shown(folder, &sites.items[1], "/var/www/desk"), "");
    assert_true(sites.items[1].tls);
    assert_int_equal(sites.items[1].line, 8);
    assert_text(sites.items[1].file, "/etc/apache2/sites-enabled/000-default.conf");
}

static void apache_of_red_hat_without_virtual_hosts(void **state) {
    struct folder *folder = *state;
    folder_write(folder, "/etc/httpd/conf/httpd.conf",
                 "ServerRoot \"/etc/httpd\"\nUser apache\nDocumentRoot \"/var/www/html\"\n"
                 "IncludeOptional conf.d/*.conf\n");
    folder_write(folder, "/etc/httpd/conf.d/php.conf",
                 "ProxyPassMatch ^/(.*\\.php(/.*)?)$ fcgi://127.0.0.1:9000/var/www/html/$1\n");
    folder_write(folder, "/var/www/html/osticket/include/ost-config.php", "");
    struct web_sites sites = read_sites(folder);
    assert_int_equal(sites.count, 1);
    assert_text(sites.apache_user, "apache");
    assert_text(sites.items[0].php_fpm, "127.0.0.1:9000");
    assert_string_equal(shown(folder, &sites.items[0], "/var/www/html/osticket"), "/osticket");
    assert_text(sites.items[0].file, "/etc/httpd/conf/httpd.conf");
}

static void no_web_server_and_the_usual_folders(void **state) {
    struct folder *folder = *state;
    folder_write(folder, "/var/www/a/b/upload/include/ost-config.php", "");
    folder_write(folder, "/usr/share/webapps/osticket/include/ost-config.php", "");
    folder_link(folder, "/var/www/again", "a/b/upload");
    struct web_sites sites = read_sites(folder);
    struct web_desks desks;
    web_desks_find(&folder->source, &sites, &desks);
    assert_int_equal(sites.count, 0);
    assert_false(sites.has_nginx || sites.has_apache);
    assert_int_equal(desks.count, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_site_of_nginx_on_debian, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_upstream_and_our_own_snippet, set_up, tear_down),
        cmocka_unit_test_setup_teardown(folders_below_a_site, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_reader_of_nginx_stumbles_over, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_site_of_apache_on_debian, set_up, tear_down),
        cmocka_unit_test_setup_teardown(apache_of_red_hat_without_virtual_hosts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_web_server_and_the_usual_folders, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
