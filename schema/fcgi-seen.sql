-- SPDX-License-Identifier: GPL-2.0-or-later
-- Which ticket a thread was of: what the feed of changes says of a ticket that was deleted. Load it once into the help
-- desk's database; it changes nothing that is there, and loading it again does no harm:
--
--     mariadb osticket < schema/fcgi-seen.sql
--
-- The name is fcgi_ and then the help desk's own prefix and "seen". Where TABLE_PREFIX is not ost_, replace fcgi_ost_seen
-- below. osticket-fcgi-feed fills it. To take it away again: DROP TABLE fcgi_ost_seen.

CREATE TABLE IF NOT EXISTS `fcgi_ost_seen` (
    `thread_id` int unsigned NOT NULL,       -- ost_thread.id
    `ticket_id` int unsigned NOT NULL,       -- ost_ticket.ticket_id
    `number` varchar(20) NOT NULL DEFAULT '', -- ost_ticket.number
    PRIMARY KEY (`thread_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
