namespace Pipe.Store.Settings;

/// <summary>What a ticket filter does; the configuration is JSON.</summary>
internal sealed record FilterAction(string Type, string Configuration);
