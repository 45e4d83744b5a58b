// SPDX-License-Identifier: GPL-2.0-or-later
// The configuration file: one table of settings, read strictly, checked before anything starts.
#ifndef CONFIG_SETTINGS_H
#define CONFIG_SETTINGS_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/ip_address.h"
#include "base/log.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#define SETTINGS_TRUSTED_MAX 64
#define SETTINGS_PREFIX_MAX  8
#define SETTINGS_ORIGIN_MAX  32

// Every setting, checked and in its unit. Texts are owned by the struct.
struct settings {
    struct {
        char *socket;             // where nginx finds the workers
        char *listen;             // "ADDRESS:PORT" instead of the socket; "" for none
        char *socket_owner;       // "": `user` when started by root, else left as it is
        char *socket_group;       // "": `group` when started by root, else left as it is
        unsigned socket_mode;     // 0660
        char *user, *group;       // dropped to when started by root
        char *pid_file;           // "" for none
        unsigned workers;         // 0: twice the cores
        unsigned request_timeout; // seconds a worker may take for a request
        unsigned stop_timeout;    // seconds that a stop waits for what is in hand
        unsigned max_requests;    // a worker is replaced after so many; 0: never
        size_t worker_memory;     // bytes that a worker may keep; 0: any
        size_t max_body;          // bytes
    } server;
    struct {
        char *host;       // also a comma list
        char *read_hosts; // the same; "" for none
        unsigned port;
        unsigned replica_lag; // milliseconds
        char *socket, *user, *password, *name, *prefix, *tls_ca;
        unsigned connect_timeout, read_timeout, write_timeout; // seconds
    } database;
    struct {
        char *shape;              // "documented" or "current"
        char *priority;           // "text" or "object"
        unsigned notes;           // a bit a word: 1 ticketInfo, 2 staffTickets, 4 clientTickets
        bool client_notes;        // the older word for the last of them
        unsigned stock_scopes;    // of a key without scopes of its own, see base/scope.h
        bool open_keys;           // a key may be let in from everywhere
        bool write_despite_audit; // tickets are changed though the audit plugin does not hear of it
        char *prefixes[SETTINGS_PREFIX_MAX]; // "/api/http.php", "/api": longest first
        size_t prefix_count;
        char *health_networks;                                // a list for network_list_contains()
        struct network trusted_proxies[SETTINGS_TRUSTED_MAX]; // "*" is 0.0.0.0/0 and ::/0
        size_t trusted_count;
    } api;
    struct {
        bool markus, api_plus, pr5019; // whose API is spoken as well, see ops/adapter.h
        bool wildcard;                 // everything answers behind /wildcard, too
    } adapters;
    struct {
        // Pages that may call the API, "https://desk.example.org"; "*" is every page.
        char *origins[SETTINGS_ORIGIN_MAX];
        size_t origin_count;
    } cors;
    struct {
        bool mail_links; // the tokens in links of osTicket's mails count, too
    } tokens;
    struct {
        bool email_default;
    } reply;
    struct {
        bool allow_internal_fields;
        char *ignore_plugins; // comma list of folders
        char *resolver;       // "" for the system's
    } create;
    struct {
        unsigned as_php; // a bit a word, in the order of enum email_as_php (ops/operation.h)
    } email;
    struct {
        bool enabled;    // the jobs are done here, not by PHP
        unsigned every;  // seconds between runs that nobody asks for; 0: none
        unsigned wait;   // seconds that a call waits for its run
        size_t max_mail; // bytes of a mail that is fetched
    } cron;
    struct {
        unsigned gap;     // seconds until an id that is missing among changes is given up
        unsigned waiters; // requests that wait for changes at once; 0: none may wait
    } changes;
    struct {
        char *php_fpm;    // where PHP-FPM listens, /path or ADDRESS:PORT; "" for none
        char *script;     // path of osTicket's api/http.php there
        unsigned timeout; // seconds for one request to PHP
        char *php;        // nginx's named location, "@osticket"; "" for none
        bool replies;     // go to PHP, too, where a plugin listens
    } fallback;
    struct {
        char *secret_salt;
        char *folder; // where osTicket's files lie; "" when unknown
    } osticket;
    struct {
        bool enabled;     // start a mailer beside the workers
        char *sendmail;   // path of a sendmail program; "" for none
        bool verify;      // certificates of mail servers
        char *tls_ca;     // file of further certificate authorities; ""
        unsigned timeout; // seconds for one delivery
    } mail;
    struct {
        bool enabled;     // call webhooks from here
        bool http;        // also without TLS
        char *allow;      // a list for network_list_contains(): what may be called beside the open internet
        char *tls_ca;     // file of further certificate authorities; ""
        unsigned backlog; // changes that may wait for one webhook
    } webhooks;
    struct {
        char *listen; // "ADDRESS:PORT" or "unix:/path"; "" for none
        char *allow;  // a list for network_list_contains()
    } metrics;
    struct {
        char *file; // "" or "stderr"
        enum log_level level;
        char *format; // "text" or "json"
    } log;
};

// Reads and checks `path`. False with a message "FILE:LINE: [section] key: what is wrong; what would be
// right" (LINE where it can be told) on the first thing that is wrong: unreadable, syntax, unknown section or
// key, a key twice, a value out of its range. What the environment says (config/setting_environment.h) counts
// over the file. Defaults fill what both leave out. `settings` owns its texts: settings_free().
bool settings_load(const char *path, struct settings *settings, struct error *error) CHECKED;
void settings_free(struct settings *settings);

// Seconds after which a change that is missing among others is given up: [changes] gap, and more where
// requests may take longer, since one that is at work may have written and not yet committed.
int64_t settings_changes_gap(const struct settings *settings);

// Every setting as bytes that settings_unpack() of the same version reads, for a process that shall work by
// the very same ones, whatever has become of the file. They hold the passwords. False when memory is out.
#define SETTINGS_PACKED_MAX (64 * 1024)
bool settings_pack(const struct settings *settings, struct buffer *packed) CHECKED;
bool settings_unpack(struct text packed, struct settings *settings, struct error *error) CHECKED;

// Adds "[server] socket, [server] user" for what differs between the two but takes effect only with a
// restart. Adds nothing when a reload is enough.
void settings_needing_restart(const struct settings *running, const struct settings *wanted,
                              struct buffer *names);

// The sample configuration: every setting with its default and help, from the same table that settings_load()
// uses.
void settings_print_sample(FILE *file);

// The manual page osticket-fcgi.ini(5), from the same table.
void settings_print_manual(FILE *file);

#endif
