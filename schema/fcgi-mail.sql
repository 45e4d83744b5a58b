-- SPDX-License-Identifier: GPL-2.0-or-later
-- The mail queue of osticket-fcgi: the one table that it adds to a help desk. Load it once into the help desk's
-- database; it changes nothing that is there, and loading it again does no harm:
--
--     mariadb osticket < schema/fcgi-mail.sql
--
-- For MariaDB 10.6 and later and MySQL 8.0.30 and later. The name is fcgi_ and then the help desk's own prefix and
-- "mail". Where TABLE_PREFIX is not ost_, replace fcgi_ost_mail below; the name does not begin with the prefix, so
-- that nothing of osTicket takes it for a table of its own. To take it away again: DROP TABLE fcgi_ost_mail.

-- A row for each mail. A row with `spread` stands for all alerts of its kind until the mailer puts a row for each
-- agent in its place. Times are UTC, except those of osTicket's rows.
CREATE TABLE IF NOT EXISTS `fcgi_ost_mail` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT,
    `kind` varchar(32) CHARACTER SET ascii NOT NULL,          -- code of the mail template, or admin.text, filter.email
    `state` enum('waiting','sending','sent','failed','dropped') NOT NULL DEFAULT 'waiting',
    `spread` tinyint unsigned NOT NULL DEFAULT 0,
    `ticket_id` int unsigned NOT NULL DEFAULT 0,              -- 0: about none
    `ticket_created` datetime DEFAULT NULL,                   -- of the ticket: an id alone may come back after a restore
    `thread_id` int unsigned NOT NULL DEFAULT 0,
    `entry_id` int unsigned NOT NULL DEFAULT 0,               -- the response, message or note that it carries; 0: none
    `entry_created` datetime DEFAULT NULL,
    `tag_entry_id` int unsigned NOT NULL DEFAULT 0,           -- what its Message-ID names
    `tag_thread_id` int unsigned NOT NULL DEFAULT 0,
    `staff_id` int unsigned NOT NULL DEFAULT 0,               -- the agent whose doing it tells of; 0: none
    `recipient_staff_id` int unsigned NOT NULL DEFAULT 0,     -- the agent whom an alert is for
    `email_id` int unsigned NOT NULL DEFAULT 0,               -- the mailbox it is sent from
    `signature` enum('none','mine','dept') NOT NULL DEFAULT 'none',
    `addressee` varchar(255) DEFAULT NULL,                    -- %{recipient} where that is no user and no agent
    `assignee` varchar(16) CHARACTER SET ascii DEFAULT NULL,  -- s and an agent's id, t and a team's
    `assigner` varchar(255) DEFAULT NULL,                     -- NULL: staff_id; of a reply the name that it is from
    `comments` mediumtext DEFAULT NULL,                       -- HTML
    `subject` text DEFAULT NULL,                              -- where no template has it
    `body` mediumtext DEFAULT NULL,
    `recipients` text DEFAULT NULL,                           -- a line each: to|cc, id, user id, address, name; tabs between
    `message_id` varchar(255) DEFAULT NULL,                   -- the same in every try
    `attempts` smallint unsigned NOT NULL DEFAULT 0,
    `due` datetime DEFAULT NULL,                              -- the next try; while sending: when the lease runs out; NULL: finished
    `lease` varchar(64) CHARACTER SET ascii NOT NULL DEFAULT '',
    `error` varchar(500) DEFAULT NULL,                        -- of the last try
    `created` datetime NOT NULL,
    `finished` datetime DEFAULT NULL,
    PRIMARY KEY (`id`),
    KEY `due` (`due`, `id`),
    KEY `finished` (`finished`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
