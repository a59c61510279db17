namespace Pipe.Commands.Setup;

/// <summary>The files that stand in for osTicket's <c>api/pipe.php</c>.</summary>
internal static class TakeoverFiles
{
    /// <summary>The second line of the script, by which it is known.</summary>
    public const string Mark = "<?php // pipe setup takeover";

    /// <summary>
    /// The shell between mail system and program: Exim returns the mail of a program that was killed, is not there or
    /// printed something, and this turns all of that into "try again later".
    /// </summary>
    public const string Guard = """
        #!/bin/sh
        # Put here by "pipe setup takeover": started by api/pipe.php, starts api/pipe.
        exec >/dev/null 2>&1
        "${0%/*}/pipe"
        status=$?
        case $status in 0 | 6[4-9] | 7[0-8]) exit $status ;; esac
        exit 75

        """;

    // PHP prints nothing whatever its settings are: output is thrown away, and the exit code stands before anything can
    // fail. Which functions start a program differs with the hoster's disable_functions. Works from PHP 5.4 on.
    private const string PhpPart = Mark + """

        // Put here by "pipe setup takeover". osTicket's own file is pipe.php.orig; "pipe setup takeover --undo" puts it back.
        // Forwarders to this file come by the first line, those that begin with "php" by what follows, web visitors not at all.
        $status = 75;
        ob_start(function () { return ''; });
        register_shutdown_function(function () use (&$status) { exit($status); });
        if (function_exists('ini_set')) { @ini_set('display_errors', '0'); @ini_set('log_errors', '0'); }
        if (isset($_SERVER['REQUEST_METHOD'])) { http_response_code(403); exit; }
        $command = "exec /bin/sh '" . str_replace("'", "'\\''", __DIR__) . "/pipe-in' >/dev/null 2>&1";
        $code = 75;
        if (function_exists('proc_open')) {
            $process = @proc_open($command, array(@fopen('php://stdin', 'r')), $pipes);
            if ($process) $code = proc_close($process);
        } elseif (function_exists('exec')) {
            @exec($command, $lines, $code);
        } elseif (function_exists('passthru')) {
            @passthru($command, $code);
        } elseif (function_exists('system')) {
            @system($command, $code);
        } elseif (function_exists('popen')) {
            $code = pclose(@popen($command, 'r'));
        } elseif (function_exists('shell_exec')) {
            $code = (int) shell_exec('(' . $command . '); echo $?');
        }
        if ($code === 0 || ($code >= 64 && $code <= 78)) $status = $code;

        """;

    /// <summary>The script in the place of osTicket's, for the shell and for PHP.</summary>
    /// <param name="guard">The path of the file that holds <see cref="Guard"/>.</param>
    public static string Script(string guard) => $"{FirstLine(guard)}\n{PhpPart}";

    /// <summary>The line by which the kernel starts the script.</summary>
    /// <param name="guard">The path of the file that holds <see cref="Guard"/>.</param>
    public static string FirstLine(string guard) => "#!/bin/sh " + guard;

    /// <summary>The guard that a script was put in place with; <c>null</c> for any other script.</summary>
    /// <param name="head">The first lines of the script.</param>
    public static string? GuardIn(string head)
    {
        string[] lines = head.Split('\n', 3);
        string start = FirstLine("");
        return lines.Length > 2 && lines[1] == Mark && lines[0].StartsWith(start, StringComparison.Ordinal) ? lines[0][start.Length..] : null;
    }
}
