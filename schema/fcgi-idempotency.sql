-- SPDX-License-Identifier: GPL-2.0-or-later
-- What osticket-fcgi remembers of requests that came with an Idempotency-Key header, for 24 hours. Load it once into
-- the help desk's database; it changes nothing that is there, and loading it again does no harm:
--
--     mariadb osticket < schema/fcgi-idempotency.sql
--
-- The name is fcgi_ and then the help desk's own prefix and "idempotency". Where TABLE_PREFIX is not ost_, replace
-- fcgi_ost_idempotency below. To take it away again: DROP TABLE fcgi_ost_idempotency.

-- A row for each request that was answered with success. Times are UTC.
CREATE TABLE IF NOT EXISTS `fcgi_ost_idempotency` (
    `api_key_id` int unsigned NOT NULL,                                           -- ost_api_key.id
    `idempotency_key` varchar(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- the header, as it came
    `request` char(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,            -- digest of path and body
    `is_json` tinyint unsigned NOT NULL,                                          -- of the answer
    `is_created` tinyint unsigned NOT NULL,                                       -- 201 instead of 200
    `answer` varbinary(4096) NOT NULL,
    `created` datetime NOT NULL,
    PRIMARY KEY (`api_key_id`, `idempotency_key`),
    KEY `created` (`created`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
