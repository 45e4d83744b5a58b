// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi setup: from a running help desk to this server, and back.
#include "command/setup.h"

#include "setup/setup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define ARENA_MAX (64 << 20)
#define SAID_MAX  4096

static void print_usage(FILE *file) {
    fputs("osticket-fcgi setup [OST_CONFIG]     set the server up beside a help desk; OST_CONFIG: its\n"
          "                                     include/ost-config.php, where it is not found by itself\n"
          "osticket-fcgi setup --undo           take all of it away again; --force: mail that waits, too\n"
          "  --name NAME                        for a second help desk on this machine\n"
          "  --dry-run                          say what would be done, write nothing\n"
          "  --yes                              do not ask\n"
          "  --keep-names                       make the triggers, too, by which workers keep names\n"
          "  --admin-user USER                  who makes the tables where the help desk's user may not, "
          "root by\n"
          "                                     default; the password in OSTICKET_FCGI_ADMIN_PASSWORD\n"
          "  --admin-socket SOCKET              how that user comes in\n"
          "  --root FOLDER                      what stands before every path\n",
          file);
}

static int wrong_usage(const char *problem, const char *word) {
    fprintf(stderr, "osticket-fcgi: %s%s\n", problem, word);
    print_usage(stderr);
    return 2;
}

static bool is_name(const char *name) {
    size_t length = strlen(name);
    return length && length <= SETUP_NAME_MAX && name[0] != '-' && name[0] != '.' &&
           strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-") == length;
}

// Options with a value may come as one word or two.
static bool take_value(const char *option, int count, char **words, int *at, const char **value) {
    size_t length = strlen(option);
    if (strcmp(words[*at], option) == 0 && *at + 1 < count) {
        *value = words[++*at];
        return true;
    }
    if (strncmp(words[*at], option, length) != 0 || words[*at][length] != '=') return false;
    *value = words[*at] + length + 1;
    return true;
}

static bool take_flag(struct setup_wishes *wishes, const char *word) {
    const struct {
        const char *word;
        bool *flag;
    } flags[] = {{"--dry-run", &wishes->dry_run},
                 {"--yes", &wishes->yes},
                 {"--undo", &wishes->undo},
                 {"--keep-names", &wishes->keep_names},
                 {"--force", &wishes->force}};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (strcmp(flags[i].word, word) == 0) return *flags[i].flag = true;
    return false;
}

static int read_words(struct setup_wishes *wishes, int count, char **words) {
    for (int i = 0; i < count; i++) {
        if (take_flag(wishes, words[i]) || take_value("--name", count, words, &i, &wishes->name) ||
            take_value("--root", count, words, &i, &wishes->root) ||
            take_value("--admin-user", count, words, &i, &wishes->admin_user) ||
            take_value("--admin-socket", count, words, &i, &wishes->admin_socket))
            continue;
        if (words[i][0] == '-' || wishes->ost_config) return wrong_usage("not understood: ", words[i]);
        wishes->ost_config = words[i];
    }
    if (!is_name(wishes->name))
        return wrong_usage("a name has letters, digits, _, . and -, not ", wishes->name);
    if (wishes->undo && wishes->ost_config) return wrong_usage("--undo needs no ", wishes->ost_config);
    return 0;
}

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

// Nothing is written before somebody has said yes.
static bool agreed(const struct setup *setup, struct error *error) {
    if (setup->wishes.yes) return true;
    if (!isatty(STDIN_FILENO))
        return error_set(
            error, ERROR_INTERNAL,
            "nothing was done: there is nobody to ask; --yes does it, --dry-run only says what it is");
    char answer[16] = "";
    printf("Do it? [y/N] ");
    fflush(stdout);
    if (fgets(answer, sizeof answer, stdin) && (answer[0] == 'y' || answer[0] == 'Y')) return true;
    return error_set(error, ERROR_INTERNAL, "nothing was done");
}

static bool run_step(struct setup *setup, const struct setup_step *step, struct error *error) {
    char said[SAID_MAX] = "";
    double start = seconds_now();
    bool good = step->run(setup, said, sizeof said, error);
    if (good) printf("%s: %s (%.2f s)\n", step->title, said, seconds_now() - start);
    fflush(stdout);
    return good;
}

static bool set_up(struct setup *setup, struct error *error) {
    char line[SAID_MAX];
    setup_print_found(setup);
    puts(setup->wishes.dry_run ? "What would be done:" : "What will be done:");
    for (size_t i = 0; i < setup_step_count; i++) {
        setup_steps[i].plan(setup, line, sizeof line);
        printf("  %s: %s\n", setup_steps[i].title, line);
    }
    if (!setup->wishes.dry_run) {
        if (!agreed(setup, error)) return false;
        for (size_t i = 0; i < setup_step_count; i++)
            if (!run_step(setup, &setup_steps[i], error)) return false;
    }
    setup_print_web(setup);
    return true;
}

static bool undo_line(struct setup *setup, size_t index, struct error *error) {
    static const struct {
        const char *kind;
        bool (*undo)(struct setup *, const struct journal_line *, char *, size_t, struct error *);
    } kinds[] = {{"settings", setup_settings_undo}, {"member", setup_access_undo},
                 {"table", setup_schema_undo},      {"index", setup_schema_undo},
                 {"trigger", setup_schema_undo},    {"unit", setup_unit_undo}};
    const struct journal_line *line = &setup->journal.lines[index];
    char said[SAID_MAX] = "", journal[PATH_MAX];
    double start = seconds_now();
    setup_path(setup, setup->journal_path, journal);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!text_equal(line->kind, text_of(kinds[i].kind))) continue;
        if (!kinds[i].undo(setup, line, said, sizeof said, error) ||
            !journal_cut(journal, line, index == 0, error))
            return false;
        printf("%s (%.2f s)\n", said, seconds_now() - start);
        return true;
    }
    return error_set(error, ERROR_INTERNAL, "%s: \"%s\" is of a later version of this program",
                     setup->journal_path, line->kind.data);
}

static bool check_queue(struct setup *setup, struct error *error) {
    struct setup_waiting waiting;
    struct error why = {0};
    const char *path = setup->settings_path;
    if (setup->wishes.force) return true;
    if (!setup_waiting(setup, &waiting, &why))
        return error_set(
            error, ERROR_INTERNAL,
            "whether mail still waits cannot be told: %s; --force takes the queue away all the same",
            why.detail[0] ? why.detail : "no connection");
    if (waiting.mails > 0)
        return error_set(error, ERROR_INTERNAL,
                         "%lld mails still wait: let them go out (osticket-fcgi queue -c %s shows them), or "
                         "lose them with --force",
                         (long long)waiting.mails, path);
    if (waiting.deliveries > 0)
        return error_set(error, ERROR_INTERNAL,
                         "%lld changes still wait to be told to webhooks: let them go out (osticket-fcgi "
                         "hook list -c %s shows them), or lose them with --force",
                         (long long)waiting.deliveries, path);
    return true;
}

static void warn_of_sites(const struct setup *setup) {
    for (size_t i = 0; i < setup->sites.count; i++) {
        const struct web_site *site = &setup->sites.items[i];
        if (setup_site_has_line(site))
            printf("first take the line that includes our file out of %s (the site of line %u) and reload: "
                   "its API "
                   "goes to PHP then\n",
                   site->file.data, site->line);
    }
}

static bool undo(struct setup *setup, struct error *error) {
    if (!setup->journal.count) {
        printf("Nothing to undo: %s is not there.\n", setup->journal_path);
        return true;
    }
    if (!check_queue(setup, error)) return false;
    warn_of_sites(setup);
    puts(setup->wishes.dry_run ? "What would be taken away:" : "What will be taken away:");
    for (size_t i = setup->journal.count; i-- > 0;)
        printf("  %s %s\n", setup->journal.lines[i].kind.data, setup->journal.lines[i].name.data);
    if (setup->wishes.dry_run) return true;
    if (!agreed(setup, error)) return false;
    for (size_t i = setup->journal.count; i-- > 0;)
        if (!undo_line(setup, i, error)) return false;
    return true;
}

int setup_command(const char *config_path, int count, char **words) {
    struct error error = {0};
    struct setup setup = {.wishes = {.config = config_path,
                                     .name = "osticket-fcgi",
                                     .root = "",
                                     .admin_password = getenv("OSTICKET_FCGI_ADMIN_PASSWORD")},
                          .arena = arena_new(ARENA_MAX)};
    if (count == 1 && strcmp(words[0], "--help") == 0) {
        print_usage(stdout);
        return 0;
    }
    int usage = read_words(&setup.wishes, count, words);
    if (usage) return usage;
    setup.source = (struct web_source){setup.wishes.root, &setup.arena};
    bool good = setup_find(&setup, &error) && (setup.wishes.undo ? undo : set_up)(&setup, &error);
    fflush(stdout);
    if (!good) fprintf(stderr, "osticket-fcgi: %s\n", error.message);
    if (setup.settings_known) settings_free(&setup.settings);
    free(setup.imported);
    arena_free(&setup.arena);
    return good ? 0 : 1;
}
