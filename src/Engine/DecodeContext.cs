using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LocalOpinions.Engine.Native;

namespace LocalOpinions.Engine;

/// <summary>How large a context is.</summary>
/// <param name="Tokens">The most tokens of one decode.</param>
/// <param name="Cells">The most cells of the cache in use.</param>
/// <param name="Sequences">The most sequences in use.</param>
/// <param name="Rows">The most rows of logits of one decode.</param>
readonly record struct ContextShape(int Tokens, int Cells, int Sequences, int Rows);

/// <summary>A llama_context and the batch arrays that feed it. Owned by one thread.</summary>
/// <remarks>
/// llama_decode ends the process on more tokens than n_batch or more outputs than n_outputs_max, so both are derived from
/// the plan here and checked before every call. Sequences are only ever copied whole and dropped whole, which
/// every kind of memory can do: full and sliding-window attention, recurrent and hybrid.
/// </remarks>
sealed unsafe partial class DecodeContext : IDisposable
{
    readonly int _maxTokens, _maxSequences, _maxOutputs, _vocabularySize;
    readonly int* _tokens, _positions, _sequenceCounts, _sequenceIds, _abort;
    readonly int** _sequences;
    readonly sbyte* _outputs;
    readonly List<PlannedDecode> _held = [];
    readonly nint _memory;
    nint _context;

    /// <summary>Makes a context just large enough for a plan.</summary>
    /// <param name="model">The model.</param>
    /// <param name="plan">What it will decode.</param>
    /// <param name="precise">Whether the cache is F32 and flash attention off.</param>
    /// <param name="threads">Native threads.</param>
    public DecodeContext(Model model, DecodePlan plan, bool precise, int threads)
        : this(model, new ContextShape(plan.MostTokens, plan.MostCells, plan.MostSequences, plan.MostRows), precise, threads)
    {
    }

    /// <summary>Makes a context of a given size.</summary>
    public DecodeContext(Model model, ContextShape shape, bool precise, int threads)
    {
        _maxTokens = shape.Tokens;
        _maxSequences = shape.Sequences;
        _maxOutputs = Math.Max(shape.Rows, _maxSequences);
        _vocabularySize = model.Vocabulary.Size;

        var p = LlamaNative.llama_context_default_params();
        p.ContextSize = (uint)RoundUp(Math.Max(DecodePlan.Ubatch, shape.Cells), 256);
        p.BatchSize = (uint)Math.Max(DecodePlan.Ubatch, _maxTokens);
        p.MicroBatchSize = DecodePlan.Ubatch;
        p.MaxSequences = (uint)_maxSequences;
        p.MaxOutputs = (uint)_maxOutputs;
        p.Threads = p.BatchThreads = threads;
        p.UnifiedKv = 1;
        p.OpOffload = (byte)(model.OnCpu ? 0 : 1);
        if (precise)
        {
            p.FlashAttention = FlashAttention.Off;
            p.KeyType = p.ValueType = GgmlType.F32;
        }
        model.RequireRoom(p.ContextSize, _maxOutputs, precise);
        // Allocated first: the callback may look at the flag from the first graph on.
        _abort = (int*)NativeMemory.AllocZeroed(sizeof(int));
        p.AbortCallback = &ShouldAbort;
        p.AbortCallbackData = _abort;
        NativeLog.Clear();
        _context = LlamaNative.llama_init_from_model(model.Handle, p);
        if (_context == 0)
        {
            NativeMemory.Free(_abort);
            throw new EngineException(EngineError.Decode, $"llama.cpp could not make a context of {p.ContextSize} tokens: {NativeLog.Reason()}");
        }
        _memory = LlamaNative.llama_get_memory(_context);

        _tokens = Allocate<int>(_maxTokens);
        _positions = Allocate<int>(_maxTokens);
        _sequenceCounts = Allocate<int>(_maxTokens);
        _sequences = (int**)NativeMemory.Alloc((nuint)_maxTokens, (nuint)sizeof(int*));
        _outputs = Allocate<sbyte>(_maxTokens);
        _sequenceIds = Allocate<int>(_maxSequences);
        for (var i = 0; i < _maxSequences; i++)
            _sequenceIds[i] = i;
        new Span<int>(_sequenceCounts, _maxTokens).Fill(1);
    }

    /// <summary>All tokens decoded so far, without padding.</summary>
    public long DecodedTokens { get; private set; }

    /// <summary>Drops what a decode does not branch from, and tells what is left to run for it in order: those of its ancestors that the cache does not hold, and itself.</summary>
    public Stack<PlannedDecode> Prepare(PlannedDecode decode)
    {
        while (_held.Count > 0 && (_held.Count > decode.Depth || !IsAncestor(_held[^1], decode)))
            Drop();
        if (_held.Count == 0)
            LlamaNative.llama_memory_clear(_memory, 0);
        var missing = new Stack<PlannedDecode>();
        for (var at = decode; at is not null && at.Depth >= _held.Count; at = at.Parent)
            missing.Push(at);
        return missing;
    }

    /// <summary>Runs the next of those that <see cref="Prepare"/> named. Its logits are then copied with <see cref="CopyRows"/>.</summary>
    /// <returns>False when <see cref="Abort"/> stopped it.</returns>
    public bool Decode(PlannedDecode decode)
    {
        if (!Run(decode))
            return false;
        _held.Add(decode);
        return true;
    }

    /// <summary>Copies the rows of logits of the decode that came last, segment by segment in the order of their positions.</summary>
    public void CopyRows(Span<float> rows)
    {
        var end = 0;
        foreach (var segment in _held[^1].Segments)
        {
            end += segment.Length;
            for (var i = end - segment.Rows; i < end; i++)
                CopyRow(i, ref rows);
        }
    }

    /// <summary>Makes a decode under way return as soon as it can. May be called from any thread.</summary>
    public void Abort() => Volatile.Write(ref *_abort, 1);

    public void Dispose()
    {
        if (_context == 0)
            return;
        LlamaNative.llama_free(_context);
        _context = 0;
        NativeMemory.Free(_tokens);
        NativeMemory.Free(_positions);
        NativeMemory.Free(_sequenceCounts);
        NativeMemory.Free(_sequences);
        NativeMemory.Free(_outputs);
        NativeMemory.Free(_sequenceIds);
        NativeMemory.Free(_abort);
    }

    static bool IsAncestor(PlannedDecode held, PlannedDecode decode)
    {
        var at = decode;
        while (at is not null && at.Depth > held.Depth)
            at = at.Parent;
        return at == held && held != decode;
    }

    void Drop()
    {
        var decode = _held[^1];
        _held.RemoveAt(_held.Count - 1);
        // Nothing below: the cache is emptied at once.
        for (var i = 0; i < decode.Segments.Count && _held.Count > 0; i++)
            Remove(decode.FirstSequence + i);
    }

    bool Run(PlannedDecode decode)
    {
        var count = decode.Tokens + decode.Padding;
        if (count > _maxTokens || decode.Sequences > _maxSequences || decode.Rows > _maxOutputs)
            throw new ArgumentException($"A decode of {count} tokens on {decode.Sequences} sequences does not fit this context ({_maxTokens}, {_maxSequences}).", nameof(decode));

        var n = 0;
        foreach (var segment in decode.Segments)
            Add(segment, ref n);
        var spare = decode.FirstSequence + decode.Segments.Count;
        for (var i = 0; i < decode.Padding; i++)
            Add([0], i, spare, rows: 0, ref n);
        if (!Submit(n))
            return false;
        DecodedTokens += decode.Tokens;
        if (decode.Padding > 0)
            Remove(spare);
        return true;
    }

    // Behind what its parent left in the cache.
    void Add(Segment segment, ref int n)
    {
        if (segment.Parent is { } parent)
            LlamaNative.llama_memory_seq_cp(_memory, parent.Sequence, segment.Sequence, -1, -1);
        Add(segment.Tokens, segment.Start, segment.Sequence, segment.Rows, ref n);
    }

    /// <summary>Decodes what the batch arrays hold.</summary>
    /// <returns>False when <see cref="Abort"/> stopped it.</returns>
    bool Submit(int n)
    {
        NativeLog.Clear();
        var result = LlamaNative.llama_decode(_context, new LlamaBatch
        {
            TokenCount = n,
            Token = _tokens,
            Position = _positions,
            SequenceCount = _sequenceCounts,
            SequenceId = _sequences,
            Output = _outputs,
        });
        const int Aborted = 2;
        if (result is not (0 or Aborted))
            throw new EngineException(EngineError.Decode, $"llama.cpp could not decode {n} tokens (code {result}): {NativeLog.Reason()}");
        LlamaNative.llama_synchronize(_context);
        return result != Aborted;
    }

    void CopyRow(int token, ref Span<float> rows)
    {
        var logits = LlamaNative.llama_get_logits_ith(_context, token);
        if (logits == null)
            throw new EngineException(EngineError.Decode, "llama.cpp returned no logits for a token they were asked for.");
        new ReadOnlySpan<float>(logits, _vocabularySize).CopyTo(rows);
        rows = rows[_vocabularySize..];
    }

    void Remove(int sequence)
    {
        if (LlamaNative.llama_memory_seq_rm(_memory, sequence, -1, -1) == 0)
            throw new EngineException(EngineError.Decode, $"llama.cpp could not drop sequence {sequence}: {NativeLog.Reason()}");
    }

    void Add(ReadOnlySpan<int> tokens, int start, int sequence, int rows, ref int n)
    {
        for (var i = 0; i < tokens.Length; i++, n++)
        {
            _tokens[n] = tokens[i];
            _positions[n] = start + i;
            _sequences[n] = _sequenceIds + sequence;
            _outputs[n] = (sbyte)(i >= tokens.Length - rows ? 1 : 0);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static byte ShouldAbort(void* flag) => (byte)(Volatile.Read(ref *(int*)flag) != 0 ? 1 : 0);

    static T* Allocate<T>(int count) where T : unmanaged => (T*)NativeMemory.Alloc((nuint)count, (nuint)sizeof(T));

    static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
