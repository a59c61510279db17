namespace Pipe.Store.People;

/// <summary>A user of the help desk.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name as stored.</param>
/// <param name="OrganizationId">The organisation; 0 for none.</param>
/// <param name="DefaultAddress">The address that the help desk writes to; <c>null</c> for a user who has lost it.</param>
/// <param name="HasContactForm">Whether the user has answers to the contact form.</param>
internal sealed record KnownUser(long Id, string Name, int OrganizationId, string? DefaultAddress, bool HasContactForm);
