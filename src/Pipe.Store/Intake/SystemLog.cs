namespace Pipe.Store.Intake;

/// <summary>Writes the help desk's own log, which administrators read in osTicket.</summary>
internal sealed class SystemLog(IntakeContext context)
{
    private const string InsertSql = """
        INSERT INTO $syslog (log_type, title, log, logger, ip_address, created, updated) VALUES (@type, @title, @log, '', '', @now, @now)
        """;

    private const int WarningLevel = 2;

    public void Warn(string title, string text)
    {
        if (context.Settings.LogLevel >= WarningLevel)
            Write("Warning", title, text);
    }

    /// <summary>Writes an error whatever the level is set to.</summary>
    public void Error(string title, string text) => Write("Error", title, text);

    private void Write(string type, string title, string text) => context.Session.TryExecute(
        InsertSql, ("type", type), ("title", title), ("log", text), ("now", context.Clock.Timestamp));
}
