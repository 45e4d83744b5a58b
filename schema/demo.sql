-- SPDX-License-Identifier: GPL-2.0-or-later
-- A small help desk for demos and tests, to be loaded after osticket.sql: "Harbour Tools", who hire out machines.
-- Three agents answer; six clients ask. All names, texts and addresses are made up.

SET NAMES utf8mb4;
SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO';

-- --------------------------------------------------------------------------------------------------------------
-- Settings, keys, counters
-- --------------------------------------------------------------------------------------------------------------

INSERT INTO `ost_config` (`namespace`, `key`, `value`, `updated`) VALUES
    ('core', 'helpdesk_title', 'Harbour Tools help desk', '2025-01-06 08:00:00'),
    ('core', 'helpdesk_url', 'http://desk.harbour-tools.example/', '2025-01-06 08:00:00'),
    ('core', 'admin_email', 'admin@harbour-tools.example', '2025-01-06 08:00:00'),
    ('core', 'schema_signature', '5fb92bef17f3b603659e024c01cc7a59', '2025-01-06 08:00:00'),
    ('core', 'isonline', '1', '2025-01-06 08:00:00'),
    ('core', 'system_language', 'en_US', '2025-01-06 08:00:00'),
    ('core', 'default_timezone', 'UTC', '2025-01-06 08:00:00'),
    ('core', 'date_format', 'MM/dd/y', '2025-01-06 08:00:00'),
    ('core', 'time_format', 'hh:mm a', '2025-01-06 08:00:00'),
    ('core', 'datetime_format', 'MM/dd/y h:mm a', '2025-01-06 08:00:00'),
    ('core', 'daydatetime_format', 'EEE, MMM d y h:mm a', '2025-01-06 08:00:00'),
    ('core', 'default_dept_id', '1', '2025-01-06 08:00:00'),
    ('core', 'default_sla_id', '1', '2025-01-06 08:00:00'),
    ('core', 'default_priority_id', '2', '2025-01-06 08:00:00'),
    ('core', 'default_email_id', '1', '2025-01-06 08:00:00'),
    ('core', 'alert_email_id', '2', '2025-01-06 08:00:00'),
    ('core', 'default_template_id', '1', '2025-01-06 08:00:00'),
    ('core', 'default_smtp_id', '', '2025-01-06 08:00:00'),
    ('core', 'schedule_id', '1', '2025-01-06 08:00:00'),
    ('core', 'ticket_number_format', '######', '2025-01-06 08:00:00'),
    ('core', 'ticket_sequence_id', '0', '2025-01-06 08:00:00'),
    ('core', 'max_open_tickets', '0', '2025-01-06 08:00:00'),
    ('core', 'overlimit_notice_active', '0', '2025-01-06 08:00:00'),
    ('core', 'verify_email_addrs', '0', '2025-01-06 08:00:00'), -- no name server knows these domains
    ('core', 'auto_refer_closed', '1', '2025-01-06 08:00:00'),
    ('core', 'require_topic_to_close', '0', '2025-01-06 08:00:00'),
    ('core', 'email_attachments', '1', '2025-01-06 08:00:00'),
    ('core', 'max_file_size', '16777216', '2025-01-06 08:00:00'),
    ('core', 'strip_quoted_reply', '1', '2025-01-06 08:00:00'),
    ('core', 'reply_separator', '-- please write above this line --', '2025-01-06 08:00:00'),
    ('core', 'ticket_autoresponder', '1', '2025-01-06 08:00:00'),
    ('core', 'ticket_alert_active', '1', '2025-01-06 08:00:00'),
    ('core', 'ticket_alert_admin', '0', '2025-01-06 08:00:00'),
    ('core', 'ticket_alert_dept_manager', '1', '2025-01-06 08:00:00'),
    ('core', 'ticket_alert_dept_members', '0', '2025-01-06 08:00:00'),
    ('core', 'message_alert_active', '1', '2025-01-06 08:00:00'),
    ('core', 'message_alert_laststaff', '1', '2025-01-06 08:00:00'),
    ('core', 'message_alert_assigned', '1', '2025-01-06 08:00:00'),
    ('core', 'assigned_alert_active', '1', '2025-01-06 08:00:00'),
    ('core', 'assigned_alert_staff', '1', '2025-01-06 08:00:00'),
    ('core', 'note_alert_active', '0', '2025-01-06 08:00:00'),
    ('core', 'log_level', '2', '2025-01-06 08:00:00'),
    ('mysqlsearch', 'reindex', '0', '2025-01-06 08:00:00'),
    ('schedule.1', 'configuration', '{"holidays":[2]}', '2025-01-06 08:00:00');

-- A key counts for one address. The second may only read, the third is switched off.
INSERT INTO `ost_api_key`
    (`id`, `isactive`, `ipaddr`, `apikey`, `can_create_tickets`, `can_exec_cron`, `notes`, `updated`, `created`) VALUES
    (1, 1, '127.0.0.1', 'DE305D5475B4431BADB2EB6B9E546014', 1, 1, 'demo', '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (2, 1, '127.0.0.1', '7C9E6679742540DE944BE07FC1F90AE7', 0, 0, 'reads only', '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (3, 0, '127.0.0.1', '16FD2706BAAF433B82EB8C7FADA847DA', 1, 1, 'switched off', '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (4, 1, '192.0.2.80', '6FA459EAEE8A3CA4894EDB77E160355E', 1, 0, 'the web shop', '2025-01-06 08:00:00', '2025-01-06 08:00:00');

INSERT INTO `ost_sequence` (`id`, `name`, `flags`, `next`, `increment`, `padding`, `updated`) VALUES
    (1, 'Tickets', 1, 1, 1, '0', '2025-01-06 08:00:00'),
    (2, 'Tasks', 1, 1, 1, '0', '2025-01-06 08:00:00');

-- The names are osTicket's: the program looks an event up by its name.
INSERT INTO `ost_event` (`id`, `name`) VALUES
    (1, 'created'), (2, 'closed'), (3, 'reopened'), (4, 'assigned'), (5, 'released'), (6, 'transferred'), (7, 'referred'),
    (8, 'overdue'), (9, 'edited'), (10, 'viewed'), (11, 'error'), (12, 'collab'), (13, 'resent'), (14, 'deleted'),
    (15, 'merged'), (16, 'unlinked'), (17, 'linked'), (18, 'login'), (19, 'logout'), (20, 'message'), (21, 'note');

-- --------------------------------------------------------------------------------------------------------------
-- Working hours and service levels
-- --------------------------------------------------------------------------------------------------------------

INSERT INTO `ost_schedule` (`id`, `flags`, `name`, `timezone`, `description`, `created`, `updated`) VALUES
    (1, 1, 'Workshop hours', 'Europe/Amsterdam', 'Monday to Friday, half past seven to four', '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (2, 0, 'Days off', NULL, '', '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (3, 1, 'Around the clock', NULL, '', '2025-01-06 08:00:00', '2025-01-06 08:00:00');

INSERT INTO `ost_schedule_entry`
    (`schedule_id`, `flags`, `sort`, `name`, `repeats`, `starts_on`, `starts_at`, `ends_on`, `ends_at`, `day`, `week`, `month`, `created`, `updated`) VALUES
    (1, 0, 1, 'Weekdays', 'weekdays', '2025-01-06', '07:30:00', '2025-01-06', '16:00:00', NULL, NULL, NULL, '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (2, 0, 1, 'New Year', 'yearly', '2025-01-01', '00:00:00', '2025-01-01', '23:59:59', 1, NULL, 1, '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (2, 0, 2, 'Boxing Day', 'yearly', '2025-12-26', '00:00:00', '2025-12-26', '23:59:59', 26, NULL, 12, '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (3, 0, 1, 'Every day', 'daily', '2025-01-06', '00:00:00', '2025-01-06', '23:59:59', NULL, NULL, NULL, '2025-01-06 08:00:00', '2025-01-06 08:00:00');

INSERT INTO `ost_sla` (`id`, `schedule_id`, `flags`, `grace_period`, `name`, `created`, `updated`) VALUES
    (1, 0, 3, 16, 'Two working days', '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (2, 3, 3, 4, 'Machine down', '2025-01-06 08:00:00', '2025-01-06 08:00:00');

-- --------------------------------------------------------------------------------------------------------------
-- Departments, roles, agents, teams
-- --------------------------------------------------------------------------------------------------------------

INSERT INTO `ost_department`
    (`id`, `pid`, `tpl_id`, `sla_id`, `schedule_id`, `email_id`, `autoresp_email_id`, `manager_id`, `flags`, `name`, `signature`, `ispublic`, `group_membership`, `path`, `updated`, `created`) VALUES
    (1, NULL, 0, 0, 0, 0, 0, 1, 4, 'Hire desk', '<p>The hire desk<br />Harbour Tools</p>', 1, 1, '/1/', '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (2, NULL, 0, 1, 0, 3, 0, 2, 4, 'Workshop', 'The workshop', 1, 1, '/2/', '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (3, 2, 0, 2, 0, 0, 0, 2, 4, 'Field service', 'On the road', 0, 1, '/2/3/', '2025-01-06 08:00:00', '2025-01-06 08:00:00');

INSERT INTO `ost_role` (`id`, `flags`, `name`, `permissions`, `notes`, `created`, `updated`) VALUES
    (1, 1, 'Everything', '{"ticket.assign":1,"ticket.close":1,"ticket.create":1,"ticket.delete":1,"ticket.edit":1,"thread.edit":1,"ticket.reply":1,"ticket.refer":1,"ticket.release":1,"ticket.transfer":1,"canned.manage":1}', '', '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (2, 1, 'Answering', '{"ticket.assign":1,"ticket.close":1,"ticket.create":1,"ticket.reply":1,"ticket.transfer":1}', '', '2025-01-06 08:00:00', '2025-01-06 08:00:00');

INSERT INTO `ost_staff`
    (`staff_id`, `dept_id`, `role_id`, `username`, `firstname`, `lastname`, `email`, `phone`, `mobile`, `signature`, `isactive`, `isadmin`, `isvisible`, `onvacation`, `permissions`, `created`, `updated`) VALUES
    (1, 1, 1, 'mvries', 'Marieke', 'de Vries', 'marieke@harbour-tools.example', '', '', '<p>Marieke</p>', 1, 1, 1, 0, '{"user.create":1,"user.edit":1}', '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (2, 2, 1, 'tokafor', 'Tobenna', 'Okafor', 'tobenna@harbour-tools.example', '', '', 'Tobenna Okafor, workshop', 1, 0, 1, 0, NULL, '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (3, 3, 2, 'íris', 'Íris', 'Björnsdóttir', 'iris@harbour-tools.example', '', '', '', 1, 0, 1, 1, NULL, '2025-01-06 08:00:00', '2025-01-06 08:00:00');

INSERT INTO `ost_staff_dept_access` (`staff_id`, `dept_id`, `role_id`, `flags`) VALUES (1, 2, 1, 1), (2, 1, 2, 1);

INSERT INTO `ost_team` (`team_id`, `lead_id`, `flags`, `name`, `notes`, `created`, `updated`) VALUES
    (1, 2, 1, 'Pumps & compressors', '', '2025-01-06 08:00:00', '2025-01-06 08:00:00');
INSERT INTO `ost_team_member` (`team_id`, `staff_id`, `flags`) VALUES (1, 2, 1), (1, 3, 1);

-- --------------------------------------------------------------------------------------------------------------
-- Mail: addresses and the texts that go out
-- --------------------------------------------------------------------------------------------------------------

INSERT INTO `ost_email` (`email_id`, `noautoresp`, `priority_id`, `dept_id`, `topic_id`, `email`, `name`, `created`, `updated`) VALUES
    (1, 0, 2, 1, 0, 'desk@harbour-tools.example', 'Harbour Tools', '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (2, 1, 2, 1, 0, 'alerts@harbour-tools.example', 'Help desk alerts', '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (3, 0, 2, 2, 0, 'workshop@harbour-tools.example', 'Harbour Tools workshop', '2025-01-06 08:00:00', '2025-01-06 08:00:00');

-- An outgoing server that is written down but not in use: mail goes to the sendmail program.
INSERT INTO `ost_email_account`
    (`id`, `email_id`, `type`, `auth_bk`, `active`, `host`, `port`, `protocol`, `encryption`, `created`) VALUES
    (1, 1, 'smtp', 'none', 0, 'smtp.harbour-tools.example', 587, 'SMTP', 'AUTO', '2025-01-06 08:00:00');

INSERT INTO `ost_email_template_group` (`tpl_id`, `isactive`, `name`, `lang`, `created`, `updated`) VALUES
    (1, 1, 'Harbour Tools', 'en_US', '2025-01-06 08:00:00', '2025-01-06 08:00:00');

INSERT INTO `ost_email_template` (`tpl_id`, `code_name`, `subject`, `body`, `created`, `updated`) VALUES
    (1, 'ticket.autoresp', 'We have your request: %{ticket.subject} [#%{ticket.number}]',
     '<p>Good day %{recipient.name.first},</p><p>your request is in our book under <b>#%{ticket.number}</b>, and %{ticket.dept.name} will look at it.</p><blockquote>%{message}</blockquote><p>Read on here: <a href="%{recipient.ticket_link}">your request</a></p>%{signature}',
     '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (1, 'ticket.autoreply', 'Re: %{ticket.subject} [#%{ticket.number}]',
     '<p>Good day %{recipient.name.first},</p><p>this may help right away:</p>%{response}<p>If it does not, just answer this mail.</p>%{signature}',
     '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (1, 'message.autoresp', 'Added to #%{ticket.number}',
     '<p>Good day %{recipient.name.first},</p><p>we have added what you wrote to #%{ticket.number}.</p>%{signature}',
     '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (1, 'ticket.notice', 'Opened for you: %{ticket.subject} [#%{ticket.number}]',
     '<p>Good day %{recipient.name.first},</p><p>we have opened #%{ticket.number} for you.</p><blockquote>%{message}</blockquote>%{signature}',
     '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (1, 'ticket.overlimit', 'Please wait with further requests',
     '<p>Good day %{ticket.name.first},</p><p>you have several requests open with us. Please let us finish those first; we did not take your last one.</p>%{signature}',
     '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (1, 'ticket.reply', 'Re: %{ticket.subject} [#%{ticket.number}]',
     '<p>Good day %{recipient.name},</p>%{response}%{signature}<hr /><p>#%{ticket.number} is %{ticket.status.name}. <a href="%{recipient.ticket_link}">See the whole conversation</a></p>',
     '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (1, 'ticket.activity.notice', 'Re: %{ticket.subject} [#%{ticket.number}]',
     '<p>%{recipient.name.first}, %{poster.name} has written:</p><blockquote>%{message}</blockquote>',
     '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (1, 'ticket.alert', 'In: #%{ticket.number} %{ticket.subject}',
     '<p>%{recipient.name.first}, a request has come in.</p><p>From %{ticket.name} &lt;%{ticket.email}&gt;<br />For %{ticket.dept.name}<br />Priority %{ticket.priority}</p><blockquote>%{message}</blockquote><p><a href="%{ticket.staff_link}">Open it</a></p>',
     '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (1, 'message.alert', 'More on #%{ticket.number} %{ticket.subject}',
     '<p>%{recipient.name.first}, %{ticket.name} has written again.</p><blockquote>%{message}</blockquote><p><a href="%{ticket.staff_link}">Open it</a></p>',
     '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (1, 'note.alert', 'Noted on #%{ticket.number} %{ticket.subject}',
     '<p>%{recipient.name.first}, %{note.poster} left a note: %{note.title}</p><blockquote>%{note.message}</blockquote><p><a href="%{ticket.staff_link}">Open it</a></p>',
     '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (1, 'assigned.alert', 'Yours: #%{ticket.number} %{ticket.subject}',
     '<p>%{assignee.name.first}, %{assigner.name.short} gave you this request.</p><blockquote>%{comments}</blockquote><p><a href="%{ticket.staff_link}">Open it</a></p>',
     '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (1, 'transfer.alert', 'Moved to %{ticket.dept.name}: #%{ticket.number}',
     '<p>%{recipient.name.first}, %{staff.name.short} moved this request to you.</p><blockquote>%{comments}</blockquote>',
     '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (1, 'ticket.overdue', 'Late: #%{ticket.number} %{ticket.subject}',
     '<p>%{recipient.name.first}, this was due %{ticket.due_date}.</p>',
     '2025-01-06 08:00:00', '2025-01-06 08:00:00');

-- --------------------------------------------------------------------------------------------------------------
-- Forms: what a client and a ticket are asked for
-- --------------------------------------------------------------------------------------------------------------

INSERT INTO `ost_form` (`id`, `type`, `flags`, `title`, `instructions`, `name`, `created`, `updated`) VALUES
    (1, 'U', 1, 'About you', '', '', '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (2, 'T', 1, 'About your request', '', '', '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (3, 'C', 1, 'Our company', '', '', '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (4, 'O', 1, 'About your company', '', '', '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (5, 'G', 1, 'The machine', '', '', '2025-01-06 08:00:00', '2025-01-06 08:00:00');

INSERT INTO `ost_form_field`
    (`id`, `form_id`, `flags`, `type`, `label`, `name`, `configuration`, `sort`, `created`, `updated`) VALUES
    (1, 1, 489395, 'text', 'Mail address', 'email', '{"size":40,"length":64,"validator":"email"}', 1, '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (2, 1, 489395, 'text', 'Name', 'name', '{"size":40,"length":64}', 2, '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (3, 1, 13057, 'phone', 'Telephone', 'phone', NULL, 3, '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (4, 1, 12289, 'memo', 'Notes', 'notes', '{"rows":4,"cols":40}', 4, '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (20, 2, 489265, 'text', 'In a few words', 'subject', '{"size":40,"length":50}', 1, '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (21, 2, 480547, 'thread', 'What it is about', 'message', '{"attachments":true}', 2, '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (22, 2, 274609, 'priority', 'Priority', 'priority', NULL, 3, '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (23, 3, 291249, 'text', 'Company', 'name', '{"size":40,"length":64}', 1, '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (27, 4, 489395, 'text', 'Company', 'name', '{"size":40,"length":64}', 1, '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (40, 5, 13057, 'text', 'Plate number', 'plate', '{"size":12,"length":12}', 1, '2025-01-06 08:00:00', '2025-01-06 08:00:00');

-- --------------------------------------------------------------------------------------------------------------
-- Statuses, priorities, topics
-- --------------------------------------------------------------------------------------------------------------

INSERT INTO `ost_ticket_status` (`id`, `name`, `state`, `mode`, `flags`, `sort`, `properties`, `created`, `updated`) VALUES
    (1, 'Open', 'open', 3, 0, 1, '{}', '2025-01-06 08:00:00', '0000-00-00 00:00:00'),
    (2, 'Resolved', 'closed', 1, 0, 2, '{"allowreopen":true,"reopenstatus":0}', '2025-01-06 08:00:00', '0000-00-00 00:00:00'),
    (3, 'Closed', 'closed', 3, 0, 3, '{"allowreopen":true,"reopenstatus":0}', '2025-01-06 08:00:00', '0000-00-00 00:00:00'),
    (4, 'Archived', 'archived', 3, 0, 4, '{}', '2025-01-06 08:00:00', '0000-00-00 00:00:00'),
    (5, 'Deleted', 'deleted', 3, 0, 5, '{}', '2025-01-06 08:00:00', '0000-00-00 00:00:00'),
    (6, 'Waiting for parts', 'open', 1, 0, 6, '{}', '2025-01-06 08:00:00', '0000-00-00 00:00:00');

INSERT INTO `ost_ticket_priority` (`priority_id`, `priority`, `priority_desc`, `priority_color`, `priority_urgency`, `ispublic`) VALUES
    (1, 'low', 'Low', '#DDFFDD', 4, 1), (2, 'normal', 'Normal', '#FFFFF0', 3, 1),
    (3, 'high', 'High', '#FEE7E7', 2, 1), (4, 'emergency', 'Emergency', '#FEE7E7', 1, 1);

INSERT INTO `ost_help_topic`
    (`topic_id`, `topic_pid`, `ispublic`, `noautoresp`, `flags`, `status_id`, `priority_id`, `dept_id`, `staff_id`, `team_id`, `sla_id`, `page_id`, `sequence_id`, `sort`, `topic`, `notes`, `created`, `updated`) VALUES
    (1, 0, 1, 0, 2, 0, 2, 1, 0, 0, 0, 0, 0, 1, 'Hiring', '', '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (2, 0, 1, 0, 2, 0, 2, 2, 0, 0, 0, 0, 0, 2, 'Repairs', '', '2025-01-06 08:00:00', '2025-01-06 08:00:00'),
    (3, 2, 1, 0, 2, 0, 4, 3, 0, 1, 2, 0, 0, 3, 'Machine stands still', '', '2025-01-06 08:00:00', '2025-01-06 08:00:00');
INSERT INTO `ost_help_topic_form` (`topic_id`, `form_id`, `sort`, `extra`) VALUES
    (1, 2, 1, '{"disable":[]}'), (2, 2, 1, '{"disable":[]}'), (3, 2, 1, '{"disable":[]}'), (3, 5, 2, '{"disable":[]}');

-- --------------------------------------------------------------------------------------------------------------
-- Clients
-- --------------------------------------------------------------------------------------------------------------

INSERT INTO `ost_organization` (`id`, `name`, `manager`, `status`, `domain`, `created`, `updated`) VALUES
    (1, 'Quay Builders', '', 0, 'quay.example', '2025-01-06 08:00:00', '2025-01-06 08:00:00');
INSERT INTO `ost_organization__cdata` (`org_id`, `name`, `address`, `phone`, `website`, `notes`) VALUES (1, NULL, '', '', '', '');

INSERT INTO `ost_user` (`id`, `org_id`, `default_email_id`, `status`, `name`, `created`, `updated`) VALUES
    (1, 1, 1, 0, 'Anna Lindqvist', '2025-02-03 09:00:00', '2025-02-03 09:00:00'),
    (2, 1, 3, 0, 'Dr. Piet Jan van Dam Jr.', '2025-02-03 09:05:00', '2025-02-03 09:05:00'),
    (3, 0, 4, 0, 'Cher', '2025-02-04 10:00:00', '2025-02-04 10:00:00'),
    (4, 0, 5, 0, '山田 太郎', '2025-02-05 11:00:00', '2025-02-05 11:00:00'),
    (5, 0, 6, 0, 'Seán "Jock" O''Hara', '2025-02-06 12:00:00', '2025-02-06 12:00:00'),
    (6, 0, 7, 0, 'Nobody Yet', '2025-02-06 12:30:00', '2025-02-06 12:30:00');
INSERT INTO `ost_user_email` (`id`, `user_id`, `flags`, `address`) VALUES
    (1, 1, 0, 'anna@quay.example'), (2, 1, 0, 'anna.lindqvist@post.example'), (3, 2, 0, 'Piet.vanDam@quay.example'),
    (4, 3, 0, 'cher@stage.example'), (5, 4, 0, 'taro@yamada.example'), (6, 5, 0, 'sean+tools@ohara.example'),
    (7, 6, 0, 'nobody@post.example');
INSERT INTO `ost_user__cdata` (`user_id`, `email`, `name`, `phone`, `notes`) VALUES
    (1, NULL, NULL, '3125550142', NULL), (2, NULL, NULL, '5550177X12', NULL), (3, NULL, NULL, NULL, NULL),
    (4, NULL, NULL, '+81312345678', NULL), (5, NULL, NULL, '', NULL), (6, NULL, NULL, NULL, NULL);

-- --------------------------------------------------------------------------------------------------------------
-- Tickets
-- --------------------------------------------------------------------------------------------------------------

INSERT INTO `ost_ticket`
    (`ticket_id`, `ticket_pid`, `number`, `user_id`, `user_email_id`, `status_id`, `dept_id`, `sla_id`, `topic_id`, `staff_id`, `team_id`, `ip_address`, `source`, `isoverdue`, `isanswered`, `duedate`, `est_duedate`, `reopened`, `closed`, `lastupdate`, `created`, `updated`) VALUES
    (1, NULL, '310042', 1, 0, 1, 3, 2, 3, 2, 1, '192.0.2.15', 'API', 0, 0, NULL, '2025-03-03 13:12:00', NULL, NULL, '2025-03-03 09:12:00', '2025-03-03 09:12:00', '2025-03-03 09:12:00'),
    (2, NULL, '310043', 1, 0, 6, 2, 1, 2, 2, 0, '192.0.2.15', 'Web', 0, 1, '2025-03-14 12:00:00', '2025-03-06 08:40:00', NULL, NULL, '2025-03-04 08:40:00', '2025-03-04 08:40:00', '2025-03-05 10:05:00'),
    (3, NULL, '310044', 2, 0, 3, 1, 1, 1, 1, 0, '192.0.2.15', 'Email', 0, 1, NULL, NULL, NULL, '2025-03-07 15:30:00', '2025-03-07 15:30:00', '2025-03-06 14:00:00', '2025-03-07 15:30:00'),
    (4, NULL, '310045', 3, 0, 1, 1, 1, 1, 0, 0, '198.51.100.7', 'Phone', 0, 0, NULL, NULL, NULL, NULL, '2025-03-07 16:20:00', '2025-03-07 16:20:00', '2025-03-07 16:20:00'),
    (5, NULL, '310046', 4, 0, 1, 2, 1, 2, 0, 1, '198.51.100.8', 'API', 1, 0, NULL, '2025-03-11 08:00:00', NULL, NULL, '2025-03-07 08:00:00', '2025-03-07 08:00:00', '2025-03-07 08:00:00'),
    (6, NULL, '310047', 5, 0, 2, 2, 1, 2, 2, 0, '198.51.100.9', 'API', 0, 1, NULL, NULL, '2025-03-11 09:00:00', '2025-03-12 11:00:00', '2025-03-12 11:00:00', '2025-03-10 13:00:00', '2025-03-12 11:00:00'),
    (7, NULL, 'HT-0007', 1, 0, 1, 1, 1, 0, 1, 0, '192.0.2.15', 'Other', 0, 1, NULL, NULL, NULL, NULL, '2025-03-12 12:00:00', '2025-03-12 12:00:00', '2025-03-12 12:30:00'),
    (8, NULL, '310049', 2, 0, 4, 1, 1, 1, 1, 0, '192.0.2.16', 'Web', 0, 0, NULL, NULL, NULL, '2025-03-13 12:00:00', '2025-03-13 12:00:00', '2025-03-13 09:00:00', '2025-03-13 12:00:00');

INSERT INTO `ost_ticket__cdata` (`ticket_id`, `subject`, `priority`) VALUES
    (1, 'Pump stands still on pier 4', '4'), (2, 'Drill bit worn out', '2'), (3, 'Invoice for February', '2'),
    (4, 'Is the small crane free in April?', '1'), (5, '発電機の音が大きい', '3'), (6, 'Hose leaks at the "red" coupling', '2'),
    (7, 'Keys left at the desk', NULL), (8, 'Scaffold for two weeks', '2');

INSERT INTO `ost_form_entry` (`id`, `form_id`, `object_id`, `object_type`, `sort`, `created`, `updated`) VALUES
    (1, 1, 1, 'U', 1, '2025-02-03 09:00:00', '2025-02-03 09:00:00'), (2, 1, 2, 'U', 1, '2025-02-03 09:05:00', '2025-02-03 09:05:00'),
    (3, 1, 3, 'U', 1, '2025-02-04 10:00:00', '2025-02-04 10:00:00'), (4, 1, 4, 'U', 1, '2025-02-05 11:00:00', '2025-02-05 11:00:00'),
    (5, 1, 5, 'U', 1, '2025-02-06 12:00:00', '2025-02-06 12:00:00'), (6, 1, 6, 'U', 1, '2025-02-06 12:30:00', '2025-02-06 12:30:00'),
    (11, 2, 1, 'T', 1, '2025-03-03 09:12:00', '2025-03-03 09:12:00'), (12, 5, 1, 'T', 2, '2025-03-03 09:12:00', '2025-03-03 09:12:00'),
    (13, 2, 2, 'T', 1, '2025-03-04 08:40:00', '2025-03-04 08:40:00'), (14, 2, 3, 'T', 1, '2025-03-06 14:00:00', '2025-03-06 14:00:00'),
    (15, 2, 4, 'T', 1, '2025-03-07 16:20:00', '2025-03-07 16:20:00'), (16, 2, 5, 'T', 1, '2025-03-07 08:00:00', '2025-03-07 08:00:00'),
    (17, 2, 6, 'T', 1, '2025-03-10 13:00:00', '2025-03-10 13:00:00'), (18, 2, 7, 'T', 1, '2025-03-12 12:00:00', '2025-03-12 12:00:00'),
    (19, 2, 8, 'T', 1, '2025-03-13 09:00:00', '2025-03-13 09:00:00');

INSERT INTO `ost_form_entry_values` (`entry_id`, `field_id`, `value`, `value_id`) VALUES
    (1, 3, '3125550142', NULL), (1, 4, NULL, NULL), (2, 3, '5550177X12', NULL), (2, 4, NULL, NULL), (3, 3, NULL, NULL),
    (3, 4, NULL, NULL), (4, 3, '+81312345678', NULL), (4, 4, NULL, NULL), (5, 3, '', NULL), (5, 4, NULL, NULL),
    (6, 3, NULL, NULL), (6, 4, NULL, NULL),
    (11, 20, 'Pump stands still on pier 4', NULL), (11, 22, 'Emergency', 4), (12, 40, 'P-118', NULL),
    (13, 20, 'Drill bit worn out', NULL), (13, 22, 'Normal', 2),
    (14, 20, 'Invoice for February', NULL), (14, 22, 'Normal', 2),
    (15, 20, 'Is the small crane free in April?', NULL), (15, 22, 'Low', 1),
    (16, 20, '発電機の音が大きい', NULL), (16, 22, 'High', 3),
    (17, 20, 'Hose leaks at the "red" coupling', NULL), (17, 22, 'Normal', 2),
    (18, 20, 'Keys left at the desk', NULL), (18, 22, NULL, NULL),
    (19, 20, 'Scaffold for two weeks', NULL), (19, 22, 'Normal', 2);

-- --------------------------------------------------------------------------------------------------------------
-- What was said
-- --------------------------------------------------------------------------------------------------------------

INSERT INTO `ost_thread` (`id`, `object_id`, `object_type`, `lastresponse`, `lastmessage`, `created`) VALUES
    (1, 1, 'T', NULL, '2025-03-03 09:40:00', '2025-03-03 09:12:00'),
    (2, 2, 'T', '2025-03-05 10:05:00', '2025-03-04 08:40:00', '2025-03-04 08:40:00'),
    (3, 3, 'T', '2025-03-07 15:30:00', '2025-03-06 14:00:00', '2025-03-06 14:00:00'),
    (4, 4, 'T', NULL, '2025-03-07 16:20:00', '2025-03-07 16:20:00'),
    (5, 5, 'T', NULL, '2025-03-07 08:00:00', '2025-03-07 08:00:00'),
    (6, 6, 'T', '2025-03-12 11:00:00', '2025-03-11 09:00:00', '2025-03-10 13:00:00'),
    (7, 7, 'T', '2025-03-12 12:30:00', '2025-03-12 12:00:00', '2025-03-12 12:00:00'),
    (8, 8, 'T', NULL, '2025-03-13 09:00:00', '2025-03-13 09:00:00');

INSERT INTO `ost_thread_entry`
    (`id`, `pid`, `thread_id`, `staff_id`, `user_id`, `type`, `flags`, `poster`, `editor`, `editor_type`, `source`, `title`, `body`, `format`, `ip_address`, `created`, `updated`) VALUES
    (1, 0, 1, 0, 1, 'M', 65, 'Anna Lindqvist', NULL, NULL, 'API', 'Pump stands still on pier 4', 'The pump stopped at nine.\n\nPressure fell from 6 to < 1 bar & stays there.', 'text', '192.0.2.15', '2025-03-03 09:12:00', '0000-00-00 00:00:00'),
    (2, 0, 1, 2, 0, 'N', 64, 'Tobenna Okafor', NULL, NULL, '', 'Spare part', '<p>Seal kit <b>SK-9</b> is in the van.</p>', 'html', '192.0.2.2', '2025-03-03 09:25:00', '0000-00-00 00:00:00'),
    (3, 0, 1, 0, 1, 'M', 65, 'Anna Lindqvist', NULL, NULL, 'API', NULL, '<p>Here is a picture of the gauge.</p>', 'html', '192.0.2.15', '2025-03-03 09:40:00', '0000-00-00 00:00:00'),
    (4, 0, 2, 0, 1, 'M', 65, 'Anna Lindqvist', NULL, NULL, 'Web', 'Drill bit worn out', '<p>The 18&nbsp;mm bit is <i>blunt</i>.</p><ul><li>used twice</li><li>in concrete</li></ul>', 'html', '192.0.2.15', '2025-03-04 08:40:00', '0000-00-00 00:00:00'),
    (5, 4, 2, 2, 0, 'R', 576, 'Tobenna Okafor', 1, 'S', '', NULL, '<p>A new one is ordered; it comes on the 13th.</p>', 'html', '192.0.2.2', '2025-03-05 10:05:00', '2025-03-05 10:20:00'),
    (6, 0, 3, 0, 2, 'M', 65, 'Piet van Dam', NULL, NULL, 'Email', 'Invoice for February', 'Please send the invoice again.', 'text', '192.0.2.15', '2025-03-06 14:00:00', '0000-00-00 00:00:00'),
    (7, 6, 3, 1, 0, 'R', 64, 'Marieke de Vries', NULL, NULL, '', NULL, '<p>Attached.</p>', 'html', '192.0.2.1', '2025-03-07 15:30:00', '0000-00-00 00:00:00'),
    (8, 0, 4, 0, 3, 'M', 65, 'Cher', NULL, NULL, 'Phone', 'Is the small crane free in April?', 'Second half of April, two days.', 'text', '198.51.100.7', '2025-03-07 16:20:00', '0000-00-00 00:00:00'),
    (9, 0, 5, 0, 4, 'M', 65, '山田 太郎', NULL, NULL, 'API', '発電機の音が大きい', '朝から音が大きいです。', 'text', '198.51.100.8', '2025-03-07 08:00:00', '0000-00-00 00:00:00'),
    (10, 0, 6, 0, 5, 'M', 65, 'Seán O''Hara', NULL, NULL, 'API', 'Hose leaks', 'It drips.', 'text', '198.51.100.9', '2025-03-10 13:00:00', '0000-00-00 00:00:00'),
    (11, 10, 6, 2, 0, 'R', 64, 'Tobenna Okafor', NULL, NULL, '', NULL, '<p>New coupling sent.</p>', 'html', '192.0.2.2', '2025-03-10 15:00:00', '0000-00-00 00:00:00'),
    (12, 0, 6, 0, 5, 'M', 65, 'Seán O''Hara', NULL, NULL, 'Email', NULL, 'Still drips.', 'text', '198.51.100.9', '2025-03-11 09:00:00', '0000-00-00 00:00:00'),
    (13, 12, 6, 2, 0, 'R', 64, 'Tobenna Okafor', NULL, NULL, '', NULL, '<p>Hose changed on site.</p>', 'html', '192.0.2.2', '2025-03-12 11:00:00', '0000-00-00 00:00:00'),
    (14, 0, 7, 0, 1, 'M', 65, 'Anna Lindqvist', NULL, NULL, 'Other', 'Keys left at the desk', 'Keys with a blue tag.', 'text', '192.0.2.15', '2025-03-12 12:00:00', '0000-00-00 00:00:00'),
    (15, 14, 7, 1, 0, 'R', 64, 'Marieke de Vries', NULL, NULL, '', NULL, '<p>They are here.</p>', 'html', '192.0.2.1', '2025-03-12 12:30:00', '0000-00-00 00:00:00'),
    (16, 0, 8, 0, 2, 'M', 65, 'Piet van Dam', NULL, NULL, 'Web', 'Scaffold for two weeks', 'From the 17th.', 'text', '192.0.2.16', '2025-03-13 09:00:00', '0000-00-00 00:00:00');

INSERT INTO `ost_thread_entry_email` (`id`, `thread_entry_id`, `email_id`, `mid`, `headers`) VALUES
    (1, 6, 1, '<20250306140000.4711@quay.example>', 'From: Piet van Dam <Piet.vanDam@quay.example>\nMessage-ID: <20250306140000.4711@quay.example>\nSubject: Invoice for February\n');

INSERT INTO `ost_thread_collaborator` (`id`, `flags`, `thread_id`, `user_id`, `role`, `created`, `updated`) VALUES
    (1, 1, 1, 2, 'M', '2025-03-03 09:12:00', '2025-03-03 09:12:00');

INSERT INTO `ost_thread_event`
    (`thread_id`, `thread_type`, `event_id`, `staff_id`, `team_id`, `dept_id`, `topic_id`, `data`, `username`, `uid`, `uid_type`, `annulled`, `timestamp`) VALUES
    (1, 'T', 1, 0, 0, 3, 3, NULL, 'SYSTEM', 1, 'U', 0, '2025-03-03 09:12:00'),
    (2, 'T', 1, 0, 0, 2, 2, NULL, 'SYSTEM', 1, 'U', 0, '2025-03-04 08:40:00'),
    (3, 'T', 1, 0, 0, 1, 1, NULL, 'SYSTEM', 2, 'U', 0, '2025-03-06 14:00:00'),
    (3, 'T', 2, 1, 0, 1, 1, '{"status":[3,"Closed"]}', 'mvries', 1, 'S', 0, '2025-03-07 15:30:00'),
    (4, 'T', 1, 0, 0, 1, 1, NULL, 'SYSTEM', 3, 'U', 0, '2025-03-07 16:20:00'),
    (5, 'T', 1, 0, 0, 2, 2, NULL, 'SYSTEM', 4, 'U', 0, '2025-03-07 08:00:00'),
    (6, 'T', 1, 0, 0, 2, 2, NULL, 'SYSTEM', 5, 'U', 0, '2025-03-10 13:00:00'),
    (6, 'T', 2, 2, 0, 2, 2, '{"status":[2,"Resolved"]}', 'tokafor', 2, 'S', 1, '2025-03-10 15:00:00'),
    (6, 'T', 3, 2, 0, 2, 2, NULL, 'SYSTEM', 5, 'U', 0, '2025-03-11 09:00:00'),
    (6, 'T', 2, 2, 0, 2, 2, '{"status":[2,"Resolved"]}', 'tokafor', 2, 'S', 0, '2025-03-12 11:00:00'),
    (7, 'T', 1, 0, 0, 1, 0, NULL, 'SYSTEM', 1, 'U', 0, '2025-03-12 12:00:00'),
    (8, 'T', 1, 0, 0, 1, 1, NULL, 'SYSTEM', 2, 'U', 0, '2025-03-13 09:00:00');

-- --------------------------------------------------------------------------------------------------------------
-- Files and canned responses
-- --------------------------------------------------------------------------------------------------------------

INSERT INTO `ost_file` (`id`, `ft`, `bk`, `type`, `size`, `key`, `signature`, `name`, `attrs`, `created`) VALUES
    (1, 'T', 'D', 'image/png', 70, 'gauge0000000000000000000000000001', 'gauge0000000000000000000000000001', 'gauge.png', NULL, '2025-03-03 09:40:00'),
    (2, 'T', 'D', 'text/plain', 26, 'invoice00000000000000000000000002', 'invoice00000000000000000000000002', 'invoice é 02.txt', NULL, '2025-03-07 15:30:00'),
    (3, 'T', 'D', 'text/plain', 19, 'opening00000000000000000000000003', 'opening00000000000000000000000003', 'opening hours.txt', NULL, '2025-01-06 08:00:00');
INSERT INTO `ost_file_chunk` (`file_id`, `chunk_id`, `filedata`) VALUES
    (1, 0, X'89504E470D0A1A0A0000000D4948445200000001000000010804000000B51C0C020000000D49444154789C63FCFF1F0003030200EFBF256D0000000049454E44AE426082'),
    (2, 0, 'February: 4 days, 312 EUR\n'),
    (3, 0, 'Mo-Fr 7:30 to 16:00');
UPDATE `ost_file` JOIN `ost_file_chunk` ON `file_id` = `id` SET `size` = LENGTH(`filedata`);
INSERT INTO `ost_attachment` (`object_id`, `type`, `file_id`, `name`, `inline`) VALUES
    (3, 'H', 1, NULL, 0), (7, 'H', 2, NULL, 0), (1, 'C', 3, NULL, 0);

INSERT INTO `ost_canned_response` (`canned_id`, `dept_id`, `isenabled`, `title`, `response`, `lang`, `created`, `updated`) VALUES
    (1, 0, 1, 'When we are there', '<p>Good day %{ticket.name.first}, you find us at the quay on every working day; the hours are attached.</p>', 'en_US', '2025-01-06 08:00:00', '2025-01-06 08:00:00');

-- --------------------------------------------------------------------------------------------------------------
-- The search index, as osTicket keeps it
-- --------------------------------------------------------------------------------------------------------------

INSERT INTO `ost__search` (`object_type`, `object_id`, `title`, `content`)
    SELECT 'T', `ticket_id`, CONCAT(`number`, ' ', `subject`), `subject` FROM `ost_ticket` JOIN `ost_ticket__cdata` USING (`ticket_id`);
INSERT INTO `ost__search` (`object_type`, `object_id`, `title`, `content`)
    SELECT 'H', `id`, COALESCE(`title`, ''), REGEXP_REPLACE(`body`, '<[^>]*>', ' ') FROM `ost_thread_entry`;
