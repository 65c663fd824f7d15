using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LocalOpinions.Engine.Native;

namespace LocalOpinions.Engine;

/// <summary>A llama_context and the batch arrays that feed it. Owned by one thread.</summary>
/// <remarks>
/// llama_decode ends the process on more tokens than n_batch or more outputs than n_outputs_max, so both are derived from
/// the plan here and checked before every call.
/// </remarks>
sealed unsafe class DecodeContext : IDisposable
{
    readonly int _maxTokens, _maxSequences, _vocabularySize;
    readonly int* _tokens, _positions, _sequenceCounts, _sequenceIds, _abort;
    readonly int** _sequences;
    readonly sbyte* _outputs;
    nint _context;

    public DecodeContext(Model model, IReadOnlyList<DecodeGroup> groups, bool exact, int threads)
    {
        _maxTokens = RoundUp(Math.Max(DecodePlan.Ubatch, groups.Max(g => g.Tokens)), 256);
        _maxSequences = groups.Max(g => g.Sequences);
        _vocabularySize = model.Vocabulary.Size;

        var p = LlamaNative.llama_context_default_params();
        p.ContextSize = p.BatchSize = (uint)_maxTokens;
        p.MicroBatchSize = DecodePlan.Ubatch;
        p.MaxSequences = p.MaxOutputs = (uint)_maxSequences;
        p.Threads = p.BatchThreads = threads;
        p.UnifiedKv = 1;
        p.OpOffload = (byte)(model.OnCpu ? 0 : 1);
        if (exact)
        {
            p.FlashAttention = FlashAttention.Off;
            p.KeyType = p.ValueType = GgmlType.F32;
        }
        // Allocated first: the callback may look at the flag from the first graph on.
        _abort = (int*)NativeMemory.AllocZeroed(sizeof(int));
        p.AbortCallback = &ShouldAbort;
        p.AbortCallbackData = _abort;
        NativeLog.Clear();
        _context = LlamaNative.llama_init_from_model(model.Handle, p);
        if (_context == 0)
        {
            NativeMemory.Free(_abort);
            throw new EngineException(EngineError.Decode, $"llama.cpp could not make a context of {_maxTokens} tokens: {NativeLog.Reason()}");
        }

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

    /// <summary>Decodes a group in an emptied cache. Logits of prompt i's last token are then at <see cref="Logits"/>(i).</summary>
    /// <returns>False when <see cref="Abort"/> stopped it.</returns>
    public bool Decode(DecodeGroup group)
    {
        if (group.Tokens > _maxTokens || group.Sequences > _maxSequences)
            throw new ArgumentException($"A group of {group.Tokens} tokens on {group.Sequences} sequences does not fit this context ({_maxTokens}, {_maxSequences}).", nameof(group));

        LlamaNative.llama_memory_clear(LlamaNative.llama_get_memory(_context), 1);
        var n = 0;
        for (var s = 0; s < group.Prompts.Count; s++)
            Add(group.Prompts[s].Tokens, s, output: true, ref n);
        if (group.Padding > 0)
            Add(new int[group.Padding], group.Prompts.Count, output: false, ref n);

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
        return result == 0;
    }

    /// <summary>The next-token logits of the group's prompt i. Valid until the next decode.</summary>
    public ReadOnlySpan<float> Logits(DecodeGroup group, int prompt)
    {
        var last = -1;
        for (var i = 0; i <= prompt; i++)
            last += group.Prompts[i].Tokens.Length;
        var logits = LlamaNative.llama_get_logits_ith(_context, last);
        return logits != null ? new(logits, _vocabularySize) : throw new EngineException(EngineError.Decode, "llama.cpp returned no logits for a token they were asked for.");
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

    void Add(ReadOnlySpan<int> tokens, int sequence, bool output, ref int n)
    {
        for (var i = 0; i < tokens.Length; i++, n++)
        {
            _tokens[n] = tokens[i];
            _positions[n] = i;
            _sequences[n] = _sequenceIds + sequence;
            _outputs[n] = (sbyte)(output && i == tokens.Length - 1 ? 1 : 0);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static byte ShouldAbort(void* flag) => (byte)(Volatile.Read(ref *(int*)flag) != 0 ? 1 : 0);

    static T* Allocate<T>(int count) where T : unmanaged => (T*)NativeMemory.Alloc((nuint)count, (nuint)sizeof(T));

    static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
