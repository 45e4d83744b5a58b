// SPDX-License-Identifier: GPL-2.0-or-later
// Switches of a request: what clients write for yes and for no.
#ifndef OPS_YES_NO_H
#define OPS_YES_NO_H

#include "base/text.h"

enum yes_no { SWITCH_NO, SWITCH_YES, SWITCH_NEITHER };

// Yes: 1, true, yes, on, y, t. No: 0, false, no, off, none, null, n, f, and what is empty or null. In any
// case, blanks around them aside, zeros behind a point, too (1.0). A mail cannot be taken back, so that
// whatever else stands there is not guessed at.
enum yes_no yes_no_of(struct text text);

// For messages: "NAME must be …".
#define YES_NO_WANTED "\"1\" or \"0\""

#endif
