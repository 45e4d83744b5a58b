-- SPDX-License-Identifier: GPL-2.0-or-later
-- Who runs osTicket's cron jobs, where osticket-fcgi does: one process at a time, over all hosts of a help desk. Load it
-- once into the help desk's database; it changes nothing that is there, and loading it again does no harm:
--
--     mariadb osticket < schema/fcgi-cron.sql
--
-- The name is fcgi_ and then the help desk's own prefix and "cron". Where TABLE_PREFIX is not ost_, replace fcgi_ost_cron
-- below. To take it away again: DROP TABLE fcgi_ost_cron.

-- One row, 'run'. Calls are counted: a run covers those that had come when it began. Times are UTC.
CREATE TABLE IF NOT EXISTS `fcgi_ost_cron` (
    `job` varchar(32) CHARACTER SET ascii NOT NULL,
    `asked` bigint unsigned NOT NULL DEFAULT 0,               -- calls so far
    `taken` bigint unsigned NOT NULL DEFAULT 0,               -- covered by the present or the last run
    `done` bigint unsigned NOT NULL DEFAULT 0,                -- covered by runs that came to their end
    `caller` varchar(64) NOT NULL DEFAULT '',                 -- the last call's address
    `lease` varchar(64) CHARACTER SET ascii NOT NULL DEFAULT '', -- the process that runs the jobs; '': none
    `until` datetime(6) DEFAULT NULL,                         -- when its lease runs out, unless it is kept
    `begun` datetime DEFAULT NULL,                            -- of the present or the last run
    `ended` datetime DEFAULT NULL,                            -- of the last run that came to its end
    PRIMARY KEY (`job`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
