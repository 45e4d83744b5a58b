// SPDX-License-Identifier: GPL-2.0-or-later
// The pool: replacement, deadlines, reload, stop.
#include "base/clock.h"
#include "client.h"
#include "pool.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

// They have to be below request_timeout.
#define SHORT_DATABASE_TIMEOUTS "[database]\nconnect_timeout = 1\nread_timeout = 1\nwrite_timeout = 1"

static struct pool pool;

static int tear_down(void **state) {
    (void)state;
    return pool_stop(&pool) < 0 ? -1 : 0;
}

static int process_of_worker(void) {
    struct reply reply = client_ask(pool.socket, "GET", "/api/process", NULL, TEXT_NULL);
    int process = reply.ended ? atoi(reply_body(&reply)) : 0;
    reply_free(&reply);
    return process;
}

// Asks without waiting for the answer; the descriptor.
static int ask(const char *uri) {
    struct buffer bytes = buffer_new(1 << 16);
    int descriptor = client_connect(pool.socket);
    assert_true(descriptor >= 0);
    request_add(&bytes, "GET", uri, NULL, TEXT_NULL);
    assert_true(client_send(descriptor, &bytes));
    buffer_free(&bytes);
    return descriptor;
}

static void assert_done(int descriptor) {
    struct reply reply;
    client_read(descriptor, &reply);
    assert_true(reply.ended);
    assert_string_equal(reply_body(&reply), "done");
    reply_free(&reply);
    close(descriptor);
}

static uint16_t free_port(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int probe = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(probe, (struct sockaddr *)&address, length), 0);
    assert_int_equal(getsockname(probe, (struct sockaddr *)&address, &length), 0);
    close(probe);
    return ntohs(address.sin_port);
}

static void assert_answers_at(const char *port) {
    struct reply reply = client_ask(port, "GET", "/api/value?value=x", NULL, TEXT_NULL);
    assert_string_equal(reply_body(&reply), "x");
    reply_free(&reply);
}

static void an_address_is_listened_at_in_the_place_of_the_socket(void **state) {
    (void)state;
    char settings[64], port[8];
    static const char *const hosts[] = {"127.0.0.1", "*", "localhost"};
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        snprintf(port, sizeof port, "%u", free_port());
        snprintf(settings, sizeof settings, "workers = 2\nlisten = %s:%s", hosts[i], port);
        pool_start(&pool, settings, "");
        assert_int_equal(access(pool.socket, F_OK), -1);
        if (i < 2) assert_answers_at(port); // localhost may be ::1 alone
        assert_int_equal(pool_stop(&pool), 0);
        assert_int_equal(client_connect(port), -1);
    }
}

static void an_address_that_is_taken_is_said(void **state) {
    (void)state;
    char settings[64];
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int taken = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(taken, (struct sockaddr *)&address, length), 0);
    assert_int_equal(listen(taken, 1), 0);
    assert_int_equal(getsockname(taken, (struct sockaddr *)&address, &length), 0);
    snprintf(settings, sizeof settings, "listen = 127.0.0.1:%u", ntohs(address.sin_port));
    pool_launch(&pool, settings, "");
    assert_int_equal(pool_wait(&pool), 1);
    close(taken);
}

static bool somebody_listens(void) {
    int descriptor = client_connect(pool.socket);
    if (descriptor >= 0) close(descriptor);
    return descriptor >= 0;
}

static void a_worker_that_crashes_is_replaced(void **state) {
    (void)state;
    pool_start(&pool, "workers = 1", "");
    int before = process_of_worker();
    assert_true(before > 0);
    struct reply reply = client_ask(pool.socket, "GET", "/api/crash", NULL, TEXT_NULL);
    assert_false(reply.ended);
    reply_free(&reply);
    int after = process_of_worker();
    assert_true(after > 0);
    assert_int_not_equal(before, after);
    assert_true(pool_logged(&pool, "died: signal 9, operation=crash", 1));
    assert_int_equal(pool_stop(&pool), 0);
}

static void a_worker_leaves_after_max_requests(void **state) {
    (void)state;
    pool_start(&pool, "workers = 1\nmax_requests = 3", "");
    int processes[7];
    for (size_t i = 0; i < 7; i++) processes[i] = process_of_worker();
    for (size_t i = 0; i < 7; i++) assert_true(processes[i] > 0);
    assert_int_equal(processes[0], processes[2]);
    assert_int_not_equal(processes[2], processes[3]);
    assert_int_not_equal(processes[5], processes[6]);
    assert_true(pool_logged(&pool, "ended after 3 requests", 2));
    assert_int_equal(pool_stop(&pool), 0);
}

static void a_request_over_its_time_is_ended_and_logged(void **state) {
    (void)state;
    pool_start(&pool, "workers = 1\nrequest_timeout = 2", SHORT_DATABASE_TIMEOUTS);
    const char *const headers[] = {"HTTP_X_REQUEST_ID", "hangs", NULL};
    int64_t begun = clock_monotonic_ms();
    struct reply reply = client_ask(pool.socket, "GET", "/api/slow?ms=20000", headers, TEXT_NULL);
    assert_false(reply.ended);
    assert_true(reply.closed);
    reply_free(&reply);
    int64_t took = clock_monotonic_ms() - begun;
    assert_true(took >= 2000 && took <= 15000);
    assert_true(pool_logged(&pool, "on operation=slow request id=hangs, longer than request_timeout", 1));
    assert_true(process_of_worker() > 0);
    assert_int_equal(pool_stop(&pool), 0);
}

static void a_client_that_stops_in_mid_request_holds_no_worker_for_ever(void **state) {
    (void)state;
    pool_start(&pool, "workers = 1\nrequest_timeout = 2", SHORT_DATABASE_TIMEOUTS);
    struct buffer bytes = buffer_new(1000);
    int descriptor = client_connect(pool.socket);
    record_begin(&bytes, 1, 0);
    assert_true(client_send(descriptor, &bytes));
    buffer_free(&bytes);
    assert_true(process_of_worker() > 0);
    assert_true(pool_logged(&pool, "operation=(reading the request)", 1));
    close(descriptor);
    assert_int_equal(pool_stop(&pool), 0);
}

static void a_stop_finishes_what_is_in_hand_and_what_waits(void **state) {
    (void)state;
    static const int signals[] = {SIGTERM, SIGQUIT, SIGINT};
    for (size_t i = 0; i < 3; i++) {
        pool_start(&pool, "workers = 1", "");
        int in_hand = ask("/api/slow?ms=400"), waiting = ask("/api/slow?ms=1");
        usleep(100000);
        kill(pool.master, signals[i]);
        assert_done(in_hand);
        assert_done(waiting);
        assert_int_equal(pool_wait(&pool), 0);
        assert_int_not_equal(access(pool.socket, F_OK), 0);
        assert_int_equal(pool_stop(&pool), 0);
    }
}

static void a_stop_does_not_wait_longer_than_stop_timeout(void **state) {
    (void)state;
    pool_start(&pool, "workers = 1\nstop_timeout = 1", "");
    int descriptor = ask("/api/slow?ms=20000");
    usleep(200000);
    int64_t begun = clock_monotonic_ms();
    kill(pool.master, SIGTERM);
    assert_int_equal(pool_wait(&pool), 0);
    int64_t took = clock_monotonic_ms() - begun;
    assert_true(took >= 500 && took <= 12000);
    close(descriptor);
    pool_stop(&pool);
}

static atomic_int asked, refused;
static atomic_bool enough;

static void *keep_asking(void *unused) {
    (void)unused;
    while (!enough) {
        struct reply reply = client_ask(pool.socket, "GET", "/api/value?value=x", NULL, TEXT_NULL);
        asked++;
        if (!reply.ended || strcmp(reply_body(&reply), "x") != 0) refused++;
        reply_free(&reply);
    }
    return NULL;
}

static void a_reload_under_load_loses_no_request(void **state) {
    (void)state;
    pool_start(&pool, "workers = 2", "");
    pthread_t threads[3];
    enough = false;
    asked = refused = 0;
    for (size_t i = 0; i < 3; i++) assert_int_equal(pthread_create(&threads[i], NULL, keep_asking, NULL), 0);
    for (int i = 1; i <= 3; i++) {
        kill(pool.master, SIGHUP);
        assert_true(pool_logged(&pool, "reloaded", i));
        assert_true(pool_logged(&pool, " ended after ", 2 * i));
    }
    enough = true;
    for (size_t i = 0; i < 3; i++) pthread_join(threads[i], NULL);
    assert_int_equal(refused, 0);
    assert_true(asked > 10);
    assert_int_equal(pool_stop(&pool), 0);
}

static void a_reload_takes_new_settings_and_refuses_wrong_ones(void **state) {
    (void)state;
    pool_start(&pool, "workers = 1", "");
    int before = process_of_worker();
    pool_configure(&pool, "workers = many", "");
    kill(pool.master, SIGHUP);
    assert_true(pool_logged(&pool, "not reloaded, the old settings stay", 1));
    assert_int_equal(process_of_worker(), before);
    pool_configure(&pool, "workers = 3", "");
    kill(pool.master, SIGHUP);
    assert_true(pool_logged(&pool, " started", 4));
    assert_true(pool_logged(&pool, " ended after ", 1));
    assert_int_not_equal(process_of_worker(), before);
    assert_int_equal(pool_stop(&pool), 0);
}

static void workers_that_die_at_once_are_braked(void **state) {
    (void)state;
    pool_launch(&pool, "workers = 1", "[database]\nname = none");
    assert_true(pool_logged(&pool, "the next starts in 100 ms", 1));
    assert_true(pool_logged(&pool, "the next starts in 400 ms", 1));
    int starts = pool_count(&pool, " started");
    assert_true(starts >= 4 && starts <= 7);
    assert_int_equal(pool_stop(&pool), 0);
}

static void workers_end_when_the_master_dies(void **state) {
    (void)state;
    pool_start(&pool, "workers = 1", "");
    int worker = process_of_worker();
    assert_true(worker > 0);
    kill(pool.master, SIGKILL);
    assert_int_equal(pool_wait(&pool), -1);
    for (int i = 0; i < 1000 && somebody_listens(); i++) usleep(10000);
    assert_false(somebody_listens());
    pool_stop(&pool);
}

static void a_stale_socket_is_taken_over_and_a_live_one_not(void **state) {
    (void)state;
    pool_start(&pool, "workers = 1", "");
    struct pool second = pool;
    second.master = pool_program(&pool);
    assert_int_equal(pool_wait(&second), 1);
    assert_true(process_of_worker() > 0);
    kill(pool.master, SIGKILL);
    assert_int_equal(pool_wait(&pool), -1);
    assert_int_equal(access(pool.socket, F_OK), 0);
    for (int i = 0; i < 1000 && somebody_listens(); i++) usleep(10000);
    pool.master = pool_program(&pool);
    assert_true(pool_logged(&pool, "ready on ", 2));
    assert_true(process_of_worker() > 0);
    assert_int_equal(pool_stop(&pool), 0);
}

static void the_log_is_reopened_on_sigusr1(void **state) {
    (void)state;
    pool_start(&pool, "workers = 1", "");
    char moved[128];
    snprintf(moved, sizeof moved, "%s.1", pool.log);
    assert_int_equal(rename(pool.log, moved), 0);
    kill(pool.master, SIGUSR1);
    // The worker follows on its own, sooner or later.
    for (int i = 0; i < 1000 && pool_count(&pool, "operation=process") == 0; i++) {
        assert_true(process_of_worker() > 0);
        usleep(20000);
    }
    assert_true(pool_logged(&pool, "operation=process", 1));
    unlink(moved);
    assert_int_equal(pool_stop(&pool), 0);
}

static void the_socket_has_the_mode_of_the_settings(void **state) {
    (void)state;
    pool_start(&pool, "workers = 1\nsocket_mode = 0640", "");
    struct stat status;
    assert_int_equal(stat(pool.socket, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0640);
    assert_int_equal(pool_stop(&pool), 0);
}

static void systemd_is_told(void **state) {
    (void)state;
    char folder[] = "/tmp/wire.notify.XXXXXX", message[64] = "";
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    assert_non_null(mkdtemp(folder));
    snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", folder);
    int descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(descriptor, (struct sockaddr *)&address, sizeof address), 0);
    setenv("NOTIFY_SOCKET", address.sun_path, 1);
    pool_start(&pool, "workers = 1", "");
    unsetenv("NOTIFY_SOCKET");
    assert_int_equal(recv(descriptor, message, sizeof message, 0), 7);
    assert_memory_equal(message, "READY=1", 7);
    assert_int_equal(pool_stop(&pool), 0);
    assert_int_equal(recv(descriptor, message, sizeof message, 0), 10);
    assert_memory_equal(message, "STOPPING=1", 10);
    close(descriptor);
    unlink(address.sun_path);
    rmdir(folder);
}

// The resident megabytes of a process.
static int megabytes_of(int process) {
    char path[64], line[128];
    int kilobytes = 0;
    snprintf(path, sizeof path, "/proc/%d/status", process);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) sscanf(line, "RssAnon: %d", &kilobytes);
    fclose(file);
    return kilobytes / 1024;
}

static void assert_grown(const char *uri) {
    struct reply reply = client_ask(pool.socket, "GET", uri, NULL, TEXT_NULL);
    assert_string_equal(reply_body(&reply), "grown");
    reply_free(&reply);
}

// valgrind and AddressSanitizer have memory of their own, keep what was freed, and call a growth on purpose a
// leak.
static void skip_where_memory_is_watched(void) {
#ifdef __SANITIZE_ADDRESS__
    skip();
#else
    if (getenv("WIRE_WRAPPER")) skip();
#endif
}

static void what_a_large_request_took_is_given_back(void **state) {
    (void)state;
    skip_where_memory_is_watched();
    pool_start(&pool, "workers = 1", "");
    int worker = process_of_worker(), before = megabytes_of(worker);
    assert_grown("/api/grow?mb=200");
    assert_int_equal(process_of_worker(), worker);
    assert_true(megabytes_of(worker) < before + 50);
    assert_int_equal(pool_stop(&pool), 0);
}

static void a_worker_that_has_grown_is_replaced(void **state) {
    (void)state;
    skip_where_memory_is_watched();
    pool_start(&pool, "workers = 1\nworker_memory = 300M", "");
    int before = process_of_worker();
    assert_grown("/api/grow?mb=100&keep=1");
    assert_int_equal(process_of_worker(), before);
    assert_grown("/api/grow?mb=250&keep=1");
    assert_true(pool_logged(&pool, "more than worker_memory: replaced", 1));
    assert_true(pool_logged(&pool, " ended after ", 1));
    int after = process_of_worker();
    assert_true(after > 0);
    assert_int_not_equal(after, before);
    assert_int_equal(pool_stop(&pool), 0);
}

static void a_deleted_socket_is_made_anew(void **state) {
    (void)state;
    pool_start(&pool, "workers = 2", "");
    for (int i = 1; i <= 2; i++) {
        int in_hand = ask("/api/slow?ms=700");
        usleep(100000);
        assert_int_equal(unlink(pool.socket), 0);
        assert_true(pool_logged(&pool, "is made anew", i));
        assert_true(process_of_worker() > 0);
        assert_done(in_hand);
    }
    assert_int_equal(pool_stop(&pool), 0);
    assert_int_not_equal(access(pool.socket, F_OK), 0);
}

static void a_socket_that_was_replaced_by_a_file_is_told(void **state) {
    (void)state;
    pool_start(&pool, "workers = 1", "");
    char moved[128];
    snprintf(moved, sizeof moved, "%s.away", pool.socket);
    assert_int_equal(rename(pool.socket, moved), 0);
    assert_int_equal(mkdir(pool.socket, 0700), 0);
    assert_true(pool_logged(&pool, "cannot be made anew: ", 1));
    assert_int_equal(rmdir(pool.socket), 0);
    unlink(moved);
    assert_true(pool_logged(&pool, "is made anew", 1));
    assert_true(process_of_worker() > 0);
    assert_int_equal(pool_stop(&pool), 0);
}

static void a_log_that_nobody_reads_holds_no_request(void **state) {
    (void)state;
    pool_start(&pool, "workers = 1", "");
    char moved[128];
    snprintf(moved, sizeof moved, "%s.1", pool.log);
    assert_int_equal(rename(pool.log, moved), 0);
    assert_int_equal(mkfifo(pool.log, 0600), 0);
    kill(pool.master, SIGUSR1);
    usleep(300000);
    int64_t begun = clock_monotonic_ms();
    for (int i = 0; i < 1500; i++) assert_true(process_of_worker() > 0);
    assert_true(clock_monotonic_ms() - begun < 20000); // a tenth of a second a line would be 100
    assert_int_equal(unlink(pool.log), 0);
    kill(pool.master, SIGUSR1);
    for (int i = 0; i < 1000 && pool_count(&pool, "lines of the log were dropped") == 0; i++) {
        assert_true(process_of_worker() > 0);
        usleep(20000);
    }
    assert_true(pool_logged(&pool, "lines of the log were dropped", 1));
    unlink(moved);
    assert_int_equal(pool_stop(&pool), 0);
}

static void a_pid_file_is_written_through_no_link(void **state) {
    (void)state;
    char target[] = "/tmp/wire.target.XXXXXX", setting[512], text[32] = "";
    int file = mkstemp(target);
    assert_int_equal(write(file, "kept", 4), 4);
    snprintf(setting, sizeof setting, "workers = 1\npid_file = %s.pid", target);
    char *path = strchr(setting, '/');
    assert_int_equal(symlink(target, path), 0);
    pool_launch(&pool, setting, "");
    assert_int_equal(pool_wait(&pool), 1);
    assert_int_equal(pread(file, text, sizeof text - 1, 0), 4);
    assert_string_equal(text, "kept");
    pool_stop(&pool);
    unlink(path);
    pool_start(&pool, setting, "");
    int written = open(path, O_RDONLY);
    assert_true(read(written, text, sizeof text - 1) > 0);
    assert_int_equal(atoi(text), pool.master);
    close(written);
    assert_int_equal(pool_stop(&pool), 0);
    assert_int_not_equal(access(path, F_OK), 0);
    close(file);
    unlink(target);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(an_address_is_listened_at_in_the_place_of_the_socket, tear_down),
        cmocka_unit_test_teardown(an_address_that_is_taken_is_said, tear_down),
        cmocka_unit_test_teardown(what_a_large_request_took_is_given_back, tear_down),
        cmocka_unit_test_teardown(a_worker_that_has_grown_is_replaced, tear_down),
        cmocka_unit_test_teardown(a_deleted_socket_is_made_anew, tear_down),
        cmocka_unit_test_teardown(a_socket_that_was_replaced_by_a_file_is_told, tear_down),
        cmocka_unit_test_teardown(a_log_that_nobody_reads_holds_no_request, tear_down),
        cmocka_unit_test_teardown(a_pid_file_is_written_through_no_link, tear_down),
        cmocka_unit_test_teardown(a_worker_that_crashes_is_replaced, tear_down),
        cmocka_unit_test_teardown(a_worker_leaves_after_max_requests, tear_down),
        cmocka_unit_test_teardown(a_request_over_its_time_is_ended_and_logged, tear_down),
        cmocka_unit_test_teardown(a_client_that_stops_in_mid_request_holds_no_worker_for_ever, tear_down),
        cmocka_unit_test_teardown(a_stop_finishes_what_is_in_hand_and_what_waits, tear_down),
        cmocka_unit_test_teardown(a_stop_does_not_wait_longer_than_stop_timeout, tear_down),
        cmocka_unit_test_teardown(a_reload_under_load_loses_no_request, tear_down),
        cmocka_unit_test_teardown(a_reload_takes_new_settings_and_refuses_wrong_ones, tear_down),
        cmocka_unit_test_teardown(workers_that_die_at_once_are_braked, tear_down),
        cmocka_unit_test_teardown(workers_end_when_the_master_dies, tear_down),
        cmocka_unit_test_teardown(a_stale_socket_is_taken_over_and_a_live_one_not, tear_down),
        cmocka_unit_test_teardown(the_log_is_reopened_on_sigusr1, tear_down),
        cmocka_unit_test_teardown(the_socket_has_the_mode_of_the_settings, tear_down),
        cmocka_unit_test_teardown(systemd_is_told, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
