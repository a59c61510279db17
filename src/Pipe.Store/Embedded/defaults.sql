-- What a freshly installed osTicket 1.18 contains, as far as mail intake looks at it. Ids are osTicket's own.

INSERT INTO $config (namespace, `key`, value) VALUES
    ('core', 'schema_signature', '5fb92bef17f3b603659e024c01cc7a59'),
    ('core', 'helpdesk_title', @department),
    ('core', 'helpdesk_url', ''),
    ('core', 'default_email_id', @mailboxId),
    ('core', 'default_dept_id', '1'),
    ('core', 'default_sla_id', '1'),
    ('core', 'schedule_id', '1'),
    ('core', 'default_priority_id', '2'),
    ('core', 'default_ticket_status_id', '1'),
    ('core', 'default_timezone', 'UTC'),
    ('core', 'db_timezone', 'UTC'),
    ('core', 'use_email_priority', ''),
    ('core', 'strip_quoted_reply', '1'),
    ('core', 'reply_separator', '-- reply above this line --'),
    ('core', 'embedded_domain_whitelist', 'youtube.com, dailymotion.com, vimeo.com, player.vimeo.com, web.microsoftstream.com'),
    ('core', 'ticket_number_format', '######'),
    ('core', 'ticket_sequence_id', ''),
    ('core', 'max_open_tickets', ''),
    ('core', 'collaborator_ticket_visibility', '1'),
    ('core', 'disable_agent_collabs', ''),
    ('core', 'require_topic_to_close', ''),
    ('core', 'auto_refer_closed', '1'),
    ('core', 'log_level', '2'),
    ('core', 'system_language', 'en_US'),
    ('schedule.1', 'configuration', '{"holidays":[4]}'),
    ('pipe', 'secret_salt', @salt);

INSERT INTO $email (email_id, priority_id, dept_id, email, name, created, updated)
    SELECT 1, 2, 1, @address, @name, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP WHERE @address <> '';

INSERT INTO $department (id, flags, ticket_auto_response, message_auto_response, name, path, created, updated) VALUES
    (1, 4, 1, 1, @department, '/1/', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP);

INSERT INTO $sla (id, flags, grace_period, name, created, updated) VALUES
    (1, 3, 18, 'Default SLA', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP);

INSERT INTO $schedule (id, flags, name, created, updated) VALUES
    (1, 1, 'Monday - Friday 8am - 5pm with U.S. Holidays', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
    (2, 1, '24/7', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
    (3, 1, '24/5', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
    (4, 0, 'U.S. Holidays', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP);

INSERT INTO $schedule_entry (schedule_id, name, repeats, starts_on, starts_at, ends_on, ends_at, day, week, month) VALUES
    (1, 'Monday', 'weekly', '2019-01-07', '08:00:00', '2019-01-07', '17:00:00', 1, NULL, NULL),
    (1, 'Tuesday', 'weekly', '2019-01-08', '08:00:00', '2019-01-08', '17:00:00', 2, NULL, NULL),
    (1, 'Wednesday', 'weekly', '2019-01-09', '08:00:00', '2019-01-09', '17:00:00', 3, NULL, NULL),
    (1, 'Thursday', 'weekly', '2019-01-10', '08:00:00', '2019-01-10', '17:00:00', 4, NULL, NULL),
    (1, 'Friday', 'weekly', '2019-01-11', '08:00:00', '2019-01-11', '17:00:00', 5, NULL, NULL),
    (2, 'Daily', 'daily', '2019-01-01', '00:00:00', '2019-01-01', '23:59:59', NULL, NULL, NULL),
    (3, 'Weekdays', 'weekdays', '2019-01-01', '00:00:00', '2019-01-01', '23:59:59', NULL, NULL, NULL),
    (4, 'New Year''s Day', 'yearly', '2019-01-01', '00:00:00', '2019-01-01', '23:59:59', 1, NULL, 1),
    (4, 'MLK Day', 'yearly', '2019-01-21', '00:00:00', '2019-01-21', '23:59:59', 1, 3, 1),
    (4, 'Memorial Day', 'yearly', '2019-05-27', '00:00:00', '2019-05-27', '23:59:59', 1, -1, 5),
    (4, 'Independence Day', 'yearly', '2019-07-04', '00:00:00', '2019-07-04', '23:59:59', 4, NULL, 7),
    (4, 'Labor Day', 'yearly', '2019-09-02', '00:00:00', '2019-09-02', '23:59:59', 1, 1, 9),
    (4, 'Columbus Day', 'yearly', '2019-10-14', '00:00:00', '2019-10-14', '23:59:59', 1, 2, 10),
    (4, 'Veterans Day', 'yearly', '2019-11-11', '00:00:00', '2019-11-11', '23:59:59', 11, NULL, 11),
    (4, 'Thanksgiving Day', 'yearly', '2019-11-28', '00:00:00', '2019-11-28', '23:59:59', 4, 4, 11),
    (4, 'Christmas Day', 'yearly', '2019-12-25', '00:00:00', '2019-12-25', '23:59:59', 25, NULL, 12);

INSERT INTO $ticket_priority (priority_id, priority, priority_desc, priority_color, priority_urgency, ispublic) VALUES
    (1, 'low', 'Low', '#DDFFDD', 4, 1),
    (2, 'normal', 'Normal', '#FFFFF0', 3, 1),
    (3, 'high', 'High', '#FEE7E7', 2, 1),
    (4, 'emergency', 'Emergency', '#FEE7E7', 1, 1);

INSERT INTO $ticket_status (id, name, state, mode, sort, properties, created) VALUES
    (1, 'Open', 'open', 3, 1, '{"description":"Open tickets."}', CURRENT_TIMESTAMP),
    (2, 'Resolved', 'closed', 1, 2, '{"allowreopen":true,"reopenstatus":0,"description":"Resolved tickets"}', CURRENT_TIMESTAMP),
    (3, 'Closed', 'closed', 3, 3, '{"allowreopen":true,"reopenstatus":0,"description":"Closed tickets."}', CURRENT_TIMESTAMP),
    (4, 'Archived', 'archived', 3, 4, '{"description":"Archived tickets."}', CURRENT_TIMESTAMP),
    (5, 'Deleted', 'deleted', 3, 5, '{"description":"Tickets queued for deletion."}', CURRENT_TIMESTAMP);

INSERT INTO $event (id, name) VALUES
    (1, 'created'), (2, 'closed'), (3, 'reopened'), (4, 'assigned'), (5, 'released'), (6, 'transferred'), (7, 'referred'),
    (8, 'overdue'), (9, 'edited'), (10, 'viewed'), (11, 'error'), (12, 'collab'), (13, 'resent'), (14, 'deleted'), (15, 'merged'),
    (16, 'unlinked'), (17, 'linked'), (18, 'login'), (19, 'logout'), (20, 'message'), (21, 'note');

INSERT INTO $sequence (id, name, flags, next, increment, padding) VALUES
    (1, 'General Tickets', 1, 1, 1, '0'),
    (2, 'Tasks Sequence', 1, 1, 1, '0');

INSERT INTO $form (id, type, flags, title, created, updated) VALUES
    (1, 'U', 1, 'Contact Information', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
    (2, 'T', 1, 'Ticket Details', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
    (4, 'O', 1, 'Organization Information', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP);

INSERT INTO $form_field (id, form_id, flags, type, label, name, sort, created, updated) VALUES
    (1, 1, 489395, 'text', 'Email Address', 'email', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
    (2, 1, 489395, 'text', 'Full Name', 'name', 2, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
    (3, 1, 13057, 'phone', 'Phone Number', 'phone', 3, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
    (4, 1, 12289, 'memo', 'Internal Notes', 'notes', 4, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
    (20, 2, 489265, 'text', 'Issue Summary', 'subject', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
    (21, 2, 480547, 'thread', 'Issue Details', 'message', 2, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
    (22, 2, 274609, 'priority', 'Priority Level', 'priority', 3, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
    (27, 4, 489395, 'text', 'Name', 'name', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
    (28, 4, 13057, 'memo', 'Address', 'address', 2, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
    (29, 4, 13057, 'phone', 'Phone', 'phone', 3, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
    (30, 4, 13057, 'text', 'Website', 'website', 4, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
    (31, 4, 12289, 'memo', 'Internal Notes', 'notes', 5, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP);

INSERT INTO $filter (id, execorder, isactive, target, name, notes, created, updated) VALUES
    (1, 99, 1, 'Email', 'SYSTEM BAN LIST', 'Internal list for email banning. Do not remove', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP);

INSERT INTO $filter_action (id, filter_id, sort, type, configuration, updated) VALUES
    (1, 1, 1, 'reject', '[]', CURRENT_TIMESTAMP);
