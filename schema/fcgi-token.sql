-- SPDX-License-Identifier: GPL-2.0-or-later
-- Keys that sign tokens of clients: what a customer's browser shows in the place of an API key. A key without a row here
-- signs none. Load it once into the help desk's database; it changes nothing that is there, and loading it again does no harm:
--
--     mariadb osticket < schema/fcgi-token.sql
--
-- The name is fcgi_ and then the help desk's own prefix and "token". Where TABLE_PREFIX is not ost_, replace fcgi_ost_token
-- below. "osticket-fcgi key" fills it. To take it away again, and with it every token: DROP TABLE fcgi_ost_token.

CREATE TABLE IF NOT EXISTS `fcgi_ost_token` (
    `key_id` int unsigned NOT NULL,                       -- ost_api_key.id
    `secret` varchar(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- what signs them, as it stands here
    `epoch` bigint unsigned NOT NULL DEFAULT 0,           -- seconds since 1970: tokens from before are of no use
    `origins` text CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL, -- pages that may show them, between blanks; NULL: none
    `user_rate` int unsigned DEFAULT NULL,                -- requests a minute of one user; NULL: as many as come
    PRIMARY KEY (`key_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
