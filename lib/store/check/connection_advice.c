// SPDX-License-Identifier: GPL-2.0-or-later
// What to do about a database that does not let us in.
#include "store/check/connection_advice.h"

#include <stdio.h>
#include <string.h>

// The numbers are those of MySQL's and MariaDB's servers (1000 ...) and client libraries (2000 ...).
static const struct {
    unsigned number;
    const char *advice;
} advices[] = {
    {1040, "raise max_connections of the database server, or lower [server] workers"},
    {1044, "set [database] name to DBNAME of osTicket's include/ost-config.php, or GRANT [database] user its "
           "rights there"},
    {1045,
     "set [database] user and password to those of osTicket's include/ost-config.php (--import does it)"},
    {1049, "set [database] name to DBNAME of osTicket's include/ost-config.php"},
    {1129, "run FLUSH HOSTS on the database server, then find out what failed so often"},
    {1130, "allow [database] user to come from this host"},
    {1203, "raise max_user_connections, or lower [server] workers"},
    {1698, "set [database] user and password: this user comes in by the unix socket and its own system "
           "account only"},
    {2002, "start the database server, or set [database] socket or host to where it listens"},
    {2003, "start the database server, open its port, or set [database] host and port to where it listens"},
    {2005, "set [database] host to a name that can be resolved"},
    {2013, "look whether something else answers on [database] host and port, or raise connect_timeout"},
    {2026, "set [database] tls_ca to the authority that signed the database server's certificate, or turn "
           "TLS on there"},
    {2054,
     "give [database] user a password by a method that this client library knows (mysql_native_password)"},
    {2059,
     "give [database] user a password by a method that this client library knows (mysql_native_password)"},
    {3159, "set [database] tls_ca: the database server lets only TLS in"},
};

// The detail reads "HOST port PORT: NUMBER TEXT".
static unsigned error_number(const char *detail) {
    unsigned port, number;
    const char *place = strstr(detail, " port ");
    return place && sscanf(place, " port %u: %u", &port, &number) == 2 ? number : 0;
}

const char *connection_advice(const struct error *error) {
    unsigned number = error_number(error->detail);
    for (size_t i = 0; i < sizeof advices / sizeof *advices; i++)
        if (advices[i].number == number) return advices[i].advice;
    return "compare section [database] with osTicket's include/ost-config.php";
}
