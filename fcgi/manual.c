// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi(8), made from the table of commands.
#include "manual.h"

#include "base/roff.h"

static const char before[] =
    ".TH OSTICKET\\-FCGI 8 \"\" \"osticket\\-fcgi " OSTICKET_FCGI_VERSION "\" \"System Administration\"\n"
    ".SH NAME\n"
    "osticket\\-fcgi \\- osTicket's API as a FastCGI server behind nginx\n"
    ".SH SYNOPSIS\n"
    ".B osticket\\-fcgi\n"
    "[\\fB\\-c\\fR \\fIFILE\\fR] [\\fB\\-t\\fR]\n"
    ".br\n"
    ".B osticket\\-fcgi\n"
    "\\fICOMMAND\\fR [\\fB\\-c\\fR \\fIFILE\\fR] [\\fIWORDS\\fR]\n"
    ".SH DESCRIPTION\n"
    "Answers the API of osTicket (api/http.php) in the place of PHP, on the same MySQL or MariaDB database, "
    "beside the running PHP help desk.\n"
    "Without a command it serves, in the foreground, until SIGTERM.\n"
    ".PP\n"
    "Where a PHP help desk runs already, \\fBosticket\\-fcgi setup\\fR does what has to be done, and says "
    "what it did.\n"
    ".SH OPTIONS\n"
    ".TP\n.BR \\-c \", \" \\-\\-config \" \\fIFILE\\fR\"\n"
    "The settings; " OSTICKET_FCGI_CONFIG " without it.\n"
    ".TP\n.BR \\-t \", \" \\-\\-check\n"
    "Checks the settings, the database, its tables and rights. Changes nothing.\n"
    ".TP\n.BR \\-\\-import \" \\fIFILE\\fR\"\n"
    "Prints settings made from osTicket's include/ost\\-config.php.\n"
    ".TP\n.BR \\-\\-sample [ =man ]\n"
    "Prints all settings with their defaults; with \\fB=man\\fR the page osticket\\-fcgi.ini(5).\n"
    ".TP\n.BR \\-V \", \" \\-\\-version\n"
    "Prints the version.\n"
    ".TP\n.BR \\-h \", \" \\-\\-help [ =man ]\n"
    "Prints a short help; with \\fB=man\\fR this page.\n"
    ".SH COMMANDS\n";

static const char after[] =
    ".SH SIGNALS\n"
    ".TP\n.BR SIGTERM \", \" SIGQUIT\n"
    "Finish what is in hand and end.\n"
    ".TP\n.B SIGHUP\n"
    "Read the settings anew. Wrong ones are told in the log, and the old ones stay.\n"
    ".TP\n.B SIGUSR1\n"
    "Open the log anew, after it was moved.\n"
    ".SH EXIT STATUS\n"
    "0 when done, 1 on a failure, 2 on wrong usage.\n"
    ".SH FILES\n"
    ".TP\n.I " OSTICKET_FCGI_CONFIG "\n"
    "The settings of osticket\\-fcgi.service. Those of osticket\\-fcgi@NAME.service lie beside it as "
    "NAME.ini.\n"
    ".SH SEE ALSO\n"
    ".BR osticket\\-fcgi.ini (5),\n"
    ".BR systemctl (1),\n"
    ".BR nginx (8)\n";

void manual_print(FILE *file, const struct command *commands, size_t count) {
    fputs(before, file);
    for (size_t i = 0; i < count; i++) {
        fputs(".TP\n.B ", file);
        roff_print(file, commands[i].usage);
        fputs("\n", file);
        roff_print(file, commands[i].help);
        fputs("\n", file);
    }
    fputs(after, file);
}
