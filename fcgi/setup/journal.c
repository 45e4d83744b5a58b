// SPDX-License-Identifier: GPL-2.0-or-later
// What a set-up has done.
#include "setup/journal.h"

#include "config/whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD      "osticket-fcgi setup 1\n"
#define BYTES_MAX (64 * 1024)

static bool fail(struct error *error, const char *path, const char *what) {
    return error_set(error, ERROR_INTERNAL, "%s: %s: %s", path, what, strerror(errno));
}

// Up to the next tab or the end of the line, which is made an end of text.
static struct text next_word(char **rest) {
    char *start = *rest, *tab = strchr(start, '\t');
    *rest = tab ? tab + 1 : start + strlen(start);
    if (tab) *tab = '\0';
    return text_of(start);
}

static bool take_line(char *line, size_t offset, struct arena *arena, struct journal *journal) {
    struct journal_line *place = arena_append(arena, &journal->lines, &journal->count, sizeof *place);
    if (!place) return false;
    place->offset = offset;
    place->kind = next_word(&line);
    place->name = next_word(&line);
    place->more = next_word(&line);
    return place->name.length > 0;
}

bool journal_read(const char *path, struct arena *arena, struct journal *journal, struct error *error) {
    struct buffer content = buffer_new(BYTES_MAX);
    *journal = (struct journal){0};
    if (access(path, F_OK) != 0 && errno == ENOENT) return true;
    bool good = whole_file_read(path, &content, error);
    struct text copy = good ? arena_copy(arena, buffer_text(&content)) : TEXT_NULL;
    buffer_free(&content);
    if (!good) return false;
    good = text_starts_with(copy, TEXT(HEAD));
    for (char *line = good ? (char *)copy.data + strlen(HEAD) : NULL, *end; good && line && *line;
         line = end) {
        end = strchr(line, '\n');
        good = end != NULL; // a line that was not finished was not begun either
        if (end) *end++ = '\0';
        good = good && take_line(line, (size_t)(line - copy.data), arena, journal);
    }
    return good || error_set(error, ERROR_INTERNAL, "%s: is no journal of a set-up, or is damaged", path);
}

static void make_folder(const char *path) {
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", path);
    char *end = strrchr(folder, '/');
    if (!end || end == folder) return;
    *end = '\0';
    if (mkdir(folder, 0755) == 0 || errno != ENOENT) return;
    make_folder(folder);
    mkdir(folder, 0755);
}

bool journal_add(const char *path, const char *kind, const char *name, const char *more,
                 struct error *error) {
    struct stat status;
    make_folder(path);
    int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0) return fail(error, path, "cannot be written");
    const char *head = fstat(file, &status) == 0 && status.st_size == 0 ? HEAD : "";
    bool good = dprintf(file, "%s%s\t%s\t%s\n", head, kind, name, more) > 0 && fsync(file) == 0;
    if (!good) fail(error, path, "cannot be written");
    close(file);
    return good;
}

bool journal_cut(const char *path, const struct journal_line *line, bool first, struct error *error) {
    bool good = first ? unlink(path) == 0 : truncate(path, (off_t)line->offset) == 0;
    return good || fail(error, path, "cannot be written");
}
