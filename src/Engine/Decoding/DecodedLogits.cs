using System.Collections.Concurrent;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Engine.Decoding;

/// <summary>The rows of logits that one decode gave.</summary>
/// <remarks>
/// Beside a GPU they are copied out, so that the next decode need not wait for their reader. On the CPU a decode has all threads, and a
/// reader beside it would only take them away: there they are read where llama.cpp left them, and the next decode waits.
/// </remarks>
/// <param name="rows">Room for so many.</param>
/// <param name="vocabularySize">Numbers of a row.</param>
/// <param name="inPlace">Whether they stay where they are.</param>
/// <param name="home">Where this lies while nobody needs it.</param>
sealed unsafe class DecodedLogits(int rows, int vocabularySize, bool inPlace, BlockingCollection<DecodedLogits> home)
{
    readonly nint[] _places = new nint[rows];
    readonly float[] _copies = inPlace ? [] : new float[(long)rows * vocabularySize];

    public PlannedDecode? Decode { get; private set; }

    /// <summary>The rows go by segment, and within a segment by position.</summary>
    public ReadOnlySpan<float> Row(int i) => inPlace ? Place(i) : _copies.AsSpan(i * vocabularySize, vocabularySize);

    /// <summary>Takes over what the context decoded last.</summary>
    /// <param name="context">The context.</param>
    /// <param name="decode">What it decoded.</param>
    /// <param name="threads">How many threads copy.</param>
    public void TakeFrom(DecodeContext context, PlannedDecode decode, int threads)
    {
        Decode = decode;
        var count = context.Locate(_places);
        if (!inPlace)
            SomeThreads.For(count, threads, i => Place(i).CopyTo(_copies.AsSpan(i * vocabularySize)));
    }

    /// <summary>Nobody reads them any more.</summary>
    public void Free() => home.Add(this);

    ReadOnlySpan<float> Place(int i) => new((void*)_places[i], vocabularySize);
}
