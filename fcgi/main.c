// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi: osTicket's API behind nginx.
#include "check.h"
#include "config/settings.h"
#include "import.h"
#include "mailer_role.h"
#include "master.h"
#include "queue_command.h"
#include "worker.h"

#include <fcgiapp.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum task {
    TASK_SERVE,
    TASK_CHECK,
    TASK_IMPORT,
    TASK_SAMPLE,
    TASK_QUEUE,
    TASK_VERSION,
    TASK_HELP,
    TASK_WRONG
};

struct command {
    enum task task;
    const char *config;
    const char *import;
    char **words; // behind the options and the first word
    int word_count;
};

static void print_help(FILE *file) {
    fputs("osticket-fcgi: osTicket's API as a FastCGI server behind nginx\n"
          "\n"
          "  osticket-fcgi [-c FILE]          serve, in the foreground, until SIGTERM\n"
          "  osticket-fcgi -t [-c FILE]       check the settings, the database, its tables and rights\n"
          "  osticket-fcgi --import FILE      print settings made from osTicket's include/ost-config.php\n"
          "  osticket-fcgi queue [list | show ID | retry ID|all | drop ID]   the mail that waits\n"
          "  osticket-fcgi --sample           print all settings with their defaults\n"
          "  osticket-fcgi --version | --help\n"
          "\n"
          "  -c, --config FILE                the settings, " OSTICKET_FCGI_CONFIG " by default\n"
          "\n"
          "SIGTERM, SIGQUIT: finish what is in hand and end. SIGHUP: read the settings anew.\n"
          "SIGUSR1: open the log anew.\n",
          file);
}

static struct command parse(int count, char **arguments) {
    static const struct option options[] = {
        {"config", required_argument, NULL, 'c'},
        {"check", no_argument, NULL, 't'},
        {"import", required_argument, NULL, 'i'},
        {"sample", no_argument, NULL, 's'},
        {"version", no_argument, NULL, 'v'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    struct command command = {.task = TASK_SERVE, .config = OSTICKET_FCGI_CONFIG};
    for (int option; (option = getopt_long(count, arguments, "c:th", options, NULL)) != -1;) {
        switch (option) {
        case 'c': command.config = optarg; break;
        case 't': command.task = TASK_CHECK; break;
        case 'i':
            command.task = TASK_IMPORT;
            command.import = optarg;
            break;
        case 's': command.task = TASK_SAMPLE; break;
        case 'v': command.task = TASK_VERSION; break;
        case 'h': command.task = TASK_HELP; break;
        default: command.task = TASK_WRONG; return command;
        }
    }
    if (command.task == TASK_SERVE && optind < count && strcmp(arguments[optind], "queue") == 0) {
        command.task = TASK_QUEUE;
        command.words = arguments + optind + 1;
        command.word_count = count - optind - 1;
    } else if (optind < count) {
        fprintf(stderr, "osticket-fcgi: unknown word \"%s\"\n", arguments[optind]);
        command.task = TASK_WRONG;
    }
    return command;
}

static int serve(const char *config) {
    static const struct role roles[] = {{"worker", worker_count, worker_run},
                                        {"mailer", mailer_count, mailer_start}};
    // First, because it installs signal handlers of its own.
    if (FCGX_Init() != 0) {
        fputs("osticket-fcgi: libfcgi cannot start\n", stderr);
        return 1;
    }
    return master_run(config, roles, sizeof roles / sizeof *roles);
}

int main(int count, char **arguments) {
    struct command command = parse(count, arguments);
    switch (command.task) {
    case TASK_SERVE: return serve(command.config);
    case TASK_CHECK: return check_run(command.config, stdout);
    case TASK_IMPORT: return import_run(command.import);
    case TASK_QUEUE: return queue_command(command.config, command.word_count, command.words);
    case TASK_SAMPLE: settings_print_sample(stdout); return EXIT_SUCCESS;
    case TASK_VERSION: puts("osticket-fcgi " OSTICKET_FCGI_VERSION); return EXIT_SUCCESS;
    case TASK_HELP: print_help(stdout); return EXIT_SUCCESS;
    case TASK_WRONG: break;
    }
    print_help(stderr);
    return 2;
}
