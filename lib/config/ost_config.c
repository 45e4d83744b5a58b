// SPDX-License-Identifier: GPL-2.0-or-later
// Takes over what an existing osTicket's include/ost-config.php says.
#include "config/ost_config.h"

#include "base/buffer.h"
#include "base/ip_address.h"
#include "base/words.h"
#include "config/database_host.h"
#include "config/ost_folder.h"
#include "config/php_constants.h"
#include "config/setting_table.h"

#include <stdlib.h>
#include <string.h>

#define OVERRIDES_MAX (14 + OST_CONFIG_MORE_MAX)
#define LIST_MAX      4096
#define FOLDER_MAX    4000 // as the setting

// What is on its way from the constants to the file.
struct import {
    const char *path;
    struct php_constants constants;
    struct setting_override overrides[OVERRIDES_MAX];
    size_t count;
    struct buffer hosts, proxies; // rewritten values
    struct buffer notes;          // comment lines about what could not be taken over
    char *folder;                 // of osTicket, where its files are there
    struct error *error;
};

// One to one: constant and setting. The installer writes them all, so a missing one means the wrong file.
static const struct {
    const char *constant, *section, *key;
    bool needed;
} plain_constants[] = {
    {"DBUSER", "database", "user", true},
    {"DBPASS", "database", "password", true},
    {"DBNAME", "database", "name", true},
    {"TABLE_PREFIX", "database", "prefix", true},
    {"SECRET_SALT", "osticket", "secret_salt", true},
    {"DBSSLCA", "database", "tls_ca", false},
};

static void override(struct import *import, const char *section, const char *key, struct text value) {
    import->overrides[import->count++] = (struct setting_override){section, key, value};
}

// The constant's value; TEXT_NULL when it is not there and need not be. False when it is missing, computed,
// or still the installer's placeholder.
static bool take(struct import *import, const char *name, bool needed, struct text *value) {
    *value = TEXT_NULL;
    const struct php_constant *constant = php_constants_find(&import->constants, text_of(name));
    if (!constant && !needed) return true;
    if (!constant)
        return error_set(
            import->error, ERROR_INTERNAL,
            "%s: %s is not defined; right would be the include/ost-config.php of an installed osTicket",
            import->path, name);
    if (!constant->literal)
        return error_set(
            import->error, ERROR_INTERNAL,
            "%s:%u: %s is computed, and nothing of the file is executed; right would be a copy of the "
            "file with define('%s', '...') and the text itself",
            import->path, constant->line, name, name);
    if (text_starts_with(constant->value, TEXT("%CONFIG-")))
        return error_set(
            import->error, ERROR_INTERNAL,
            "%s:%u: %s is still a placeholder; right would be the file that osTicket's installer wrote",
            import->path, constant->line, name);
    *value = constant->value;
    return true;
}

static bool take_plain(struct import *import) {
    for (size_t i = 0; i < sizeof plain_constants / sizeof *plain_constants; i++) {
        struct text value;
        if (!take(import, plain_constants[i].constant, plain_constants[i].needed, &value)) return false;
        if (!text_is_null(value)) override(import, plain_constants[i].section, plain_constants[i].key, value);
    }
    return true;
}

static bool take_host(struct import *import) {
    struct text value;
    if (!take(import, "DBHOST", true, &value)) return false;
    if (!database_host_translate(value, &import->hosts, import->error)) return false;
    override(import, "database", "host", buffer_text(&import->hosts));
    return true;
}

// osTicket passes over an entry that is no address: so do we, and say so.
static bool take_proxies(struct import *import) {
    struct text value;
    if (!take(import, "TRUSTED_PROXIES", false, &value)) return false;
    for (struct text item; list_next(&value, &item);) {
        struct network network;
        item = text_trim(item);
        if (item.length == 0) continue;
        if (text_equal(item, TEXT("*")) || network_parse(item, &network)) {
            if (import->proxies.length > 0) buffer_add_string(&import->proxies, ", ");
            buffer_add_text(&import->proxies, item);
        } else {
            buffer_add_string(&import->notes,
                              "# Left out: an entry of TRUSTED_PROXIES that is no address and "
                              "no network.\n");
        }
    }
    override(import, "api", "trusted_proxies", buffer_text(&import->proxies));
    return true;
}

// Seconds that fit below the other timeouts' defaults are taken over.
static bool take_timeout(struct import *import) {
    struct text value;
    int64_t seconds, request_timeout;
    if (!take(import, "DBCONNECT_TIMEOUT", false, &value)) return false;
    if (text_is_null(value)) return true;
    if (text_to_int64(text_of(setting_find("server", "request_timeout")->fallback), &request_timeout) &&
        text_to_int64(value, &seconds) && seconds >= 1 && seconds < request_timeout)
        override(import, "database", "connect_timeout", value);
    else
        buffer_add_string(&import->notes,
                          "# Left out: DBCONNECT_TIMEOUT, which is not below request_timeout.\n");
    return true;
}

static void note_client_certificate(struct import *import) {
    if (php_constants_find(&import->constants, TEXT("DBSSLCERT")) ||
        php_constants_find(&import->constants, TEXT("DBSSLKEY")))
        buffer_add_string(
            &import->notes,
            "# Left out: DBSSLCERT and DBSSLKEY. This server shows the database no certificate of its\n"
            "# own; let its database user in without \"REQUIRE SUBJECT\" or \"REQUIRE X509\".\n");
}

// Says what the help desk's own API answers, and which settings give that.
static void note_answers(struct import *import, const struct ost_folder *found) {
    struct buffer *notes = &import->notes;
    buffer_add_string(notes, "# Beside it lies osTicket");
    if (found->version[0]) buffer_add_string(notes, " ");
    buffer_add_string(notes, found->version);
    if (!found->has_calls) {
        buffer_add_string(notes, ", whose own API has no calls that read or reply: no client is used to\n"
                                 "# another [api] shape.\n");
        return;
    }
    buffer_add_string(notes, " with the calls of pull request 4361. ");
    if (!found->shape || found->priority == OST_PRIORITY_UNKNOWN) {
        buffer_add_string(notes, "Its files do not tell in which\n# [api] shape it answers: "
                                 "\"osticket-fcgi compare\" shows each difference.\n");
        return;
    }
    buffer_add_string(notes, "Its PHP answers as this\n# server does with\n#     shape = ");
    buffer_add_string(notes, found->shape);
    if (strcmp(found->shape, "current") == 0)
        buffer_add_string(notes, found->priority == OST_PRIORITY_OBJECT ? "\n#     priority = object"
                                                                        : "\n#     priority = text");
    buffer_add_string(notes, "\n# in [api]. Set them so where clients expect these answers.\n");
}

// The files around ost-config.php. Without them there is nothing to say.
static void take_folder(struct import *import) {
    struct ost_folder found;
    struct error unread = {0};
    import->folder = ost_folder_of_config(import->path);
    if (!import->folder || strlen(import->folder) > FOLDER_MAX ||
        !ost_folder_read(import->folder, &found, &unread))
        return;
    override(import, "osticket", "folder", text_of(import->folder));
    note_answers(import, &found);
}

// What settings_load() would refuse is told here, where the constant's name still means something.
static bool check(struct import *import) {
    struct settings scratch = {0};
    bool good = true;
    for (size_t i = 0; good && i < import->count; i++) {
        const struct setting_override *value = &import->overrides[i];
        const struct setting *setting = setting_find(value->section, value->key);
        char problem[SETTING_PROBLEM_MAX];
        if (memchr(value->value.data, '\0', value->value.length)) continue; // setting_print_file() refuses it
        good = setting_apply(setting, value->value.data, &scratch, problem);
        if (!good)
            error_set(import->error, ERROR_INTERNAL, "%s: [%s] %s: %s", import->path, value->section,
                      value->key, problem);
    }
    settings_free(&scratch);
    return good;
}

static bool write_file(const struct import *import, FILE *file) {
    // Nothing of a file that fails half way reaches the reader.
    char *text = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&text, &length);
    if (!memory) return error_set(import->error, ERROR_INTERNAL, "out of memory");
    bool good = setting_print_file(memory, import->overrides, import->count, import->error);
    fclose(memory);
    if (good) {
        fprintf(
            file,
            "# Configuration of osticket-fcgi, taken over from osTicket's ost-config.php.\n"
            "# It holds a password: keep it readable for root (and the server's user) only.\n"
            "# What stands between quotes counts byte for byte. Check it with: osticket-fcgi -t -c FILE\n");
        fputs(import->notes.data, file);
        fputc('\n', file);
        fwrite(text, 1, length, file);
        good = fflush(file) == 0 && !ferror(file);
        if (!good) error_set(import->error, ERROR_INTERNAL, "the configuration cannot be written out");
    }
    free(text);
    return good;
}

bool ost_config_import(const char *path, FILE *file, struct error *error) {
    return ost_config_import_with(path, NULL, 0, file, error);
}

bool ost_config_import_with(const char *path, const struct setting_override *more, size_t count, FILE *file,
                            struct error *error) {
    struct import import = {
        .path = path,
        .error = error,
        .hosts = buffer_new(LIST_MAX),
        .proxies = buffer_new(LIST_MAX),
        .notes = buffer_new(LIST_MAX),
    };
    bool good = php_constants_read(path, &import.constants, error) && take_host(&import) &&
                take_plain(&import) && take_proxies(&import) && take_timeout(&import);
    if (good) note_client_certificate(&import);
    if (good) take_folder(&import);
    for (size_t i = 0; i < count && i < OST_CONFIG_MORE_MAX; i++)
        override(&import, more[i].section, more[i].key, more[i].value);
    if (good && (import.hosts.failed || import.proxies.failed))
        good = error_set(error, ERROR_INTERNAL, "%s: DBHOST or TRUSTED_PROXIES is too long", path);
    good = good && check(&import) && write_file(&import, file);
    php_constants_free(&import.constants);
    buffer_free(&import.hosts);
    buffer_free(&import.proxies);
    buffer_free(&import.notes);
    free(import.folder);
    return good;
}
