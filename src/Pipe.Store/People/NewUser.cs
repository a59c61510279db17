namespace Pipe.Store.People;

/// <summary>Somebody who is to become a user.</summary>
/// <param name="Address">The address.</param>
/// <param name="Name">The name, as it is stored.</param>
internal sealed record NewUser(string Address, string Name);
