namespace Pipe.Tickets.Tests;

public sealed class SystemRandomTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(14)]
    [InlineData(1000)]
    public void Fill_leaves_no_byte_as_it_was(int length)
    {
        byte[] everSet = new byte[length];
        byte[] bytes = new byte[length];
        for (int round = 0; round < 64; round++)
        {
            SystemRandom.Fill(bytes);
            for (int i = 0; i < length; i++)
                everSet[i] |= (byte)(bytes[i] ^ 0x55);
        }

        Assert.All(everSet, bits => Assert.Equal(0xFF, bits));      // every bit of every place varies
    }

    [Fact]
    public void GetString_uses_all_of_the_alphabet_evenly()
    {
        const string Alphabet = "abcdefghijklmnopqrstuvwxyz_=0";

        string text = SystemRandom.GetString(Alphabet, 29_000);

        Assert.All(Alphabet, letter => Assert.InRange(text.Count(c => c == letter), 800, 1200));
        Assert.Equal(29_000, text.Length);
    }
}
