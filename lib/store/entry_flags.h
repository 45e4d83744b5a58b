// SPDX-License-Identifier: GPL-2.0-or-later
// The bits of thread_entry.flags, as osTicket has them.
#ifndef STORE_ENTRY_FLAGS_H
#define STORE_ENTRY_FLAGS_H

#define ENTRY_FLAG_ORIGINAL     1    // the message that opened the ticket
#define ENTRY_FLAG_EDITED       2    // took the place of another text
#define ENTRY_FLAG_COLLABORATOR 32   // by somebody who takes part
#define ENTRY_FLAG_BALANCED     64   // HTML whose tags are closed
#define ENTRY_FLAG_SYSTEM       128  // by nobody
#define ENTRY_FLAG_REPLY_ALL    256  // went to several
#define ENTRY_FLAG_REPLY_USER   512  // went to one
#define ENTRY_FLAG_OF_CHILD     1024 // belongs to a ticket that was merged into this one

#endif
