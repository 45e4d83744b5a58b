// SPDX-License-Identifier: GPL-2.0-or-later
// The settings that are comma lists: hosts, URL prefixes, networks. Problems are told as setting_apply()
// does.
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

#endif
