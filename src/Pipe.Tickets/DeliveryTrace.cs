using System.Diagnostics;

namespace Pipe.Tickets;

/// <summary>Facts about one delivery that end up in its log line: ids, counts, oddities, milliseconds per stage.</summary>
public sealed class DeliveryTrace
{
    private const int MaxWarnings = 50;

    private readonly List<string> _warnings = [];
    private readonly List<KeyValuePair<string, TimeSpan>> _stages = [];
    private long _stageStarted = Stopwatch.GetTimestamp();

    /// <summary>The Message-ID the delivery is known by, once it is known.</summary>
    public string? MessageId { get; set; }

    /// <summary>The number of attachments that the message carried, once it is known.</summary>
    public int? Attachments { get; set; }

    /// <summary>The address of the ticket's owner, once it is known.</summary>
    public string? Owner { get; set; }

    /// <summary>Everything odd that was met, at most 50 sentences; one log line each.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>The stages that have ended, in order, with the time each took.</summary>
    public IReadOnlyList<KeyValuePair<string, TimeSpan>> Stages => _stages;

    /// <summary>Notes something odd. Text from the mail may be in it: the log escapes it.</summary>
    public void Warn(string sentence)
    {
        if (_warnings.Count < MaxWarnings)
            _warnings.Add(sentence);
    }

    /// <summary>Ends the current stage: the time since the previous call (or the start) is booked under this name.</summary>
    public void EndStage(string name)
    {
        long now = Stopwatch.GetTimestamp();
        _stages.Add(new(name, Stopwatch.GetElapsedTime(_stageStarted, now)));
        _stageStarted = now;
    }
}
