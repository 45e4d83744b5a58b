// SPDX-License-Identifier: GPL-2.0-or-later
// Guards what stands in the header of a mail that is written.
#include "base/buffer.h"
#include "delivery/message.h"
#include "delivery/message_ids.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

// What is written of a message with these References; the caller frees.
static struct buffer written(struct text references) {
    const struct reply_mail_recipient recipient = {.address = TEXT("user@customer.example")};
    const struct message message = {.from_address = TEXT("desk@quay.example"),
                                    .recipients = &recipient,
                                    .recipient_count = 1,
                                    .subject = TEXT("Berth 4"),
                                    .message_id = TEXT("1@quay.example"),
                                    .references = references,
                                    .text = TEXT("Hello")};
    struct buffer bytes = buffer_new(1 << 20);
    struct error error = {0};
    int file = memfd_create("message", MFD_CLOEXEC);
    assert_true(file >= 0 && message_write(&message, false, file, &error));
    off_t size = lseek(file, 0, SEEK_END);
    char *room = buffer_reserve(&bytes, (size_t)size);
    assert_non_null(room);
    assert_int_equal(pread(file, room, (size_t)size, 0), size);
    bytes.length = (size_t)size;
    close(file);
    return bytes;
}

static void add_id(unsigned number, struct buffer *ids) {
    buffer_add_format(ids, "%s<%0*u@x>", ids->length ? " " : "", MESSAGE_ID_MAX - 4, number);
}

// A reader's program hangs an answer on the last of them.
static void as_many_ids_as_are_kept_have_room(void **state) {
    (void)state;
    struct buffer ids = buffer_new(1 << 16), last = buffer_new(1 << 16);
    for (unsigned i = 0; i < MESSAGE_IDS_MAX; i++) add_id(i, &ids);
    add_id(MESSAGE_IDS_MAX - 1, &last);
    struct buffer bytes = written(buffer_text(&ids));
    size_t count = 0;
    for (size_t i = 0; i + 3 < bytes.length; i++) count += memcmp(bytes.data + i, "@x>", 3) == 0;
    assert_int_equal(count, MESSAGE_IDS_MAX);
    assert_true(text_find(buffer_text(&bytes), buffer_text(&last), 0) > 0);
    buffer_free(&bytes);
    buffer_free(&last);
    buffer_free(&ids);
}

static int start(void **state) {
    (void)state;
    message_library_start();
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_many_ids_as_are_kept_have_room),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
