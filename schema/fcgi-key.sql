-- SPDX-License-Identifier: GPL-2.0-or-later
-- What osticket-fcgi knows of API keys beside osTicket's own table: from where a key may ask, for what, how often, until
-- when. A key without a row here is as osTicket has it. Load it once into the help desk's database; it changes nothing that
-- is there, and loading it again does no harm:
--
--     mariadb osticket < schema/fcgi-key.sql
--
-- The name is fcgi_ and then the help desk's own prefix and "key". Where TABLE_PREFIX is not ost_, replace fcgi_ost_key
-- below. "osticket-fcgi key" fills it. To take it away again, and with it every limit: DROP TABLE fcgi_ost_key.

-- Lists are separated by blanks. Times are UTC.
CREATE TABLE IF NOT EXISTS `fcgi_ost_key` (
    `key_id` int unsigned NOT NULL,                   -- ost_api_key.id
    `networks` text CHARACTER SET ascii DEFAULT NULL, -- "192.0.2.7 10.0.0.0/8 2001:db8::/32"; NULL: osTicket's address
    `scopes` text CHARACTER SET ascii DEFAULT NULL,   -- "read create"; "*": all; NULL: as a key without a row
    `staff_id` int unsigned DEFAULT NULL,             -- the agent that it acts as
    `any_staff` tinyint unsigned NOT NULL DEFAULT 0,  -- it may name the agent
    `system` tinyint unsigned NOT NULL DEFAULT 0,     -- it may act as no agent
    `view` varchar(8) CHARACTER SET ascii NOT NULL DEFAULT 'all', -- tickets that it sees: all, staff (its agent's), user, org
    `view_id` int unsigned DEFAULT NULL,              -- of the user or organization
    `depts` text CHARACTER SET ascii DEFAULT NULL,    -- ost_department.id, and no others; NULL: any
    `rate` int unsigned DEFAULT NULL,                 -- requests a minute; NULL: as many as come
    `burst` int unsigned DEFAULT NULL,                -- so many at once; NULL: as many as in ten seconds
    `expires` datetime DEFAULT NULL,
    `note` varchar(255) NOT NULL DEFAULT '',
    PRIMARY KEY (`key_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
