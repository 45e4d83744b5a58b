// SPDX-License-Identifier: GPL-2.0-or-later
// The accounts of the settings, and the socket between the web server and us.
#include "check/account.h"
#include "check/checks.h"
#include "web/sites.h"

#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ARENA_MAX (64 << 20)

void check_accounts(const struct settings *settings, struct findings *findings) {
    const struct {
        const char *key, *name;
        bool group;
    } accounts[] = {
        {"user", settings->server.user, false},
        {"group", settings->server.group, true},
        {"socket_owner", settings->server.socket_owner, false},
        {"socket_group", settings->server.socket_group, true},
    };
    for (size_t i = 0; i < sizeof accounts / sizeof *accounts; i++) {
        const char *name = accounts[i].name;
        char mend[512];
        if (!*name || (accounts[i].group ? getgrnam(name) != NULL : getpwnam(name) != NULL)) continue;
        snprintf(mend, sizeof mend, "%s %s, or set [server] %s to one that is there",
                 accounts[i].group ? "groupadd --system"
                                   : "useradd --system --no-create-home --shell /usr/sbin/nologin",
                 name, accounts[i].key);
        findings_tell(findings, SCHEMA_WRONG, mend, "[server] %s: there is no %s %s", accounts[i].key,
                      accounts[i].group ? "group" : "user", name);
    }
}

// Whom the socket will belong to, as the listener gives it away.
static void owner_of(const struct settings *settings, uid_t *uid, gid_t *gid) {
    bool root = geteuid() == 0;
    const char *owner = settings->server.socket_owner, *group = settings->server.socket_group;
    if (root && !*owner) owner = settings->server.user;
    if (root && !*group) group = settings->server.group;
    const struct passwd *user = *owner ? getpwnam(owner) : NULL;
    const struct group *named = *group ? getgrnam(group) : NULL;
    *uid = user ? user->pw_uid : geteuid();
    *gid = named ? named->gr_gid : getegid();
}

static const char *group_name(gid_t gid, char text[32]) {
    const struct group *group = getgrgid(gid);
    snprintf(text, 32, "%.31s", group ? group->gr_name : "?");
    return text;
}

// Where it is installed, the web server of this machine is the one that shall come; elsewhere it may be
// another.
static enum schema_grade grade_of(const char *path) {
    return strncmp(path, "/run/", 5) == 0 || strncmp(path, "/var/run/", 9) == 0 ? SCHEMA_WRONG
                                                                                : SCHEMA_WARNING;
}

static void check_reach(const struct settings *settings, const struct account *web,
                        struct findings *findings) {
    const char *path = settings->server.socket;
    char stopped[PATH_MAX], mend[PATH_MAX + 256], group[32], web_group[32];
    struct stat status = {.st_mode = settings->server.socket_mode};
    owner_of(settings, &status.st_uid, &status.st_gid);
    group_name(web->gid, web_group);
    snprintf(mend, sizeof mend,
             "set [server] socket_group = %s and socket_mode = 0660, then: systemctl restart osticket-fcgi",
             web_group);
    bool reached = account_allowed(web, status.st_uid, status.st_gid, status.st_mode, ACCOUNT_WRITE);
    if (!reached)
        findings_tell(
            findings, grade_of(path), mend,
            "the web server runs as %s, who may not write to the socket %s (group %s, mode %04o): every "
            "request would get 502",
            web->name, path, group_name(status.st_gid, group), (unsigned)status.st_mode);
    if (account_stopped_at(web, path, false, stopped)) {
        snprintf(mend, sizeof mend, "chmod o+x %s", stopped);
        findings_tell(findings, grade_of(path), mend,
                      "the web server runs as %s, who may not enter %s on the way to the socket %s",
                      web->name, stopped, path);
    } else if (reached && stat(path, &status) == 0 && S_ISSOCK(status.st_mode) &&
               !account_allowed(web, status.st_uid, status.st_gid, status.st_mode, ACCOUNT_WRITE)) {
        findings_tell(findings, grade_of(path), "systemctl restart osticket-fcgi",
                      "the socket %s as it is now (group %s, mode %04o) is not as the settings say, and the "
                      "web server, "
                      "%s, may not write to it",
                      path, group_name(status.st_gid, group), (unsigned)status.st_mode & 07777, web->name);
    }
}

static void check_folder(const char *path, struct findings *findings) {
    char folder[PATH_MAX], mend[PATH_MAX + 32];
    struct stat status;
    const char *slash = strrchr(path, '/');
    snprintf(folder, sizeof folder, "%.*s", slash > path ? (int)(slash - path) : 1, path);
    snprintf(mend, sizeof mend, "install -d -m 755 %s", folder);
    if (stat(folder, &status) != 0) {
        // The unit makes this one.
        bool made = strcmp(folder, "/run/osticket-fcgi") == 0;
        if (!made || access("/run/systemd/system", F_OK) != 0)
            findings_tell(findings, made ? SCHEMA_WARNING : SCHEMA_WRONG, mend,
                          "the folder of [server] socket, %s: %s", folder, strerror(errno));
    } else if (!S_ISDIR(status.st_mode)) {
        findings_tell(findings, SCHEMA_WRONG, "set [server] socket to a path in a folder", "%s is no folder",
                      folder);
    } else if (status.st_mode & S_IWOTH && !(status.st_mode & S_ISVTX)) {
        snprintf(mend, sizeof mend, "chmod o-w %s", folder);
        findings_tell(findings, SCHEMA_WARNING, mend,
                      "everybody may write in %s: any user may put a socket of his own in the place of ours",
                      folder);
    }
}

// Whoever reaches the port is believed like nginx about who asks.
static void check_listen(const char *listen, struct findings *findings) {
    static const char *const local[] = {"127.", "[::1]:", "localhost:"};
    for (size_t i = 0; i < sizeof local / sizeof *local; i++)
        if (strncmp(listen, local[i], strlen(local[i])) == 0) return;
    findings_tell(findings, SCHEMA_WARNING,
                  "set [server] listen to an address of loopback, or keep all but the web server "
                  "away from that port",
                  "whoever reaches %s can say that he is any client", listen);
}

void check_socket(const struct settings *settings, const char *root, struct findings *findings) {
    if (*settings->server.listen) {
        check_listen(settings->server.listen, findings);
        return;
    }
    struct arena arena = arena_new(ARENA_MAX);
    struct web_source source = {root, &arena};
    struct web_sites sites;
    struct account web;
    if (settings->server.socket_mode & S_IWOTH)
        findings_tell(
            findings, SCHEMA_WARNING, "set [server] socket_mode = 0660",
            "every user of this machine may write to the socket (mode %04o) and say that he is any client",
            settings->server.socket_mode);
    check_folder(settings->server.socket, findings);
    web_sites_read(&source, &sites);
    struct text user = sites.nginx_user.length ? sites.nginx_user : sites.apache_user;
    if (user.length && account_find(user.data, &web)) check_reach(settings, &web, findings);
    arena_free(&arena);
}
