using Pipe.Testing;

namespace Pipe.MySql.Tests;

public class MariaDbServerTests
{
    [SkippableFact]
    public void Shared_is_a_server_that_root_can_reach_through_the_socket()
    {
        Skip.If(MariaDbServer.SkipReason is not null, MariaDbServer.SkipReason);
        var database = MariaDbServer.Shared.CreateDatabase();

        Assert.Equal($"{database}\troot@localhost\n", MariaDbServer.Shared.Execute("SELECT DATABASE(), CURRENT_USER()", database));
    }
}
