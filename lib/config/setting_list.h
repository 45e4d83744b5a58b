// SPDX-License-Identifier: GPL-2.0-or-later
// The settings that are comma lists: hosts, URL prefixes, networks, origins, words; and one host alone.
// Problems are told as setting_apply() does.
#ifndef CONFIG_SETTING_LIST_H
#define CONFIG_SETTING_LIST_H

#include "config/setting_table.h"

// Whether each item is HOST, HOST:PORT, an IPv6 address, [IPv6], [IPv6]:PORT or /path.
bool setting_check_hosts(const char *value, char problem[SETTING_PROBLEM_MAX]) CHECKED;

// Fills api.prefixes, longest first, so that the first that fits is the right one.
bool setting_apply_prefixes(const char *value, struct settings *settings,
                            char problem[SETTING_PROBLEM_MAX]) CHECKED;
void setting_clear_prefixes(struct settings *settings);
void setting_print_prefixes(const struct settings *settings, struct buffer *list); // as they are applied
bool setting_equal_prefixes(const struct settings *one, const struct settings *other);

// Fills api.trusted_proxies.
bool setting_apply_networks(const char *value, struct settings *settings,
                            char problem[SETTING_PROBLEM_MAX]) CHECKED;
void setting_print_networks(const struct settings *settings, struct buffer *list); // as they are applied
bool setting_equal_networks(const struct settings *one, const struct settings *other);

// One place to listen at or to connect to. `to_listen`: a port is needed, and "*" is every address; else the
// path of a socket is right, too.
bool setting_check_endpoint(const char *value, bool to_listen, char problem[SETTING_PROBLEM_MAX]) CHECKED;

// Fills cors.origins.
bool setting_apply_origins(const char *value, struct settings *settings,
                           char problem[SETTING_PROBLEM_MAX]) CHECKED;
void setting_clear_origins(struct settings *settings);
void setting_print_origins(const struct settings *settings, struct buffer *list); // as they are applied
bool setting_equal_origins(const struct settings *one, const struct settings *other);

// Sets a bit in `*set` for each of the row's words that stands in `value`.
bool setting_read_words(const struct setting *setting, const char *value, unsigned *set,
                        char problem[SETTING_PROBLEM_MAX]) CHECKED;
void setting_print_words(const struct setting *setting, unsigned set, struct buffer *list);

#endif
