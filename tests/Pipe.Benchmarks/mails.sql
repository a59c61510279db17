-- What a help desk needs to send a confirmation and an alert: switches, templates, an image, an account table without accounts.
INSERT INTO ost_config (namespace, `key`, value) VALUES ('core', 'ticket_autoresponder', '1'), ('core', 'ticket_alert_active', '1'),
    ('core', 'ticket_alert_admin', '1'), ('core', 'admin_email', 'ada@example.test'), ('core', 'default_template_id', '1');
CREATE TABLE ost_email_template (id INT PRIMARY KEY AUTO_INCREMENT, tpl_id INT, code_name VARCHAR(32), subject VARCHAR(255), body TEXT);
CREATE TABLE ost_email_account (id INT PRIMARY KEY, email_id INT, type VARCHAR(8), auth_bk VARCHAR(128), auth_id VARCHAR(16) NULL, active INT,
    host VARCHAR(128), port INT, allow_spoofing INT);
INSERT INTO ost_email_template (id, tpl_id, code_name, subject, body) VALUES
    (1, 1, 'ticket.autoresp', 'Ticket %{ticket.number}: %{ticket.subject}',
     '<h3>Dear %{recipient.name.first},</h3><p>your request %{ticket.number} is with us. <a href="%{recipient.ticket_link}">Read it here</a>.</p>%{signature}'),
    (2, 1, 'ticket.alert', 'New ticket %{ticket.number}',
     '<h2>Hello %{recipient.name},</h2><table><tr><td>From</td><td>%{ticket.name} &lt;%{ticket.email}&gt;</td></tr></table><div>%{message}</div><img src="cid:b56944cb4722cc5cda9d1e23a3ea7fbc">');
INSERT INTO ost_file (id, ft, bk, type, size, `key`, signature, name, created)
    VALUES (50, 'T', 'D', 'image/png', 9452, 'b56944cb4722cc5cda9d1e23a3ea7fbc', 'x', 'logo.png', NOW());
INSERT INTO ost_file_chunk (file_id, chunk_id, filedata) VALUES (50, 0, REPEAT('x', 9452));
INSERT INTO ost_attachment (object_id, type, file_id, inline) VALUES (2, 'T', 50, 1);
