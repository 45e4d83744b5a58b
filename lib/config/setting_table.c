// SPDX-License-Identifier: GPL-2.0-or-later
// The one table of settings.
#include "config/setting_table.h"

#include "base/scope.h"

#include <string.h>

// Longest path that fits sockaddr_un.
#define SOCKET_PATH_MAX 107
#define TEXT_LENGTH_MAX 480

static const char *const shapes[] = {"documented", "current", NULL};
static const char *const priorities[] = {"text", "object", NULL};
static const char *const levels[] = {"error", "warning", "notice", "info", "debug", NULL};
static const char *const formats[] = {"text", "json", NULL};
static const char *const log_words[] = {"stderr", NULL};
static const char *const as_php[] = {"agent-spoof",
                                     "owner-spoof",
                                     "agent-unknown",
                                     "second-address",
                                     "mailbox-sender",
                                     "passive-join",
                                     "cc-active",
                                     "list-join",
                                     "ban",
                                     "refer",
                                     NULL};
static const char *const noted[] = {"ticketInfo", "staffTickets", "clientTickets", NULL};

#define AT(field) .offset = offsetof(struct settings, field)

static const struct {
    const char *section, *help;
} section_table[] = {
    {"server", "The pool of workers behind nginx."},
    {"database", "osTicket's own database, as in its include/ost-config.php.\n"
                 "Timeouts have an order: database < request_timeout < fastcgi_read_timeout of nginx."},
    {"api", "What the API answers, and to whom."},
    {"adapters",
     "The APIs of others that are spoken as well, so that their clients go on: lib/adapters/README.md.\n"
     "nginx has to send their paths here, too: snippets/osticket-fcgi-adapters.conf."},
    {"cors", "Web pages of other hosts."},
    {"tokens", "What clients' browsers show in the place of a key."},
    {"reply", "POST tickets/reply.json"},
    {"create", "POST tickets.json and tickets.xml"},
    {"email", "E-mails that come in: POST tickets.email and \"osticket-fcgi pipe\"."},
    {"cron",
     "osTicket's regular jobs: fetching mail, overdue tickets, expired locks and sessions, old drafts, logs\n"
     "and files."},
    {"changes", "GET changes.json: what happens on the help desk."},
    {"fallback", "What this server does not do itself."},
    {"osticket", "From osTicket's include/ost-config.php."},
    {"mail",
     "How queued mail goes out. Servers, accounts and senders are those of the help desk's own e-mail\n"
     "settings."},
    {"webhooks", "Changes of the help desk, told to other servers as they happen (osticket-fcgi hook)."},
    {"metrics", "What the server counts, for Prometheus and \"osticket-fcgi status\"."},
    {"log", "One line a request."},
};

const struct setting setting_table[] = {
    {"server", "socket", SETTING_PATH, AT(server.socket), "/run/osticket-fcgi/osticket-fcgi.sock",
     .maximum = SOCKET_PATH_MAX, .restart = true, .help = "The unix socket where nginx finds the workers."},
    {"server", "listen", SETTING_LISTEN, AT(server.listen), "", .optional = true, .maximum = 280,
     .restart = true,
     .help = "ADDRESS:PORT instead of the socket, as containers want it; \"*:9000\" is every address. "
             "Whoever reaches it\n"
             "is believed like nginx about who asks: keep it to loopback or a network of its own."},
    {"server", "socket_owner", SETTING_ACCOUNT, AT(server.socket_owner), "", .optional = true,
     .restart = true,
     .help = "Who owns the socket: nginx must be able to write to it. Empty: \"user\" when started by root, "
             "else\n"
             "whoever starts the server."},
    {"server", "socket_group", SETTING_ACCOUNT, AT(server.socket_group), SOCKET_GROUP, .optional = true,
     .restart = true,
     .help = "The socket's group. Empty: \"group\" when started by root, else that of whoever starts the "
             "server."},
    {"server", "socket_mode", SETTING_MODE, AT(server.socket_mode), "0660", .maximum = 0777, .restart = true,
     .help = "The socket's permissions, in octal."},
    {"server", "user", SETTING_ACCOUNT, AT(server.user), WORKER_USER, .optional = true, .restart = true,
     .help = "The user that the workers run as when the server is started by root."},
    {"server", "group", SETTING_ACCOUNT, AT(server.group), WORKER_USER, .optional = true, .restart = true,
     .help = "The group that the workers run as when the server is started by root."},
    {"server", "pid_file", SETTING_PATH, AT(server.pid_file), "", .optional = true, .maximum = 4000,
     .restart = true, .help = "Where the master writes its process id. Empty: nowhere (systemd needs none)."},
    {"server", "workers", SETTING_COUNT, AT(server.workers), "0", .maximum = 1024, .unit = "workers",
     .help = "How many requests are worked on at once; each worker holds one database connection.\n"
             "0: twice the number of processor cores."},
    {"server", "request_timeout", SETTING_COUNT, AT(server.request_timeout), "30", 1, 3600, .unit = "seconds",
     .help =
         "A worker that takes longer for one request is ended. Keep it below fastcgi_read_timeout of nginx."},
    {"server", "stop_timeout", SETTING_COUNT, AT(server.stop_timeout), "30", 0, 3600, .unit = "seconds",
     .help = "How long a stop or reload waits for the requests in hand."},
    {"server", "max_requests", SETTING_COUNT, AT(server.max_requests), "10000", 0, 1000000000,
     .unit = "requests", .help = "A worker is replaced after so many requests. 0: never."},
    {"server", "worker_memory", SETTING_BYTES, AT(server.worker_memory), "256M", .maximum = 64LL << 30,
     .unit = "bytes",
     .help = "A worker that holds more memory after a request is replaced. In bytes or with K, M or G; 0: "
             "never."},
    {"server", "max_body", SETTING_BYTES, AT(server.max_body), "32M", 1024, 1024 * 1024 * 1024,
     .unit = "bytes",
     .help = "The largest request body, in bytes or with K, M or G. Keep it equal to client_max_body_size of "
             "nginx."},

    {"database", "host", SETTING_HOSTS, AT(database.host), "localhost", .maximum = 900,
     .help =
         "HOST, HOST:PORT, [IPv6]:PORT or /path/of.sock; or a comma list of these, tried in that order.\n"
         "localhost is the local unix socket, 127.0.0.1 is TCP. One that failed lately is tried last. Of\n"
         "several one that is read-only or not synced with its Galera cluster is left for another."},
    {"database", "read_hosts", SETTING_HOSTS, AT(database.read_hosts), "", .optional = true, .maximum = 900,
     .help =
         "Replicas, as \"host\": reads go there, as soon as they have everything that was committed before "
         "the\n"
         "request came; else to \"host\". All nodes may stand in both. -t says what each is good for."},
    {"database", "replica_lag", SETTING_COUNT, AT(database.replica_lag), "100", 0, 10000,
     .unit = "milliseconds",
     .help =
         "How far behind a replica may be: a read waits so long for it. One that takes longer is left alone "
         "for a\n"
         "while, and reads go to \"host\"."},
    {"database", "port", SETTING_COUNT, AT(database.port), "3306", 1, 65535, .unit = "",
     .help = "For hosts that name none."},
    {"database", "socket", SETTING_PATH, AT(database.socket), "", .optional = true,
     .maximum = SOCKET_PATH_MAX,
     .help = "The database server's unix socket; taken instead of \"host\" when set."},
    {"database", "user", SETTING_TEXT, AT(database.user), "osticket", .maximum = TEXT_LENGTH_MAX,
     .help = "The database user."},
    {"database", "password", SETTING_TEXT, AT(database.password), "", .optional = true, .secret = true,
     .maximum = TEXT_LENGTH_MAX,
     .help = "Its password. Keep this file readable for root (and the server's user) only."},
    {"database", "name", SETTING_TEXT, AT(database.name), "osticket", .maximum = 64, .help = "The database."},
    {"database", "prefix", SETTING_TABLE_PREFIX, AT(database.prefix), "ost_", .optional = true, .maximum = 32,
     .help = "What the names of osTicket's tables begin with."},
    {"database", "tls_ca", SETTING_PATH, AT(database.tls_ca), "", .optional = true, .maximum = 4000,
     .help = "File with the certificate authority of the database server: turns TLS with verification on."},
    {"database", "connect_timeout", SETTING_COUNT, AT(database.connect_timeout), "3", 1, 600,
     .unit = "seconds", .help = "For each host in turn."},
    {"database", "read_timeout", SETTING_COUNT, AT(database.read_timeout), "20", 1, 600, .unit = "seconds",
     .help = "How long to wait for an answer of the database."},
    {"database", "write_timeout", SETTING_COUNT, AT(database.write_timeout), "20", 1, 600, .unit = "seconds",
     .help = "How long sending a statement may take."},

    {"api", "shape", SETTING_CHOICE, AT(api.shape), "documented", .words = shapes,
     .help = "documented: as the API's document has it; current: as osTicket 1.11 and later answer "
             "(user_email with\n"
             "\"email\" and \"address\", thread entries without \"model\")."},
    {"api", "priority", SETTING_CHOICE, AT(api.priority), "text", .words = priorities,
     .help = "A ticket's priority in the shape \"current\". text: \"Normal\"; object: the priority's row, as "
             "osTicket\n1.11 and later answer."},
    {"api", "notes", SETTING_WORDS, AT(api.notes), "ticketInfo, staffTickets", .words = noted,
     .help = "In whose answers the agents' internal notes stand: some of ticketInfo, staffTickets, "
             "clientTickets.\n"
             "osTicket shows them in all three. Where customers' pages ask ticketInfo, take it out."},
    {"api", "client_notes", SETTING_BOOL, AT(api.client_notes), "no",
     .help = "yes: the same as clientTickets among \"notes\"."},
    {"api", "stock_scopes", SETTING_WORDS, AT(api.stock_scopes), "read", .words = scope_names,
     .help =
         "What a key may do that has no scopes of its own (\"osticket-fcgi key\"), beside what osTicket's "
         "settings of\n"
         "the key let it: create and reply, cron."},
    {"api", "open_keys", SETTING_BOOL, AT(api.open_keys), "no",
     .help = "Whether a key's networks may be all (0.0.0.0/0, ::/0). Whoever learns such a key can use it "
             "from everywhere."},
    {"api", "write_despite_audit", SETTING_BOOL, AT(api.write_despite_audit), "no",
     .help = "Whether agents and clients may change tickets here though osTicket's audit plugin is active, "
             "which does\nnot hear of it. With no they get 501 then."},
    {"api", "prefixes", SETTING_PREFIXES, AT(api.prefixes), "/api/http.php, /api",
     .help = "Comma list of the paths under which the API answers, any folder in front (/support/api)."},
    {"api", "health_networks", SETTING_NETWORK_LIST, AT(api.health_networks), "127.0.0.0/8, ::1",
     .optional = true, .maximum = TEXT_LENGTH_MAX,
     .help = "Who may ask GET /health and /ready behind the prefixes without a key, as trusted_proxies. To "
             "others they are\n"
             "unknown."},
    {"api", "trusted_proxies", SETTING_NETWORKS, AT(api.trusted_proxies), "",
     .help =
         "Comma list of addresses and networks (10.0.0.0/8) whose X-Forwarded-For is believed, as\n"
         "TRUSTED_PROXIES of osTicket. \"*\": everybody's, so that anyone can pretend to be any address."},

    {"adapters", "markus", SETTING_BOOL, AT(adapters.markus), "no",
     .help = "The API of markus-michalski's plugin api-endpoints: tickets-get.php and its like"},
    {"adapters", "api_plus", SETTING_BOOL, AT(adapters.api_plus), "no",
     .help = "The API of HairyDuck's plugin osticket-api-plus, below api-plus/. Its staff paths take a key "
             "that is "
             "bound\n"
             "to an agent."},
    {"adapters", "pr5019", SETTING_BOOL, AT(adapters.pr5019), "no",
     .help = "The ticket calls of osTicket's pull request 5019: tickets.json/NUMBER, and tickets.json with "
             "userId or "
             "email."},
    {"adapters", "wildcard", SETTING_BOOL, AT(adapters.wildcard), "no",
     .help =
         "Whether all paths answer behind wildcard/ as well, as those of markus-michalski's plugin\n"
         "api-key-wildcard. With [api] open_keys a key whose address is 0.0.0.0 may be used from everywhere "
         "there."},

    {"cors", "origins", SETTING_ORIGINS, AT(cors.origins), "",
     .help = "Comma list of the pages' origins (https://desk.example.org) whose scripts may call the API. "
             "Empty: none.\n"
             "\"*\": any page that has a key. Say the same in the nginx snippet, for the answers that nginx "
             "makes."},

    {"tokens", "mail_links", SETTING_BOOL, AT(tokens.mail_links), "no",
     .help =
         "Whether the tokens in the links of osTicket's mails (view.php?auth=...) let their holders read one "
         "ticket and\nwrite to it. They count for good, while osTicket's setting for such links is on."},

    {"reply", "email_default", SETTING_BOOL, AT(reply.email_default), "yes",
     .help = "Whether a reply without \"emailreply\" is mailed to the ticket's owner."},

    {"create", "allow_internal_fields", SETTING_BOOL, AT(create.allow_internal_fields), "no",
     .help = "Whether a new ticket may set undocumented fields (uid, staffId, statusId, deptId ...), as in "
             "osTicket.\n"
             "With yes, whoever holds a key may do it."},
    {"create", "ignore_plugins", SETTING_TEXT, AT(create.ignore_plugins), "", .optional = true,
     .maximum = TEXT_LENGTH_MAX,
     .help = "Comma list of plugins, by their folders below include/plugins, that have nothing to do with "
             "tickets. Any "
             "other\n"
             "active one sends each new ticket to PHP, but for those for sign-in, passwords and storage of "
             "osTicket's own."},
    {"create", "resolver", SETTING_TEXT, AT(create.resolver), "", .optional = true, .maximum = 256,
     .help =
         "The DNS server that is asked whether a new user's address can get mail, where osTicket verifies\n"
         "addresses: ADDRESS or ADDRESS:PORT, several with commas between. Empty: those of "
         "/etc/resolv.conf."},

    {"email", "as_php", SETTING_WORDS, AT(email.as_php), "", .optional = true, .words = as_php,
     .help = "Where PHP lets more in than its sender's address allows, this server does not. Comma list of "
             "what\n"
             "shall be as in PHP all the same: agent-spoof, owner-spoof, agent-unknown, second-address, "
             "mailbox-sender,\n"
             "passive-join, cc-active, list-join, ban, refer. -t says what each opens."},

    {"cron", "enabled", SETTING_BOOL, AT(cron.enabled), "yes",
     .help =
         "Whether POST tasks/cron is done here, by a process beside the workers. With no it is PHP's turn "
         "([fallback])."},
    {"cron", "every", SETTING_SPAN, AT(cron.every), "0", 30, 86400,
     .help =
         "Runs the jobs so often without anybody calling: 5m, 1h, or a number of seconds. Of all hosts of "
         "a help desk\n"
         "one does it. 0: only when tasks/cron is called."},
    {"cron", "wait", SETTING_COUNT, AT(cron.wait), "20", 1, 3600, .unit = "seconds",
     .help = "How long a call of tasks/cron waits for its run to end. What takes longer goes on behind the "
             "answer, which\n"
             "the log says. Keep it below request_timeout."},
    {"cron", "max_mail", SETTING_BYTES, AT(cron.max_mail), "32M", 64 * 1024, 128 * 1024 * 1024,
     .unit = "bytes",
     .help =
         "The largest mail that is fetched from a mailbox, in bytes or with K, M or G. A larger one is left "
         "there, and\n"
         "the administrator is told."},

    {"changes", "gap", SETTING_COUNT, AT(changes.gap), "35", 1, 3600, .unit = "seconds",
     .help =
         "How long a change may take to be committed: nothing behind one that is missing is given before. "
         "Has to be\n"
         "more than request_timeout, and than what else writes to the database needs for a transaction."},
    {"changes", "waiters", SETTING_COUNT, AT(changes.waiters), "500", 0, 20000, .unit = "requests",
     .help =
         "How many requests may wait for a change at once (wait=25), in a process beside the workers; one "
         "more is\n"
         "answered at once. 0: none waits."},

    {"fallback", "php_fpm", SETTING_ENDPOINT, AT(fallback.php_fpm), "", .optional = true, .maximum = 280,
     .help = "Where PHP-FPM of the help desk listens, /run/php/php8.2-fpm.sock or 127.0.0.1:9000: what is "
             "not done\n"
             "here is handed on to it. Empty (and no \"php\"): such requests are answered with 501."},
    {"fallback", "script", SETTING_PATH, AT(fallback.script), "", .optional = true, .maximum = 4000,
     .help = "The path of osTicket's api/http.php, as PHP-FPM sees it: /var/www/osticket/api/http.php."},
    {"fallback", "timeout", SETTING_COUNT, AT(fallback.timeout), "60", 1, 3600, .unit = "seconds",
     .help = "How long PHP may take for one request. Keep it below fastcgi_read_timeout of nginx."},
    {"fallback", "php", SETTING_LOCATION, AT(fallback.php), "", .optional = true, .maximum = 64,
     .help = "Instead of php_fpm: the named location of nginx that hands a request on to osTicket's PHP, "
             "such as\n"
             "\"@osticket\". It counts where nginx says OSTICKET_FCGI_HANDS_ON (see the site file), nowhere "
             "else."},
    {"fallback", "replies", SETTING_BOOL, AT(fallback.replies), "no",
     .help = "Whether a reply goes to PHP, too, where an active plugin may want to hear of it."},

    {"osticket", "secret_salt", SETTING_TEXT, AT(osticket.secret_salt), "", .optional = true, .secret = true,
     .maximum = TEXT_LENGTH_MAX,
     .help =
         "SECRET_SALT: needed for links and message ids in mails, and for the passwords of mail accounts."},
    {"osticket", "folder", SETTING_PATH, AT(osticket.folder), "", .optional = true, .maximum = 4000,
     .help =
         "Where osTicket's own files lie, for -t alone: it reads there what the help desk's PHP answers."},

    {"mail", "enabled", SETTING_BOOL, AT(mail.enabled), "yes",
     .help = "Whether replies and new tickets send mail; the server then runs a mailer beside its workers.\n"
             "With no, none is sent."},
    {"mail", "sendmail", SETTING_PATH, AT(mail.sendmail), "/usr/sbin/sendmail", .optional = true,
     .maximum = 4000, .help = "The sendmail program, for mail that no SMTP account takes. Empty: none."},
    {"mail", "verify", SETTING_BOOL, AT(mail.verify), "yes",
     .help = "Whether the certificates of mail servers are verified, of SMTP accounts and of mailboxes."},
    {"mail", "tls_ca", SETTING_PATH, AT(mail.tls_ca), "", .optional = true, .maximum = 4000,
     .help = "File with the certificate authorities of mail servers. Empty: those of the system."},
    {"mail", "timeout", SETTING_COUNT, AT(mail.timeout), "60", 1, 3600, .unit = "seconds",
     .help = "For the delivery of one mail."},

    {"webhooks", "enabled", SETTING_BOOL, AT(webhooks.enabled), "yes",
     .help = "Whether webhooks are called from here, by a process beside the workers; of all hosts of a help "
             "desk one does "
             "it."},
    {"webhooks", "http", SETTING_BOOL, AT(webhooks.http), "no",
     .help = "Whether a webhook may be at http://: then anybody on the way reads along."},
    {"webhooks", "allow", SETTING_NETWORK_LIST, AT(webhooks.allow), "", .optional = true,
     .maximum = TEXT_LENGTH_MAX,
     .help =
         "Networks that webhooks may be in beside the open internet, as trusted_proxies: 10.0.0.0/8, "
         "fd12::/16. Without,\n"
         "private, loopback, link-local and metadata addresses are refused, whatever name leads to them."},
    {"webhooks", "tls_ca", SETTING_PATH, AT(webhooks.tls_ca), "", .optional = true, .maximum = 4000,
     .help = "A file of certificate authorities (PEM) to trust instead of the system's."},
    {"webhooks", "backlog", SETTING_COUNT, AT(webhooks.backlog), "100000", 100, 10000000, .unit = "changes",
     .help = "How many may wait for one webhook; beyond it is switched off."},

    {"metrics", "listen", SETTING_METRICS, AT(metrics.listen), "", .optional = true, .maximum = 128,
     .restart = true,
     .help = "Where Prometheus finds /metrics (also /health, /ready, /status): 127.0.0.1:9153 or "
             "unix:/path. Empty: nowhere."},
    {"metrics", "allow", SETTING_NETWORK_LIST, AT(metrics.allow), "127.0.0.0/8, ::1", .optional = true,
     .maximum = TEXT_LENGTH_MAX,
     .help = "Who may ask there, as trusted_proxies; over a unix socket its "
             "permissions say who."},

    {"log", "file", SETTING_PATH, AT(log.file), "", .optional = true, .maximum = 4000, .words = log_words,
     .help = "Empty or \"stderr\": standard error, which systemd keeps in its journal. A file is reopened on "
             "SIGUSR1."},
    {"log", "level", SETTING_LEVEL, AT(log.level), "info", .words = levels,
     .help = "error, warning, notice, info (a line for each request) or debug."},
    {"log", "format", SETTING_CHOICE, AT(log.format), "text", .words = formats,
     .help = "text: for people; json: one object a line, with the same names."},
};

const size_t setting_count = sizeof setting_table / sizeof *setting_table;

const char *setting_section_help(const char *section) {
    for (size_t i = 0; i < sizeof section_table / sizeof *section_table; i++)
        if (strcmp(section_table[i].section, section) == 0) return section_table[i].help;
    return NULL;
}

const struct setting *setting_find(const char *section, const char *key) {
    for (size_t i = 0; i < setting_count; i++)
        if (strcmp(setting_table[i].section, section) == 0 && strcmp(setting_table[i].key, key) == 0)
            return &setting_table[i];
    return NULL;
}
