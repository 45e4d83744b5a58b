// SPDX-License-Identifier: GPL-2.0-or-later
// The folder in which osTicket's plugin storage-fs keeps attachments.
#include "base/arena.h"
#include "base/folder/beneath.h"
#include "check/account.h"
#include "check/checks.h"
#include "db/db.h"
#include "pool/database_settings.h"
#include "store/statements.h"
#include "store/storage/storage_folder.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define ARENA_MAX (1 << 20)

// What of a path the unit hides: ProtectHome and PrivateTmp.
static bool is_hidden(const char *path) {
    static const char *const hidden[] = {"/home/", "/root/", "/run/user/", "/tmp/", "/var/tmp/"};
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (strncmp(path, hidden[i], strlen(hidden[i])) == 0) return true;
    return false;
}

static void check_unit(const char *path, struct findings *findings) {
    char mend[PATH_MAX + 128];
    if (!is_hidden(path)) return;
    snprintf(mend, sizeof mend, "systemctl edit osticket-fcgi, and there [Service] BindReadOnlyPaths=%s",
             path);
    findings_tell(findings, SCHEMA_WARNING, mend,
                  "attachments lie in %s (storage-fs), which the unit hides from the server", path);
}

static bool is_open_to(const struct account *account, const char *path, struct findings *findings) {
    char mend[PATH_MAX + 128], stopped[PATH_MAX];
    snprintf(mend, sizeof mend, "setfacl -R -m u:%s:rX,d:u:%s:rX %s", account->name, account->name, path);
    if (account_may_enter(account, path)) return true;
    if (!account_stopped_at(account, path, true, stopped)) snprintf(stopped, sizeof stopped, "%s", path);
    findings_tell(findings, SCHEMA_WARNING, mend,
                  "attachments lie in %s (storage-fs), and %s may not enter %s: they cannot be read", path,
                  account->name, stopped);
    return false;
}

// One of the files stands for all.
static bool is_file_open_to(const struct account *account, const char *path, struct text key,
                            struct findings *findings) {
    char file[PATH_MAX], mend[PATH_MAX + 128];
    if (!key.length) return true;
    snprintf(file, sizeof file, "%s/%c/%.*s", path, key.data[0], (int)text_cut_bytes(key, 100).length,
             key.data);
    snprintf(mend, sizeof mend, "setfacl -R -m u:%s:rX,d:u:%s:rX %s", account->name, account->name, path);
    if (access(file, F_OK) != 0) {
        findings_tell(findings, SCHEMA_WARNING,
                      "look for the files in osTicket: its plugin has to show them, too",
                      "the newest attachment of storage-fs is not in its folder, %s", path);
        return false;
    }
    if (account_may_read(account, file)) return true;
    findings_tell(findings, SCHEMA_WARNING, mend,
                  "attachments in %s (storage-fs) cannot be read by %s, the newest one for example", path,
                  account->name);
    return false;
}

static void check_folder(const struct settings *settings, const char *path, struct text key,
                         struct findings *findings) {
    struct account account;
    struct error error = {0};
    int folder = beneath_folder(text_of(path), &error);
    if (folder < 0) {
        findings_tell(findings, SCHEMA_WARNING,
                      "name the folder in the plugin's settings by its path without symbolic links",
                      "attachments lie in %s (storage-fs), which cannot be entered: %s", path, error.detail);
        return;
    }
    close(folder);
    check_unit(path, findings);
    if (account_find(settings->server.user, &account) &&
        (!is_open_to(&account, path, findings) || !is_file_open_to(&account, path, key, findings)))
        return;
    findings_tell(findings, SCHEMA_GOOD, "", "attachments of storage-fs are read in %s", path);
}

void check_storage(const struct settings *settings, struct findings *findings) {
    struct db_settings database = database_settings(settings);
    struct db *db = db_new(&database, statements, STATEMENT_COUNT);
    struct arena arena = arena_new(ARENA_MAX);
    struct text folder, path, key = TEXT("");
    struct error error = {0};
    // schema_check tells of a database that cannot be read.
    if (db && storage_folder_read(db, &arena, &folder, &error) > 0) {
        if (!storage_folder_path(folder, settings->osticket.folder, &arena, &path))
            findings_tell(
                findings, SCHEMA_WARNING, "set [osticket] folder to osTicket's own folder",
                "attachments lie in \"%.*s\" (storage-fs), below osTicket's folder, which is not known",
                (int)text_cut(folder, 200).length, folder.data);
        else if (storage_newest_key(db, &arena, &key, &error) >= 0)
            check_folder(settings, path.data, key, findings);
    }
    arena_free(&arena);
    db_free(&db);
}
