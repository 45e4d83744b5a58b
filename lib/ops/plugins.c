// SPDX-License-Identifier: GPL-2.0-or-later
// Which of the help desk's plugins may have a say in a new ticket or a reply.
#include "ops/plugins.h"

#include "base/words.h"
#include "store/plugin_instances.h"

// osTicket's own. Its audit plugin is none of them: it listens to every change.
static const char *const harmless[] = {
    "auth-2fa",
    "auth-cas",
    "auth-ldap",
    "auth-oauth",
    "auth-oauth2",
    "auth-passthru",
    "auth-password-policy",
    "storage-fs",
    "storage-s3",
};

struct text plugin_folder(struct text path) {
    for (size_t i = path.length; i-- > 0;) {
        if (path.data[i] != '/') continue;
        path = (struct text){path.data + i + 1, path.length - i - 1};
        break;
    }
    struct text end = TEXT(".phar");
    if (path.length > end.length &&
        text_equal((struct text){path.data + path.length - end.length, end.length}, end))
        path.length -= end.length;
    return path;
}

static bool is_listed(struct text list, struct text folder) {
    for (struct text item; list_next(&list, &item);) {
        item = text_trim(item);
        if (item.length && text_equal(plugin_folder(item), folder)) return true;
    }
    return false;
}

enum plugin_kind plugin_kind_of(struct text install_path, struct text ignored) {
    struct text folder = plugin_folder(install_path);
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        if (text_equal(folder, text_of(harmless[i]))) return PLUGIN_HARMLESS;
    return is_listed(ignored, folder) ? PLUGIN_IGNORED : PLUGIN_LISTENS;
}

// The first that listens: 1 with its row in `found`, 0 none, -1 failure.
static int find_listening(struct db *db, const struct help_desk *help_desk, struct text ignored,
                          const struct plugin_row **found, struct error *error) {
    for (size_t i = 0; i < help_desk->plugin_count; i++) {
        const struct plugin_row *plugin = &help_desk->plugins[i];
        if (plugin_kind_of(plugin->install_path, ignored) != PLUGIN_LISTENS) continue;
        int off = plugin_is_switched_off(db, plugin->id, error);
        *found = plugin;
        if (off <= 0) return off < 0 ? -1 : 1;
    }
    return 0;
}

bool plugins_check(struct db *db, const struct help_desk *help_desk, struct text ignored, const char *what,
                   struct error *error) {
    const struct plugin_row *plugin = NULL;
    int found = find_listening(db, help_desk, ignored, &plugin, error);
    return found == 0 ||
           (found > 0 &&
            error_set(error, ERROR_NOT_NATIVE,
                      "the plugin \"%.*s\" is active on this help desk, and only PHP can ask it about %s",
                      (int)text_cut(plugin->name, 60).length, plugin->name.data, what));
}

bool plugin_is_audit(struct text install_path) {
    return text_equal(plugin_folder(install_path), TEXT("audit"));
}

bool plugins_check_audit(struct db *db, const struct help_desk *help_desk, struct text ignored,
                         struct error *error) {
    for (size_t i = 0; i < help_desk->plugin_count; i++) {
        const struct plugin_row *plugin = &help_desk->plugins[i];
        if (!plugin_is_audit(plugin->install_path) ||
            plugin_kind_of(plugin->install_path, ignored) != PLUGIN_LISTENS)
            continue;
        int off = plugin_is_switched_off(db, plugin->id, error);
        if (off < 0) return false;
        if (!off)
            return error_set(error, ERROR_NOT_NATIVE,
                             "the plugin \"%.*s\" is active on this help desk, and would not hear of it: see "
                             "[api] write_despite_audit",
                             (int)text_cut(plugin->name, 60).length, plugin->name.data);
    }
    return true;
}
