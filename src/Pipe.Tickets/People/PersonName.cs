namespace Pipe.Tickets.People;

/// <summary>The name under which a new user is stored.</summary>
public static class PersonName
{
    /// <summary>The name for the author of a message.</summary>
    public static string FromAuthor(Correspondent author) => throw new NotSupportedException(author.Name);

    /// <summary>The name for a person in To or Cc.</summary>
    public static string FromAddressee(string address, string name) => throw new NotSupportedException(name + address);
}
