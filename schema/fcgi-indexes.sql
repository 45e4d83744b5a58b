-- SPDX-License-Identifier: GPL-2.0-or-later
-- The indexes that osticket-fcgi reads by and osTicket does not have. Load it once into the help desk's database; it
-- changes no row and no column, and loading it again does no harm:
--
--     mariadb osticket < schema/fcgi-indexes.sql
--
-- They are made online: osTicket reads and writes meanwhile. A million tickets with five million entries take about a
-- minute. Where TABLE_PREFIX is not ost_, replace `ost_ below. To take them away again:
--     DROP INDEX fcgi_number ON ost_ticket; DROP INDEX fcgi_updated ON ost_ticket;
--     DROP INDEX fcgi_lastupdate ON ost_ticket; DROP INDEX fcgi_staff ON ost_ticket;
--     DROP INDEX fcgi_entries ON ost_thread_entry;

-- osTicket itself finds a ticket by its number with a walk over all tickets.
SET @sql = IF(EXISTS(SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE()
    AND table_name = TRIM(BOTH '`' FROM '`ost_ticket`') AND index_name = 'fcgi_number'), 'DO 0',
    'CREATE INDEX fcgi_number ON `ost_ticket` (`number`) ALGORITHM=INPLACE LOCK=NONE');
PREPARE make_index FROM @sql;
EXECUTE make_index;

-- Tickets by when they changed: osTicket has indexes of the other times that lists are asked by.
SET @sql = IF(EXISTS(SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE()
    AND table_name = TRIM(BOTH '`' FROM '`ost_ticket`') AND index_name = 'fcgi_updated'), 'DO 0',
    'CREATE INDEX fcgi_updated ON `ost_ticket` (`updated`) ALGORITHM=INPLACE LOCK=NONE');
PREPARE make_index FROM @sql;
EXECUTE make_index;

-- And by their last activity.
SET @sql = IF(EXISTS(SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE()
    AND table_name = TRIM(BOTH '`' FROM '`ost_ticket`') AND index_name = 'fcgi_lastupdate'), 'DO 0',
    'CREATE INDEX fcgi_lastupdate ON `ost_ticket` (`lastupdate`) ALGORITHM=INPLACE LOCK=NONE');
PREPARE make_index FROM @sql;
EXECUTE make_index;

-- An agent's tickets, the newest first: a page of his list is read as far as it goes, however many he has.
SET @sql = IF(EXISTS(SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE()
    AND table_name = TRIM(BOTH '`' FROM '`ost_ticket`') AND index_name = 'fcgi_staff'), 'DO 0',
    'CREATE INDEX fcgi_staff ON `ost_ticket` (`staff_id`, `created`) ALGORITHM=INPLACE LOCK=NONE');
PREPARE make_index FROM @sql;
EXECUTE make_index;

-- The entries of a thread in the order in which they are shown: a list leaves row by row instead of being sorted first.
SET @sql = IF(EXISTS(SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE()
    AND table_name = TRIM(BOTH '`' FROM '`ost_thread_entry`') AND index_name = 'fcgi_entries'), 'DO 0',
    'CREATE INDEX fcgi_entries ON `ost_thread_entry` (`thread_id`, `created`) ALGORITHM=INPLACE LOCK=NONE');
PREPARE make_index FROM @sql;
EXECUTE make_index;
DEALLOCATE PREPARE make_index;
