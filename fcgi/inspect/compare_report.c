// SPDX-License-Identifier: GPL-2.0-or-later
// What osticket-fcgi compare found, for people and as JSON.
#include "inspect/compare.h"
#include "json/writer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN 20 // unknown differences that people read

static void print_departures(const struct compare_tally *tally) {
    bool any = false;
    for (size_t i = 0; i < DEPARTURE_COUNT; i++) {
        if (!tally->departures[i]) continue;
        if (!any) puts("\nKnown departures, and the setting that removes them");
        any = true;
        printf("%7zu  %s%s%s\n", tally->departures[i], departures[i].what, *departures[i].setting ? ": " : "",
               departures[i].setting);
    }
}

static void print_text(struct text text) {
    char *copy = strndup(text.data, text.length);
    if (copy) inspect_print(copy);
    free(copy);
}

static void print_unknown(const struct compare_tally *tally) {
    if (tally->shown_count) puts("\nUnknown differences");
    for (size_t i = 0; i < tally->shown_count && i < SHOWN; i++) {
        const struct unknown_difference *one = &tally->shown[i];
        printf("  GET ");
        print_text(one->path);
        printf("\n      %s: PHP %s, here %s", one->comparison.where, one->comparison.php,
               one->comparison.ours);
        if (one->comparison.unknown > 1) printf("; and %zu more", one->comparison.unknown - 1);
        putchar('\n');
    }
    size_t all = tally->unknown + tally->unanswered;
    if (all > SHOWN) printf("  and %zu requests more: --json names %d\n", all - SHOWN, COMPARE_SHOWN_MAX);
}

static void print_times(const char *name, struct times *times) {
    printf("  %-5s p50 %9.2f ms   p99 %9.2f ms\n", name, (double)times_percentile(times, 50) / 1000,
           (double)times_percentile(times, 99) / 1000);
}

static void print_report(const struct asked *asked, struct compare_tally *tally) {
    printf("%7zu  requests asked of both\n", tally->asked);
    printf("%7zu  answered byte for byte the same\n", tally->same);
    printf("%7zu  with known departures alone\n", tally->departing);
    if (tally->changed)
        printf("%7zu  of these changed between the two answers, and agreed when asked again\n",
               tally->changed);
    printf("%7zu  with an unknown difference\n", tally->unknown);
    if (tally->unanswered) printf("%7zu  not answered\n", tally->unanswered);
    if (asked->writing + asked->other + asked->unreadable)
        printf("%7zu  lines passed over: %zu that write, %zu about something else, %zu that cannot be read\n",
               asked->writing + asked->other + asked->unreadable, asked->writing, asked->other,
               asked->unreadable);
    print_departures(tally);
    print_unknown(tally);
    puts("\nTime of an answer");
    print_times("PHP", &tally->php_times);
    print_times("here", &tally->our_times);
}

static bool write_out(void *context, const char *bytes, size_t length) {
    return fwrite(bytes, 1, length, context) == length;
}

static void write_departures(struct json_writer *json, const struct compare_tally *tally) {
    json_name(json, "departures");
    json_open_array(json);
    for (size_t i = 0; i < DEPARTURE_COUNT; i++) {
        if (!tally->departures[i]) continue;
        json_open_object(json);
        json_text_member(json, "departure", text_of(departures[i].word));
        json_text_member(json, "what", text_of(departures[i].what));
        json_text_member(json, "setting",
                         *departures[i].setting ? text_of(departures[i].setting) : TEXT_NULL);
        json_integer_member(json, "requests", (int64_t)tally->departures[i]);
        json_close_object(json);
    }
    json_close_array(json);
}

static void write_unknown(struct json_writer *json, const struct compare_tally *tally) {
    json_name(json, "unknown_differences");
    json_open_array(json);
    for (size_t i = 0; i < tally->shown_count; i++) {
        const struct unknown_difference *one = &tally->shown[i];
        json_open_object(json);
        json_text_member(json, "request", one->path);
        json_text_member(json, "where", text_of(one->comparison.where));
        json_text_member(json, "php", text_of(one->comparison.php));
        json_text_member(json, "here", text_of(one->comparison.ours));
        json_integer_member(json, "count", (int64_t)one->comparison.unknown);
        json_close_object(json);
    }
    json_close_array(json);
}

static void write_times(struct json_writer *json, const char *name, struct times *times) {
    json_name(json, name);
    json_open_object(json);
    json_integer_member(json, "p50_us", times_percentile(times, 50));
    json_integer_member(json, "p99_us", times_percentile(times, 99));
    json_close_object(json);
}

static void write_report(const struct compare_options *options, const struct asked *asked,
                         struct compare_tally *tally) {
    struct output *output = malloc(sizeof *output);
    struct json_writer json;
    if (!output) return;
    output_init(output, write_out, stdout);
    json_writer_init(&json, output);
    json_open_object(&json);
    json_text_member(&json, "php", text_of(options->php));
    json_text_member(&json, "here", text_of(options->ours));
    json_integer_member(&json, "asked", (int64_t)tally->asked);
    json_integer_member(&json, "same", (int64_t)tally->same);
    json_integer_member(&json, "departing", (int64_t)tally->departing);
    json_integer_member(&json, "changed", (int64_t)tally->changed);
    json_integer_member(&json, "unknown", (int64_t)tally->unknown);
    json_integer_member(&json, "unanswered", (int64_t)tally->unanswered);
    json_integer_member(&json, "passed_over", (int64_t)(asked->writing + asked->other + asked->unreadable));
    write_departures(&json, tally);
    write_unknown(&json, tally);
    json_name(&json, "times");
    json_open_object(&json);
    write_times(&json, "php", &tally->php_times);
    write_times(&json, "here", &tally->our_times);
    json_close_object(&json);
    json_close_object(&json);
    output_add_char(output, '\n');
    (void)!output_flush(output);
    free(output);
}

void compare_report(const struct compare_options *options, const struct asked *asked,
                    struct compare_tally *tally) {
    if (options->json)
        write_report(options, asked, tally);
    else
        print_report(asked, tally);
}
