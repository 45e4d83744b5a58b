// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi hook: for an administrator who looks after webhooks.
#include "command/hook.h"

#include "command/hook_option.h"
#include "command/terminal_text.h"
#include "config/settings.h"
#include "crypto/random.h"
#include "db/db.h"
#include "pool/database_settings.h"
#include "store/key_rows.h"
#include "store/statements.h"
#include "store/transaction.h"
#include "store/webhook/deliveries.h"
#include "store/webhook/delivery_position.h"
#include "store/webhook/webhooks.h"
#include "webhook/secret.h"
#include "webhook/test_body.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define MEMORY_MAX (64 << 20)
#define LIST_MAX   50
#define TEST_ID    20
#define TEST_LOOKS 150 // at what became of a test,
#define LOOK_NS    100000000

struct hooks_at_hand {
    struct db *db;
    struct arena arena;
    const struct settings *settings;
};

static int wrong_usage(void) {
    fputs("osticket-fcgi hook [list]                      all webhooks\n"
          "osticket-fcgi hook show ID                     all about one, but its secret\n"
          "osticket-fcgi hook add URL --key ID [options]  a new one; its secret is shown this once\n"
          "osticket-fcgi hook set ID [options]            change it\n"
          "osticket-fcgi hook drop ID                     it is no more, nor what waits for it\n"
          "osticket-fcgi hook test ID                     call it, and say what comes of it\n"
          "osticket-fcgi hook deliveries ID               what it was told, and what waits\n"
          "osticket-fcgi hook replay ID DELIVERY          tell it the same once more\n"
          "osticket-fcgi hook skip ID DELIVERY            do not tell it; what waits behind goes on\n",
          stderr);
    hook_options_print(stderr);
    return 2;
}

static void print_pair(const char *name, struct text text, const char *instead) {
    printf("%-12s ", name);
    print_text(text.length ? text : text_of(instead));
    putchar('\n');
}

static void print_state(const struct webhook *webhook) {
    printf("%s", webhook->is_on ? "on" : "off");
    if (!webhook->is_on && webhook->reason.length) printf(": "), print_text(webhook->reason);
    if (webhook->failing >= 0) printf(", failing for %" PRId64 " s", webhook->failing);
}

static int list(struct hooks_at_hand *hooks, struct error *error) {
    struct webhook *webhooks;
    size_t count;
    if (!webhooks_list(hooks->db, 0, 0, &hooks->arena, &webhooks, &count, error)) return print_failure(error);
    if (!count) puts("There are no webhooks.");
    for (size_t i = 0; i < count; i++) {
        printf("%6" PRId64 "  key %-5" PRId64 " ", webhooks[i].id, webhooks[i].key_id);
        print_text(webhooks[i].url);
        printf("  ");
        print_state(&webhooks[i]);
        putchar('\n');
    }
    return 0;
}

static bool number_of(const char *word, int64_t *number) {
    return text_to_int64(text_of(word), number) && *number > 0;
}

static bool find(struct hooks_at_hand *hooks, const char *word, struct webhook *webhook,
                 struct error *error) {
    int64_t id = 0;
    if (!number_of(word, &id))
        return error_set(error, ERROR_BAD_REQUEST,
                         "\"%s\" is no number of a webhook; \"hook list\" shows them", word);
    int found = webhook_read(hooks->db, 0, id, &hooks->arena, webhook, error);
    return found > 0 ||
           (found == 0 && error_set(error, ERROR_NOT_FOUND,
                                    "there is no webhook %" PRId64 "; \"hook list\" shows them", id));
}

static int show(struct hooks_at_hand *hooks, const struct webhook *webhook, struct error *error) {
    int64_t waiting = 0;
    if (!webhook_backlog(hooks->db, webhook->id, &waiting, error)) return print_failure(error);
    printf("%-12s %" PRId64 "\n%-12s %" PRId64 "\n", "webhook", webhook->id, "key", webhook->key_id);
    print_pair("url", webhook->url, "");
    printf("%-12s ", "state");
    print_state(webhook);
    putchar('\n');
    print_pair("types", webhook->types, "all");
    print_pair("departments", webhook->departments, "all");
    print_pair("notes", webhook->private_entries ? TEXT("yes") : TEXT("no"), "");
    print_pair("format", webhook->format, "");
    print_pair("includes", webhook->parts, "nothing");
    printf("%-12s %" PRId64 ", of which %" PRId64 " wait\n", "told", webhook->seq, waiting);
    print_pair("since", webhook->created, "");
    return 0;
}

static void print_secret(const struct webhook *webhook, const char *secret) {
    fprintf(stderr, "webhook %" PRId64 ", its secret, shown this once:\n", webhook->id);
    puts(secret);
}

// ---- changing

static struct hook_options options_of(struct hooks_at_hand *hooks) {
    const struct settings *settings = hooks->settings;
    return (struct hook_options){&hooks->arena, {settings->webhooks.http, text_of(settings->webhooks.allow)}};
}

static bool check_key(struct hooks_at_hand *hooks, int64_t key_id, struct error *error) {
    struct key_row row;
    if (!key_id) return error_set(error, ERROR_BAD_REQUEST, "a new webhook needs --key: whose rights count");
    int found = key_row_read(hooks->db, key_id, &hooks->arena, &row, error);
    return found > 0 ||
           (found == 0 && error_set(error, ERROR_NOT_FOUND,
                                    "there is no key %" PRId64 "; \"key list\" shows them", key_id));
}

static int add(struct hooks_at_hand *hooks, int count, char **words, struct error *error) {
    const struct hook_options options = options_of(hooks);
    struct hook_wish wish = {0};
    char secret[WEBHOOK_SECRET_SIZE];
    struct webhook webhook = {
        .types = TEXT(""), .departments = TEXT(""), .format = TEXT("json"), .parts = TEXT("")};
    webhook.url = text_of(words[0]);
    if (!target_check(webhook.url, &options.rule, error) ||
        !hook_options_apply(&options, count - 1, words + 1, &webhook, &wish, error) ||
        !check_key(hooks, webhook.key_id, error) || !webhook_secret_make(secret, error))
        return print_failure(error);
    webhook.secret = text_of(secret);
    if (!delivery_position_begin(hooks->db, settings_changes_gap(hooks->settings), error) ||
        !webhook_insert(hooks->db, &webhook, error))
        return print_failure(error);
    print_secret(&webhook, secret);
    return 0;
}

static bool write_change(struct hooks_at_hand *hooks, const struct webhook *webhook,
                         const struct hook_wish *wish, struct error *error) {
    struct text reason = wish->on ? TEXT("") : TEXT("switched off by hand");
    char secret[WEBHOOK_SECRET_SIZE];
    if (!webhook_update(hooks->db, webhook, error)) return false;
    if ((wish->on || wish->off) && !webhook_switch(hooks->db, webhook->id, wish->on, reason, error))
        return false;
    if (!wish->new_secret) return true;
    if (!webhook_secret_make(secret, error) || !webhook_new_secret(hooks->db, webhook->id, secret, error))
        return false;
    print_secret(webhook, secret);
    return true;
}

static int change(struct hooks_at_hand *hooks, int count, char **words, struct error *error) {
    const struct hook_options options = options_of(hooks);
    struct hook_wish wish = {0};
    struct webhook webhook = {0};
    if (!find(hooks, words[0], &webhook, error)) return print_failure(error);
    int64_t key = webhook.key_id;
    if (!hook_options_apply(&options, count - 1, words + 1, &webhook, &wish, error))
        return print_failure(error);
    if (webhook.key_id != key || (wish.on && wish.off)) {
        error_set(error, ERROR_BAD_REQUEST,
                  webhook.key_id != key ? "the key of a webhook stays what it is"
                                        : "--on and --off cannot be together");
        return print_failure(error);
    }
    if (!write_change(hooks, &webhook, &wish, error) || !find(hooks, words[0], &webhook, error))
        return print_failure(error);
    return show(hooks, &webhook, error);
}

static int drop(struct hooks_at_hand *hooks, const char *word, struct error *error) {
    struct webhook webhook = {0};
    if (!find(hooks, word, &webhook, error) || !webhook_delete(hooks->db, webhook.id, error))
        return print_failure(error);
    printf("webhook %" PRId64 " is no more\n", webhook.id);
    return 0;
}

// ---- deliveries

static void print_delivery(const struct delivery *delivery) {
    printf("%8" PRId64 "  seq %-8" PRId64 " %-8.*s %-20.*s", delivery->id, delivery->seq,
           (int)delivery->state.length, delivery->state.data, (int)delivery->type.length,
           delivery->type.data);
    printf(" %.*s, tried %" PRId64 " times", (int)delivery->change_id.length, delivery->change_id.data,
           delivery->attempts);
    if (delivery->status) printf(", answered %" PRId64, delivery->status);
    if (text_equal(delivery->state, TEXT("waiting")) && delivery->due_in > 0)
        printf(", next in %" PRId64 " s", delivery->due_in);
    putchar('\n');
    if (!delivery->error.length) return;
    printf("          ");
    print_text(delivery->error);
    putchar('\n');
}

static int deliveries(struct hooks_at_hand *hooks, const char *word, struct error *error) {
    struct webhook webhook = {0};
    struct delivery *items;
    size_t count;
    if (!find(hooks, word, &webhook, error) ||
        !deliveries_list(hooks->db, webhook.id, 0, LIST_MAX, &hooks->arena, &items, &count, error))
        return print_failure(error);
    if (!count) puts("It was told nothing within the last week.");
    for (size_t i = 0; i < count; i++) print_delivery(&items[i]);
    if (count == LIST_MAX) printf("The newest %d are shown.\n", LIST_MAX);
    return 0;
}

static bool find_delivery(struct hooks_at_hand *hooks, const struct webhook *webhook, int64_t id,
                          struct delivery *delivery, struct error *error) {
    int found = delivery_read(hooks->db, webhook->id, id, &hooks->arena, delivery, error);
    return found > 0 || (found == 0 && error_set(error, ERROR_NOT_FOUND,
                                                 "webhook %" PRId64 " has no delivery %" PRId64
                                                 "; \"hook deliveries\" shows them",
                                                 webhook->id, id));
}

static int again(struct hooks_at_hand *hooks, char **words, bool skips, struct error *error) {
    struct webhook webhook = {0};
    struct delivery delivery = {0};
    uint64_t changed = 0;
    int64_t id = 0;
    (void)number_of(words[1], &id);
    if (!find(hooks, words[0], &webhook, error) || !find_delivery(hooks, &webhook, id, &delivery, error) ||
        !(skips ? delivery_drop(hooks->db, id, &changed, error)
                : delivery_retry(hooks->db, id, &changed, error)))
        return print_failure(error);
    if (!changed) {
        fprintf(stderr, "osticket-fcgi: delivery %" PRId64 " does not wait and has not failed\n", id);
        return 1;
    }
    printf(skips ? "delivery %" PRId64 " is dropped\n" : "delivery %" PRId64 " is told once more\n", id);
    return 0;
}

// ---- a test

static bool add_test(struct hooks_at_hand *hooks, struct delivery *delivery, struct error *error) {
    bool done = transaction_begin(hooks->db, error) &&
                delivery_add_one(hooks->db, delivery, webhook_test_body, error) &&
                transaction_commit(hooks->db, error);
    if (!done) transaction_rollback(hooks->db);
    return done;
}

static int test(struct hooks_at_hand *hooks, const char *word, struct error *error) {
    static const struct timespec pause = {0, LOOK_NS};
    struct webhook webhook = {0};
    char id[TEST_ID + 1] = "t";
    struct delivery delivery = {.type = TEXT(WEBHOOK_TEST_TYPE)}, now = {0};
    if (!find(hooks, word, &webhook, error) || !random_text("0123456789abcdef", id + 1, TEST_ID - 1, error))
        return print_failure(error);
    if (!webhook.is_on) {
        error_set(error, ERROR_CONFLICT, "the webhook is off; \"hook set %s --on\" switches it on", word);
        return print_failure(error);
    }
    delivery.webhook_id = webhook.id;
    delivery.change_id = text_of(id);
    if (!add_test(hooks, &delivery, error)) return print_failure(error);
    for (int i = 0; i < TEST_LOOKS; i++) {
        nanosleep(&pause, NULL);
        if (!find_delivery(hooks, &webhook, delivery.id, &now, error)) return print_failure(error);
        if (now.attempts || !text_equal(now.state, TEXT("waiting"))) break;
    }
    print_delivery(&now);
    if (!now.attempts && text_equal(now.state, TEXT("waiting")))
        puts("It was not called within 15 seconds: does osticket-fcgi run, and does something wait before "
             "it?");
    return text_equal(now.state, TEXT("sent")) ? 0 : 1;
}

static int run(struct hooks_at_hand *hooks, int count, char **words) {
    struct error error = {0};
    struct webhook webhook = {0};
    const char *word = count ? words[0] : "list";
    if (strcmp(word, "list") == 0 && count <= 1) return list(hooks, &error);
    if (count < 2) return wrong_usage();
    if (strcmp(word, "add") == 0) return add(hooks, count - 1, words + 1, &error);
    if (strcmp(word, "set") == 0 && count > 2) return change(hooks, count - 1, words + 1, &error);
    if (strcmp(word, "replay") == 0 && count == 3) return again(hooks, words + 1, false, &error);
    if (strcmp(word, "skip") == 0 && count == 3) return again(hooks, words + 1, true, &error);
    if (count != 2) return wrong_usage();
    if (strcmp(word, "show") == 0)
        return find(hooks, words[1], &webhook, &error) ? show(hooks, &webhook, &error)
                                                       : print_failure(&error);
    if (strcmp(word, "drop") == 0) return drop(hooks, words[1], &error);
    if (strcmp(word, "test") == 0) return test(hooks, words[1], &error);
    if (strcmp(word, "deliveries") == 0) return deliveries(hooks, words[1], &error);
    return wrong_usage();
}

int hook_command(const char *config_path, int count, char **arguments) {
    struct settings settings;
    struct error error = {0};
    struct hooks_at_hand hooks = {.settings = &settings};
    if (!settings_load(config_path, &settings, &error)) return print_failure(&error);
    struct db_settings database = database_settings(&settings);
    hooks.db = db_new(&database, statements, STATEMENT_COUNT);
    hooks.arena = arena_new(MEMORY_MAX);
    int status = hooks.db ? run(&hooks, count, arguments) : 1;
    arena_free(&hooks.arena);
    db_free(&hooks.db);
    settings_free(&settings);
    return status;
}
