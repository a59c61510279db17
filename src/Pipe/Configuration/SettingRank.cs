namespace Pipe.Configuration;

/// <summary>Who gives settings; a later one overrules an earlier one.</summary>
internal enum SettingRank
{
    /// <summary>Nobody: the built-in value.</summary>
    Default,

    /// <summary>Where the executable lies: the <c>api</c> folder of an osTicket installation.</summary>
    Installation,

    /// <summary>The configuration file.</summary>
    File,

    /// <summary>The environment.</summary>
    Environment,

    /// <summary>The command line.</summary>
    Option,
}
