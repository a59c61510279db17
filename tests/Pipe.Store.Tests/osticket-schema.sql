-- The tables of osTicket 1.18 that mail intake reads and writes, as an installation on MySQL or MariaDB has them.

CREATE TABLE `ost_config` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `namespace` varchar(64) NOT NULL,
    `key` varchar(64) NOT NULL,
    `value` text NOT NULL,
    `updated` timestamp NOT NULL DEFAULT current_timestamp(),
    PRIMARY KEY (`id`),
    UNIQUE KEY `namespace` (`namespace`,`key`)
) DEFAULT CHARSET=utf8;

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
    KEY `priority_id` (`priority_id`),
    KEY `dept_id` (`dept_id`)
) DEFAULT CHARSET=utf8;

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
    UNIQUE KEY `name` (`name`,`pid`),
    KEY `manager_id` (`manager_id`),
    KEY `autoresp_email_id` (`autoresp_email_id`),
    KEY `tpl_id` (`tpl_id`),
    KEY `flags` (`flags`)
) DEFAULT CHARSET=utf8;

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
    UNIQUE KEY `topic` (`topic`,`topic_pid`),
    KEY `topic_pid` (`topic_pid`),
    KEY `priority_id` (`priority_id`),
    KEY `dept_id` (`dept_id`),
    KEY `staff_id` (`staff_id`,`team_id`),
    KEY `sla_id` (`sla_id`),
    KEY `page_id` (`page_id`)
) DEFAULT CHARSET=utf8;

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
) DEFAULT CHARSET=utf8;

CREATE TABLE `ost_schedule` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `flags` int(11) unsigned NOT NULL DEFAULT 0,
    `name` varchar(255) NOT NULL,
    `timezone` varchar(64) DEFAULT NULL,
    `description` varchar(255) NOT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`)
) DEFAULT CHARSET=utf8;

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
    KEY `schedule_id` (`schedule_id`),
    KEY `repeats` (`repeats`)
) DEFAULT CHARSET=utf8;

CREATE TABLE `ost_ticket_priority` (
    `priority_id` tinyint(4) NOT NULL AUTO_INCREMENT,
    `priority` varchar(60) NOT NULL DEFAULT '',
    `priority_desc` varchar(30) NOT NULL DEFAULT '',
    `priority_color` varchar(7) NOT NULL DEFAULT '',
    `priority_urgency` tinyint(1) unsigned NOT NULL DEFAULT 0,
    `ispublic` tinyint(1) NOT NULL DEFAULT 1,
    PRIMARY KEY (`priority_id`),
    UNIQUE KEY `priority` (`priority`),
    KEY `priority_urgency` (`priority_urgency`),
    KEY `ispublic` (`ispublic`)
) DEFAULT CHARSET=utf8;

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
) DEFAULT CHARSET=utf8;

CREATE TABLE `ost_event` (
    `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
    `name` varchar(60) NOT NULL,
    `description` varchar(60) DEFAULT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `name` (`name`)
) DEFAULT CHARSET=utf8;

CREATE TABLE `ost_sequence` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `name` varchar(64) DEFAULT NULL,
    `flags` int(10) unsigned DEFAULT NULL,
    `next` bigint(20) unsigned NOT NULL DEFAULT 1,
    `increment` int(11) DEFAULT 1,
    `padding` char(1) DEFAULT '0',
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`)
) DEFAULT CHARSET=utf8;

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
) DEFAULT CHARSET=utf8;

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
) DEFAULT CHARSET=utf8;

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
    KEY `entry_lookup` (`object_type`,`object_id`)
) DEFAULT CHARSET=utf8;

CREATE TABLE `ost_form_entry_values` (
    `entry_id` int(11) unsigned NOT NULL,
    `field_id` int(11) unsigned NOT NULL,
    `value` text DEFAULT NULL,
    `value_id` int(11) DEFAULT NULL,
    PRIMARY KEY (`entry_id`,`field_id`)
) DEFAULT CHARSET=utf8;

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
    KEY `target` (`target`),
    KEY `email_id` (`email_id`)
) DEFAULT CHARSET=utf8;

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
    UNIQUE KEY `filter` (`filter_id`,`what`,`how`,`val`),
    KEY `filter_id` (`filter_id`)
) DEFAULT CHARSET=utf8;

CREATE TABLE `ost_filter_action` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `filter_id` int(10) unsigned NOT NULL,
    `sort` int(10) unsigned NOT NULL DEFAULT 0,
    `type` varchar(24) NOT NULL,
    `configuration` text DEFAULT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`),
    KEY `filter_id` (`filter_id`)
) DEFAULT CHARSET=utf8;

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
    KEY `dept_id` (`dept_id`),
    KEY `active` (`isenabled`)
) DEFAULT CHARSET=utf8;

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
) DEFAULT CHARSET=utf8;

CREATE TABLE `ost_organization__cdata` (
    `org_id` int(11) unsigned NOT NULL,
    `name` mediumtext DEFAULT NULL,
    `address` mediumtext DEFAULT NULL,
    `phone` mediumtext DEFAULT NULL,
    `website` mediumtext DEFAULT NULL,
    `notes` mediumtext DEFAULT NULL,
    PRIMARY KEY (`org_id`)
) DEFAULT CHARSET=utf8;

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
    KEY `issuperuser` (`isadmin`),
    KEY `isactive` (`isactive`),
    KEY `onvacation` (`onvacation`)
) DEFAULT CHARSET=utf8;

CREATE TABLE `ost_staff_dept_access` (
    `staff_id` int(10) unsigned NOT NULL DEFAULT 0,
    `dept_id` int(10) unsigned NOT NULL DEFAULT 0,
    `role_id` int(10) unsigned NOT NULL DEFAULT 0,
    `flags` int(10) unsigned NOT NULL DEFAULT 1,
    PRIMARY KEY (`staff_id`,`dept_id`),
    KEY `dept_id` (`dept_id`)
) DEFAULT CHARSET=utf8;

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
) DEFAULT CHARSET=utf8;

CREATE TABLE `ost_team_member` (
    `team_id` int(10) unsigned NOT NULL DEFAULT 0,
    `staff_id` int(10) unsigned NOT NULL,
    `flags` int(10) unsigned NOT NULL DEFAULT 0,
    PRIMARY KEY (`team_id`,`staff_id`),
    KEY `staff_id` (`staff_id`)
) DEFAULT CHARSET=utf8;

CREATE TABLE `ost_user` (
    `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
    `org_id` int(10) unsigned NOT NULL,
    `default_email_id` int(10) NOT NULL,
    `status` int(11) unsigned NOT NULL DEFAULT 0,
    `name` varchar(128) NOT NULL,
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`),
    KEY `org_id` (`org_id`),
    KEY `default_email_id` (`default_email_id`),
    KEY `name` (`name`)
) DEFAULT CHARSET=utf8;

CREATE TABLE `ost_user_email` (
    `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
    `user_id` int(10) unsigned NOT NULL,
    `flags` int(10) unsigned NOT NULL DEFAULT 0,
    `address` varchar(255) NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `address` (`address`),
    KEY `user_email_lookup` (`user_id`)
) DEFAULT CHARSET=utf8;

CREATE TABLE `ost_user__cdata` (
    `user_id` int(11) unsigned NOT NULL,
    `email` mediumtext DEFAULT NULL,
    `name` mediumtext DEFAULT NULL,
    `phone` mediumtext DEFAULT NULL,
    `notes` mediumtext DEFAULT NULL,
    PRIMARY KEY (`user_id`)
) DEFAULT CHARSET=utf8;

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
    KEY `user_id` (`user_id`),
    KEY `dept_id` (`dept_id`),
    KEY `staff_id` (`staff_id`),
    KEY `team_id` (`team_id`),
    KEY `status_id` (`status_id`),
    KEY `created` (`created`),
    KEY `closed` (`closed`),
    KEY `duedate` (`duedate`),
    KEY `topic_id` (`topic_id`),
    KEY `sla_id` (`sla_id`),
    KEY `ticket_pid` (`ticket_pid`)
) DEFAULT CHARSET=utf8;

CREATE TABLE `ost_ticket__cdata` (
    `ticket_id` int(11) unsigned NOT NULL,
    `subject` mediumtext DEFAULT NULL,
    `priority` mediumtext DEFAULT NULL,
    PRIMARY KEY (`ticket_id`)
) DEFAULT CHARSET=utf8;

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
    KEY `dept_id` (`dept_id`),
    KEY `staff_id` (`staff_id`),
    KEY `team_id` (`team_id`),
    KEY `created` (`created`),
    KEY `object` (`object_id`,`object_type`),
    KEY `flags` (`flags`)
) DEFAULT CHARSET=utf8;

CREATE TABLE `ost_task__cdata` (
    `task_id` int(11) unsigned NOT NULL,
    `title` mediumtext DEFAULT NULL,
    PRIMARY KEY (`task_id`)
) DEFAULT CHARSET=utf8;

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
) DEFAULT CHARSET=utf8;

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
    KEY `thread_id` (`thread_id`),
    KEY `staff_id` (`staff_id`),
    KEY `type` (`type`)
) DEFAULT CHARSET=utf8;

CREATE TABLE `ost_thread_entry_email` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `thread_entry_id` int(11) unsigned NOT NULL,
    `email_id` int(11) unsigned DEFAULT NULL,
    `mid` varchar(255) NOT NULL,
    `headers` text DEFAULT NULL,
    PRIMARY KEY (`id`),
    KEY `thread_entry_id` (`thread_entry_id`),
    KEY `mid` (`mid`),
    KEY `email_id` (`email_id`)
) DEFAULT CHARSET=utf8;

CREATE TABLE `ost_thread_entry_merge` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `thread_entry_id` int(11) unsigned NOT NULL,
    `data` text DEFAULT NULL,
    PRIMARY KEY (`id`),
    KEY `thread_entry_id` (`thread_entry_id`)
) DEFAULT CHARSET=utf8;

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
    KEY `ticket_state` (`thread_id`,`event_id`,`timestamp`),
    KEY `ticket_stats` (`timestamp`,`event_id`)
) DEFAULT CHARSET=utf8;

CREATE TABLE `ost_thread_collaborator` (
    `id` int(11) unsigned NOT NULL AUTO_INCREMENT,
    `flags` int(10) unsigned NOT NULL DEFAULT 1,
    `thread_id` int(11) unsigned NOT NULL DEFAULT 0,
    `user_id` int(11) unsigned NOT NULL DEFAULT 0,
    `role` char(1) NOT NULL DEFAULT 'M',
    `created` datetime NOT NULL,
    `updated` datetime NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `collab` (`thread_id`,`user_id`),
    KEY `user_id` (`user_id`)
) DEFAULT CHARSET=utf8;

CREATE TABLE `ost_thread_referral` (
    `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
    `thread_id` int(11) unsigned NOT NULL,
    `object_id` int(11) unsigned NOT NULL,
    `object_type` char(1) NOT NULL,
    `created` datetime NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `ref` (`object_id`,`object_type`,`thread_id`),
    KEY `thread_id` (`thread_id`)
) DEFAULT CHARSET=utf8;

CREATE TABLE `ost_file` (
    `id` int(11) NOT NULL AUTO_INCREMENT,
    `ft` char(1) NOT NULL DEFAULT 'T',
    `bk` char(1) NOT NULL DEFAULT 'D',
    `type` varchar(255) CHARACTER SET ascii NOT NULL DEFAULT '',
    `size` bigint(20) unsigned NOT NULL DEFAULT 0,
    `key` varchar(86) CHARACTER SET ascii NOT NULL,
    `signature` varchar(86) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `name` varchar(255) NOT NULL DEFAULT '',
    `attrs` varchar(255) DEFAULT NULL,
    `created` datetime NOT NULL,
    PRIMARY KEY (`id`),
    KEY `ft` (`ft`),
    KEY `key` (`key`),
    KEY `signature` (`signature`),
    KEY `type` (`type`),
    KEY `created` (`created`),
    KEY `size` (`size`)
) DEFAULT CHARSET=utf8;

CREATE TABLE `ost_file_chunk` (
    `file_id` int(11) NOT NULL,
    `chunk_id` int(11) NOT NULL,
    `filedata` longblob NOT NULL,
    PRIMARY KEY (`file_id`,`chunk_id`)
) DEFAULT CHARSET=utf8;

CREATE TABLE `ost_attachment` (
    `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
    `object_id` int(11) unsigned NOT NULL,
    `type` char(1) NOT NULL,
    `file_id` int(11) unsigned NOT NULL,
    `name` varchar(255) DEFAULT NULL,
    `inline` tinyint(1) unsigned NOT NULL DEFAULT 0,
    `lang` varchar(16) DEFAULT NULL,
    PRIMARY KEY (`id`),
    UNIQUE KEY `file-type` (`object_id`,`file_id`,`type`),
    UNIQUE KEY `file_object` (`file_id`,`object_id`)
) DEFAULT CHARSET=utf8;

CREATE TABLE `ost__search` (
    `object_type` varchar(8) NOT NULL,
    `object_id` int(11) unsigned NOT NULL,
    `title` text DEFAULT NULL,
    `content` text DEFAULT NULL,
    PRIMARY KEY (`object_type`,`object_id`),
    FULLTEXT KEY `search` (`title`,`content`)
) DEFAULT CHARSET=utf8;

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
) DEFAULT CHARSET=utf8;
