// SPDX-License-Identifier: GPL-2.0-or-later
// The ceiling that the server is measured against: a FastCGI program that does nothing but run statements and
// answer bytes.
//
//   bench_null SOCKET PROCESSES DATABASE_SOCKET USER PASSWORD DATABASE [RECIPE...]
//
// ?queries=N&bytes=B&id=ID  N indexed queries by prepared statement for the ticket ID and what follows it, B
// bytes ?replay&id=ID&number=N    the statements of the recipe (see recipe.h) with these values
#include "recipe.h"

#include <fcgiapp.h>
#include <mysql.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define QUERIES_MAX 32
#define RECIPES_MAX 24
#define BLOCK       65536

static const char *const query_text =
    "SELECT ticket_id,number,user_id,status_id,dept_id,topic_id,staff_id,source,created,closed,updated "
    "FROM ost_ticket WHERE ticket_id=?";

static char block[BLOCK];

static void die(const char *what, const char *why) {
    fprintf(stderr, "bench_null: %s: %s\n", what, why);
    exit(1);
}

static int listen_at(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    unlink(path);
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(listener, 511) != 0)
        die(path, "cannot listen");
    chmod(path, 0666);
    return listener;
}

static long number_in(const char *query, const char *name) {
    const char *found = strstr(query, name);
    return found ? strtol(found + strlen(name), NULL, 10) : 0;
}

static void text_in(const char *query, const char *name, char *text, size_t size) {
    const char *found = strstr(query, name);
    size_t length = found ? strcspn(found + strlen(name), "&") : 0;
    if (length >= size) length = size - 1;
    if (found && length) memcpy(text, found + strlen(name), length);
    text[length] = '\0';
}

// One indexed query, its row fetched as text.
static bool run_query(MYSQL_STMT *statement, long id) {
    enum { COLUMNS = 11 };
    static char texts[COLUMNS][256];
    MYSQL_BIND value = {.buffer_type = MYSQL_TYPE_LONG, .buffer = &id}, columns[COLUMNS] = {0};
    for (size_t i = 0; i < COLUMNS; i++) {
        columns[i].buffer_type = MYSQL_TYPE_STRING;
        columns[i].buffer = texts[i];
        columns[i].buffer_length = sizeof texts[i];
    }
    if (mysql_stmt_bind_param(statement, &value) || mysql_stmt_execute(statement) ||
        mysql_stmt_bind_result(statement, columns))
        return false;
    while (mysql_stmt_fetch(statement) == 0) {
    }
    return mysql_stmt_free_result(statement) == 0;
}

static void send_bytes(FCGX_Stream *out, long bytes) {
    FCGX_FPrintF(
        out,
        "Status: 200 OK\r\nContent-Type: application/json; charset=UTF-8\r\nCache-Control: no-store\r\n"
        "X-Request-Id: 0123456789abcdef\r\nContent-Length: %d\r\n\r\n",
        (int)bytes);
    for (long part; bytes > 0; bytes -= part) {
        part = bytes < BLOCK ? bytes : BLOCK;
        FCGX_PutStr(block, (int)part, out);
    }
}

static MYSQL *connect_to(char **arguments) {
    MYSQL *mysql = mysql_init(NULL);
    if (!mysql ||
        !mysql_real_connect(mysql, "localhost", arguments[4], arguments[5], arguments[6], 0, arguments[3], 0))
        die("the database", mysql ? mysql_error(mysql) : "out of memory");
    mysql_set_character_set(mysql, "utf8mb4");
    return mysql;
}

static void serve(int listener, int recipe_count, char **arguments) {
    FCGX_Request request;
    MYSQL *mysql = connect_to(arguments);
    MYSQL_STMT *queries[QUERIES_MAX];
    static struct recipe recipes[RECIPES_MAX];
    for (size_t i = 0; i < QUERIES_MAX; i++) {
        queries[i] = mysql_stmt_init(mysql);
        if (!queries[i] || mysql_stmt_prepare(queries[i], query_text, strlen(query_text)))
            die("the database", mysql_error(mysql));
    }
    for (int i = 0; i < recipe_count; i++)
        if (!recipe_read(arguments[7 + i], mysql, &recipes[i])) die(arguments[7 + i], mysql_error(mysql));
    FCGX_Init();
    FCGX_InitRequest(&request, listener, 0);
    while (FCGX_Accept_r(&request) == 0) {
        char query[512], number[32];
        const char *sent = FCGX_GetParam("QUERY_STRING", request.envp);
        snprintf(query, sizeof query, "&%s", sent ? sent : "");
        long id = number_in(query, "&id="), count = number_in(query, "&queries=");
        bool done = true;
        while (FCGX_GetStr(block, sizeof block, request.in) > 0) {
        }
        long recipe = number_in(query, "&replay=");
        if (strstr(query, "&replay=") && recipe < recipe_count) {
            text_in(query, "&number=", number, sizeof number);
            done = recipe_run(&recipes[recipe], mysql, id, number);
        }
        for (long i = 0; done && i < count && i < QUERIES_MAX; i++) done = run_query(queries[i], id + i);
        request.keepConnection = 0;
        if (done)
            send_bytes(request.out, number_in(query, "&bytes="));
        else
            FCGX_FPrintF(request.out, "Status: 500 Internal Server Error\r\n\r\n%s", mysql_error(mysql));
        FCGX_Finish_r(&request);
    }
    exit(1);
}

int main(int count, char **arguments) {
    if (count < 7 || count > 7 + RECIPES_MAX) die("wants 6 arguments and recipes", "see the head of null.c");
    int listener = listen_at(arguments[1]);
    memset(block, 'x', sizeof block);
    for (int i = atoi(arguments[2]); i > 0; i--) {
        if (fork() != 0) continue;
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        serve(listener, count - 7, arguments);
    }
    while (wait(NULL) > 0) {
    }
    return 1;
}
