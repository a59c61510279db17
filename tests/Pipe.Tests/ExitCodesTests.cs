namespace Pipe.Tests;

public sealed class ExitCodesTests
{
    [Fact]
    public void Default_is_0_for_what_is_done_and_75_for_what_waits()
    {
        Assert.Equal(ExitCode.Done, ExitCodes.Default(new DeliveryResult.Stored("1", StoredAs.NewTicket), rejectsDenied: true));
        Assert.Equal(ExitCode.Done, ExitCodes.Default(new DeliveryResult.Discarded(""), rejectsDenied: true));
        Assert.Equal(ExitCode.Done, ExitCodes.Default(new DeliveryResult.Unacceptable(""), rejectsDenied: true));
        Assert.Equal(ExitCode.Done, ExitCodes.Default(new DeliveryResult.Refused(""), rejectsDenied: false));
        Assert.Equal(ExitCode.NoPermission, ExitCodes.Default(new DeliveryResult.Refused(""), rejectsDenied: true));
        Assert.All(Enum.GetValues<DeferralCause>(), cause =>
            Assert.Equal(ExitCode.TempFail, ExitCodes.Default(new DeliveryResult.Deferred(cause, "", 400), rejectsDenied: true)));
    }

    // api.md, section 12, both stock scripts.
    [Theory]
    [InlineData(200, 75)]
    [InlineData(301, 75)]
    [InlineData(400, 66)]
    [InlineData(401, 77)]
    [InlineData(403, 77)]
    [InlineData(404, 75)]
    [InlineData(415, 65)]
    [InlineData(416, 65)]
    [InlineData(417, 65)]
    [InlineData(500, 75)]
    [InlineData(501, 65)]
    [InlineData(503, 69)]
    [InlineData(504, 75)]
    [InlineData(null, 75)]
    public void Postfix_gives_the_codes_of_the_stock_scripts(int? status, int exitCode) =>
        Assert.Equal((ExitCode)exitCode, ExitCodes.Postfix(new DeliveryResult.Deferred(DeferralCause.Unavailable, "", status)));

    [Fact]
    public void Postfix_bounces_what_is_denied_and_defers_what_cannot_be_taken()
    {
        Assert.Equal(ExitCode.Done, ExitCodes.Postfix(new DeliveryResult.Stored("1", StoredAs.Posted)));
        Assert.Equal(ExitCode.Done, ExitCodes.Postfix(new DeliveryResult.Discarded("")));
        Assert.Equal(ExitCode.NoPermission, ExitCodes.Postfix(new DeliveryResult.Refused("")));
        Assert.Equal(ExitCode.TempFail, ExitCodes.Postfix(new DeliveryResult.Unacceptable("")));
    }
}
