namespace Pipe.Commands.Doctor.MailSystems;

/// <summary>How a file is written in which a mail system may be told to call a program.</summary>
internal enum CallingFileKind
{
    /// <summary>Any other: what counts is the path of the program in it.</summary>
    Other,

    /// <summary>Aliases: <c>name: "|command"</c>.</summary>
    Aliases,

    /// <summary>A <c>.forward</c> file: <c>"|command"</c>.</summary>
    Forward,

    /// <summary>A file of qmail or Courier: <c>|command</c>.</summary>
    DotQmail,

    /// <summary>Procmail's recipes.</summary>
    Procmail,

    /// <summary>Postfix's <c>master.cf</c>.</summary>
    PostfixServices,

    /// <summary>Exim's configuration.</summary>
    Exim,
}
