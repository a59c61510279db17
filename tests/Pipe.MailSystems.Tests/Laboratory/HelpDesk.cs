using System.Runtime.InteropServices;
using System.Text.Json;
using Pipe.MailSystems.Tests.Laboratory.Stores;
using Pipe.Testing;

namespace Pipe.MailSystems.Tests.Laboratory;

/// <summary>The help desk in the laboratory: the executable with its configuration, its ticket store, its log.</summary>
internal sealed partial class HelpDesk
{
    public const string Address = "support@lab.test";

    /// <summary>Where an osTicket installation is that is taken over, as hosting accounts have it.</summary>
    public const string Installation = "/home/acct/public_html/support";

    private const int Kill = 9;

    private readonly LabRoot _root;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly string _executable = "/opt/pipe/pipe";

    /// <summary>Sets a help desk up, with an embedded store or over somebody's database.</summary>
    /// <param name="root">The machine.</param>
    /// <param name="system">The mail system that will call it.</param>
    /// <param name="database">The database server, or <c>null</c> for the embedded store.</param>
    public HelpDesk(LabRoot root, MailSystem system, MariaDbServer? database = null)
    {
        _root = root;
        _settings = system.Settings;
        File.Copy(LabPackages.Executable, Path.Combine(root.Folder, "pipe"));
        _ = root.Shell($"""
            set -e
            install -D -m 0755 /lab/pipe /opt/pipe/pipe
            install -d -m 0755 -o {system.Account} /lab/desk
            printf '#!/bin/sh\nexec sleep 60\n' > /lab/desk/sendmail
            chmod 0755 /lab/desk/sendmail
            """).Text;
        Store = database is null ? new SqliteLabStore(root, system.Account) : new MariaDbLabStore(root, database);
        if (system.Forwarder is not null)
            _executable = PlaceInstallation();
        Configure(null);
    }

    public ILabStore Store { get; }

    private string LogFile => Path.Combine(_root.Folder, "desk", "pipe.log");

    /// <summary>Writes the configuration: into the store, or to an API.</summary>
    /// <param name="url">The API, or <c>null</c> for the store.</param>
    /// <param name="hangs">Whether a delivery hangs once the ticket is committed: in a sendmail that takes the confirmation and does not end.</param>
    public void Configure(string? url, bool hangs = false)
    {
        var settings = new Dictionary<string, string>(_settings)
        {
            ["notify"] = hangs ? "on" : "off",
            ["sendmail"] = "/lab/desk/sendmail",
            ["outbox"] = "/tmp/outbox",
            ["logFile"] = "/lab/desk/pipe.log",
            ["logFormat"] = "json",
            ["temporaryFolder"] = "/tmp",
            ["quarantine"] = "/lab/desk/quarantine",
        };
        if (hangs)
            Store.ConfirmTickets();
        if (url is null && _executable.StartsWith(Installation, StringComparison.Ordinal))
        {
            // It finds the installation by itself.
        }
        else if (url is null)
        {
            foreach (var (key, value) in Store.Settings)
                settings[key] = value;
        }
        else
        {
            settings["url"] = url;
            settings["key"] = "A0B1C2D3E4F5A0B1C2D3E4F5A0B1C2D3";
        }

        _ = _root.Run(JsonSerializer.SerializeToUtf8Bytes(settings), "bash", "-c", "mkdir -p /etc/pipe && tee /etc/pipe/pipe.json > /opt/pipe/pipe.json").Text;
    }

    /// <summary>How many thread entries there are for a Message-ID.</summary>
    public long Entries(string messageId) => Store.Count(
        $"SELECT COUNT(*) FROM ost_thread_entry_email e JOIN ost_thread_entry t ON t.id = e.thread_entry_id WHERE e.mid = '{messageId}'");

    /// <summary>How many tickets have this subject.</summary>
    public long Tickets(string subject) => Store.Count($"SELECT COUNT(*) FROM ost_ticket__cdata WHERE subject = '{subject}'");

    /// <summary>The log, one object for each line.</summary>
    public IReadOnlyList<JsonElement> Log()
    {
        if (!File.Exists(LogFile))
            return [];
        using var stream = new FileStream(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var lines = new List<JsonElement>();
        while (reader.ReadLine() is { } line)
            lines.Add(JsonSerializer.Deserialize<JsonElement>(line));
        return lines;
    }

    /// <summary>The outcome lines in the log.</summary>
    public IReadOnlyList<JsonElement> Outcomes() => Log().Where(line => line.TryGetProperty("outcome", out _)).ToList();

    /// <summary>Waits for the executable to hang in something, and kills it as nobody can prevent.</summary>
    /// <param name="isHeld">Whether it is the store that holds it up.</param>
    public void KillHanging(bool isHeld)
    {
        Wait.Until(() => _root.Processes(_executable).Count > 0, "the executable runs");
        Thread.Sleep(300);
        Wait.Until(() => !isHeld || Store.HoldsUpDelivery, "the delivery is held up");
        var running = _root.Processes(_executable);
        Assert.NotEmpty(running);
        foreach (int process in running)
            Assert.Equal(0, SendSignal(process, Kill));
        Wait.Until(() => _root.Processes(_executable).Count == 0, "the executable is gone");
    }

    // What osTicket's own file does matters only to those who put it back.
    private string PlaceInstallation()
    {
        _ = _root.Shell($"""
            set -e
            install -d -m 0755 -o acct -g acct /home/acct/public_html {Installation}
            install -d -m 0755 -o acct -g acct /lab/desk/osticket/api
            mount --bind /lab/desk/osticket {Installation}
            printf '#!/usr/bin/php -q\n<?php /* osTicket */\n' > {Installation}/api/pipe.php
            chown -R acct:acct {Installation}/
            chmod 0755 {Installation}/api/pipe.php
            """).Text;
        return Installation + "/api/pipe";
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
