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
    ".TP\n.BR \\-t \", \" \\-\\-check \" [ --json ] [ --strict ] [ --quick ]\"\n"
    "Checks the settings, accounts, socket, log, the database with its tables and rights, plugins, PHP and "
    "mail, "
    "and says which requests of this help desk go to PHP. Each mend is a line to paste. Changes nothing. "
    "\\fB\\-\\-strict\\fR: warnings fail; \\fB\\-\\-quick\\fR: asks nobody.\n"
    ".TP\n.BR \\-\\-import \" \\fIFILE\\fR\"\n"
    "Prints settings made from osTicket's include/ost\\-config.php.\n"
    ".TP\n.BR \\-\\-sample [ =man ]\n"
    "Prints all settings with their defaults; with \\fB=man\\fR the page osticket\\-fcgi.ini(5).\n"
    ".TP\n.BR \\-\\-openapi [ =URL ]\n"
    "Prints the description of the API, as OpenAPI 3.1 has it: each operation with its parameters, bodies "
    "and "
    "answers. "
    "\\fIURL\\fR is that of the API, /api without it.\n"
    ".TP\n.BR \\-V \", \" \\-\\-version\n"
    "Prints the version.\n"
    ".TP\n.BR \\-h \", \" \\-\\-help [ =man ]\n"
    "Prints a short help; with \\fB=man\\fR this page.\n"
    ".SH COMMANDS\n"
    "\\fBcompare\\fR, \\fBprobe\\fR and \\fBsetup\\fR say their options with \\fB\\-\\-help\\fR.\n";

static const char after[] =
    ".SH SIGNALS\n"
    ".TP\n.BR SIGTERM \", \" SIGQUIT\n"
    "Finish what is in hand and end.\n"
    ".TP\n.B SIGHUP\n"
    "Read the settings anew. Wrong ones are told in the log, and the old ones stay.\n"
    ".TP\n.B SIGUSR1\n"
    "Open the log anew, after it was moved.\n"
    ".SH LOG\n"
    "One line a request: id (X\\-Request\\-Id), the client's address, the last four characters of the key, "
    "operation, "
    "by (php, where PHP answered), status, milliseconds, round trips to the database, bytes, error.\n"
    "In systemd's journal lines carry priorities. A log that nobody reads holds no request: after a tenth of "
    "a "
    "second lines are dropped and counted.\n"
    ".SH EXIT STATUS\n"
    "0 when done, 1 on a failure, 2 on wrong usage.\n"
    "\\fBstatus\\fR: 1 when nothing runs. \\fBqueue\\fR with \\-\\-json or \\-\\-exit\\-code: 3 when mail "
    "waits or has failed. "
    "\\fBcompare\\fR: 1 when a difference is unknown.\n"
    ".SH ENVIRONMENT\n"
    ".TP\n.B OSTICKET_FCGI_CONFIG\n"
    "As \\fB\\-c\\fR.\n"
    ".TP\n.BI OSTICKET_FCGI_ SECTION _ KEY\n"
    "A setting: OSTICKET_FCGI_DATABASE_PASSWORD is [database] password. With _FILE behind it: a file that "
    "holds it.\n"
    ".TP\n.B OSTICKET_API_KEY\n"
    "The key of \\fBcompare\\fR and \\fBprobe\\fR.\n"
    ".TP\n.B OSTICKET_FCGI_ADMIN_PASSWORD\n"
    "Of setup's \\-\\-admin\\-user.\n"
    ".SH FILES\n"
    ".TP\n.I " OSTICKET_FCGI_CONFIG "\n"
    "The settings of osticket\\-fcgi.service. Those of osticket\\-fcgi@NAME.service lie beside it as "
    "NAME.ini.\n"
    ".TP\n.I " OSTICKET_FCGI_SHARE "/\n"
    "Examples of web servers' configuration, the SQL of the server's own tables, a dashboard and alerts for "
    "monitoring.\n"
    ".TP\n.I " OSTICKET_FCGI_DOCUMENTS "/\n"
    "README.md, and from there: running, web servers, the API for clients, mail, every difference from PHP.\n"
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
