// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi: osTicket's API behind nginx.
#include "check/check.h"
#include "command.h"
#include "command/hook.h"
#include "command/import.h"
#include "command/inspect.h"
#include "command/key.h"
#include "command/pipe.h"
#include "command/queue.h"
#include "command/schema.h"
#include "command/setup.h"
#include "command/status.h"
#include "command/token.h"
#include "config/setting_environment.h"
#include "config/settings.h"
#include "cron/role.h"
#include "feed/role.h"
#include "hooks/role.h"
#include "mailer/role.h"
#include "manual.h"
#include "metrics/role.h"
#include "openapi/openapi.h"
#include "pool/master.h"
#include "pool/worker_count.h"
#include "serve/worker.h"

#include <fcgiapp.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// In the order of their use: set up, look, keys, the switch, the rest.
static const struct command commands[] = {
    {"setup", setup_command, "setup [OST_CONFIG] [--keep-names] [--dry-run] | setup --undo",
     "set the server up beside the help desk of this machine, step by step, and take it away again"},
    {"status", status_command, "status [--json]", "what the running server does"},
    {"queue", queue_command, "queue [list | show ID | retry ID|all | drop ID] [--json]",
     "the mail that waits"},
    {"key", key_command, "key [list | show ID | add [options] | set ID [options] | expire ID [TIME]]",
     "API keys: from where, for what, as whom, how often, until when"},
    {"token", token_command, "token USER --key ID [options]",
     "a token of a client, for trying: what a browser shows in the place of a key"},
    {"hook", hook_command,
     "hook [list | show ID | add URL --key ID [options] | set ID [options] | drop ID | test ID | deliveries "
     "ID | replay ID "
     "DELIVERY | skip ID DELIVERY]",
     "webhooks: where changes of the help desk are told"},
    {"compare", compare_command, "compare PHP_URL OUR_URL [options]",
     "the proof before the switch: asks both, explains each difference"},
    {"probe", probe_command, "probe URL [options]",
     "what a client meets there: who answers, TLS, CORS, limits; and how to mend it"},
    {"pipe", pipe_command, "pipe", "a mail on standard input becomes a ticket: for aliases of a mail server"},
    {"schema", schema_command, "schema [--keep-names | --drop]",
     "the SQL of the tables, indexes and rights that the server needs; --drop: to take them away"},
};

#define COMMAND_COUNT (sizeof commands / sizeof *commands)

enum task {
    TASK_SERVE,
    TASK_CHECK,
    TASK_IMPORT,
    TASK_SAMPLE,
    TASK_SETTINGS_MANUAL,
    TASK_MANUAL,
    TASK_OPENAPI,
    TASK_COMMAND,
    TASK_VERSION,
    TASK_HELP,
    TASK_WRONG
};

struct invocation {
    enum task task;
    const char *config;
    const char *import;
    const char *server; // of --openapi
    struct check_options check;
    const struct command *command;
    char **words; // behind the command's
    int word_count;
};

static void print_help(FILE *file) {
    fputs("osticket-fcgi: osTicket's API as a FastCGI server behind nginx\n"
          "\n"
          "  osticket-fcgi [-c FILE]          serve, in the foreground, until SIGTERM\n"
          "  osticket-fcgi -t [-c FILE]       check the settings, the database, its tables and rights;\n"
          "      [--json] [--strict] [--quick]    as JSON; warnings fail; without asking the database\n"
          "  osticket-fcgi --import FILE      print settings made from osTicket's include/ost-config.php\n"
          "  osticket-fcgi --sample[=man]     print all settings with their defaults (as a manual page)\n"
          "  osticket-fcgi --openapi[=URL]    print the description of the API (OpenAPI 3.1), of the API at "
          "URL\n"
          "  osticket-fcgi -V, --version | -h, --help\n"
          "\n",
          file);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(file, "  osticket-fcgi %s\n      %s\n", commands[i].usage, commands[i].help);
    fputs("\n"
          "  -c, --config FILE                the settings, " OSTICKET_FCGI_CONFIG " by default\n"
          "\n"
          "Each setting can also be had from the environment: OSTICKET_FCGI_DATABASE_PASSWORD is [database]\n"
          "password, OSTICKET_FCGI_DATABASE_PASSWORD_FILE a file that holds it; OSTICKET_FCGI_CONFIG is -c.\n"
          "\n"
          "SIGTERM, SIGQUIT: finish what is in hand and end. SIGHUP: read the settings anew.\n"
          "SIGUSR1: open the log anew.\n",
          file);
}

static const struct command *find_command(const char *word) {
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i].word, word) == 0) return &commands[i];
    return NULL;
}

// Takes -c FILE out of what stands behind a command's word: everywhere it names the settings.
static void take_config(struct invocation *invocation) {
    int kept = 0;
    for (int i = 0; i < invocation->word_count; i++) {
        char *word = invocation->words[i];
        bool named = strcmp(word, "-c") == 0 || strcmp(word, "--config") == 0;
        if (named && i + 1 < invocation->word_count)
            invocation->config = invocation->words[++i];
        else if (strncmp(word, "--config=", 9) == 0)
            invocation->config = word + 9;
        else
            invocation->words[kept++] = word;
    }
    invocation->word_count = kept;
}

static void read_words(struct invocation *invocation, int count, char **arguments) {
    if (optind == count) return;
    invocation->command = invocation->task == TASK_SERVE ? find_command(arguments[optind]) : NULL;
    if (!invocation->command) {
        fprintf(stderr, "osticket-fcgi: unknown word \"%s\"\n", arguments[optind]);
        invocation->task = TASK_WRONG;
        return;
    }
    invocation->task = TASK_COMMAND;
    invocation->words = arguments + optind + 1;
    invocation->word_count = count - optind - 1;
    take_config(invocation);
}

// --help and --sample take "man": the manual page instead of the text.
static enum task as_text_or_manual(enum task text, enum task manual) {
    if (!optarg) return text;
    return strcmp(optarg, "man") == 0 ? manual : TASK_WRONG;
}

static struct invocation parse(int count, char **arguments) {
    static const struct option options[] = {
        {"config", required_argument, NULL, 'c'},  {"check", no_argument, NULL, 't'},
        {"import", required_argument, NULL, 'i'},  {"sample", optional_argument, NULL, 's'},
        {"openapi", optional_argument, NULL, 'o'}, {"json", no_argument, NULL, 'j'},
        {"strict", no_argument, NULL, 'S'},        {"quick", no_argument, NULL, 'q'},
        {"root", required_argument, NULL, 'r'},    {"version", no_argument, NULL, 'V'},
        {"help", optional_argument, NULL, 'h'},    {NULL, 0, NULL, 0},
    };
    const char *config = getenv(SETTING_ENVIRONMENT_CONFIG);
    struct invocation invocation = {.task = TASK_SERVE, .config = config ? config : OSTICKET_FCGI_CONFIG};
    // "+": what stands behind a command's word is the command's own.
    for (int option; (option = getopt_long(count, arguments, "+c:thV", options, NULL)) != -1;) {
        switch (option) {
        case 'c': invocation.config = optarg; break;
        case 't': invocation.task = TASK_CHECK; break;
        case 'i':
            invocation.task = TASK_IMPORT;
            invocation.import = optarg;
            break;
        case 's': invocation.task = as_text_or_manual(TASK_SAMPLE, TASK_SETTINGS_MANUAL); break;
        case 'o':
            invocation.task = TASK_OPENAPI;
            invocation.server = optarg;
            break;
        case 'j': invocation.check.json = true; break;
        case 'S': invocation.check.strict = true; break;
        case 'q': invocation.check.quick = true; break;
        case 'r': invocation.check.root = optarg; break;
        case 'V': invocation.task = TASK_VERSION; break;
        case 'h': invocation.task = as_text_or_manual(TASK_HELP, TASK_MANUAL); break;
        default: invocation.task = TASK_WRONG; return invocation;
        }
    }
    read_words(&invocation, count, arguments);
    const struct check_options *check = &invocation.check;
    if (invocation.task != TASK_CHECK && (check->json || check->strict || check->quick || check->root)) {
        fputs("osticket-fcgi: --json, --strict, --quick and --root go with -t\n", stderr);
        invocation.task = TASK_WRONG;
    }
    return invocation;
}

static int serve(const char *config) {
    static const struct role roles[] = {{"worker", worker_count, worker_run, NULL},
                                        {"mailer", mailer_count, mailer_start, MAILER_PROGRAM},
                                        {"cron", cron_count, cron_start, CRON_PROGRAM},
                                        {"feed", feed_count, feed_start, FEED_PROGRAM},
                                        {"hooks", hooks_count, hooks_start, HOOKS_PROGRAM},
                                        {"metrics", metrics_count, metrics_start, METRICS_PROGRAM}};
    // First, because it installs signal handlers of its own.
    if (FCGX_Init() != 0) {
        fputs("osticket-fcgi: libfcgi cannot start\n", stderr);
        return 1;
    }
    return master_run(config, roles, sizeof roles / sizeof *roles);
}

int main(int count, char **arguments) {
    struct invocation invocation = parse(count, arguments);
    switch (invocation.task) {
    case TASK_SERVE: return serve(invocation.config);
    case TASK_CHECK: return check_run(invocation.config, &invocation.check, stdout);
    case TASK_IMPORT: return import_run(invocation.import);
    case TASK_COMMAND:
        return invocation.command->run(invocation.config, invocation.word_count, invocation.words);
    case TASK_SAMPLE: settings_print_sample(stdout); return EXIT_SUCCESS;
    case TASK_VERSION: puts("osticket-fcgi " OSTICKET_FCGI_VERSION); return EXIT_SUCCESS;
    case TASK_SETTINGS_MANUAL: settings_print_manual(stdout); return EXIT_SUCCESS;
    case TASK_MANUAL: manual_print(stdout, commands, COMMAND_COUNT); return EXIT_SUCCESS;
    case TASK_OPENAPI: return openapi_print(stdout, invocation.server) ? EXIT_SUCCESS : EXIT_FAILURE;
    case TASK_HELP: print_help(stdout); return EXIT_SUCCESS;
    case TASK_WRONG: break;
    }
    print_help(stderr);
    return 2;
}
