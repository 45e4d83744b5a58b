// SPDX-License-Identifier: GPL-2.0-or-later
// What systemd is told (sd_notify(3)), so that the unit can be Type=notify.
#ifndef FCGI_POOL_NOTIFY_H
#define FCGI_POOL_NOTIFY_H

// Sends "READY=1", "STOPPING=1", … to NOTIFY_SOCKET. Does nothing when there is none.
void notify_systemd(const char *state);

#endif
