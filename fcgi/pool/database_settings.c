// SPDX-License-Identifier: GPL-2.0-or-later
// The configuration's [database] as the room db takes it.
#include "pool/database_settings.h"

struct db_settings database_settings(const struct settings *settings) {
    return (struct db_settings){
        .hosts = settings->database.host,
        .port = settings->database.port,
        .socket = settings->database.socket,
        .user = settings->database.user,
        .password = settings->database.password,
        .database = settings->database.name,
        .prefix = settings->database.prefix,
        .tls_ca = settings->database.tls_ca,
        .connect_timeout = settings->database.connect_timeout,
        .read_timeout = settings->database.read_timeout,
        .write_timeout = settings->database.write_timeout,
        .statement_timeout = settings->database.read_timeout,
    };
}

struct db_settings database_settings_of_replica(const struct settings *settings, const char *host) {
    struct db_settings database = database_settings(settings);
    database.socket = NULL;
    database.hosts = host;
    database.is_replica = true;
    return database;
}
