// SPDX-License-Identifier: GPL-2.0-or-later
// Names of processes that hold a row of the database for a while.
#include "store/lease.h"

#include "base/buffer.h"
#include "base/text.h"
#include "crypto/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define HOST_HEX 16

static void add_file(const char *path, struct buffer *out) {
    char bytes[128];
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = file < 0 ? -1 : read(file, bytes, sizeof bytes);
    if (got > 0) buffer_add(out, bytes, (size_t)got);
    if (file >= 0) close(file);
}

// Two processes with the same `host` see each other's process numbers.
struct lease lease_of_process(void) {
    struct lease lease = {0};
    char name[256] = "", hex[DIGEST_HEX_SIZE(DIGEST_SHA1_SIZE)] = "";
    struct buffer about = buffer_new(1024);
    gethostname(name, sizeof name - 1);
    buffer_add_string(&about, name);
    add_file("/proc/sys/kernel/random/boot_id", &about);
    ssize_t length = readlink("/proc/self/ns/pid", name, sizeof name - 1);
    if (length > 0) buffer_add(&about, name, (size_t)length);
    if (!digest_sha1_hex(buffer_text(&about), hex)) hex[0] = '\0';
    snprintf(lease.host, sizeof lease.host, "%.*s/", HOST_HEX, hex);
    snprintf(lease.name, sizeof lease.name, "%s%ld", lease.host, (long)getpid());
    buffer_free(&about);
    return lease;
}

bool lease_is_dead(const struct lease *lease, const char *name) {
    int64_t process;
    size_t skipped = strlen(lease->host);
    if (strncmp(name, lease->host, skipped) != 0 || !text_to_int64(text_of(name + skipped), &process) ||
        process <= 1)
        return false;
    return process == getpid() || (kill((pid_t)process, 0) < 0 && errno == ESRCH);
}
