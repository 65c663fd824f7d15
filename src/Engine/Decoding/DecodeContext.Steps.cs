using LLama.Native;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Engine.Decoding;

/// <summary>Decoding for texts that grow: nothing is dropped, and every sequence keeps its own end.</summary>
sealed unsafe partial class DecodeContext
{
    /// <summary>Decodes segments, each behind its parent's sequence; the rows of leaves are copied one after the other.</summary>
    /// <exception cref="OperationCanceledException"><see cref="Abort"/> stopped it.</exception>
    public void Branch(IReadOnlyList<Segment> segments, Span<float> rows)
    {
        Require(segments.Sum(s => s.Length), segments.Max(s => s.Sequence), segments.Sum(s => s.Rows));
        var n = 0;
        foreach (var segment in segments)
            Add(segment, ref n);
        Run(n);
        foreach (var token in TokensWithRows(segments))
            CopyRow(token, ref rows);
    }

    /// <summary>Gives a sequence all that another holds.</summary>
    public void Copy(int source, int target)
    {
        Require(0, Math.Max(source, target), 0);
        _context.MemorySequenceCopy((LLamaSeqId)source, (LLamaSeqId)target, -1, -1);
    }

    /// <summary>Decodes one token on each of several sequences and copies the rows of logits behind them.</summary>
    /// <exception cref="OperationCanceledException"><see cref="Abort"/> stopped it.</exception>
    public void Step(ReadOnlySpan<(int Token, int Position, int Sequence)> steps, Span<float> rows)
    {
        var n = 0;
        foreach (var (token, position, sequence) in steps)
        {
            Require(n + 1, sequence, n + 1);
            Add([token], position, sequence, rows: 1, ref n);
        }
        Run(n);
        for (var i = 0; i < n; i++)
            CopyRow(i, ref rows);
    }

    void Run(int tokens)
    {
        if (!Submit(tokens))
            throw new OperationCanceledException();
        DecodedTokens += tokens;
    }

    // llama.cpp ends the process on more.
    void Require(int tokens, int sequence, int rows)
    {
        if (tokens > _maxTokens || sequence >= _maxSequences || rows > _maxOutputs)
            throw new InvalidOperationException($"A decode of {tokens} tokens and {rows} rows up to sequence {sequence} does not fit this "
                + $"context ({_maxTokens}, {_maxOutputs}, {_maxSequences}).");
    }
}
