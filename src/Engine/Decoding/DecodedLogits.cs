using System.Collections.Concurrent;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Engine.Decoding;

/// <summary>The rows of logits that one decode gave, copied out so that the next decode need not wait for their reader.</summary>
/// <param name="rows">Room for so many.</param>
/// <param name="vocabularySize">Numbers of a row.</param>
/// <param name="home">Where they lie while nobody needs them.</param>
sealed class DecodedLogits(int rows, int vocabularySize, BlockingCollection<DecodedLogits> home)
{
    readonly float[] _logits = new float[(long)rows * vocabularySize];

    public PlannedDecode? Decode { get; private set; }

    /// <summary>The rows go by segment, and within a segment by position.</summary>
    public ReadOnlySpan<float> Row(int i) => _logits.AsSpan(i * vocabularySize, vocabularySize);

    public void CopyFrom(DecodeContext context, PlannedDecode decode, int threads)
    {
        Decode = decode;
        context.CopyRows(_logits, threads);
    }

    /// <summary>Nobody reads them any more.</summary>
    public void Free() => home.Add(this);
}
