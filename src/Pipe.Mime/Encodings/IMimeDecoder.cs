namespace Pipe.Mime.Encodings;

/// <summary>Decodes an encoding piece by piece.</summary>
public interface IMimeDecoder
{
    /// <summary>The encoding that is decoded.</summary>
    ContentEncoding Encoding { get; }

    /// <summary>Makes a copy in the same state.</summary>
    IMimeDecoder Clone();

    /// <summary>How many bytes may come out of that many.</summary>
    int EstimateOutputLength(int inputLength);

    /// <summary>Decodes a piece, and returns the number of bytes written.</summary>
    int Decode(byte[] input, int startIndex, int length, byte[] output);

    /// <summary>Goes back to the state at the start.</summary>
    void Reset();
}
