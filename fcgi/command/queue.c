// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi queue: for somebody who looks for a mail.
#include "command/queue.h"

#include "command/queue_json.h"
#include "command/terminal_text.h"
#include "config/settings.h"
#include "db/db.h"
#include "mail/recipient_list.h"
#include "pool/database_settings.h"
#include "store/mail/queue.h"
#include "store/statements.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define LIST_MAX   200
#define MEMORY_MAX (64 * 1024 * 1024)

// The exit code where mail waits or has failed, for scripts that ask for it.
#define MAIL_IS_LEFT 3

struct queue {
    struct db *db;
    struct arena arena;
    bool json, exit_code;
};

static int fail(const struct error *error) {
    fprintf(stderr, "osticket-fcgi: %s%s%s\n", error->message, *error->detail ? ": " : "", error->detail);
    return 1;
}

// "45 s", "12 min", "5 h", "3 d".
static void print_span(int64_t seconds) {
    if (seconds < 120)
        printf("%" PRId64 " s", seconds);
    else if (seconds < 7200)
        printf("%" PRId64 " min", seconds / 60);
    else if (seconds < 172800)
        printf("%" PRId64 " h", seconds / 3600);
    else
        printf("%" PRId64 " d", seconds / 86400);
}

static bool is_state(const struct mail_row *row, const char *state) {
    return text_equal(row->state, text_of(state));
}

static size_t recipients_of(struct queue *queue, const struct mail_row *row,
                            struct reply_mail_recipient **items) {
    size_t count;
    recipient_list_read(row->recipients, &queue->arena, items, &count);
    return count;
}

// The address of the first recipient and how many there are beside.
static void print_recipients(struct queue *queue, const struct mail_row *row) {
    struct reply_mail_recipient *items;
    size_t count = recipients_of(queue, row, &items);
    if (count) print_text(items[0].address);
    if (count > 1) printf(" and %zu more", count - 1);
    if (row->spread) printf("(all agents who are to be alerted)");
}

static void print_ticket(const struct mail_row *row) {
    if (!row->ticket_id) return;
    printf("ticket #");
    print_text(row->ticket_number.data ? row->ticket_number : TEXT("(gone)"));
    printf("  ");
}

static void print_row(struct queue *queue, const struct mail_row *row) {
    printf("%8" PRId64 "  %-8.*s %-16.*s  ", row->id, (int)row->state.length, row->state.data,
           (int)row->kind.length, row->kind.data);
    print_ticket(row);
    print_recipients(queue, row);
    if (is_state(row, "waiting")) {
        printf(", tried %" PRId64 " times, next ", row->attempts);
        if (row->due_in <= 0)
            printf("now");
        else
            printf("in "), print_span(row->due_in);
    }
    putchar('\n');
    if (row->error.length && !is_state(row, "sent")) {
        printf("          ");
        print_text(row->error);
        putchar('\n');
    }
}

static int left_code(const struct queue *queue, const struct outbox_count *counts, size_t states) {
    bool left = false;
    for (size_t i = 0; i < states; i++)
        left |= counts[i].count > 0 && !text_equal(counts[i].state, TEXT("sent")) &&
                !text_equal(counts[i].state, TEXT("dropped"));
    return left && (queue->json || queue->exit_code) ? MAIL_IS_LEFT : 0;
}

static int list(struct queue *queue, struct error *error) {
    struct outbox_count *counts;
    struct mail_row *rows;
    size_t states, count, shown = 0;
    if (!mail_queue_counts(queue->db, &queue->arena, &counts, &states, error) ||
        !mail_queue_list(queue->db, LIST_MAX, &queue->arena, &rows, &count, error))
        return fail(error);
    int code = left_code(queue, counts, states);
    if (queue->json) return queue_json_list(counts, states, rows, count, &queue->arena, stdout) ? code : 1;
    for (size_t i = 0; i < states; i++) {
        printf("%s%" PRId64 " %.*s", i ? ", " : "", counts[i].count, (int)counts[i].state.length,
               counts[i].state.data);
        if (text_equal(counts[i].state, TEXT("waiting")))
            printf(" (the oldest for "), print_span(counts[i].oldest), printf(")");
    }
    puts(states ? "" : "The queue is empty.");
    for (size_t i = 0; i < count; i++) {
        if (is_state(&rows[i], "sent") || is_state(&rows[i], "dropped")) continue;
        print_row(queue, &rows[i]);
        shown++;
    }
    if (count == LIST_MAX && shown == LIST_MAX) printf("The newest %d are shown.\n", LIST_MAX);
    return code;
}

static void print_pair(const char *name, struct text value) {
    printf("%-12s ", name);
    print_text(value.length ? value : TEXT("-"));
    putchar('\n');
}

static void print_all_recipients(struct queue *queue, const struct mail_row *row) {
    struct reply_mail_recipient *items;
    size_t count = recipients_of(queue, row, &items);
    for (size_t i = 0; i < count; i++) {
        printf("%-12s ", items[i].copy ? "in copy" : "to");
        print_text(items[i].name);
        printf(items[i].name.length ? " <" : "<");
        print_text(items[i].address);
        puts(">");
    }
    if (row->spread) puts("to           all agents who are to be alerted");
}

// Says why nothing was changed: no such mail, or one in a state where nothing is to be done.
static int say_unchanged(struct queue *queue, int64_t id, struct error *error) {
    struct mail_row row = {0};
    int found = mail_queue_row(queue->db, id, &queue->arena, &row, error);
    if (found < 0) return fail(error);
    struct text state = found && is_state(&row, "sending") ? TEXT("being sent right now") : row.state;
    if (!found)
        fprintf(stderr, "osticket-fcgi: there is no mail %" PRId64 " in the queue\n", id);
    else
        fprintf(stderr, "osticket-fcgi: mail %" PRId64 " does not wait and has not failed: it is %.*s\n", id,
                (int)state.length, state.data);
    return 1;
}

static int show(struct queue *queue, int64_t id, struct error *error) {
    struct mail_row row;
    int found = mail_queue_row(queue->db, id, &queue->arena, &row, error);
    if (found < 0) return fail(error);
    if (!found) return say_unchanged(queue, id, error);
    if (queue->json) return queue_json_mail(&row, &queue->arena, stdout) ? 0 : 1;
    printf("%-12s %" PRId64 "\n", "mail", row.id);
    print_pair("state", row.state);
    print_pair("kind", row.kind);
    if (row.ticket_id) {
        printf("%-12s #", "ticket");
        print_text(row.ticket_number.data ? row.ticket_number : TEXT("(gone)"));
        printf(", id %" PRId64 ", entry %" PRId64 "\n", row.ticket_id, row.entry_id);
    }
    print_all_recipients(queue, &row);
    print_pair("message id", row.message_id);
    printf("%-12s %" PRId64 "\n", "tries", row.attempts);
    print_pair("queued", row.created);
    print_pair("finished", row.finished);
    print_pair("last error", row.error);
    if (is_state(&row, "waiting")) {
        printf("%-12s ", "next try");
        if (row.due_in > 0)
            printf("in "), print_span(row.due_in), putchar('\n');
        else
            puts("now");
    }
    return 0;
}

static int retry(struct queue *queue, int64_t id, struct error *error) {
    uint64_t changed = 0;
    if (!mail_queue_retry(queue->db, id, &changed, error)) return fail(error);
    if (changed || !id) {
        printf("%" PRIu64 " to be sent at once\n", changed);
        return 0;
    }
    return say_unchanged(queue, id, error);
}

static int drop(struct queue *queue, int64_t id, struct error *error) {
    uint64_t changed = 0;
    if (!mail_queue_drop(queue->db, id, &changed, error)) return fail(error);
    if (changed) {
        printf("mail %" PRId64 " is dropped; \"queue retry %" PRId64 "\" brings it back for a week\n", id,
               id);
        return 0;
    }
    return say_unchanged(queue, id, error);
}

static int wrong_usage(void) {
    fputs("osticket-fcgi queue [list]           what waits, is being sent or has failed\n"
          "osticket-fcgi queue show ID          all about one mail\n"
          "osticket-fcgi queue retry ID|all     send it at once, with all tries again\n"
          "osticket-fcgi queue drop ID          do not send it\n"
          "  --json                             list and show as JSON; list ends with 3 when mail is left\n"
          "  --exit-code                        list ends with 3 when mail waits, is being sent or has "
          "failed\n",
          stderr);
    return 2;
}

// A word is given that is no id.
static int wrong_id(const char *word, const char *which) {
    if (which)
        fprintf(stderr, "osticket-fcgi: queue %s: \"%s\" is no number of a mail; \"queue list\" shows them\n",
                word, which);
    else
        fprintf(stderr, "osticket-fcgi: queue %s needs the number of a mail; \"queue list\" shows them\n",
                word);
    return 2;
}

static bool takes_id(const char *word) {
    return strcmp(word, "show") == 0 || strcmp(word, "retry") == 0 || strcmp(word, "drop") == 0;
}

static int run(struct queue *queue, const char *word, const char *which) {
    struct error error = {0};
    int64_t id = 0;
    bool all = which && strcmp(which, "all") == 0;
    bool numbered = which && text_to_int64(text_of(which), &id) && id > 0;
    if (strcmp(word, "list") == 0 && !which) return list(queue, &error);
    if (strcmp(word, "show") == 0 && numbered) return show(queue, id, &error);
    if (strcmp(word, "retry") == 0 && (numbered || all)) return retry(queue, id, &error);
    if (strcmp(word, "drop") == 0 && numbered) return drop(queue, id, &error);
    return takes_id(word) ? wrong_id(word, which) : wrong_usage();
}

// Takes the options out of the words.
static int take_options(struct queue *queue, int count, char **words) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
        if (strcmp(words[i], "--json") == 0)
            queue->json = true;
        else if (strcmp(words[i], "--exit-code") == 0)
            queue->exit_code = true;
        else
            words[kept++] = words[i];
    }
    return kept;
}

int queue_command(const char *config_path, int count, char **arguments) {
    struct settings settings;
    struct error error = {0};
    struct queue queue = {0};
    count = take_options(&queue, count, arguments);
    if (count > 2) return wrong_usage();
    if (!settings_load(config_path, &settings, &error)) return fail(&error);
    struct db_settings database = database_settings(&settings);
    queue.db = db_new(&database, statements, STATEMENT_COUNT);
    queue.arena = arena_new(MEMORY_MAX);
    int status = queue.db ? run(&queue, count ? arguments[0] : "list", count > 1 ? arguments[1] : NULL) : 1;
    arena_free(&queue.arena);
    db_free(&queue.db);
    settings_free(&settings);
    return status;
}
