// SPDX-License-Identifier: GPL-2.0-or-later
// Which texts osTicket takes for the e-mail address of a new user.
#ifndef CONTACT_MAIL_ADDRESS_SYNTAX_H
#define CONTACT_MAIL_ADDRESS_SYNTAX_H

#include "base/text.h"

#include <stdbool.h>

// One address LOCAL@HOST of RFC 822 atoms between dots, blanks around it allowed; HOST may be one word or
// [literal], but not "localhost". No list, group, display name, angle brackets, comment, quoted local part or
// byte above 0x7E. No DNS. spec: creating.md B.4. osTicket's parser also takes comments and quoted local
// parts, which its forms then refuse or damage; here they are refused at once.
bool mail_address_is_valid(struct text address);

#endif
