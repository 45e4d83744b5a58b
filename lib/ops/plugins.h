// SPDX-License-Identifier: GPL-2.0-or-later
// Which of the help desk's plugins may have a say in a new ticket or a reply.
#ifndef OPS_PLUGINS_H
#define OPS_PLUGINS_H

#include "base/error.h"
#include "base/text.h"
#include "store/help_desk.h"

#include <stdbool.h>

struct db;

enum plugin_kind {
    PLUGIN_LISTENS,  // may hear of tickets and change them: only PHP can ask it
    PLUGIN_HARMLESS, // known to have nothing to do with tickets: sign-in, passwords, where files are kept
    PLUGIN_IGNORED,  // named by [create] ignore_plugins
};

// By the folder (or .phar) that the plugin is installed in; `ignored` is a comma list of such folders, as
// "chat".
enum plugin_kind plugin_kind_of(struct text install_path, struct text ignored);

// The folder's own name: "chat" of "plugins/chat" and of "plugins/chat.phar".
struct text plugin_folder(struct text install_path);

// ERROR_NOT_NATIVE where a plugin of the help desk is active and listens: only PHP can ask it about `what`
// ("a reply"). Costs a round trip only where an active one is not known to be harmless: one whose every
// instance is switched off does nothing.
bool plugins_check(struct db *db, const struct help_desk *help_desk, struct text ignored, const char *what,
                   struct error *error) CHECKED;

// ERROR_NOT_NATIVE where osTicket's audit plugin is active, and not ignored: what is done to tickets here, it
// does not hear of. The same round trip.
bool plugins_check_audit(struct db *db, const struct help_desk *help_desk, struct text ignored,
                         struct error *error) CHECKED;

// Whether it is the audit plugin, by its folder.
bool plugin_is_audit(struct text install_path);

#endif
