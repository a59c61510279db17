-- The tables of osTicket 1.18 that mail intake reads and writes. "$" stands for the table prefix. Columns that osTicket
-- leaves to MySQL's implicit defaults have them written out; addresses, Message-IDs and names compare without case.

CREATE TABLE $config (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    namespace TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    `key` TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    value TEXT NOT NULL DEFAULT '',
    updated TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX $config_namespace ON $config (namespace, `key`);

CREATE TABLE $email (
    email_id INTEGER PRIMARY KEY AUTOINCREMENT,
    noautoresp INTEGER NOT NULL DEFAULT 0,
    priority_id INTEGER NOT NULL DEFAULT 2,
    dept_id INTEGER NOT NULL DEFAULT 0,
    topic_id INTEGER NOT NULL DEFAULT 0,
    email TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    name TEXT NOT NULL DEFAULT '',
    notes TEXT,
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00',
    updated TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);
CREATE UNIQUE INDEX $email_email ON $email (email);

CREATE TABLE $department (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pid INTEGER,
    tpl_id INTEGER NOT NULL DEFAULT 0,
    sla_id INTEGER NOT NULL DEFAULT 0,
    schedule_id INTEGER NOT NULL DEFAULT 0,
    email_id INTEGER NOT NULL DEFAULT 0,
    autoresp_email_id INTEGER NOT NULL DEFAULT 0,
    manager_id INTEGER NOT NULL DEFAULT 0,
    flags INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL DEFAULT '',
    signature TEXT NOT NULL DEFAULT '',
    ispublic INTEGER NOT NULL DEFAULT 1,
    group_membership INTEGER NOT NULL DEFAULT 0,
    ticket_auto_response INTEGER NOT NULL DEFAULT 1,
    message_auto_response INTEGER NOT NULL DEFAULT 0,
    path TEXT NOT NULL DEFAULT '/',
    updated TEXT NOT NULL DEFAULT '0000-00-00 00:00:00',
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);
CREATE UNIQUE INDEX $department_name ON $department (name, pid);

CREATE TABLE $help_topic (
    topic_id INTEGER PRIMARY KEY AUTOINCREMENT,
    topic_pid INTEGER NOT NULL DEFAULT 0,
    ispublic INTEGER NOT NULL DEFAULT 1,
    noautoresp INTEGER NOT NULL DEFAULT 0,
    flags INTEGER DEFAULT 0,
    status_id INTEGER NOT NULL DEFAULT 0,
    priority_id INTEGER NOT NULL DEFAULT 0,
    dept_id INTEGER NOT NULL DEFAULT 0,
    staff_id INTEGER NOT NULL DEFAULT 0,
    team_id INTEGER NOT NULL DEFAULT 0,
    sla_id INTEGER NOT NULL DEFAULT 0,
    page_id INTEGER NOT NULL DEFAULT 0,
    sequence_id INTEGER NOT NULL DEFAULT 0,
    sort INTEGER NOT NULL DEFAULT 0,
    topic TEXT NOT NULL DEFAULT '',
    number_format TEXT,
    notes TEXT,
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00',
    updated TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);
CREATE UNIQUE INDEX $help_topic_topic ON $help_topic (topic, topic_pid);

CREATE TABLE $sla (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    schedule_id INTEGER NOT NULL DEFAULT 0,
    flags INTEGER NOT NULL DEFAULT 3,
    grace_period INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL DEFAULT '',
    notes TEXT,
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00',
    updated TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);
CREATE UNIQUE INDEX $sla_name ON $sla (name);

CREATE TABLE $schedule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    flags INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL DEFAULT '',
    timezone TEXT,
    description TEXT NOT NULL DEFAULT '',
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00',
    updated TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);

CREATE TABLE $schedule_entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    schedule_id INTEGER NOT NULL DEFAULT 0,
    flags INTEGER NOT NULL DEFAULT 0,
    sort INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL DEFAULT '',
    repeats TEXT NOT NULL DEFAULT 'never',
    starts_on TEXT,
    starts_at TEXT,
    ends_on TEXT,
    ends_at TEXT,
    stops_on TEXT,
    day INTEGER,
    week INTEGER,
    month INTEGER,
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00',
    updated TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);
CREATE INDEX $schedule_entry_schedule_id ON $schedule_entry (schedule_id);

CREATE TABLE $ticket_priority (
    priority_id INTEGER PRIMARY KEY AUTOINCREMENT,
    priority TEXT NOT NULL DEFAULT '',
    priority_desc TEXT NOT NULL DEFAULT '',
    priority_color TEXT NOT NULL DEFAULT '',
    priority_urgency INTEGER NOT NULL DEFAULT 0,
    ispublic INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX $ticket_priority_priority ON $ticket_priority (priority);

CREATE TABLE $ticket_status (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL DEFAULT '',
    state TEXT,
    mode INTEGER NOT NULL DEFAULT 0,
    flags INTEGER NOT NULL DEFAULT 0,
    sort INTEGER NOT NULL DEFAULT 0,
    properties TEXT NOT NULL DEFAULT '',
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00',
    updated TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);
CREATE UNIQUE INDEX $ticket_status_name ON $ticket_status (name);

CREATE TABLE $event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    description TEXT
);
CREATE UNIQUE INDEX $event_name ON $event (name);

CREATE TABLE $sequence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT,
    flags INTEGER,
    next INTEGER NOT NULL DEFAULT 1,
    increment INTEGER DEFAULT 1,
    padding TEXT DEFAULT '0',
    updated TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);

CREATE TABLE $form (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pid INTEGER,
    type TEXT NOT NULL DEFAULT 'G',
    flags INTEGER NOT NULL DEFAULT 1,
    title TEXT NOT NULL DEFAULT '',
    instructions TEXT,
    name TEXT NOT NULL DEFAULT '',
    notes TEXT,
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00',
    updated TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);

CREATE TABLE $form_field (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    form_id INTEGER NOT NULL DEFAULT 0,
    flags INTEGER DEFAULT 1,
    type TEXT NOT NULL DEFAULT 'text',
    label TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    configuration TEXT,
    sort INTEGER NOT NULL DEFAULT 0,
    hint TEXT,
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00',
    updated TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);

CREATE TABLE $form_entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    form_id INTEGER NOT NULL DEFAULT 0,
    object_id INTEGER,
    object_type TEXT NOT NULL DEFAULT 'T',
    sort INTEGER NOT NULL DEFAULT 1,
    extra TEXT,
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00',
    updated TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);
CREATE INDEX $form_entry_entry_lookup ON $form_entry (object_type, object_id);

CREATE TABLE $form_entry_values (
    entry_id INTEGER NOT NULL,
    field_id INTEGER NOT NULL,
    value TEXT,
    value_id INTEGER,
    PRIMARY KEY (entry_id, field_id)
);

CREATE TABLE $filter (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    execorder INTEGER NOT NULL DEFAULT 99,
    isactive INTEGER NOT NULL DEFAULT 1,
    flags INTEGER DEFAULT 0,
    status INTEGER NOT NULL DEFAULT 0,
    match_all_rules INTEGER NOT NULL DEFAULT 0,
    stop_onmatch INTEGER NOT NULL DEFAULT 0,
    target TEXT NOT NULL DEFAULT 'Any',
    email_id INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL DEFAULT '',
    notes TEXT,
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00',
    updated TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);

CREATE TABLE $filter_rule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    filter_id INTEGER NOT NULL DEFAULT 0,
    what TEXT NOT NULL DEFAULT '',
    how TEXT NOT NULL DEFAULT '',
    val TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    isactive INTEGER NOT NULL DEFAULT 1,
    notes TEXT NOT NULL DEFAULT '',
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00',
    updated TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);
CREATE UNIQUE INDEX $filter_rule_filter ON $filter_rule (filter_id, what, how, val);

CREATE TABLE $filter_action (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    filter_id INTEGER NOT NULL DEFAULT 0,
    sort INTEGER NOT NULL DEFAULT 0,
    type TEXT NOT NULL DEFAULT '',
    configuration TEXT,
    updated TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);
CREATE INDEX $filter_action_filter_id ON $filter_action (filter_id);

CREATE TABLE $canned_response (
    canned_id INTEGER PRIMARY KEY AUTOINCREMENT,
    dept_id INTEGER NOT NULL DEFAULT 0,
    isenabled INTEGER NOT NULL DEFAULT 1,
    title TEXT NOT NULL DEFAULT '',
    response TEXT NOT NULL DEFAULT '',
    lang TEXT NOT NULL DEFAULT 'en_US',
    notes TEXT,
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00',
    updated TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);
CREATE UNIQUE INDEX $canned_response_title ON $canned_response (title);

CREATE TABLE $organization (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL DEFAULT '',
    manager TEXT NOT NULL DEFAULT '',
    status INTEGER NOT NULL DEFAULT 0,
    domain TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    extra TEXT,
    created TEXT,
    updated TEXT
);

CREATE TABLE $organization__cdata (
    org_id INTEGER NOT NULL,
    name TEXT,
    address TEXT,
    phone TEXT,
    website TEXT,
    notes TEXT,
    PRIMARY KEY (org_id)
);

CREATE TABLE $staff (
    staff_id INTEGER PRIMARY KEY AUTOINCREMENT,
    dept_id INTEGER NOT NULL DEFAULT 0,
    role_id INTEGER NOT NULL DEFAULT 0,
    username TEXT NOT NULL DEFAULT '',
    firstname TEXT,
    lastname TEXT,
    passwd TEXT,
    backend TEXT,
    email TEXT COLLATE NOCASE,
    phone TEXT NOT NULL DEFAULT '',
    phone_ext TEXT,
    mobile TEXT NOT NULL DEFAULT '',
    signature TEXT NOT NULL DEFAULT '',
    lang TEXT,
    timezone TEXT,
    locale TEXT,
    notes TEXT,
    isactive INTEGER NOT NULL DEFAULT 1,
    isadmin INTEGER NOT NULL DEFAULT 0,
    isvisible INTEGER NOT NULL DEFAULT 1,
    onvacation INTEGER NOT NULL DEFAULT 0,
    assigned_only INTEGER NOT NULL DEFAULT 0,
    show_assigned_tickets INTEGER NOT NULL DEFAULT 0,
    change_passwd INTEGER NOT NULL DEFAULT 0,
    max_page_size INTEGER NOT NULL DEFAULT 0,
    auto_refresh_rate INTEGER NOT NULL DEFAULT 0,
    default_signature_type TEXT NOT NULL DEFAULT 'none',
    default_paper_size TEXT NOT NULL DEFAULT 'Letter',
    extra TEXT,
    permissions TEXT,
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00',
    lastlogin TEXT,
    passwdreset TEXT,
    updated TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);
CREATE UNIQUE INDEX $staff_username ON $staff (username);

CREATE TABLE $staff_dept_access (
    staff_id INTEGER NOT NULL DEFAULT 0,
    dept_id INTEGER NOT NULL DEFAULT 0,
    role_id INTEGER NOT NULL DEFAULT 0,
    flags INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (staff_id, dept_id)
);

CREATE TABLE $team (
    team_id INTEGER PRIMARY KEY AUTOINCREMENT,
    lead_id INTEGER NOT NULL DEFAULT 0,
    flags INTEGER NOT NULL DEFAULT 1,
    name TEXT NOT NULL DEFAULT '',
    notes TEXT,
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00',
    updated TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);
CREATE UNIQUE INDEX $team_name ON $team (name);

CREATE TABLE $team_member (
    team_id INTEGER NOT NULL DEFAULT 0,
    staff_id INTEGER NOT NULL,
    flags INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (team_id, staff_id)
);

CREATE TABLE $user (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    org_id INTEGER NOT NULL DEFAULT 0,
    default_email_id INTEGER NOT NULL DEFAULT 0,
    status INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL DEFAULT '',
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00',
    updated TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);
CREATE INDEX $user_org_id ON $user (org_id);

CREATE TABLE $user_email (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL DEFAULT 0,
    flags INTEGER NOT NULL DEFAULT 0,
    address TEXT NOT NULL DEFAULT '' COLLATE NOCASE
);
CREATE UNIQUE INDEX $user_email_address ON $user_email (address);
CREATE INDEX $user_email_user_email_lookup ON $user_email (user_id);

CREATE TABLE $user__cdata (
    user_id INTEGER NOT NULL,
    email TEXT,
    name TEXT,
    phone TEXT,
    notes TEXT,
    PRIMARY KEY (user_id)
);

CREATE TABLE $ticket (
    ticket_id INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket_pid INTEGER,
    number TEXT COLLATE NOCASE,
    user_id INTEGER NOT NULL DEFAULT 0,
    user_email_id INTEGER NOT NULL DEFAULT 0,
    status_id INTEGER NOT NULL DEFAULT 0,
    dept_id INTEGER NOT NULL DEFAULT 0,
    sla_id INTEGER NOT NULL DEFAULT 0,
    topic_id INTEGER NOT NULL DEFAULT 0,
    staff_id INTEGER NOT NULL DEFAULT 0,
    team_id INTEGER NOT NULL DEFAULT 0,
    email_id INTEGER NOT NULL DEFAULT 0,
    lock_id INTEGER NOT NULL DEFAULT 0,
    flags INTEGER NOT NULL DEFAULT 0,
    sort INTEGER NOT NULL DEFAULT 0,
    ip_address TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT 'Other',
    source_extra TEXT,
    isoverdue INTEGER NOT NULL DEFAULT 0,
    isanswered INTEGER NOT NULL DEFAULT 0,
    duedate TEXT,
    est_duedate TEXT,
    reopened TEXT,
    closed TEXT,
    lastupdate TEXT,
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00',
    updated TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);
CREATE INDEX $ticket_user_id ON $ticket (user_id);
CREATE INDEX $ticket_created ON $ticket (created);
CREATE INDEX $ticket_number ON $ticket (number);

CREATE TABLE $ticket__cdata (
    ticket_id INTEGER NOT NULL,
    subject TEXT,
    priority TEXT,
    PRIMARY KEY (ticket_id)
);

CREATE TABLE $task (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    object_id INTEGER NOT NULL DEFAULT 0,
    object_type TEXT NOT NULL DEFAULT '',
    number TEXT,
    dept_id INTEGER NOT NULL DEFAULT 0,
    staff_id INTEGER NOT NULL DEFAULT 0,
    team_id INTEGER NOT NULL DEFAULT 0,
    lock_id INTEGER NOT NULL DEFAULT 0,
    flags INTEGER NOT NULL DEFAULT 0,
    duedate TEXT,
    closed TEXT,
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00',
    updated TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);

CREATE TABLE $task__cdata (
    task_id INTEGER NOT NULL,
    title TEXT,
    PRIMARY KEY (task_id)
);

CREATE TABLE $thread (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    object_id INTEGER NOT NULL DEFAULT 0,
    object_type TEXT NOT NULL DEFAULT '',
    extra TEXT,
    lastresponse TEXT,
    lastmessage TEXT,
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);
CREATE INDEX $thread_object_id ON $thread (object_id);

CREATE TABLE $thread_entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pid INTEGER NOT NULL DEFAULT 0,
    thread_id INTEGER NOT NULL DEFAULT 0,
    staff_id INTEGER NOT NULL DEFAULT 0,
    user_id INTEGER NOT NULL DEFAULT 0,
    type TEXT NOT NULL DEFAULT '',
    flags INTEGER NOT NULL DEFAULT 0,
    poster TEXT NOT NULL DEFAULT '',
    editor INTEGER,
    editor_type TEXT,
    source TEXT NOT NULL DEFAULT '',
    title TEXT,
    body TEXT NOT NULL DEFAULT '',
    format TEXT NOT NULL DEFAULT 'html',
    ip_address TEXT NOT NULL DEFAULT '',
    extra TEXT,
    recipients TEXT,
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00',
    updated TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);
CREATE INDEX $thread_entry_thread_id ON $thread_entry (thread_id);

CREATE TABLE $thread_entry_email (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    thread_entry_id INTEGER NOT NULL DEFAULT 0,
    email_id INTEGER,
    mid TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    headers TEXT
);
CREATE INDEX $thread_entry_email_thread_entry_id ON $thread_entry_email (thread_entry_id);
CREATE INDEX $thread_entry_email_mid ON $thread_entry_email (mid);

CREATE TABLE $thread_entry_merge (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    thread_entry_id INTEGER NOT NULL DEFAULT 0,
    data TEXT
);
CREATE INDEX $thread_entry_merge_thread_entry_id ON $thread_entry_merge (thread_entry_id);

CREATE TABLE $thread_event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    thread_id INTEGER NOT NULL DEFAULT 0,
    thread_type TEXT NOT NULL DEFAULT '',
    event_id INTEGER,
    staff_id INTEGER NOT NULL DEFAULT 0,
    team_id INTEGER NOT NULL DEFAULT 0,
    dept_id INTEGER NOT NULL DEFAULT 0,
    topic_id INTEGER NOT NULL DEFAULT 0,
    data TEXT,
    username TEXT NOT NULL DEFAULT 'SYSTEM',
    uid INTEGER,
    uid_type TEXT NOT NULL DEFAULT 'S',
    annulled INTEGER NOT NULL DEFAULT 0,
    timestamp TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);
CREATE INDEX $thread_event_ticket_state ON $thread_event (thread_id, event_id, timestamp);

CREATE TABLE $thread_collaborator (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    flags INTEGER NOT NULL DEFAULT 1,
    thread_id INTEGER NOT NULL DEFAULT 0,
    user_id INTEGER NOT NULL DEFAULT 0,
    role TEXT NOT NULL DEFAULT 'M',
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00',
    updated TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);
CREATE UNIQUE INDEX $thread_collaborator_collab ON $thread_collaborator (thread_id, user_id);
CREATE INDEX $thread_collaborator_user_id ON $thread_collaborator (user_id);

CREATE TABLE $thread_referral (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    thread_id INTEGER NOT NULL DEFAULT 0,
    object_id INTEGER NOT NULL DEFAULT 0,
    object_type TEXT NOT NULL DEFAULT '',
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);
CREATE UNIQUE INDEX $thread_referral_ref ON $thread_referral (object_id, object_type, thread_id);
CREATE INDEX $thread_referral_thread_id ON $thread_referral (thread_id);

CREATE TABLE $file (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ft TEXT NOT NULL DEFAULT 'T',
    bk TEXT NOT NULL DEFAULT 'D',
    type TEXT NOT NULL DEFAULT '',
    size INTEGER NOT NULL DEFAULT 0,
    `key` TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    signature TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    attrs TEXT,
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);
CREATE INDEX $file_key ON $file (`key`);
CREATE INDEX $file_signature ON $file (signature);

CREATE TABLE $file_chunk (
    file_id INTEGER NOT NULL,
    chunk_id INTEGER NOT NULL,
    filedata BLOB NOT NULL,
    PRIMARY KEY (file_id, chunk_id)
);

CREATE TABLE $attachment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    object_id INTEGER NOT NULL DEFAULT 0,
    type TEXT NOT NULL DEFAULT '',
    file_id INTEGER NOT NULL DEFAULT 0,
    name TEXT,
    inline INTEGER NOT NULL DEFAULT 0,
    lang TEXT
);
CREATE UNIQUE INDEX $attachment_file_type ON $attachment (object_id, file_id, type);
CREATE UNIQUE INDEX $attachment_file_object ON $attachment (file_id, object_id);

CREATE TABLE $_search (
    object_type TEXT NOT NULL,
    object_id INTEGER NOT NULL,
    title TEXT,
    content TEXT,
    PRIMARY KEY (object_type, object_id)
);

CREATE TABLE $syslog (
    log_id INTEGER PRIMARY KEY AUTOINCREMENT,
    log_type TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    log TEXT NOT NULL DEFAULT '',
    logger TEXT NOT NULL DEFAULT '',
    ip_address TEXT NOT NULL DEFAULT '',
    created TEXT NOT NULL DEFAULT '0000-00-00 00:00:00',
    updated TEXT NOT NULL DEFAULT '0000-00-00 00:00:00'
);
