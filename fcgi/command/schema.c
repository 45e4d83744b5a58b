// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi schema: for whoever may create tables.
#include "command/schema.h"

#include "config/settings.h"
#include "pool/database_settings.h"
#include "store/own_schema.h"

#include <stdio.h>
#include <string.h>

#define ARENA_MAX (1 << 20)

static int wrong_usage(void) {
    fputs("osticket-fcgi schema                the SQL of the tables and indexes that this server adds\n"
          "osticket-fcgi schema --keep-names   the same with the triggers by which workers keep names\n"
          "osticket-fcgi schema --drop         the SQL that takes all of it away again\n",
          stderr);
    return 2;
}

static bool print(const struct settings *settings, bool drop, bool keeps_names, struct error *error) {
    struct arena arena = arena_new(ARENA_MAX);
    struct own_schema schema;
    struct db_settings database = database_settings(settings);
    struct own_schema_user user = own_schema_user_of(&database);
    bool good = own_schema_read(settings->database.prefix, &arena, &schema, error);
    if (good && drop) own_schema_print_drop(&schema, &user, stdout);
    if (good && !drop) own_schema_print(&schema, &user, keeps_names, stdout);
    arena_free(&arena);
    return good;
}

int schema_command(const char *config_path, int count, char **words) {
    struct settings settings;
    struct error error = {0};
    bool drop = count == 1 && strcmp(words[0], "--drop") == 0;
    bool keeps_names = count == 1 && strcmp(words[0], "--keep-names") == 0;
    if (count > 1 || (count == 1 && !drop && !keeps_names)) return wrong_usage();
    bool good = settings_load(config_path, &settings, &error);
    if (good) {
        good = print(&settings, drop, keeps_names, &error);
        settings_free(&settings);
    }
    if (!good) fprintf(stderr, "osticket-fcgi: %s\n", error.message);
    return good ? 0 : 1;
}
