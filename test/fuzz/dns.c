// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes as an answer of DNS about a domain's mail: nothing is said for certain by what is no message.
#include "dns/mail_answer.h"

#include <stdint.h>
#include <stdlib.h>

#define HEADER_SIZE 12 // RFC 1035, 4.1.1

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    for (int question = 0; question < MAIL_QUESTIONS; question++) {
        enum mail_answer answer = mail_answer_read((enum mail_question)question, bytes, length);
        if (answer != MAIL_ANSWER_UNKNOWN && length < HEADER_SIZE) abort();
    }
    return 0;
}
