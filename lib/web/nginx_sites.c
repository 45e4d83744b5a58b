// SPDX-License-Identifier: GPL-2.0-or-later
// The sites of nginx: its server { } blocks.
#include "web/site_kinds.h"

// What a server { } is looked at with.
struct looking {
    const struct web_source *source;
    const struct directives *http;
    struct web_sites *sites;
};

static bool is(const struct directive *directive, const char *name) {
    return text_equal(directive->name, text_of(name));
}

// The address of an upstream's first server, or the address itself. Ours is none: we run no PHP.
static struct text address_of(const struct looking *looking, struct text address) {
    for (size_t i = 0; i < looking->http->count; i++) {
        const struct directive *upstream = &looking->http->items[i];
        if (!is(upstream, "upstream") || !text_equal(directive_word(upstream, 0), address)) continue;
        const struct directive *server = directive_find(&upstream->inner, "server");
        address = server ? directive_word(server, 0) : TEXT("");
        break;
    }
    bool ours = text_find(address, TEXT("osticket-fcgi"), 0) >= 0;
    return ours || text_find(address, TEXT("$"), 0) >= 0 ? TEXT("") : address;
}

// "location /support/", "location = /x", "location ^~ /support": not those by regular expressions.
static struct text location_url(const struct directive *location) {
    struct text first = directive_word(location, 0);
    if (text_equal(first, TEXT("^~")) || text_equal(first, TEXT("="))) first = directive_word(location, 1);
    return text_starts_with(first, TEXT("/")) ? first : TEXT_NULL;
}

static void look_at(const struct looking *looking, struct web_site *site, const struct directives *inner,
                    struct text url) {
    for (size_t i = 0; i < inner->count; i++) {
        const struct directive *directive = &inner->items[i];
        struct text word = directive_word(directive, 0);
        if (is(directive, "root"))
            site_add_root(looking->source, site, TEXT(""), word);
        else if (is(directive, "alias") && !text_is_null(url))
            site_add_root(looking->source, site, url, word);
        else if (is(directive, "fastcgi_pass") && !site->php_fpm.length)
            site->php_fpm = address_of(looking, word);
        else if (is(directive, "include"))
            site_add_included(looking->source, site, word);
        else if (is(directive, "location"))
            look_at(looking, site, &directive->inner, location_url(directive));
        else if (is(directive, "if") || is(directive, "limit_except"))
            look_at(looking, site, &directive->inner, url);
    }
}

static void look_at_names(struct web_site *site, const struct directives *inner) {
    for (size_t i = 0; i < inner->count; i++) {
        const struct directive *directive = &inner->items[i];
        if (is(directive, "server_name") && !site->name.length) site->name = directive_word(directive, 0);
        for (size_t word = 1; is(directive, "listen") && word < directive->word_count; word++)
            site->tls |= text_equal(directive->words[word], TEXT("ssl")) ||
                         text_equal(directive->words[word], TEXT("quic"));
    }
}

static void add_server(const struct looking *looking, const struct directive *server) {
    struct web_site *site = site_add(looking->source, looking->sites, WEB_NGINX, server);
    const struct directive *inherited = directive_find(looking->http, "root");
    if (!site) return;
    look_at_names(site, &server->inner);
    look_at(looking, site, &server->inner, TEXT(""));
    if (inherited && !directive_find(&server->inner, "root"))
        site_add_root(looking->source, site, TEXT(""), directive_word(inherited, 0));
}

void nginx_sites(const struct web_source *source, const struct directives *directives,
                 struct web_sites *sites) {
    const struct directive *http = directive_find(directives, "http");
    const struct directive *user = directive_find(directives, "user");
    if (user) sites->nginx_user = directive_word(user, 0);
    if (!http) return;
    struct looking looking = {source, &http->inner, sites};
    for (size_t i = 0; i < http->inner.count; i++)
        if (is(&http->inner.items[i], "server")) add_server(&looking, &http->inner.items[i]);
}
