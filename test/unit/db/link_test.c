// SPDX-License-Identifier: GPL-2.0-or-later
// What the servers' error numbers mean: MariaDB's, MySQL's and those of the layers below both.
#include "db/link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

struct trouble {
    unsigned number;
    const char *text;
};

static void a_full_disk_is_a_refusal_by_whatever_number(void **state) {
    (void)state;
    static const struct trouble troubles[] = {
        {1021,
         "Disk full (/tmp/#sql); waiting for someone to free some space... (errno: 28 \"No space left on "
         "device\")"},
        {1026, "Error writing file '/var/lib/mysql/binlog' (errno: 28 \"No space left on device\")"},
        {1026, "Error writing file '/tmp/MLfd=1' (errno: 5 \"Input/output error\")"},
        {1114, "The table 'ost_thread_entry' is full"},
        {3, "Error writing file '/tmp/MYfd=12' (Errcode: 28 \"No space left on device\")"},
        {3, "Error writing file './binlog.000001' (OS errno 28 - No space left on device)"},
        {20, "Disk is full writing './binlog.000003' (OS errno 28 - No space left on device). Waiting for "
             "someone "
             "to free space..."},
        {1, "Can't create/write to file '/tmp/#sql-1.MAI' (Errcode: 28 \"No space left on device\")"},
        {2, "Error reading file '/tmp/x' (Errcode: 122 \"Disk quota exceeded\")"},
        {14, "Can't change size of file (Errcode: 27 \"File too large\")"},
        {1030, "Got error 28 \"No space left on device\" from storage engine InnoDB"},
        {1030, "Got error 28 from storage engine"},
        {1030, "Got error 122 \"Disk quota exceeded\" from storage engine Aria"},
        {1030, "Got error 135 \"No more room in record file\" from storage engine MyISAM"},
        {1030, "Got error 136 'No more room in index file' from InnoDB"},
        {1030, "Got error 189 \"Disk full\" from storage engine InnoDB"},
        {1004, "Can't create file './desk/x.frm' (errno: 28 \"No space left on device\")"},
        {1005, "Can't create table `desk`.`#sql` (errno: 28 \"No space left on device\")"},
        {1180, "Got error 28 \"No space left on device\" during COMMIT"},
        {1296, "Got error 28 'No space left on device' from ROCKSDB"},
        {1034, "Index for table '/tmp/#sql_1a_0.MAI' is corrupt; try to repair it"},
        {1034, "Incorrect key file for table '/tmp/#sql_1a_0.MYI'; try to repair it"},
        {1878, "Temporary file write failure."},
        {1197, "Multi-statement transaction required more than 'max_binlog_cache_size' bytes of storage"},
        {1705, "Multi-row statements required more than 'max_binlog_stmt_cache_size' bytes of storage"},
    };
    for (size_t i = 0; i < sizeof troubles / sizeof *troubles; i++)
        if (!link_is_refused(troubles[i].number, troubles[i].text))
            fail_msg("%u %s", troubles[i].number, troubles[i].text);
}

static void a_want_of_memory_descriptors_or_connections_is_a_refusal(void **state) {
    (void)state;
    static const struct trouble troubles[] = {
        {5, "Out of memory (Needed 65536 bytes)"},
        {23, "Out of resources when opening file '/tmp/#sql' (Errcode: 24 \"Too many open files\")"},
        {1016, "Can't open file: './desk/ost_ticket.ibd' (errno: 24 \"Too many open files\")"},
        {1016, "Can't open file: './desk/ost_ticket.ibd' (errno: 23)"},
        {1037, "Out of memory; restart server and try again (needed 65536 bytes)"},
        {1038, "Out of sort memory, consider increasing server sort buffer size"},
        {1041, "Out of memory."},
        {1040, "Too many connections"},
        {1135, "Can't create a new thread (errno 11 \"Resource temporarily unavailable\")"},
        {1203, "User osticket already has more than 'max_user_connections' active connections"},
        {1226, "User 'osticket' has exceeded the 'max_queries_per_hour' resource (current value: 9)"},
        {1206, "The total number of locks exceeds the lock table size"},
        {1836, "Running in read-only mode"},
        {1290, "The MariaDB server is running with the --read-only option"},
        {1047, "WSREP has not yet prepared node for application use"},
        {3015, "Out of memory in storage engine 'InnoDB'."},
        {3170, "Memory capacity of 8388608 bytes for 'range_optimizer_max_mem_size' exceeded."},
    };
    for (size_t i = 0; i < sizeof troubles / sizeof *troubles; i++)
        if (!link_is_refused(troubles[i].number, troubles[i].text))
            fail_msg("%u %s", troubles[i].number, troubles[i].text);
}

static void a_table_that_osticket_makes_anew_is_waited_for(void **state) {
    (void)state;
    assert_true(link_is_refused(1146, "Table 'desk.ost_ticket__cdata' doesn't exist"));
    assert_true(link_is_refused(1146, "Table 'desk.ost_user__cdata' doesn't exist"));
    assert_false(link_is_refused(1146, "Table 'desk.ost_ticket__cdata_old' doesn't exist"));
    assert_false(link_is_refused(1054, "Unknown column 'ost_ticket__cdata' in 'field list'"));
}

static void what_is_wrong_for_good_is_no_refusal(void **state) {
    (void)state;
    static const struct trouble troubles[] = {
        {1146, "Table 'desk.ost_ticket' doesn't exist"},
        {1054, "Unknown column 'error 28' in 'field list'"},
        {1064, "You have an error in your SQL syntax near '28'"},
        {1016, "Can't open file: './desk/ost_ticket.ibd' (errno: 2 \"No such file or directory\")"},
        {1030, "Got error 126 \"Index file is crashed\" from storage engine MyISAM"},
        {1030, "Got error 280 from storage engine"},
        {1034, "Index for table 'ost_ticket' is corrupt; try to repair it"},
        {1034, "Index for table './desk/ost_ticket.MYI' is corrupt; try to repair it"},
        {1366, "Incorrect string value: 'errno: 28' for column 'body'"},
        {1406, "Data too long for column 'name' at row 1"},
        {1062, "Duplicate entry 'Got error 28' for key 'number'"},
    };
    for (size_t i = 0; i < sizeof troubles / sizeof *troubles; i++)
        if (link_is_refused(troubles[i].number, troubles[i].text))
            fail_msg("%u %s", troubles[i].number, troubles[i].text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_disk_is_a_refusal_by_whatever_number),
        cmocka_unit_test(a_want_of_memory_descriptors_or_connections_is_a_refusal),
        cmocka_unit_test(a_table_that_osticket_makes_anew_is_waited_for),
        cmocka_unit_test(what_is_wrong_for_good_is_no_refusal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
