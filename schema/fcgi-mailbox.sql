-- SPDX-License-Identifier: GPL-2.0-or-later
-- What became of the mails that osticket-fcgi found in the help desk's mailboxes: none is taken in twice, and one that
-- cannot be taken in does not stop the others. Load it once into the help desk's database; it changes nothing that is
-- there, and loading it again does no harm:
--
--     mariadb osticket < schema/fcgi-mailbox.sql
--
-- The name is fcgi_ and then the help desk's own prefix and "mailbox". Where TABLE_PREFIX is not ost_, replace
-- fcgi_ost_mailbox below. To take it away again: DROP TABLE fcgi_ost_mailbox.

-- A row for each mail that was begun and still lies in its mailbox. Times are UTC.
CREATE TABLE IF NOT EXISTS `fcgi_ost_mailbox` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT,
    `account_id` int unsigned NOT NULL,                                   -- ost_email_account.id
    `box` char(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,        -- digest of server, user, folder and UIDVALIDITY
    `uid` varchar(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,    -- the server's, or = and a digest of the mail
    `state` enum('begun','done','failed','large') NOT NULL,
    `attempts` int unsigned NOT NULL DEFAULT 0,
    `due` datetime DEFAULT NULL,                                          -- of one begun or failed: the next try
    `size` bigint unsigned NOT NULL DEFAULT 0,                            -- in bytes, as far as known
    `about` varchar(255) DEFAULT NULL,                                    -- of one failed: sender and subject, for people
    `reason` varchar(500) DEFAULT NULL,
    `told` tinyint unsigned NOT NULL DEFAULT 0,                           -- the administrator knows of it
    `changed` datetime NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `message` (`account_id`, `box`, `uid`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
