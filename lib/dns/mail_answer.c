// SPDX-License-Identifier: GPL-2.0-or-later
// Messages of DNS, by c-ares.
#define CARES_NO_DEPRECATED // what it calls deprecated since 1.28 is all that older releases have
#include "dns/mail_answer.h"

#include <ares.h>
#include <limits.h>
#include <netdb.h>
#include <stdbool.h>

static int read_mx(const unsigned char *bytes, int length, bool *has) {
    struct ares_mx_reply *found = NULL;
    int status = ares_parse_mx_reply(bytes, length, &found);
    *has = found != NULL;
    if (found) ares_free_data(found);
    return status;
}

static int read_address(enum mail_question question, const unsigned char *bytes, int length, bool *has) {
    struct hostent *found = NULL;
    int status = question == MAIL_QUESTION_A ? ares_parse_a_reply(bytes, length, &found, NULL, NULL)
                                             : ares_parse_aaaa_reply(bytes, length, &found, NULL, NULL);
    *has = found && found->h_addr_list[0];
    if (found) ares_free_hostent(found);
    return status;
}

enum mail_answer mail_answer_of_status(int status) {
    bool absent = status == ARES_ENODATA || status == ARES_ENOTFOUND || status == ARES_EBADNAME;
    return absent ? MAIL_ANSWER_ABSENT : MAIL_ANSWER_UNKNOWN;
}

// An answer may hold nothing but an alias: that is success to c-ares, and no record to us.
enum mail_answer mail_answer_read(enum mail_question question, const unsigned char *bytes, size_t length) {
    bool has = false;
    if (length > INT_MAX) return MAIL_ANSWER_UNKNOWN;
    int status = question == MAIL_QUESTION_MX ? read_mx(bytes, (int)length, &has)
                                              : read_address(question, bytes, (int)length, &has);
    if (status != ARES_SUCCESS) return mail_answer_of_status(status);
    return has ? MAIL_ANSWER_THERE : MAIL_ANSWER_ABSENT;
}
