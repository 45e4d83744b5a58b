// SPDX-License-Identifier: GPL-2.0-or-later
// The sites of Apache: its <VirtualHost>s, and what counts for all of them.
#include "web/site_kinds.h"

#include "base/buffer.h"
#include "config/whole_file.h"

#include <stdio.h>
#include <string.h>

static bool is(const struct directive *directive, const char *name) {
    return text_equal(directive->name, text_of(name));
}

// <IfModule> and their like: taken as if they held.
static bool is_condition(const struct directive *directive) {
    static const char *const names[] = {"ifmodule",  "ifdefine", "ifversion", "ifdirective", "iffile",
                                        "ifsection", "else",     "elseif",    "if"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is(directive, names[i])) return true;
    return false;
}

// "proxy:unix:/run/php/php8.2-fpm.sock|fcgi://localhost", "proxy:fcgi://127.0.0.1:9000", or of ProxyPassMatch
// the same without "proxy:". Ours is none: we run no PHP.
static struct text fpm_address(const struct web_source *source, struct text word) {
    if (text_find(word, TEXT("osticket-fcgi"), 0) >= 0) return TEXT("");
    if (text_starts_with(word, TEXT("proxy:"))) word = (struct text){word.data + 6, word.length - 6};
    const char *end = memchr(word.data, '|', word.length);
    if (text_starts_with(word, TEXT("unix:")) && end)
        return arena_copy(source->arena, (struct text){word.data, (size_t)(end - word.data)});
    if (!text_starts_with(word, TEXT("fcgi://"))) return TEXT("");
    word = (struct text){word.data + 7, word.length - 7};
    end = memchr(word.data, '/', word.length);
    return arena_copy(source->arena, (struct text){word.data, end ? (size_t)(end - word.data) : word.length});
}

static void look_at(const struct web_source *source, struct web_site *site, const struct directives *inner) {
    for (size_t i = 0; i < inner->count; i++) {
        const struct directive *directive = &inner->items[i];
        struct text first = directive_word(directive, 0), second = directive_word(directive, 1);
        bool handler =
            is(directive, "sethandler") || is(directive, "proxypassmatch") || is(directive, "proxypass");
        if (is(directive, "documentroot"))
            site_add_root(source, site, TEXT(""), first);
        else if (is(directive, "alias"))
            site_add_root(source, site, first, second);
        else if (is(directive, "servername"))
            site->name = first;
        else if (is(directive, "include") || is(directive, "includeoptional"))
            site_add_included(source, site, first);
        else if (is(directive, "sslengine"))
            site->tls = text_equal_ignoring_case(first, TEXT("on"));
        else if (handler && !site->php_fpm.length)
            site->php_fpm = fpm_address(source, is(directive, "sethandler") ? first : second);
        // Sections of folders and files, too: PHP's handler stands there.
        if (directive->is_block && !is(directive, "virtualhost")) look_at(source, site, &directive->inner);
    }
}

// What stands outside counts inside, unless it is said anew.
static void inherit(const struct web_source *source, struct web_site *site, const struct web_site *outside) {
    bool has_root = false;
    for (size_t i = 0; i < site->root_count; i++) has_root |= site->roots[i].url.length == 0;
    for (size_t i = 0; i < outside->root_count; i++)
        if (outside->roots[i].url.length || !has_root)
            site_add_root(source, site, outside->roots[i].url, outside->roots[i].folder);
    if (!site->php_fpm.length) site->php_fpm = outside->php_fpm;
}

static void add_hosts(const struct web_source *source, const struct directives *directives,
                      const struct web_site *outside, struct web_sites *sites) {
    for (size_t i = 0; i < directives->count; i++) {
        const struct directive *directive = &directives->items[i];
        if (is_condition(directive)) add_hosts(source, &directive->inner, outside, sites);
        struct web_site *site =
            is(directive, "virtualhost") ? site_add(source, sites, WEB_APACHE, directive) : NULL;
        if (!site) continue;
        look_at(source, site, &directive->inner);
        inherit(source, site, outside);
    }
}

// "export APACHE_RUN_USER=www-data" of Debian's envvars, for "User ${APACHE_RUN_USER}".
static struct text run_user(const struct web_source *source) {
    static const char name[] = "APACHE_RUN_USER=";
    char path[1024];
    struct error error = {0};
    struct text user = TEXT("");
    struct buffer content = buffer_new(64 * 1024);
    snprintf(path, sizeof path, "%s/etc/apache2/envvars", source->root);
    const char *found = whole_file_read(path, &content, &error) ? strstr(content.data, name) : NULL;
    if (found) {
        found += strlen(name);
        found += strspn(found, "\"'");
        user = arena_copy(source->arena, (struct text){found, strcspn(found, " \t\r\n\"';#")});
    }
    buffer_free(&content);
    return user;
}

void apache_sites(const struct web_source *source, const struct directives *directives,
                  struct web_sites *sites) {
    struct web_site outside = {.kind = WEB_APACHE, .name = TEXT(""), .php_fpm = TEXT(""), .file = TEXT("")};
    const struct directive *user = directive_find(directives, "user");
    size_t before = sites->count;
    if (user) sites->apache_user = directive_word(user, 0);
    if (text_starts_with(sites->apache_user, TEXT("$"))) sites->apache_user = run_user(source);
    look_at(source, &outside, directives);
    add_hosts(source, directives, &outside, sites);
    struct web_site *alone = sites->count == before && directives->count
                                 ? site_add(source, sites, WEB_APACHE, directives->items)
                                 : NULL;
    if (!alone) return;
    outside.file = alone->file;
    outside.line = 0;
    *alone = outside;
}
