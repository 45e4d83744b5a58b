// SPDX-License-Identifier: GPL-2.0-or-later
// Whether mail can be sent to a domain, as DNS knows it.
#ifndef DNS_MAIL_DOMAIN_H
#define DNS_MAIL_DOMAIN_H

#include "base/text.h"

#include <stddef.h>

// What is not known for certain is MAIL_DOMAIN_UNKNOWN: no answer in time, a server that failed, an answer
// that makes no sense.
enum mail_domain_state { MAIL_DOMAIN_UNKNOWN, MAIL_DOMAIN_TAKES_MAIL, MAIL_DOMAIN_TAKES_NONE };

struct mail_domain {
    struct text name; // fully qualified: no search domain is added
    enum mail_domain_state state;
};

#define MAIL_DOMAINS_MAX 8

// Asks for all domains (MAIL_DOMAINS_MAX at most; the rest stays unknown) at once: a domain with an MX record
// or, without one, with an address takes mail (RFC 5321, 5.1). Returns when all is known, after `timeout_ms`
// at the latest, and takes no more time of the processor than a few hundred messages need. `server` is
// ADDRESS or ADDRESS:PORT; NULL or "" for those of /etc/resolv.conf.
void mail_domains_look_up(const char *server, struct mail_domain *domains, size_t count, int timeout_ms);

#endif
