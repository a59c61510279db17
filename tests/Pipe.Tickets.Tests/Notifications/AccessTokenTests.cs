namespace Pipe.Tickets.Notifications;

public class AccessTokenTests
{
    // outgoing.md section 8.
    [Fact]
    public void Create_gives_the_token_that_osTicket_gives() => Assert.Equal(
        "o1xa4aaaaajaaaaaW8kTSFSLRx8iMA==",
        AccessToken.Create(7, 9, new DateTime(2024, 5, 6, 7, 8, 9), "0123456789ABCDEFGHIJKLMNOPQRSTUV"));
}
