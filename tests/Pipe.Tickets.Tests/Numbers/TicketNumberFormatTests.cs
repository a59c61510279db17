using Pipe.Tickets.Numbers;

namespace Pipe.Tickets.Tests.Numbers;

public sealed class TicketNumberFormatTests
{
    [Theory]
    [InlineData("ABC-####", 1, '0', "ABC-0001")]
    [InlineData("##\\#-#", 2, '0', "00#-2")]
    [InlineData("NOHASH", 3, '0', "3NOHASH")]
    [InlineData("", 7, '0', "7")]
    [InlineData("A##B##C", 98, 'x', "AxxB98C")]
    [InlineData("A##B##C", 103, 'x', "Ax1B03C")]
    [InlineData("A##B##C", 123456, 'x', "A12B3456C")]
    [InlineData("######", 42, '0', "000042")]
    public void Format_spreads_the_digits_over_the_places(string format, long value, char padding, string expected) =>
        Assert.Equal(expected, new TicketNumberFormat(format).Format(value, padding));

    [Theory]
    [InlineData("######", 6, "")]
    [InlineData("##", 6, "")]
    [InlineData("T########", 8, "T")]
    [InlineData("", 6, "")]
    [InlineData("#################################", 33, "000000000000000")]         // more digits than a number has
    public void Random_has_at_least_six_digits_and_no_leading_zero(string format, int digits, string start)
    {
        var seen = new HashSet<string>();
        for (int i = 0; i < 50; i++)
        {
            string number = new TicketNumberFormat(format).Random();

            Assert.StartsWith(start, number, StringComparison.Ordinal);
            Assert.Equal(digits, number.Count(char.IsAsciiDigit));
            Assert.NotEqual('0', number[start.Length]);
            seen.Add(number);
        }

        Assert.True(seen.Count > 40, $"only {seen.Count} of 50 random numbers differ");
    }
}
