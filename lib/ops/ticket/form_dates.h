// SPDX-License-Identifier: GPL-2.0-or-later
// How the help desk shows dates of forms.
#ifndef OPS_TICKET_FORM_DATES_H
#define OPS_TICKET_FORM_DATES_H

#include "forms/shown.h"
#include "store/help_desk.h"

// Its zone and formats. Borrowed from the help desk.
struct shown_dates form_dates(const struct help_desk *help_desk);

#endif
