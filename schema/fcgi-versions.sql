-- SPDX-License-Identifier: GPL-2.0-or-later
-- Optional, and not made by "osticket-fcgi setup" unless it is asked to (--keep-names): tells the workers when a name
-- changes, so that each can keep the names of departments, help topics, statuses, priorities and fields, their
-- translations and the settings of reading, instead of reading them for each ticket. Load it once into the help desk's
-- database; it changes no row and no column, and loading it again does no harm:
--
--     mariadb osticket < schema/fcgi-versions.sql
--
-- The triggers are on tables that an administrator changes, none on tickets. Each writes the one row of the first table
-- within the change itself, so that whoever reads the new name reads the new version, too. Making them takes the
-- privilege TRIGGER (and where the server keeps a binary log, SUPER or log_bin_trust_function_creators); [database]
-- user needs TRIGGER as well, to see that they are all there: where one is missing, nothing is kept. Where
-- TABLE_PREFIX is not ost_, replace fcgi_ost_ and `ost_ below. "osticket-fcgi schema --drop" prints how to take them
-- away again: the triggers before the table, since osTicket's own writes fail where one has nowhere to write.

-- No row: version 0. The version is by the clock, so that one never comes back after a database was restored.
CREATE TABLE IF NOT EXISTS `fcgi_ost_version` (
    `id` tinyint unsigned NOT NULL,        -- 1
    `version` bigint unsigned NOT NULL,    -- microseconds, at least one more than before
    PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;


CREATE TRIGGER IF NOT EXISTS `fcgi_ost_department_added` AFTER INSERT ON `ost_department` FOR EACH ROW
    INSERT INTO `fcgi_ost_version` (`id`, `version`) SELECT 1, UNIX_TIMESTAMP(NOW(6)) * 1000000 FROM DUAL
    ON DUPLICATE KEY UPDATE `version` = GREATEST(`version` + 1, UNIX_TIMESTAMP(NOW(6)) * 1000000);
CREATE TRIGGER IF NOT EXISTS `fcgi_ost_department_changed` AFTER UPDATE ON `ost_department` FOR EACH ROW
    INSERT INTO `fcgi_ost_version` (`id`, `version`) SELECT 1, UNIX_TIMESTAMP(NOW(6)) * 1000000 FROM DUAL
    ON DUPLICATE KEY UPDATE `version` = GREATEST(`version` + 1, UNIX_TIMESTAMP(NOW(6)) * 1000000);
CREATE TRIGGER IF NOT EXISTS `fcgi_ost_department_deleted` AFTER DELETE ON `ost_department` FOR EACH ROW
    INSERT INTO `fcgi_ost_version` (`id`, `version`) SELECT 1, UNIX_TIMESTAMP(NOW(6)) * 1000000 FROM DUAL
    ON DUPLICATE KEY UPDATE `version` = GREATEST(`version` + 1, UNIX_TIMESTAMP(NOW(6)) * 1000000);

CREATE TRIGGER IF NOT EXISTS `fcgi_ost_help_topic_added` AFTER INSERT ON `ost_help_topic` FOR EACH ROW
    INSERT INTO `fcgi_ost_version` (`id`, `version`) SELECT 1, UNIX_TIMESTAMP(NOW(6)) * 1000000 FROM DUAL
    ON DUPLICATE KEY UPDATE `version` = GREATEST(`version` + 1, UNIX_TIMESTAMP(NOW(6)) * 1000000);
CREATE TRIGGER IF NOT EXISTS `fcgi_ost_help_topic_changed` AFTER UPDATE ON `ost_help_topic` FOR EACH ROW
    INSERT INTO `fcgi_ost_version` (`id`, `version`) SELECT 1, UNIX_TIMESTAMP(NOW(6)) * 1000000 FROM DUAL
    ON DUPLICATE KEY UPDATE `version` = GREATEST(`version` + 1, UNIX_TIMESTAMP(NOW(6)) * 1000000);
CREATE TRIGGER IF NOT EXISTS `fcgi_ost_help_topic_deleted` AFTER DELETE ON `ost_help_topic` FOR EACH ROW
    INSERT INTO `fcgi_ost_version` (`id`, `version`) SELECT 1, UNIX_TIMESTAMP(NOW(6)) * 1000000 FROM DUAL
    ON DUPLICATE KEY UPDATE `version` = GREATEST(`version` + 1, UNIX_TIMESTAMP(NOW(6)) * 1000000);

CREATE TRIGGER IF NOT EXISTS `fcgi_ost_ticket_status_added` AFTER INSERT ON `ost_ticket_status` FOR EACH ROW
    INSERT INTO `fcgi_ost_version` (`id`, `version`) SELECT 1, UNIX_TIMESTAMP(NOW(6)) * 1000000 FROM DUAL
    ON DUPLICATE KEY UPDATE `version` = GREATEST(`version` + 1, UNIX_TIMESTAMP(NOW(6)) * 1000000);
CREATE TRIGGER IF NOT EXISTS `fcgi_ost_ticket_status_changed` AFTER UPDATE ON `ost_ticket_status` FOR EACH ROW
    INSERT INTO `fcgi_ost_version` (`id`, `version`) SELECT 1, UNIX_TIMESTAMP(NOW(6)) * 1000000 FROM DUAL
    ON DUPLICATE KEY UPDATE `version` = GREATEST(`version` + 1, UNIX_TIMESTAMP(NOW(6)) * 1000000);
CREATE TRIGGER IF NOT EXISTS `fcgi_ost_ticket_status_deleted` AFTER DELETE ON `ost_ticket_status` FOR EACH ROW
    INSERT INTO `fcgi_ost_version` (`id`, `version`) SELECT 1, UNIX_TIMESTAMP(NOW(6)) * 1000000 FROM DUAL
    ON DUPLICATE KEY UPDATE `version` = GREATEST(`version` + 1, UNIX_TIMESTAMP(NOW(6)) * 1000000);

CREATE TRIGGER IF NOT EXISTS `fcgi_ost_ticket_priority_added` AFTER INSERT ON `ost_ticket_priority` FOR EACH ROW
    INSERT INTO `fcgi_ost_version` (`id`, `version`) SELECT 1, UNIX_TIMESTAMP(NOW(6)) * 1000000 FROM DUAL
    ON DUPLICATE KEY UPDATE `version` = GREATEST(`version` + 1, UNIX_TIMESTAMP(NOW(6)) * 1000000);
CREATE TRIGGER IF NOT EXISTS `fcgi_ost_ticket_priority_changed` AFTER UPDATE ON `ost_ticket_priority` FOR EACH ROW
    INSERT INTO `fcgi_ost_version` (`id`, `version`) SELECT 1, UNIX_TIMESTAMP(NOW(6)) * 1000000 FROM DUAL
    ON DUPLICATE KEY UPDATE `version` = GREATEST(`version` + 1, UNIX_TIMESTAMP(NOW(6)) * 1000000);
CREATE TRIGGER IF NOT EXISTS `fcgi_ost_ticket_priority_deleted` AFTER DELETE ON `ost_ticket_priority` FOR EACH ROW
    INSERT INTO `fcgi_ost_version` (`id`, `version`) SELECT 1, UNIX_TIMESTAMP(NOW(6)) * 1000000 FROM DUAL
    ON DUPLICATE KEY UPDATE `version` = GREATEST(`version` + 1, UNIX_TIMESTAMP(NOW(6)) * 1000000);

CREATE TRIGGER IF NOT EXISTS `fcgi_ost_form_field_added` AFTER INSERT ON `ost_form_field` FOR EACH ROW
    INSERT INTO `fcgi_ost_version` (`id`, `version`) SELECT 1, UNIX_TIMESTAMP(NOW(6)) * 1000000 FROM DUAL
    ON DUPLICATE KEY UPDATE `version` = GREATEST(`version` + 1, UNIX_TIMESTAMP(NOW(6)) * 1000000);
CREATE TRIGGER IF NOT EXISTS `fcgi_ost_form_field_changed` AFTER UPDATE ON `ost_form_field` FOR EACH ROW
    INSERT INTO `fcgi_ost_version` (`id`, `version`) SELECT 1, UNIX_TIMESTAMP(NOW(6)) * 1000000 FROM DUAL
    ON DUPLICATE KEY UPDATE `version` = GREATEST(`version` + 1, UNIX_TIMESTAMP(NOW(6)) * 1000000);
CREATE TRIGGER IF NOT EXISTS `fcgi_ost_form_field_deleted` AFTER DELETE ON `ost_form_field` FOR EACH ROW
    INSERT INTO `fcgi_ost_version` (`id`, `version`) SELECT 1, UNIX_TIMESTAMP(NOW(6)) * 1000000 FROM DUAL
    ON DUPLICATE KEY UPDATE `version` = GREATEST(`version` + 1, UNIX_TIMESTAMP(NOW(6)) * 1000000);

CREATE TRIGGER IF NOT EXISTS `fcgi_ost_translation_added` AFTER INSERT ON `ost_translation` FOR EACH ROW
    INSERT INTO `fcgi_ost_version` (`id`, `version`) SELECT 1, UNIX_TIMESTAMP(NOW(6)) * 1000000 FROM DUAL
    ON DUPLICATE KEY UPDATE `version` = GREATEST(`version` + 1, UNIX_TIMESTAMP(NOW(6)) * 1000000);
CREATE TRIGGER IF NOT EXISTS `fcgi_ost_translation_changed` AFTER UPDATE ON `ost_translation` FOR EACH ROW
    INSERT INTO `fcgi_ost_version` (`id`, `version`) SELECT 1, UNIX_TIMESTAMP(NOW(6)) * 1000000 FROM DUAL
    ON DUPLICATE KEY UPDATE `version` = GREATEST(`version` + 1, UNIX_TIMESTAMP(NOW(6)) * 1000000);
CREATE TRIGGER IF NOT EXISTS `fcgi_ost_translation_deleted` AFTER DELETE ON `ost_translation` FOR EACH ROW
    INSERT INTO `fcgi_ost_version` (`id`, `version`) SELECT 1, UNIX_TIMESTAMP(NOW(6)) * 1000000 FROM DUAL
    ON DUPLICATE KEY UPDATE `version` = GREATEST(`version` + 1, UNIX_TIMESTAMP(NOW(6)) * 1000000);

CREATE TRIGGER IF NOT EXISTS `fcgi_ost_config_added` AFTER INSERT ON `ost_config` FOR EACH ROW
    INSERT INTO `fcgi_ost_version` (`id`, `version`) SELECT 1, UNIX_TIMESTAMP(NOW(6)) * 1000000 FROM DUAL
    WHERE NEW.`namespace` = 'core'
    ON DUPLICATE KEY UPDATE `version` = GREATEST(`version` + 1, UNIX_TIMESTAMP(NOW(6)) * 1000000);
CREATE TRIGGER IF NOT EXISTS `fcgi_ost_config_changed` AFTER UPDATE ON `ost_config` FOR EACH ROW
    INSERT INTO `fcgi_ost_version` (`id`, `version`) SELECT 1, UNIX_TIMESTAMP(NOW(6)) * 1000000 FROM DUAL
    WHERE 'core' IN (OLD.`namespace`, NEW.`namespace`)
    ON DUPLICATE KEY UPDATE `version` = GREATEST(`version` + 1, UNIX_TIMESTAMP(NOW(6)) * 1000000);
CREATE TRIGGER IF NOT EXISTS `fcgi_ost_config_deleted` AFTER DELETE ON `ost_config` FOR EACH ROW
    INSERT INTO `fcgi_ost_version` (`id`, `version`) SELECT 1, UNIX_TIMESTAMP(NOW(6)) * 1000000 FROM DUAL
    WHERE OLD.`namespace` = 'core'
    ON DUPLICATE KEY UPDATE `version` = GREATEST(`version` + 1, UNIX_TIMESTAMP(NOW(6)) * 1000000);
