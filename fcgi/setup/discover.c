// SPDX-License-Identifier: GPL-2.0-or-later
// Finding the help desk, the site that shows it, and what follows for the settings.
#include "setup/setup.h"

#include "base/buffer.h"
#include "config/ost_config.h"
#include "config/setting_table.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define CONFIG        "/include/ost-config.php"
#define DEFAULT_NAME  "osticket-fcgi"
#define PACKAGE_USER  "osticket-fcgi"
#define JOURNALS      "/var/lib/osticket-fcgi"
#define SOCKETS       "/run/osticket-fcgi"
#define LIST_SHOWN    2000
#define SETTINGS_ROOM (256 * 1024)

void setup_path(const struct setup *setup, const char *path, char whole[PATH_MAX]) {
    if (snprintf(whole, PATH_MAX, "%s%s", setup->wishes.root, path) >= PATH_MAX) whole[0] = '\0';
}

bool setup_is_default(const struct setup *setup) {
    return strcmp(setup->wishes.name, DEFAULT_NAME) == 0;
}

// The help desk with a name of its own has its file beside the other's, below the folder that the units read.
static void choose_paths(struct setup *setup) {
    const char *config = setup->wishes.config, *name = setup->wishes.name;
    const char *slash = strrchr(config, '/');
    int folder = slash ? (int)(slash - config) : 0;
    bool own_folder = folder >= 14 && strncmp(config + folder - 14, "/osticket-fcgi", 14) == 0;
    if (setup_is_default(setup))
        snprintf(setup->settings_path, sizeof setup->settings_path, "%s", config);
    else
        snprintf(setup->settings_path, sizeof setup->settings_path, "%.*s%s/%s.ini", folder, config,
                 own_folder ? "" : "/osticket-fcgi", name);
    snprintf(setup->journal_path, sizeof setup->journal_path, JOURNALS "/%s.setup", name);
    snprintf(setup->unit, sizeof setup->unit,
             setup_is_default(setup) ? "osticket-fcgi.service" : "osticket-fcgi@%s.service", name);
}

static bool choose_given(struct setup *setup, struct error *error) {
    const char *path = setup->wishes.ost_config;
    char whole[PATH_MAX];
    size_t length = strlen(path), tail = strlen(CONFIG);
    setup_path(setup, path, whole);
    if (access(whole, R_OK) != 0)
        return error_set(error, ERROR_INTERNAL, "%s: %s; give the path of osTicket's include/ost-config.php",
                         path, strerror(errno));
    if (path[0] != '/' || length < tail || strcmp(path + length - tail, CONFIG) != 0)
        return error_set(error, ERROR_INTERNAL, "%s: right would be a full path that ends in " CONFIG, path);
    setup->desk = arena_copy(&setup->arena, (struct text){path, length - tail});
    return true;
}

// One, or a person has to say which.
static bool choose_found(struct setup *setup, struct error *error) {
    struct web_desks desks;
    struct buffer list = buffer_new(LIST_SHOWN);
    web_desks_find(&setup->source, &setup->sites, &desks);
    for (size_t i = 0; i < desks.count; i++)
        buffer_add_format(&list, "\n    osticket-fcgi setup %s" CONFIG, desks.items[i].folder.data);
    if (desks.count == 1) setup->desk = desks.items[0].folder;
    if (desks.count == 0)
        error_set(error, ERROR_INTERNAL,
                  "no help desk was found, neither where nginx and Apache look nor below /var/www, /srv, "
                  "/usr/share and /opt; name it: osticket-fcgi setup /PATH/OF/osticket" CONFIG);
    if (desks.count > 1)
        error_set(error, ERROR_INTERNAL,
                  "%zu help desks are here; say which, and give a second one a --name:%s", desks.count,
                  list.data);
    buffer_free(&list);
    return desks.count == 1;
}

// A site with TLS before one without, which may only redirect.
static void choose_site(struct setup *setup) {
    for (size_t i = 0; i < setup->sites.count; i++) {
        const struct web_site *site = &setup->sites.items[i];
        struct text url;
        if (!web_site_shows(&setup->source, site, setup->desk, &url)) continue;
        if (setup->site && (setup->site->tls || !site->tls)) continue;
        setup->site = site;
        setup->url = url;
    }
}

struct more {
    struct setting_override items[OST_CONFIG_MORE_MAX];
    size_t count;
};

// Of the ways to write a value the first that the setting takes; none where there is no such setting.
static void add(struct setup *setup, struct more *more, const char *section, const char *key,
                struct text value) {
    const struct setting *setting = setting_find(section, key);
    struct settings scratch = {0};
    char problem[SETTING_PROBLEM_MAX];
    struct text ways[] = {value, TEXT_NULL};
    if (text_starts_with(value, TEXT("unix:"))) ways[1] = (struct text){value.data + 5, value.length - 5};
    for (size_t i = 0; setting && i < 2 && more->count < OST_CONFIG_MORE_MAX; i++) {
        if (!ways[i].length || !setting_apply(setting, ways[i].data, &scratch, problem)) continue;
        more->items[more->count++] =
            (struct setting_override){section, key, arena_copy(&setup->arena, ways[i])};
        break;
    }
    settings_free(&scratch);
}

static struct text web_user(const struct setup *setup) {
    if (setup->site && setup->site->kind == WEB_APACHE) return setup->sites.apache_user;
    return setup->sites.nginx_user.length ? setup->sites.nginx_user : setup->sites.apache_user;
}

static struct text group_of(const char *user) {
    const struct passwd *account = getpwnam(user);
    const struct group *group = account ? getgrgid(account->pw_gid) : NULL;
    return group ? text_of(group->gr_name) : TEXT("");
}

// The package's own user where it is there, else the web server's; the socket is for the web server's group.
static void add_users(struct setup *setup, struct more *more) {
    struct text user = web_user(setup);
    struct text group = user.length ? arena_copy(&setup->arena, group_of(user.data)) : TEXT("");
    struct text own = getpwnam(PACKAGE_USER) ? TEXT(PACKAGE_USER) : group.length ? user : TEXT("");
    if (own.length) {
        add(setup, more, "server", "user", own);
        add(setup, more, "server", "group", arena_copy(&setup->arena, group_of(own.data)));
    }
    if (group.length) add(setup, more, "server", "socket_group", group);
}

static void add_all(struct setup *setup, struct more *more) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, SOCKETS "/%s.sock", setup->wishes.name);
    if (!setup_is_default(setup)) add(setup, more, "server", "socket", text_of(path));
    add_users(setup, more);
    if (!setup->site || !setup->site->php_fpm.length) return;
    snprintf(path, sizeof path, "%s/api/http.php", setup->desk.data);
    add(setup, more, "fallback", "php_fpm", setup->site->php_fpm);
    if (setting_find("fallback", "php_fpm")) add(setup, more, "fallback", "script", text_of(path));
}

// Settings are read from a file: this one is in memory only.
static bool load_text(struct setup *setup, const char *text, struct error *error) {
    char path[64];
    int file = memfd_create("settings", MFD_CLOEXEC);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    bool good = file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text);
    if (!good) error_set(error, ERROR_INTERNAL, "no memory for the settings: %s", strerror(errno));
    good = good && settings_load(path, &setup->settings, error);
    setup->settings_known = good;
    if (file >= 0) close(file);
    return good;
}

static bool import(struct setup *setup, struct error *error) {
    char config[PATH_MAX];
    struct more more = {0};
    size_t length = 0;
    setup_path(setup, setup->desk.data, config);
    strncat(config, CONFIG, sizeof config - strlen(config) - 1);
    add_all(setup, &more);
    FILE *memory = open_memstream(&setup->imported, &length);
    if (!memory) return error_set(error, ERROR_INTERNAL, "out of memory");
    bool good = ost_config_import_with(config, more.items, more.count, memory, error);
    fclose(memory);
    return good && load_text(setup, setup->imported, error);
}

static bool make_settings(struct setup *setup, struct error *error) {
    char whole[PATH_MAX];
    setup_path(setup, setup->settings_path, whole);
    if (access(whole, F_OK) != 0) {
        if (setup->wishes.undo || !setup->desk.length) return true;
        return import(setup, error);
    }
    setup->settings_known = settings_load(whole, &setup->settings, error);
    return setup->settings_known;
}

bool setup_find(struct setup *setup, struct error *error) {
    char journal[PATH_MAX];
    choose_paths(setup);
    setup_path(setup, setup->journal_path, journal);
    if (!journal_read(journal, &setup->arena, &setup->journal, error)) return false;
    web_sites_read(&setup->source, &setup->sites);
    if (!setup->wishes.undo) {
        if (!(setup->wishes.ost_config ? choose_given : choose_found)(setup, error)) return false;
        choose_site(setup);
    }
    if (!make_settings(setup, error)) return false;
    return !setup->settings_known ||
           own_schema_read(setup->settings.database.prefix, &setup->arena, &setup->schema, error);
}

void setup_print_found(const struct setup *setup) {
    printf("help desk: %s, database \"%s\", prefix \"%s\"\n", setup->desk.data, setup->settings.database.name,
           setup->settings.database.prefix);
    if (!setup->site) {
        puts("site: none of nginx's or Apache's was found that shows it");
        return;
    }
    printf("site: %s, %s, the %s that begins in line %u of %s, API under %s/api\n",
           setup->site->kind == WEB_NGINX ? "nginx" : "Apache",
           setup->site->name.length ? setup->site->name.data : "no name",
           setup->site->kind == WEB_NGINX ? "server { }" : "<VirtualHost>", setup->site->line,
           setup->site->file.data, setup->url.data);
    printf("PHP-FPM: %s\n", setup->site->php_fpm.length ? setup->site->php_fpm.data : "none was found there");
}
