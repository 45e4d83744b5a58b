// SPDX-License-Identifier: GPL-2.0-or-later
// What one answer of DNS says of a domain that may take mail.
#ifndef DNS_MAIL_ANSWER_H
#define DNS_MAIL_ANSWER_H

#include <stddef.h>

enum mail_question { MAIL_QUESTION_MX, MAIL_QUESTION_A, MAIL_QUESTION_AAAA, MAIL_QUESTIONS };

// MAIL_ANSWER_ABSENT: for certain there is no such record.
enum mail_answer { MAIL_ANSWER_UNKNOWN, MAIL_ANSWER_THERE, MAIL_ANSWER_ABSENT };

// Reads a message of DNS (RFC 1035, 4.1) that came for the question.
enum mail_answer mail_answer_read(enum mail_question question, const unsigned char *bytes, size_t length);

// What a status of c-ares says where there is no message.
enum mail_answer mail_answer_of_status(int status);

#endif
