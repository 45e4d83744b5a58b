// SPDX-License-Identifier: GPL-2.0-or-later
// Both ends of the handover to a program.
#include "pool/handover.h"

#include "base/log.h"
#include "pool/log_settings.h"
#include "pool/own_program.h"
#include "pool/signals.h"
#include "pool/statistics.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

// The arguments in their order.
enum word {
    PROGRAM,
    VERSION,
    SETTINGS,
    LOG,
    MAIL_WAKE,
    CRON_WAKE,
    SCOREBOARD,
    READING,
    STATUS_LISTENER,
    METRICS_LISTENER,
    HOLDING,
    LISTENER,
    SLOT,
    WORDS
};

#define NUMBER_SIZE 24

// ---- given

// A file without a name that holds the settings, to be read from its beginning; -1 with `error` set.
static int settings_file(const struct settings *settings, struct error *error) {
    struct buffer packed = buffer_new(SETTINGS_PACKED_MAX);
    int file = settings_pack(settings, &packed) ? memfd_create("settings", MFD_CLOEXEC) : -1;
    bool good = file >= 0 && pwrite(file, packed.data, packed.length, 0) == (ssize_t)packed.length;
    buffer_free(&packed);
    if (good) return file;
    error_set(error, ERROR_INTERNAL, "its settings cannot be handed over: %s", strerror(errno));
    if (file >= 0) close(file);
    return -1;
}

// Writes the number as an argument and lets the descriptor live on in the program. -1: none, which is fine.
static bool hand_over(int descriptor, char word[NUMBER_SIZE]) {
    snprintf(word, NUMBER_SIZE, "%d", descriptor);
    return descriptor < 0 || fcntl(descriptor, F_SETFD, 0) == 0;
}

// Runs it; comes back when that failed.
static void run(const struct child_start *start, const char *name, int program, struct error *error) {
    char numbers[WORDS][NUMBER_SIZE];
    char *words[WORDS + 1] = {(char *)(uintptr_t)name, (char[]){OSTICKET_FCGI_VERSION}};
    int settings = settings_file(start->settings, error);
    if (settings < 0) return;
    for (int i = SETTINGS; i < WORDS; i++) words[i] = numbers[i];
    snprintf(numbers[SLOT], NUMBER_SIZE, "%td", start->slot - start->scoreboard->slots);
    if (hand_over(settings, numbers[SETTINGS]) && hand_over(log_descriptor(start->log), numbers[LOG]) &&
        hand_over(start->mail_wake, numbers[MAIL_WAKE]) && hand_over(start->cron_wake, numbers[CRON_WAKE]) &&
        hand_over(start->scoreboard->descriptor, numbers[SCOREBOARD]) &&
        hand_over(start->reading, numbers[READING]) &&
        hand_over(start->status_listener, numbers[STATUS_LISTENER]) &&
        hand_over(start->metrics_listener, numbers[METRICS_LISTENER]) &&
        hand_over(start->holding[1], numbers[HOLDING]) &&
        hand_over(start->hands_listener ? start->listener : -1, numbers[LISTENER]))
        fexecve(program, words, environ);
    error_set(error, ERROR_INTERNAL, "%s cannot be run: %s", name, strerror(errno));
}

int handover_start(const struct child_start *start, const char *name, const char *what) {
    struct error error = {0};
    // One that was missing when the master looked for it may be there by now.
    int program = start->program >= 0 ? start->program : own_program_open(name, &error);
    if (program >= 0) run(start, name, program, &error);
    log_write(start->log, LOG_LEVEL_ERROR, "%s: %s", what, error.message);
    return 1;
}

// ---- taken

static bool number_of(const char *word, int *number) {
    int64_t value;
    if (!text_to_int64(text_of(word), &value) || value < -1 || value > INT_MAX) return false;
    *number = (int)value;
    return true;
}

// What this process starts itself (sendmail) gets none of them.
static bool take_over(const char *word, int *descriptor) {
    return number_of(word, descriptor) && (*descriptor < 0 || fcntl(*descriptor, F_SETFD, FD_CLOEXEC) == 0);
}

static bool read_settings(int file, struct settings *settings, struct error *error) {
    struct buffer packed = buffer_new(SETTINGS_PACKED_MAX);
    char bytes[4096];
    ssize_t got;
    while ((got = pread(file, bytes, sizeof bytes, (off_t)packed.length)) > 0 && !packed.failed)
        buffer_add(&packed, bytes, (size_t)got);
    close(file);
    bool good = got == 0 && settings_unpack(buffer_text(&packed), settings, error);
    if (got < 0) error_set(error, ERROR_INTERNAL, "the settings cannot be read: %s", strerror(errno));
    buffer_free(&packed);
    return good;
}

// What it was given; the start points into the two beside it.
struct handover {
    struct settings settings;
    struct scoreboard scoreboard;
    struct child_start start;
};

// False where that is not what this version's handover_start() gives.
static bool take(int count, char **arguments, struct handover *handover, struct error *error) {
    struct child_start *start = &handover->start;
    int settings, log, scoreboard, slot;
    *handover = (struct handover){0};
    start->program = start->holding[0] = -1;
    if (count != WORDS || strcmp(arguments[VERSION], OSTICKET_FCGI_VERSION) != 0)
        return error_set(error, ERROR_INTERNAL,
                         "it is version " OSTICKET_FCGI_VERSION " and is started by an osticket-fcgi of the "
                         "same version, not by hand");
    if (!take_over(arguments[SETTINGS], &settings) || !take_over(arguments[LOG], &log) ||
        !take_over(arguments[MAIL_WAKE], &start->mail_wake) ||
        !take_over(arguments[CRON_WAKE], &start->cron_wake) ||
        !take_over(arguments[SCOREBOARD], &scoreboard) || !take_over(arguments[READING], &start->reading) ||
        !take_over(arguments[STATUS_LISTENER], &start->status_listener) ||
        !take_over(arguments[METRICS_LISTENER], &start->metrics_listener) ||
        !take_over(arguments[HOLDING], &start->holding[1]) ||
        !take_over(arguments[LISTENER], &start->listener) || !number_of(arguments[SLOT], &slot))
        return error_set(error, ERROR_INTERNAL, "what osticket-fcgi hands over is not there");
    if (slot < 0 || !read_settings(settings, &handover->settings, error) ||
        !scoreboard_attach(&handover->scoreboard, scoreboard, (size_t)slot, error))
        return false;
    start->settings = &handover->settings;
    start->scoreboard = &handover->scoreboard;
    start->slot = handover->scoreboard.slots;
    struct log_settings settings_of_log = log_settings(&handover->settings);
    start->log = log_continue(&settings_of_log, log, error);
    log_on_error(start->log, statistics_note_error, &start->slot->statistics.errors);
    return start->log != NULL;
}

static void release(struct handover *handover) {
    log_close(&handover->start.log);
    scoreboard_close(&handover->scoreboard);
    settings_free(&handover->settings);
}

int handover_main(int count, char **arguments, const struct handover_role *role) {
    struct handover handover;
    struct error error = {0};
    if (count == 2 && strcmp(arguments[1], "--version") == 0) {
        printf("%s " OSTICKET_FCGI_VERSION "\n", role->program);
        return 0;
    }
    // The help desk's passwords are not for others that run as the same user. The exec took it back.
    prctl(PR_SET_DUMPABLE, 0);
    // They come blocked, and what is pending stays so: signals_init() finds them as the master's child left
    // them.
    signals_init();
    signals_init_child();
    prctl(PR_SET_NAME, role->process_name); // the name that the master gave; the exec took it back
    int code = 2;
    if (take(count, arguments, &handover, &error))
        code = role->run(&handover.start);
    else
        fprintf(stderr, "%s: %s\n", role->program, error.message);
    release(&handover);
    return code;
}
