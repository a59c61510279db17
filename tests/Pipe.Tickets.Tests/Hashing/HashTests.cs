using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Pipe.Tickets.Hashing;

namespace Pipe.Tickets.Tests.Hashing;

[SuppressMessage("Security", "CA5350", Justification = "What is compared with.")]
[SuppressMessage("Security", "CA5351", Justification = "What is compared with.")]
public sealed class HashTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 200), 1000, 4095, 4096, 4097, 100_000];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void HashData_agrees_with_the_library(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);

        Assert.Equal(MD5.HashData(bytes), Md5.HashData(bytes));
        Assert.Equal(SHA1.HashData(bytes), Sha1.HashData(bytes));
        Assert.Equal(SHA256.HashData(bytes), Sha256.HashData(bytes));
        Assert.Equal(HMACSHA1.HashData(bytes, "key"u8.ToArray()), HmacSha1.HashData(bytes, "key"u8));
        Assert.Equal(HMACSHA1.HashData("key"u8.ToArray(), bytes), HmacSha1.HashData("key"u8, bytes));
    }

    [Fact]
    public void Append_takes_pieces_of_any_length()
    {
        var random = new Random(1);
        byte[] bytes = new byte[20_000];
        random.NextBytes(bytes);
        BlockHash[] hashes = [new Md5(), new Sha1(), new Sha256()];

        for (int start = 0; start < bytes.Length;)
        {
            int length = Math.Min(random.Next(0, 200), bytes.Length - start);
            foreach (var hash in hashes)
                hash.Append(bytes.AsSpan(start, length));
            start += length;
        }

        Assert.Equal(MD5.HashData(bytes), hashes[0].Finish());
        Assert.Equal(SHA1.HashData(bytes), hashes[1].Finish());
        Assert.Equal(SHA256.HashData(bytes), hashes[2].Finish());
    }
}
