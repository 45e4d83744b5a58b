// SPDX-License-Identifier: GPL-2.0-or-later
// What `osticket-fcgi pipe` shows instead of an API key: that it knows the settings' secrets, as the pool
// does. The web server cannot be made to pass it on, since it is no header.
#ifndef AUTH_PIPE_PROOF_H
#define AUTH_PIPE_PROOF_H

#include "base/text.h"

#include <stdbool.h>

#define PIPE_PROOF_PARAMETER "OSTICKET_FCGI_PIPE"
#define PIPE_PROOF_SIZE      129 // hexadecimal digits and a NUL

// Makes it of osTicket's SECRET_SALT and the database's password. False where there is no salt to make it of.
bool pipe_proof_make(struct text secret_salt, struct text database_password, char proof[PIPE_PROOF_SIZE]);

// Whether `shown` is the proof; takes the same time whatever it is.
bool pipe_proof_is_good(struct text secret_salt, struct text database_password, struct text shown);

#endif
