-- SPDX-License-Identifier: GPL-2.0-or-later
-- The tables of an osTicket 1.18 help desk, for demos and tests: never load this into a help desk that exists.
--
-- For MariaDB 10.6 and later and MySQL 8.0.30 and later. Names carry the prefix ost_; where another one is wanted,
-- replace `ost_ by it in every `CREATE TABLE` line. The order of the columns is osTicket's.

SET NAMES utf8mb4;
SET sql_mode = '';  -- zero dates are osTicket's "never"


-- --------------------------------------------------------------------------------------------------------------
-- Settings, keys, sessions and the log
-- --------------------------------------------------------------------------------------------------------------

-- Settings by namespace: `core` is the help desk itself, `schedule.N` a schedule, `mysqlsearch` the index.
CREATE TABLE `ost_config` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `namespace` varchar(64) NOT NULL,
    `key` varchar(64) NOT NULL,
    `value` text NOT NULL,
    `updated` timestamp NOT NULL DEFAULT current_timestamp(),
    PRIMARY KEY (`id`),
    UNIQUE KEY `namespace` (`namespace`, `key`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- Who may call the API: a key counts for one address only.
CREATE TABLE `ost_api_key` (
    `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
    `isactive` tinyint(1) NOT NULL DEFAULT 1,
    `ipaddr` varchar(64) NOT NULL,
    `apikey` varchar(255) NOT NULL,
    `can_create_tickets` tinyint(1) unsigned NOT NULL DEFAULT 1,
    `can_exec_cron` tinyint(1) unsigned NOT NULL DEFAULT 1,
    `notes` text DEFAULT NULL,
    `updated` datetime NOT NULL,
    `created` datetime NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `apikey` (`apikey`),
    KEY `ipaddr` (`ipaddr`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- Web sessions of agents and clients.
CREATE TABLE `ost_session` (
    `session_id` varchar(255) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL DEFAULT '',
    `session_data` blob DEFAULT NULL,
    `session_expire` datetime DEFAULT NULL,
    `session_updated` datetime DEFAULT NULL,
    `user_id` varchar(16) COLLATE utf8mb3_unicode_ci NOT NULL DEFAULT '0',
    `user_ip` varchar(64) COLLATE utf8mb3_unicode_ci NOT NULL,
    `user_agent` varchar(255) COLLATE utf8mb3_unicode_ci NOT NULL,
    PRIMARY KEY (`session_id`),
    KEY `updated` (`session_updated`),
    KEY `user_id` (`user_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- What agents read under "System Logs".
CREATE TABLE `ost_syslog` (
    `log_id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `log_type` enum('Debug','Warning','Error') NOT NULL,
    `title` varchar(255) NOT NULL,
    `log` text NOT NULL,
    `logger` varchar(64) NOT NULL,
    `ip_address` varchar(64) NOT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`log_id`),
    KEY `log_type` (`log_type`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- Counters for ticket and task numbers.
CREATE TABLE `ost_sequence` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `name` varchar(64) DEFAULT NULL,
    `flags` int(10) unsigned DEFAULT NULL,
    `next` bigint(20) unsigned NOT NULL DEFAULT 1,
    `increment` int(11) DEFAULT 1,
    `padding` char(1) DEFAULT '0',
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- Translated phrases; `object_hash` is the end of md5(tag).
CREATE TABLE `ost_translation` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `object_hash` char(16) CHARACTER SET ascii COLLATE ascii_general_ci DEFAULT NULL,
    `type` enum('phrase','article','override') DEFAULT NULL,
    `flags` int(10) unsigned NOT NULL DEFAULT 0,
    `revision` int(11) unsigned DEFAULT NULL,
    `agent_id` int(10) unsigned NOT NULL DEFAULT 0,
    `lang` varchar(16) NOT NULL DEFAULT '',
    `text` mediumtext NOT NULL,
    `source_text` text DEFAULT NULL,
    `updated` timestamp NULL DEFAULT NULL ON UPDATE current_timestamp(),
    PRIMARY KEY (`id`),
    KEY `object_hash` (`object_hash`),
    KEY `type` (`type`, `lang`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_plugin` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `name` varchar(255) NOT NULL,
    `install_path` varchar(60) NOT NULL,
    `isphar` tinyint(1) NOT NULL DEFAULT 0,
    `isactive` tinyint(1) NOT NULL DEFAULT 0,
    `version` varchar(64) DEFAULT NULL,
    `notes` text DEFAULT NULL,
    `installed` datetime NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `install_path` (`install_path`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_plugin_instance` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `plugin_id` int(11) unsigned NOT NULL,
    `flags` int(10) NOT NULL DEFAULT 0,
    `name` varchar(255) NOT NULL DEFAULT '',
    `notes` text DEFAULT NULL,
    `created` datetime NOT NULL,
    `updated` datetime DEFAULT NULL,
    PRIMARY KEY (`id`),
    KEY `plugin_id` (`plugin_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- --------------------------------------------------------------------------------------------------------------
-- Departments, agents, teams and roles
-- --------------------------------------------------------------------------------------------------------------

-- `path` lists the ids from the root, as in /1/4/.
CREATE TABLE `ost_department` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `pid` int(11) unsigned DEFAULT NULL,
    `tpl_id` int(10) unsigned NOT NULL DEFAULT 0,
    `sla_id` int(10) unsigned NOT NULL DEFAULT 0,
    `schedule_id` int(10) unsigned NOT NULL DEFAULT 0,
    `email_id` int(10) unsigned NOT NULL DEFAULT 0,
    `autoresp_email_id` int(10) unsigned NOT NULL DEFAULT 0,
    `manager_id` int(10) unsigned NOT NULL DEFAULT 0,
    `flags` int(10) unsigned NOT NULL DEFAULT 0,
    `name` varchar(128) NOT NULL DEFAULT '',
    `signature` text NOT NULL,
    `ispublic` tinyint(1) unsigned NOT NULL DEFAULT 1,
    `group_membership` tinyint(1) NOT NULL DEFAULT 0,
    `ticket_auto_response` tinyint(1) NOT NULL DEFAULT 1,
    `message_auto_response` tinyint(1) NOT NULL DEFAULT 0,
    `path` varchar(128) NOT NULL DEFAULT '/',
    `updated` datetime NOT NULL,
    `created` datetime NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `name` (`name`, `pid`),
    KEY `autoresp_email_id` (`autoresp_email_id`),
    KEY `flags` (`flags`),
    KEY `manager_id` (`manager_id`),
    KEY `tpl_id` (`tpl_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- Agents.
CREATE TABLE `ost_staff` (
    `staff_id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `dept_id` int(10) unsigned NOT NULL DEFAULT 0,
    `role_id` int(10) unsigned NOT NULL DEFAULT 0,
    `username` varchar(32) NOT NULL DEFAULT '',
    `firstname` varchar(32) DEFAULT NULL,
    `lastname` varchar(32) DEFAULT NULL,
    `passwd` varchar(128) DEFAULT NULL,
    `backend` varchar(32) DEFAULT NULL,
    `email` varchar(255) DEFAULT NULL,
    `phone` varchar(24) NOT NULL DEFAULT '',
    `phone_ext` varchar(6) DEFAULT NULL,
    `mobile` varchar(24) NOT NULL DEFAULT '',
    `signature` text NOT NULL,
    `lang` varchar(16) DEFAULT NULL,
    `timezone` varchar(64) DEFAULT NULL,
    `locale` varchar(16) DEFAULT NULL,
    `notes` text DEFAULT NULL,
    `isactive` tinyint(1) NOT NULL DEFAULT 1,
    `isadmin` tinyint(1) NOT NULL DEFAULT 0,
    `isvisible` tinyint(1) unsigned NOT NULL DEFAULT 1,
    `onvacation` tinyint(1) unsigned NOT NULL DEFAULT 0,
    `assigned_only` tinyint(1) unsigned NOT NULL DEFAULT 0,
    `show_assigned_tickets` tinyint(1) unsigned NOT NULL DEFAULT 0,
    `change_passwd` tinyint(1) unsigned NOT NULL DEFAULT 0,
    `max_page_size` int(11) unsigned NOT NULL DEFAULT 0,
    `auto_refresh_rate` int(10) unsigned NOT NULL DEFAULT 0,
    `default_signature_type` enum('none','mine','dept') NOT NULL DEFAULT 'none',
    `default_paper_size` enum('Letter','Legal','Ledger','A4','A3') NOT NULL DEFAULT 'Letter',
    `extra` text DEFAULT NULL,
    `permissions` text DEFAULT NULL,
    `created` datetime NOT NULL,
    `lastlogin` datetime DEFAULT NULL,
    `passwdreset` datetime DEFAULT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`staff_id`),
    UNIQUE KEY `username` (`username`),
    KEY `dept_id` (`dept_id`),
    KEY `isactive` (`isactive`),
    KEY `issuperuser` (`isadmin`),
    KEY `onvacation` (`onvacation`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- Departments an agent may work in beside the own one.
CREATE TABLE `ost_staff_dept_access` (
    `staff_id` int(10) unsigned NOT NULL DEFAULT 0,
    `dept_id` int(10) unsigned NOT NULL DEFAULT 0,
    `role_id` int(10) unsigned NOT NULL DEFAULT 0,
    `flags` int(10) unsigned NOT NULL DEFAULT 1,
    PRIMARY KEY (`staff_id`, `dept_id`),
    KEY `dept_id` (`dept_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- `permissions` is a JSON object.
CREATE TABLE `ost_role` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `flags` int(10) unsigned NOT NULL DEFAULT 1,
    `name` varchar(64) DEFAULT NULL,
    `permissions` text DEFAULT NULL,
    `notes` text DEFAULT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `name` (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_group` (
    `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
    `role_id` int(11) unsigned NOT NULL,
    `flags` int(11) unsigned NOT NULL DEFAULT 1,
    `name` varchar(120) NOT NULL DEFAULT '',
    `notes` text DEFAULT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`),
    KEY `role_id` (`role_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_team` (
    `team_id` int(10) unsigned NOT NULL AUTO_INCREMENT,
    `lead_id` int(10) unsigned NOT NULL DEFAULT 0,
    `flags` int(10) unsigned NOT NULL DEFAULT 1,
    `name` varchar(125) NOT NULL DEFAULT '',
    `notes` text DEFAULT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`team_id`),
    UNIQUE KEY `name` (`name`),
    KEY `lead_id` (`lead_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_team_member` (
    `team_id` int(10) unsigned NOT NULL DEFAULT 0,
    `staff_id` int(10) unsigned NOT NULL,
    `flags` int(10) unsigned NOT NULL DEFAULT 0,
    PRIMARY KEY (`team_id`, `staff_id`),
    KEY `staff_id` (`staff_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- --------------------------------------------------------------------------------------------------------------
-- Clients
-- --------------------------------------------------------------------------------------------------------------

CREATE TABLE `ost_user` (
    `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
    `org_id` int(10) unsigned NOT NULL,
    `default_email_id` int(10) NOT NULL,
    `status` int(11) unsigned NOT NULL DEFAULT 0,
    `name` varchar(128) NOT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`),
    KEY `default_email_id` (`default_email_id`),
    KEY `name` (`name`),
    KEY `org_id` (`org_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- `user`.`default_email_id` points here; every address counts when a client is looked up.
CREATE TABLE `ost_user_email` (
    `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
    `user_id` int(10) unsigned NOT NULL,
    `flags` int(10) unsigned NOT NULL DEFAULT 0,
    `address` varchar(255) NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `address` (`address`),
    KEY `user_email_lookup` (`user_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- Sign-in of a client.
CREATE TABLE `ost_user_account` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `user_id` int(10) unsigned NOT NULL,
    `status` int(11) unsigned NOT NULL DEFAULT 0,
    `timezone` varchar(64) DEFAULT NULL,
    `lang` varchar(16) DEFAULT NULL,
    `username` varchar(64) DEFAULT NULL,
    `passwd` varchar(128) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
    `backend` varchar(32) DEFAULT NULL,
    `extra` text DEFAULT NULL,
    `registered` timestamp NULL DEFAULT current_timestamp(),
    PRIMARY KEY (`id`),
    UNIQUE KEY `username` (`username`),
    KEY `user_id` (`user_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- Answers of the contact form, one row a client, kept by osTicket.
CREATE TABLE `ost_user__cdata` (
    `user_id` int(11) unsigned NOT NULL,
    `email` mediumtext DEFAULT NULL,
    `name` mediumtext DEFAULT NULL,
    `phone` mediumtext DEFAULT NULL,
    `notes` mediumtext DEFAULT NULL,
    PRIMARY KEY (`user_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_organization` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `name` varchar(128) NOT NULL DEFAULT '',
    `manager` varchar(16) NOT NULL DEFAULT '',
    `status` int(11) unsigned NOT NULL DEFAULT 0,
    `domain` varchar(256) NOT NULL DEFAULT '',
    `extra` text DEFAULT NULL,
    `created` timestamp NULL DEFAULT NULL,
    `updated` timestamp NULL DEFAULT NULL ON UPDATE current_timestamp(),
    PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_organization__cdata` (
    `org_id` int(11) unsigned NOT NULL,
    `name` mediumtext DEFAULT NULL,
    `address` mediumtext DEFAULT NULL,
    `phone` mediumtext DEFAULT NULL,
    `website` mediumtext DEFAULT NULL,
    `notes` mediumtext DEFAULT NULL,
    PRIMARY KEY (`org_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- Quick notes about clients and organizations.
CREATE TABLE `ost_note` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `pid` int(11) unsigned DEFAULT NULL,
    `staff_id` int(11) unsigned NOT NULL DEFAULT 0,
    `ext_id` varchar(10) DEFAULT NULL,
    `body` text DEFAULT NULL,
    `status` int(11) unsigned NOT NULL DEFAULT 0,
    `sort` int(11) unsigned NOT NULL DEFAULT 0,
    `created` timestamp NOT NULL DEFAULT '0000-00-00 00:00:00',
    `updated` timestamp NOT NULL DEFAULT '0000-00-00 00:00:00' ON UPDATE current_timestamp(),
    PRIMARY KEY (`id`),
    KEY `ext_id` (`ext_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- --------------------------------------------------------------------------------------------------------------
-- Forms, fields and their answers
-- --------------------------------------------------------------------------------------------------------------

-- `type`: U client, T ticket, O organization, C company, A task, Ln list n, G anything else.
CREATE TABLE `ost_form` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `pid` int(10) unsigned DEFAULT NULL,
    `type` varchar(8) NOT NULL DEFAULT 'G',
    `flags` int(10) unsigned NOT NULL DEFAULT 1,
    `title` varchar(255) NOT NULL,
    `instructions` varchar(512) DEFAULT NULL,
    `name` varchar(64) NOT NULL DEFAULT '',
    `notes` text DEFAULT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`),
    KEY `type` (`type`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- `configuration` is JSON; `flags` say who must fill and who may see the field.
CREATE TABLE `ost_form_field` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `form_id` int(11) unsigned NOT NULL,
    `flags` int(10) unsigned DEFAULT 1,
    `type` varchar(255) NOT NULL DEFAULT 'text',
    `label` varchar(255) NOT NULL,
    `name` varchar(64) NOT NULL,
    `configuration` text DEFAULT NULL,
    `sort` int(11) unsigned NOT NULL,
    `hint` varchar(512) DEFAULT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`),
    KEY `form_id` (`form_id`),
    KEY `sort` (`sort`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- One filled form; `object_type` T ticket, U client, O organization, A task.
CREATE TABLE `ost_form_entry` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `form_id` int(11) unsigned NOT NULL,
    `object_id` int(11) unsigned DEFAULT NULL,
    `object_type` char(1) NOT NULL DEFAULT 'T',
    `sort` int(11) unsigned NOT NULL DEFAULT 1,
    `extra` text DEFAULT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`),
    KEY `entry_lookup` (`object_type`, `object_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_form_entry_values` (
    `entry_id` int(11) unsigned NOT NULL,
    `field_id` int(11) unsigned NOT NULL,
    `value` text DEFAULT NULL,
    `value_id` int(11) DEFAULT NULL,
    PRIMARY KEY (`entry_id`, `field_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- Choices of a list field.
CREATE TABLE `ost_list` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `name` varchar(255) NOT NULL,
    `name_plural` varchar(255) DEFAULT NULL,
    `sort_mode` enum('Alpha','-Alpha','SortCol') NOT NULL DEFAULT 'Alpha',
    `masks` int(11) unsigned NOT NULL DEFAULT 0,
    `type` varchar(16) DEFAULT NULL,
    `configuration` text NOT NULL DEFAULT '',
    `notes` text DEFAULT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`),
    KEY `type` (`type`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_list_items` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `list_id` int(11) DEFAULT NULL,
    `status` int(11) unsigned NOT NULL DEFAULT 1,
    `value` varchar(255) NOT NULL,
    `extra` varchar(255) DEFAULT NULL,
    `sort` int(11) NOT NULL DEFAULT 1,
    `properties` text DEFAULT NULL,
    PRIMARY KEY (`id`),
    KEY `list_item_lookup` (`list_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- --------------------------------------------------------------------------------------------------------------
-- Tickets and what they are sorted by
-- --------------------------------------------------------------------------------------------------------------

CREATE TABLE `ost_ticket` (
    `ticket_id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `ticket_pid` int(11) unsigned DEFAULT NULL,
    `number` varchar(20) DEFAULT NULL,
    `user_id` int(11) unsigned NOT NULL DEFAULT 0,
    `user_email_id` int(11) unsigned NOT NULL DEFAULT 0,
    `status_id` int(10) unsigned NOT NULL DEFAULT 0,
    `dept_id` int(10) unsigned NOT NULL DEFAULT 0,
    `sla_id` int(10) unsigned NOT NULL DEFAULT 0,
    `topic_id` int(10) unsigned NOT NULL DEFAULT 0,
    `staff_id` int(10) unsigned NOT NULL DEFAULT 0,
    `team_id` int(10) unsigned NOT NULL DEFAULT 0,
    `email_id` int(11) unsigned NOT NULL DEFAULT 0,
    `lock_id` int(11) unsigned NOT NULL DEFAULT 0,
    `flags` int(10) unsigned NOT NULL DEFAULT 0,
    `sort` int(11) unsigned NOT NULL DEFAULT 0,
    `ip_address` varchar(64) NOT NULL DEFAULT '',
    `source` enum('Web','Email','Phone','API','Other') NOT NULL DEFAULT 'Other',
    `source_extra` varchar(40) DEFAULT NULL,
    `isoverdue` tinyint(1) unsigned NOT NULL DEFAULT 0,
    `isanswered` tinyint(1) unsigned NOT NULL DEFAULT 0,
    `duedate` datetime DEFAULT NULL,
    `est_duedate` datetime DEFAULT NULL,
    `reopened` datetime DEFAULT NULL,
    `closed` datetime DEFAULT NULL,
    `lastupdate` datetime DEFAULT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`ticket_id`),
    KEY `closed` (`closed`),
    KEY `created` (`created`),
    KEY `dept_id` (`dept_id`),
    KEY `duedate` (`duedate`),
    KEY `sla_id` (`sla_id`),
    KEY `staff_id` (`staff_id`),
    KEY `status_id` (`status_id`),
    KEY `team_id` (`team_id`),
    KEY `ticket_pid` (`ticket_pid`),
    KEY `topic_id` (`topic_id`),
    KEY `user_id` (`user_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- Answers of the ticket form that queues show; the answers themselves are in form_entry_values.
CREATE TABLE `ost_ticket__cdata` (
    `ticket_id` int(11) unsigned NOT NULL,
    `subject` mediumtext DEFAULT NULL,
    `priority` mediumtext DEFAULT NULL,
    PRIMARY KEY (`ticket_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- `state` is open, closed, archived or deleted; `properties` is JSON.
CREATE TABLE `ost_ticket_status` (
    `id` int(11) NOT NULL AUTO_INCREMENT,
    `name` varchar(60) NOT NULL DEFAULT '',
    `state` varchar(16) DEFAULT NULL,
    `mode` int(11) unsigned NOT NULL DEFAULT 0,
    `flags` int(11) unsigned NOT NULL DEFAULT 0,
    `sort` int(11) unsigned NOT NULL DEFAULT 0,
    `properties` text NOT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `name` (`name`),
    KEY `state` (`state`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_ticket_priority` (
    `priority_id` tinyint(4) NOT NULL AUTO_INCREMENT,
    `priority` varchar(60) NOT NULL DEFAULT '',
    `priority_desc` varchar(30) NOT NULL DEFAULT '',
    `priority_color` varchar(7) NOT NULL DEFAULT '',
    `priority_urgency` tinyint(1) unsigned NOT NULL DEFAULT 0,
    `ispublic` tinyint(1) NOT NULL DEFAULT 1,
    PRIMARY KEY (`priority_id`),
    UNIQUE KEY `priority` (`priority`),
    KEY `ispublic` (`ispublic`),
    KEY `priority_urgency` (`priority_urgency`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_help_topic` (
    `topic_id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `topic_pid` int(10) unsigned NOT NULL DEFAULT 0,
    `ispublic` tinyint(1) unsigned NOT NULL DEFAULT 1,
    `noautoresp` tinyint(3) unsigned NOT NULL DEFAULT 0,
    `flags` int(10) unsigned DEFAULT 0,
    `status_id` int(10) unsigned NOT NULL DEFAULT 0,
    `priority_id` int(10) unsigned NOT NULL DEFAULT 0,
    `dept_id` int(10) unsigned NOT NULL DEFAULT 0,
    `staff_id` int(10) unsigned NOT NULL DEFAULT 0,
    `team_id` int(10) unsigned NOT NULL DEFAULT 0,
    `sla_id` int(10) unsigned NOT NULL DEFAULT 0,
    `page_id` int(10) unsigned NOT NULL DEFAULT 0,
    `sequence_id` int(10) unsigned NOT NULL DEFAULT 0,
    `sort` int(10) unsigned NOT NULL DEFAULT 0,
    `topic` varchar(128) NOT NULL DEFAULT '',
    `number_format` varchar(32) DEFAULT NULL,
    `notes` text DEFAULT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`topic_id`),
    UNIQUE KEY `topic` (`topic`, `topic_pid`),
    KEY `dept_id` (`dept_id`),
    KEY `page_id` (`page_id`),
    KEY `priority_id` (`priority_id`),
    KEY `sla_id` (`sla_id`),
    KEY `staff_id` (`staff_id`, `team_id`),
    KEY `topic_pid` (`topic_pid`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- Further forms of a topic, and the fields that it switches off.
CREATE TABLE `ost_help_topic_form` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `topic_id` int(11) unsigned NOT NULL DEFAULT 0,
    `form_id` int(10) unsigned NOT NULL DEFAULT 0,
    `sort` int(10) unsigned NOT NULL DEFAULT 1,
    `extra` text DEFAULT NULL,
    PRIMARY KEY (`id`),
    KEY `topic-form` (`topic_id`, `form_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- Who is answering a ticket right now.
CREATE TABLE `ost_lock` (
    `lock_id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `staff_id` int(10) unsigned NOT NULL DEFAULT 0,
    `expire` datetime DEFAULT NULL,
    `code` varchar(20) DEFAULT NULL,
    `created` datetime NOT NULL,
    PRIMARY KEY (`lock_id`),
    KEY `staff_id` (`staff_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- Unsent text of agents.
CREATE TABLE `ost_draft` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `staff_id` int(11) unsigned NOT NULL,
    `namespace` varchar(32) NOT NULL DEFAULT '',
    `body` text NOT NULL,
    `extra` text DEFAULT NULL,
    `created` timestamp NOT NULL DEFAULT current_timestamp(),
    `updated` timestamp NULL DEFAULT NULL,
    PRIMARY KEY (`id`),
    KEY `namespace` (`namespace`),
    KEY `staff_id` (`staff_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_task` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `object_id` int(11) NOT NULL DEFAULT 0,
    `object_type` char(1) NOT NULL,
    `number` varchar(20) DEFAULT NULL,
    `dept_id` int(10) unsigned NOT NULL DEFAULT 0,
    `staff_id` int(10) unsigned NOT NULL DEFAULT 0,
    `team_id` int(10) unsigned NOT NULL DEFAULT 0,
    `lock_id` int(11) unsigned NOT NULL DEFAULT 0,
    `flags` int(10) unsigned NOT NULL DEFAULT 0,
    `duedate` datetime DEFAULT NULL,
    `closed` datetime DEFAULT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`),
    KEY `created` (`created`),
    KEY `dept_id` (`dept_id`),
    KEY `flags` (`flags`),
    KEY `object` (`object_id`, `object_type`),
    KEY `staff_id` (`staff_id`),
    KEY `team_id` (`team_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_task__cdata` (
    `task_id` int(11) unsigned NOT NULL,
    `title` mediumtext DEFAULT NULL,
    PRIMARY KEY (`task_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- --------------------------------------------------------------------------------------------------------------
-- Threads: what was said about a ticket or task
-- --------------------------------------------------------------------------------------------------------------

-- `object_type` T ticket, A task, C merged child of a ticket.
CREATE TABLE `ost_thread` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `object_id` int(11) unsigned NOT NULL,
    `object_type` char(1) NOT NULL,
    `extra` text DEFAULT NULL,
    `lastresponse` datetime DEFAULT NULL,
    `lastmessage` datetime DEFAULT NULL,
    `created` datetime NOT NULL,
    PRIMARY KEY (`id`),
    KEY `object_id` (`object_id`),
    KEY `object_type` (`object_type`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- `type` M message, R reply, N note.
CREATE TABLE `ost_thread_entry` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `pid` int(11) unsigned NOT NULL DEFAULT 0,
    `thread_id` int(11) unsigned NOT NULL DEFAULT 0,
    `staff_id` int(11) unsigned NOT NULL DEFAULT 0,
    `user_id` int(11) unsigned NOT NULL DEFAULT 0,
    `type` char(1) NOT NULL DEFAULT '',
    `flags` int(11) unsigned NOT NULL DEFAULT 0,
    `poster` varchar(128) NOT NULL DEFAULT '',
    `editor` int(10) unsigned DEFAULT NULL,
    `editor_type` char(1) DEFAULT NULL,
    `source` varchar(32) NOT NULL DEFAULT '',
    `title` varchar(255) DEFAULT NULL,
    `body` text NOT NULL,
    `format` varchar(16) NOT NULL DEFAULT 'html',
    `ip_address` varchar(64) NOT NULL DEFAULT '',
    `extra` text DEFAULT NULL,
    `recipients` text DEFAULT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`),
    KEY `pid` (`pid`),
    KEY `staff_id` (`staff_id`),
    KEY `thread_id` (`thread_id`),
    KEY `type` (`type`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- Message id and headers of an entry that came by mail.
CREATE TABLE `ost_thread_entry_email` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `thread_entry_id` int(11) unsigned NOT NULL,
    `email_id` int(11) unsigned DEFAULT NULL,
    `mid` varchar(255) NOT NULL,
    `headers` text DEFAULT NULL,
    PRIMARY KEY (`id`),
    KEY `email_id` (`email_id`),
    KEY `mid` (`mid`),
    KEY `thread_entry_id` (`thread_entry_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_thread_entry_merge` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `thread_entry_id` int(11) unsigned NOT NULL,
    `data` text DEFAULT NULL,
    PRIMARY KEY (`id`),
    KEY `thread_entry_id` (`thread_entry_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- The audit trail; `event_id` is a row of `event`.
CREATE TABLE `ost_thread_event` (
    `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
    `thread_id` int(11) unsigned NOT NULL DEFAULT 0,
    `thread_type` char(1) NOT NULL DEFAULT '',
    `event_id` int(11) unsigned DEFAULT NULL,
    `staff_id` int(11) unsigned NOT NULL,
    `team_id` int(11) unsigned NOT NULL,
    `dept_id` int(11) unsigned NOT NULL,
    `topic_id` int(11) unsigned NOT NULL,
    `data` varchar(1024) DEFAULT NULL,
    `username` varchar(128) NOT NULL DEFAULT 'SYSTEM',
    `uid` int(11) unsigned DEFAULT NULL,
    `uid_type` char(1) NOT NULL DEFAULT 'S',
    `annulled` tinyint(1) unsigned NOT NULL DEFAULT 0,
    `timestamp` datetime NOT NULL,
    PRIMARY KEY (`id`),
    KEY `ticket_state` (`thread_id`, `event_id`, `timestamp`),
    KEY `ticket_stats` (`timestamp`, `event_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_event` (
    `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
    `name` varchar(60) NOT NULL,
    `description` varchar(60) DEFAULT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `name` (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_thread_collaborator` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `flags` int(10) unsigned NOT NULL DEFAULT 1,
    `thread_id` int(11) unsigned NOT NULL DEFAULT 0,
    `user_id` int(11) unsigned NOT NULL DEFAULT 0,
    `role` char(1) NOT NULL DEFAULT 'M',
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `collab` (`thread_id`, `user_id`),
    KEY `user_id` (`user_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_thread_referral` (
    `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
    `thread_id` int(11) unsigned NOT NULL,
    `object_id` int(11) unsigned NOT NULL,
    `object_type` char(1) NOT NULL,
    `created` datetime NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `ref` (`object_id`, `object_type`, `thread_id`),
    KEY `thread_id` (`thread_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- --------------------------------------------------------------------------------------------------------------
-- Files
-- --------------------------------------------------------------------------------------------------------------

-- `signature` and `size` find a file that is already there.
CREATE TABLE `ost_file` (
    `id` int(11) NOT NULL AUTO_INCREMENT,
    `ft` char(1) NOT NULL DEFAULT 'T',
    `bk` char(1) NOT NULL DEFAULT 'D',
    `type` varchar(255) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL DEFAULT '',
    `size` bigint(20) unsigned NOT NULL DEFAULT 0,
    `key` varchar(86) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
    `signature` varchar(86) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `name` varchar(255) NOT NULL DEFAULT '',
    `attrs` varchar(255) DEFAULT NULL,
    `created` datetime NOT NULL,
    PRIMARY KEY (`id`),
    KEY `created` (`created`),
    KEY `ft` (`ft`),
    KEY `key` (`key`),
    KEY `signature` (`signature`),
    KEY `size` (`size`),
    KEY `type` (`type`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_file_chunk` (
    `file_id` int(11) NOT NULL,
    `chunk_id` int(11) NOT NULL,
    `filedata` longblob NOT NULL,
    PRIMARY KEY (`file_id`, `chunk_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- Which file belongs to which object; `type` H thread entry, C canned response, …
CREATE TABLE `ost_attachment` (
    `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
    `object_id` int(11) unsigned NOT NULL,
    `type` char(1) NOT NULL,
    `file_id` int(11) unsigned NOT NULL,
    `name` varchar(255) DEFAULT NULL,
    `inline` tinyint(1) unsigned NOT NULL DEFAULT 0,
    `lang` varchar(16) DEFAULT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `file-type` (`object_id`, `file_id`, `type`),
    UNIQUE KEY `file_object` (`file_id`, `object_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- --------------------------------------------------------------------------------------------------------------
-- Service levels and business hours
-- --------------------------------------------------------------------------------------------------------------

CREATE TABLE `ost_sla` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `schedule_id` int(10) unsigned NOT NULL DEFAULT 0,
    `flags` int(10) unsigned NOT NULL DEFAULT 3,
    `grace_period` int(10) unsigned NOT NULL DEFAULT 0,
    `name` varchar(64) NOT NULL DEFAULT '',
    `notes` text DEFAULT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `name` (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_schedule` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `flags` int(11) unsigned NOT NULL DEFAULT 0,
    `name` varchar(255) NOT NULL,
    `timezone` varchar(64) DEFAULT NULL,
    `description` varchar(255) NOT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_schedule_entry` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `schedule_id` int(11) unsigned NOT NULL DEFAULT 0,
    `flags` int(11) unsigned NOT NULL DEFAULT 0,
    `sort` tinyint(3) unsigned NOT NULL DEFAULT 0,
    `name` varchar(255) NOT NULL,
    `repeats` varchar(16) NOT NULL DEFAULT 'never',
    `starts_on` date DEFAULT NULL,
    `starts_at` time DEFAULT NULL,
    `ends_on` date DEFAULT NULL,
    `ends_at` time DEFAULT NULL,
    `stops_on` datetime DEFAULT NULL,
    `day` tinyint(4) DEFAULT NULL,
    `week` tinyint(4) DEFAULT NULL,
    `month` tinyint(4) DEFAULT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`),
    KEY `repeats` (`repeats`),
    KEY `schedule_id` (`schedule_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- --------------------------------------------------------------------------------------------------------------
-- Mail
-- --------------------------------------------------------------------------------------------------------------

-- Addresses of the help desk.
CREATE TABLE `ost_email` (
    `email_id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `noautoresp` tinyint(1) unsigned NOT NULL DEFAULT 0,
    `priority_id` int(11) unsigned NOT NULL DEFAULT 2,
    `dept_id` int(11) unsigned NOT NULL DEFAULT 0,
    `topic_id` int(11) unsigned NOT NULL DEFAULT 0,
    `email` varchar(255) NOT NULL DEFAULT '',
    `name` varchar(255) NOT NULL DEFAULT '',
    `notes` text DEFAULT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`email_id`),
    UNIQUE KEY `email` (`email`),
    KEY `dept_id` (`dept_id`),
    KEY `priority_id` (`priority_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- How mail of an address is fetched and sent.
CREATE TABLE `ost_email_account` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `email_id` int(11) unsigned NOT NULL,
    `type` enum('mailbox','smtp') NOT NULL DEFAULT 'mailbox',
    `auth_bk` varchar(128) NOT NULL,
    `auth_id` varchar(16) DEFAULT NULL,
    `active` tinyint(1) unsigned NOT NULL DEFAULT 0,
    `host` varchar(128) NOT NULL DEFAULT '',
    `port` int(11) NOT NULL,
    `folder` varchar(255) DEFAULT NULL,
    `protocol` enum('IMAP','POP','SMTP','OTHER') NOT NULL DEFAULT 'OTHER',
    `encryption` enum('NONE','AUTO','SSL') NOT NULL DEFAULT 'AUTO',
    `fetchfreq` tinyint(3) unsigned NOT NULL DEFAULT 5,
    `fetchmax` tinyint(4) unsigned DEFAULT 30,
    `postfetch` enum('archive','delete','nothing') NOT NULL DEFAULT 'nothing',
    `archivefolder` varchar(255) DEFAULT NULL,
    `allow_spoofing` tinyint(1) unsigned DEFAULT 0,
    `num_errors` int(11) unsigned NOT NULL DEFAULT 0,
    `last_error_msg` tinytext DEFAULT NULL,
    `last_error` datetime DEFAULT NULL,
    `last_activity` datetime DEFAULT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
    PRIMARY KEY (`id`),
    KEY `email_id` (`email_id`),
    KEY `type` (`type`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_email_template_group` (
    `tpl_id` int(11) NOT NULL AUTO_INCREMENT,
    `isactive` tinyint(1) unsigned NOT NULL DEFAULT 0,
    `name` varchar(32) NOT NULL DEFAULT '',
    `lang` varchar(16) NOT NULL DEFAULT 'en_US',
    `notes` text DEFAULT NULL,
    `created` datetime NOT NULL,
    `updated` timestamp NOT NULL,
    PRIMARY KEY (`tpl_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_email_template` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `tpl_id` int(11) unsigned NOT NULL,
    `code_name` varchar(32) NOT NULL,
    `subject` varchar(255) NOT NULL DEFAULT '',
    `body` text NOT NULL,
    `notes` text DEFAULT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `template_lookup` (`tpl_id`, `code_name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- --------------------------------------------------------------------------------------------------------------
-- Filters
-- --------------------------------------------------------------------------------------------------------------

CREATE TABLE `ost_filter` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `execorder` int(10) unsigned NOT NULL DEFAULT 99,
    `isactive` tinyint(1) unsigned NOT NULL DEFAULT 1,
    `flags` int(10) unsigned DEFAULT 0,
    `status` int(11) unsigned NOT NULL DEFAULT 0,
    `match_all_rules` tinyint(1) unsigned NOT NULL DEFAULT 0,
    `stop_onmatch` tinyint(1) unsigned NOT NULL DEFAULT 0,
    `target` enum('Any','Web','Email','API') NOT NULL DEFAULT 'Any',
    `email_id` int(10) unsigned NOT NULL DEFAULT 0,
    `name` varchar(32) NOT NULL DEFAULT '',
    `notes` text DEFAULT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`),
    KEY `email_id` (`email_id`),
    KEY `target` (`target`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_filter_rule` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `filter_id` int(10) unsigned NOT NULL DEFAULT 0,
    `what` varchar(32) NOT NULL,
    `how` enum('equal','not_equal','contains','dn_contain','starts','ends','match','not_match') NOT NULL,
    `val` varchar(255) NOT NULL,
    `isactive` tinyint(1) unsigned NOT NULL DEFAULT 1,
    `notes` tinytext NOT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `filter` (`filter_id`, `what`, `how`, `val`),
    KEY `filter_id` (`filter_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_filter_action` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `filter_id` int(10) unsigned NOT NULL,
    `sort` int(10) unsigned NOT NULL DEFAULT 0,
    `type` varchar(24) NOT NULL,
    `configuration` text DEFAULT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`),
    KEY `filter_id` (`filter_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- --------------------------------------------------------------------------------------------------------------
-- Canned responses, pages and the knowledge base
-- --------------------------------------------------------------------------------------------------------------

CREATE TABLE `ost_canned_response` (
    `canned_id` int(10) unsigned NOT NULL AUTO_INCREMENT,
    `dept_id` int(10) unsigned NOT NULL DEFAULT 0,
    `isenabled` tinyint(1) unsigned NOT NULL DEFAULT 1,
    `title` varchar(255) NOT NULL DEFAULT '',
    `response` text NOT NULL,
    `lang` varchar(16) NOT NULL DEFAULT 'en_US',
    `notes` text DEFAULT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`canned_id`),
    UNIQUE KEY `title` (`title`),
    KEY `active` (`isenabled`),
    KEY `dept_id` (`dept_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_content` (
    `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
    `isactive` tinyint(1) unsigned NOT NULL DEFAULT 0,
    `type` varchar(32) NOT NULL DEFAULT 'other',
    `name` varchar(255) NOT NULL,
    `body` text NOT NULL,
    `notes` text DEFAULT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `name` (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_faq` (
    `faq_id` int(10) unsigned NOT NULL AUTO_INCREMENT,
    `category_id` int(10) unsigned NOT NULL DEFAULT 0,
    `ispublished` tinyint(1) unsigned NOT NULL DEFAULT 0,
    `question` varchar(255) NOT NULL,
    `answer` text NOT NULL,
    `keywords` tinytext DEFAULT NULL,
    `notes` text DEFAULT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`faq_id`),
    UNIQUE KEY `question` (`question`),
    KEY `category_id` (`category_id`),
    KEY `ispublished` (`ispublished`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_faq_category` (
    `category_id` int(10) unsigned NOT NULL AUTO_INCREMENT,
    `category_pid` int(10) unsigned DEFAULT NULL,
    `ispublic` tinyint(1) unsigned NOT NULL DEFAULT 0,
    `name` varchar(125) DEFAULT NULL,
    `description` text NOT NULL,
    `notes` tinytext NOT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`category_id`),
    KEY `ispublic` (`ispublic`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_faq_topic` (
    `faq_id` int(10) unsigned NOT NULL,
    `topic_id` int(10) unsigned NOT NULL,
    PRIMARY KEY (`faq_id`, `topic_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- --------------------------------------------------------------------------------------------------------------
-- Queues: what agents see in lists
-- --------------------------------------------------------------------------------------------------------------

CREATE TABLE `ost_queue` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `parent_id` int(11) unsigned NOT NULL DEFAULT 0,
    `columns_id` int(11) unsigned DEFAULT NULL,
    `sort_id` int(11) unsigned DEFAULT NULL,
    `flags` int(11) unsigned NOT NULL DEFAULT 0,
    `staff_id` int(11) unsigned NOT NULL DEFAULT 0,
    `sort` int(11) unsigned NOT NULL DEFAULT 0,
    `title` varchar(60) DEFAULT NULL,
    `config` text DEFAULT NULL,
    `filter` varchar(64) DEFAULT NULL,
    `root` varchar(32) DEFAULT NULL,
    `path` varchar(80) NOT NULL DEFAULT '/',
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`),
    KEY `parent_id` (`parent_id`),
    KEY `staff_id` (`staff_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_queue_column` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `flags` int(10) unsigned NOT NULL DEFAULT 0,
    `name` varchar(64) NOT NULL DEFAULT '',
    `primary` varchar(64) NOT NULL DEFAULT '',
    `secondary` varchar(64) DEFAULT NULL,
    `filter` varchar(32) DEFAULT NULL,
    `truncate` varchar(16) DEFAULT NULL,
    `annotations` text DEFAULT NULL,
    `conditions` text DEFAULT NULL,
    `extra` text DEFAULT NULL,
    PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_queue_columns` (
    `queue_id` int(11) unsigned NOT NULL,
    `column_id` int(11) unsigned NOT NULL,
    `staff_id` int(11) unsigned NOT NULL,
    `bits` int(10) unsigned NOT NULL DEFAULT 0,
    `sort` int(10) unsigned NOT NULL DEFAULT 1,
    `heading` varchar(64) DEFAULT NULL,
    `width` int(10) unsigned NOT NULL DEFAULT 100,
    PRIMARY KEY (`queue_id`, `column_id`, `staff_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_queue_config` (
    `queue_id` int(11) unsigned NOT NULL,
    `staff_id` int(11) unsigned NOT NULL,
    `setting` text DEFAULT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`queue_id`, `staff_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_queue_export` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `queue_id` int(11) unsigned NOT NULL,
    `path` varchar(64) NOT NULL DEFAULT '',
    `heading` varchar(64) DEFAULT NULL,
    `sort` int(10) unsigned NOT NULL DEFAULT 1,
    PRIMARY KEY (`id`),
    KEY `queue_id` (`queue_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_queue_sort` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `root` varchar(32) DEFAULT NULL,
    `name` varchar(64) NOT NULL DEFAULT '',
    `columns` text DEFAULT NULL,
    `updated` datetime DEFAULT NULL,
    PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

CREATE TABLE `ost_queue_sorts` (
    `queue_id` int(11) unsigned NOT NULL,
    `sort_id` int(11) unsigned NOT NULL,
    `bits` int(11) unsigned NOT NULL DEFAULT 0,
    `sort` int(10) unsigned NOT NULL DEFAULT 0,
    PRIMARY KEY (`queue_id`, `sort_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;

-- --------------------------------------------------------------------------------------------------------------
-- Search
-- --------------------------------------------------------------------------------------------------------------

-- Full text of tickets (T), thread entries (H), clients (U) and more.
CREATE TABLE `ost__search` (
    `object_type` varchar(8) NOT NULL,
    `object_id` int(11) unsigned NOT NULL,
    `title` text DEFAULT NULL,
    `content` text DEFAULT NULL,
    PRIMARY KEY (`object_type`, `object_id`),
    FULLTEXT KEY `search` (`title`, `content`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci;
