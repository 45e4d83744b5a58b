// SPDX-License-Identifier: GPL-2.0-or-later
// What a webhook is told by way of a trial.
#include "webhook/test_body.h"

#include <inttypes.h>

void webhook_test_body(struct text format, int64_t seq, struct buffer *out) {
    if (text_equal(format, TEXT("json")))
        buffer_add_format(out, "{\"type\":\"" WEBHOOK_TEST_TYPE "\",\"seq\":%" PRId64 ",\"change\":null}",
                          seq);
    else
        buffer_add_string(out, "{\"text\":\"A test of osticket-fcgi: this webhook works.\"}");
}
