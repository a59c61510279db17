using System.Globalization;
using System.Text;

namespace Pipe.Mime.Tests;

public class FuzzTests
{
    /// <summary>How many damaged messages a run reads; <c>PIPE_FUZZ_INPUTS</c> sets another number, for hours by hand.</summary>
    private const int DefaultInputs = 200_000;

    private const int InputsPerSeed = 1000;

    [Fact]
    public void Load_of_damaged_messages_gives_a_message_or_a_format_error_and_no_property_throws()
    {
        string? asked = Environment.GetEnvironmentVariable("PIPE_FUZZ_INPUTS");
        int firstSeed = int.TryParse(Environment.GetEnvironmentVariable("PIPE_FUZZ_SEED"), CultureInfo.InvariantCulture, out int s) ? s : 1;
        long inputs = asked is null ? DefaultInputs : long.Parse(asked, CultureInfo.InvariantCulture);
        byte[][] seeds = [.. CorpusCase.All.Select(static c => c.Message), .. TnefSamples.Messages(), .. ((int[])[3, 9, 12, 40]).Select(NestedMultiparts)];
        long loaded = 0;
        for (long done = 0; done < inputs; done += InputsPerSeed)
        {
            int seed = firstSeed + (int)(done / InputsPerSeed);
            var mutator = new Mutator(seed);
            for (int i = 0; i < InputsPerSeed; i++)
                loaded += Read(mutator.Mutate(seeds), seed, i) ? 1 : 0;
        }

        // Nearly all damage leaves something to read.
        Assert.True(loaded > inputs * 9 / 10, $"{loaded} of {inputs} were read.");
    }

    // Each level has a part before and after the deeper one, so that every boundary is looked for on the way in and on the way out.
    private static byte[] NestedMultiparts(int depth)
    {
        var text = new StringBuilder("From: a@b.test\n");
        for (int i = 0; i < depth; i++)
            _ = text.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=n{i}\n\n--n{i}\n\nbefore\n--n{i}\n");
        _ = text.Append("\ninnermost\n");
        for (int i = depth - 1; i >= 0; i--)
            _ = text.Append(CultureInfo.InvariantCulture, $"--n{i}\n\nafter\n--n{i}--\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static bool Read(byte[] input, int seed, int index)
    {
        try
        {
            using var message = MimeMessage.Load(new MemoryStream(input));
            _ = MessageFacts.Touch(message);
            return true;
        }
        catch (FormatException) when (input.Length == 0)
        {
            return false;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {seed}, input {index}: {Convert.ToBase64String(input)}", e);
        }
    }
}
