// SPDX-License-Identifier: GPL-2.0-or-later
// The settings file and the log's folder.
#include "check/account.h"
#include "check/checks.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void folder_of(const char *path, char folder[PATH_MAX]) {
    const char *slash = strrchr(path, '/');
    snprintf(folder, PATH_MAX, "%.*s", slash > path ? (int)(slash - path) : 1, slash ? path : ".");
}

// Whoever may write in a folder may put another file in the place of ours; a sticky one keeps what is there.
static bool is_open_folder(const struct stat *status) {
    return S_ISDIR(status->st_mode) && status->st_mode & S_IWOTH && !(status->st_mode & S_ISVTX);
}

static void check_open_folder(const char *path, const char *what, struct findings *findings) {
    char folder[PATH_MAX], mend[PATH_MAX + 32];
    struct stat status;
    folder_of(path, folder);
    if (stat(folder, &status) != 0 || !is_open_folder(&status)) return;
    snprintf(mend, sizeof mend, "chmod o-w %s", folder);
    findings_tell(findings, SCHEMA_WARNING, mend,
                  "everybody may write in %s: any user may put %s in the place of ours", folder, what);
}

void check_settings_file(const struct settings *settings, struct findings *findings) {
    const char *path = findings->config;
    char mend[PATH_MAX + 64];
    struct stat status;
    bool secret = settings->database.password[0] || settings->osticket.secret_salt[0];
    if (stat(path, &status) != 0) return;
    snprintf(mend, sizeof mend, "chmod 640 %s", path);
    if (status.st_mode & S_IWOTH)
        findings_tell(findings, SCHEMA_WRONG, mend, "%s can be changed by everybody, and root works by it",
                      path);
    else if (status.st_mode & S_IWGRP && status.st_gid != 0)
        findings_tell(findings, SCHEMA_WARNING, mend, "%s can be changed by its group, and root works by it",
                      path);
    if (secret && status.st_mode & S_IROTH)
        findings_tell(findings, SCHEMA_WARNING, mend, "%s can be read by everybody and holds a password",
                      path);
    snprintf(mend, sizeof mend, "chown root %s", path);
    if (status.st_uid != 0 && status.st_uid != geteuid())
        findings_tell(findings, SCHEMA_WARNING, mend,
                      "%s belongs to user %u, who may change it, and root works by it", path,
                      (unsigned)status.st_uid);
    check_open_folder(path, "another file", findings);
}

static void check_log_file(const char *path, struct findings *findings) {
    struct stat status;
    char mend[PATH_MAX + 32];
    if (lstat(path, &status) != 0) return;
    snprintf(mend, sizeof mend, "rm %s", path);
    if (!S_ISREG(status.st_mode))
        findings_tell(findings, SCHEMA_WRONG, mend,
                      "[log] file %s is %s, no file: the server does not open it", path,
                      S_ISLNK(status.st_mode) ? "a symbolic link" : "something else");
    else if (status.st_nlink > 1)
        findings_tell(findings, SCHEMA_WRONG, mend,
                      "[log] file %s has another name elsewhere: the server does not open it", path);
}

void check_log(const struct settings *settings, struct findings *findings) {
    const char *path = settings->log.file;
    char folder[PATH_MAX], stopped[PATH_MAX], mend[2 * PATH_MAX + 64];
    struct account account;
    struct stat status;
    if (path[0] != '/' || strncmp(path, "/dev/std", 8) == 0) return;
    folder_of(path, folder);
    snprintf(mend, sizeof mend, "install -d -m 755 %s", folder);
    if (lstat(folder, &status) != 0) {
        findings_tell(findings, SCHEMA_WRONG, mend, "the folder of [log] file, %s: %s", folder,
                      strerror(errno));
        return;
    }
    if (S_ISLNK(status.st_mode))
        findings_tell(findings, SCHEMA_WARNING, "set [log] file to the folder that it leads to",
                      "the folder of [log] file, %s, is a symbolic link: whoever changes it moves the log",
                      folder);
    check_open_folder(path, "a link to another file", findings);
    check_log_file(path, findings);
    if (geteuid() == 0 && account_find(settings->server.user, &account) &&
        account_stopped_at(&account, folder, true, stopped)) {
        snprintf(mend, sizeof mend, "chmod o+x %s", stopped);
        findings_tell(findings, SCHEMA_WARNING, mend,
                      "%s, the workers' user, may not enter %s: the mailer cannot open the log anew",
                      account.name, stopped);
    }
}

static bool is_below_tmp(const char *path) {
    return strncmp(path, "/tmp/", 5) == 0 || strncmp(path, "/var/tmp/", 9) == 0;
}

void check_database_socket(const struct settings *settings, struct findings *findings) {
    char path[PATH_MAX];
    const char *socket = settings->database.socket, *host = settings->database.host;
    if (!*socket) socket = host + strspn(host, " ");
    if (!is_below_tmp(socket)) return;
    snprintf(path, sizeof path, "%.*s", (int)strcspn(socket, ","), socket);
    findings_tell(
        findings, SCHEMA_WARNING,
        "give the database server a socket below /run, and set [database] socket to it; or: systemctl edit "
        "osticket-fcgi, and there [Service] PrivateTmp=no",
        "the database's socket %s lies below /tmp: under systemd the server has a /tmp of its own "
        "(PrivateTmp) and does not see it",
        path);
}
