// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi.ini(5), made from the table of settings.
#include "base/roff.h"
#include "config/setting_table.h"

#include <string.h>

static void print_head(FILE *file) {
    fputs(".TH OSTICKET\\-FCGI.INI 5 \"\" \"osticket\\-fcgi\" \"File Formats\"\n"
          ".SH NAME\n"
          "osticket\\-fcgi.ini \\- settings of osticket\\-fcgi\n"
          ".SH DESCRIPTION\n"
          "Sections in brackets, and in them lines\n"
          ".I key = value\n"
          "as below. What is left out has its default. A value may stand between \\(dq or ', one with # or ; "
          "in it must;\n"
          "what stands between the quotes counts byte for byte. hex:6f7374 is the same as \\(dqost\\(dq.\n"
          "An unknown section or key, or a value that is none, is refused with its line.\n"
          ".PP\n"
          "Each can be had from the environment instead: OSTICKET_FCGI_DATABASE_PASSWORD is [database] "
          "password,\n"
          "OSTICKET_FCGI_DATABASE_PASSWORD_FILE a file that holds it.\n"
          ".PP\n"
          ".B osticket\\-fcgi \\-t\n"
          "checks the file,\n"
          ".B systemctl reload osticket\\-fcgi\n"
          "makes it count but for what needs a restart.\n",
          file);
}

static void print_section(FILE *file, const char *section) {
    fprintf(file, ".SH [%s]\n", section);
    roff_print(file, setting_section_help(section));
    fputc('\n', file);
}

static void print_setting(FILE *file, const struct setting *setting) {
    fputs(".TP\n.B ", file);
    roff_print(file, setting->key);
    if (setting->secret || !*setting->fallback) {
        fputs(" =\n", file);
    } else {
        fputs(" = ", file);
        roff_print(file, setting->fallback);
        fputc('\n', file);
    }
    roff_print(file, setting->help);
    fputc('\n', file);
    if (setting->type == SETTING_COUNT)
        fprintf(file, "(%lld to %lld%s%s)\n", (long long)setting->minimum, (long long)setting->maximum,
                *setting->unit ? " " : "", setting->unit);
    if (setting->restart) fputs("Needs a restart.\n", file);
}

void settings_print_manual(FILE *file) {
    print_head(file);
    for (size_t i = 0; i < setting_count; i++) {
        if (i == 0 || strcmp(setting_table[i].section, setting_table[i - 1].section) != 0)
            print_section(file, setting_table[i].section);
        print_setting(file, &setting_table[i]);
    }
    fputs(".SH SEE ALSO\n.BR osticket\\-fcgi (8)\n", file);
}
