-- SPDX-License-Identifier: GPL-2.0-or-later
-- Webhooks of osticket-fcgi: where changes of the help desk are told, and what waits to be told. Load it once into the help
-- desk's database; it changes nothing that is there, and loading it again does no harm:
--
--     mariadb osticket < schema/fcgi-webhook.sql
--
-- The names are fcgi_ and then the help desk's own prefix and "webhook", "delivery", "position". Where TABLE_PREFIX is not
-- ost_, replace fcgi_ost_ below. To take them away again, and with them what still waits:
-- DROP TABLE fcgi_ost_webhook, fcgi_ost_delivery, fcgi_ost_position.

-- Times are UTC in all three.
CREATE TABLE IF NOT EXISTS `fcgi_ost_webhook` (
    `id` int unsigned NOT NULL AUTO_INCREMENT,
    `key_id` int unsigned NOT NULL,                             -- ost_api_key.id: whose it is, and whose rights count
    `url` varchar(2000) CHARACTER SET ascii NOT NULL,
    `types` varchar(1000) CHARACTER SET ascii NOT NULL DEFAULT '', -- "ticket.created,entry.reply"; '': all
    `departments` varchar(1000) CHARACTER SET ascii NOT NULL DEFAULT '', -- ost_department.id, with commas; '': all
    `private_entries` tinyint unsigned NOT NULL DEFAULT 0,      -- internal notes, too
    `format` enum('json','slack','teams') NOT NULL DEFAULT 'json',
    `parts` varchar(64) CHARACTER SET ascii NOT NULL DEFAULT '', -- "ticket,entry": what comes along
    `secret` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `old_secret` varchar(64) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
    `old_until` datetime DEFAULT NULL,                          -- so long the old one signs along
    `state` enum('on','off') NOT NULL DEFAULT 'on',
    `reason` varchar(500) NOT NULL DEFAULT '',                  -- why it is off
    `seq` bigint unsigned NOT NULL DEFAULT 0,                   -- of its last delivery
    `from_event` int unsigned NOT NULL DEFAULT 0,               -- changes behind these ids are told
    `from_entry` int unsigned NOT NULL DEFAULT 0,
    `failing` datetime DEFAULT NULL,                            -- since when nothing else; NULL: the last call succeeded
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`),
    KEY `key_id` (`key_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

-- A row for each change that a webhook is told, in the order of seq.
CREATE TABLE IF NOT EXISTS `fcgi_ost_delivery` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT,
    `webhook_id` int unsigned NOT NULL,
    `seq` bigint unsigned NOT NULL,
    `change_id` varchar(32) CHARACTER SET ascii NOT NULL,       -- e8123: an event, n991: an entry, t…: a test
    `type` varchar(32) CHARACTER SET ascii NOT NULL,
    `ticket_id` int unsigned NOT NULL DEFAULT 0,                -- 0: about none
    `is_note` tinyint unsigned NOT NULL DEFAULT 0,              -- an internal note
    `body` mediumtext NOT NULL,
    `attempts` smallint unsigned NOT NULL DEFAULT 0,
    `due` datetime DEFAULT NULL,                                -- the next try; NULL: finished
    `lease` varchar(64) CHARACTER SET ascii NOT NULL DEFAULT '',
    `state` enum('waiting','sent','failed','dropped') NOT NULL DEFAULT 'waiting',
    `status` smallint unsigned NOT NULL DEFAULT 0,              -- of HTTP, of the last try; 0: no answer
    `error` varchar(500) DEFAULT NULL,                          -- of the last try
    `created` datetime NOT NULL,
    `finished` datetime DEFAULT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `change` (`webhook_id`, `change_id`),
    KEY `sequence` (`webhook_id`, `seq`),
    KEY `waiting` (`webhook_id`, `state`, `seq`),
    KEY `finished` (`finished`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

-- How far changes have been read, and by which process: one row, 'webhooks'.
CREATE TABLE IF NOT EXISTS `fcgi_ost_position` (
    `name` varchar(32) CHARACTER SET ascii NOT NULL,
    `position` varchar(400) CHARACTER SET ascii NOT NULL,
    `lease` varchar(64) CHARACTER SET ascii NOT NULL DEFAULT '', -- the process that delivers; '': none
    `until` datetime(6) DEFAULT NULL,                            -- when its lease runs out, unless it is kept
    PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
