// SPDX-License-Identifier: GPL-2.0-or-later
// Who acts, whom the request names, and the help desk, of acts on several tickets that one request asks for
// in the same words: read once for all of them. Of tickets that are the only ones of their number and were
// merged into no other, about which alone the acts have nothing in common.
#ifndef OPS_ACT_JOINT_PARTIES_H
#define OPS_ACT_JOINT_PARTIES_H

#include "base/arena.h"
#include "store/help_desk.h"
#include "store/ticket/act_parties.h"

#include <stdbool.h>

// Lives as long as the acts; all zero at first but the arena.
struct joint_parties {
    struct arena arena;
    bool is_found; // and may be acted upon
    struct act_parties parties;
    struct help_desk help_desk;
};

#endif
