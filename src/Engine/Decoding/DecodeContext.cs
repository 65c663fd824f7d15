using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LLama.Exceptions;
using LLama.Native;
using LocalOpinions.Engine.Llama;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Engine.Decoding;

/// <summary>How large a context is.</summary>
/// <param name="Tokens">The most tokens of one decode.</param>
/// <param name="Cells">The most cells of the cache in use.</param>
/// <param name="Sequences">The most sequences in use.</param>
/// <param name="Rows">The most rows of logits of one decode.</param>
/// <param name="Ubatch">Tokens that are computed at once.</param>
readonly record struct ContextShape(int Tokens, int Cells, int Sequences, int Rows, int Ubatch);

/// <summary>A llama_context and the batch arrays that feed it. Owned by one thread.</summary>
/// <remarks>
/// llama_decode ends the process on more tokens than n_batch or more outputs than n_outputs_max, so both are derived from the plan here and
/// checked before every call. Sequences are only ever copied whole and dropped whole, which every kind of memory can do: full and
/// sliding-window attention, recurrent and hybrid.
/// </remarks>
sealed unsafe partial class DecodeContext : IDisposable
{
    readonly int _maxTokens, _maxSequences, _maxOutputs, _vocabularySize;
    readonly LLamaToken* _tokens;
    readonly LLamaPos* _positions;
    readonly LLamaSeqId* _sequenceIds;
    readonly LLamaSeqId** _sequences;
    readonly byte* _outputs;
    readonly int* _sequenceCounts, _abort;
    readonly NativeBlocks _blocks;
    readonly List<PlannedDecode> _held = [];
    readonly SafeLLamaContextHandle _context;
    readonly nint _memory;
    bool _spoilt;

    /// <summary>Makes a context just large enough for a plan.</summary>
    /// <param name="model">The model.</param>
    /// <param name="plan">What it will decode.</param>
    /// <param name="arithmetic">How to compute.</param>
    /// <param name="threads">Native threads.</param>
    public DecodeContext(Model model, DecodePlan plan, Arithmetic arithmetic, int threads)
        : this(model, new ContextShape(plan.MostTokens, plan.MostCells, plan.MostSequences, plan.MostRows, plan.UbatchTokens), arithmetic,
            threads)
    {
    }

    /// <summary>Makes a context of a given size.</summary>
    public DecodeContext(Model model, ContextShape shape, Arithmetic arithmetic, int threads)
        : this(model, shape, arithmetic, threads, new())
    {
    }

    /// <summary>The same in memory of the caller's choice, which this takes and frees, at once where no context can be made.</summary>
    internal DecodeContext(Model model, ContextShape shape, Arithmetic arithmetic, int threads, NativeBlocks blocks)
    {
        _blocks = blocks;
        _maxTokens = shape.Tokens;
        _maxSequences = shape.Sequences;
        _maxOutputs = Math.Max(shape.Rows, _maxSequences);
        _vocabularySize = model.Vocabulary.Size;

        var p = ContextLayout.Loaded.FromLibrary(LLamaContextParams.Default());
        p.n_ctx = (uint)RoundUp(Math.Max(shape.Ubatch, shape.Cells), 256);
        p.n_batch = (uint)Math.Max(shape.Ubatch, _maxTokens);
        p.n_ubatch = (uint)shape.Ubatch;
        p.n_seq_max = (uint)_maxSequences;
        p.n_outputs_max = (uint)_maxOutputs;
        p.n_threads = p.n_threads_batch = threads;
        p.kv_unified = true;
        p.op_offload = !model.OnCpu;
        if (arithmetic != Arithmetic.Usual)
            p.llama_flash_attn_type = LLamaFlashAttentionType.LLAMA_FLASH_ATTENTION_TYPE_DISABLED;
        if (arithmetic == Arithmetic.Exact)
            p.type_k = p.type_v = GGMLType.GGML_TYPE_F32;
        try
        {
            model.RequireRoom(p.n_ctx, _maxOutputs, arithmetic, shape.Ubatch);
            // Before the context: its callback may look at the flag from the first graph on, and what fails here has no context to free.
            _abort = blocks.Allocate<int>(1);
            *_abort = 0;
            _tokens = blocks.Allocate<LLamaToken>(_maxTokens);
            _positions = blocks.Allocate<LLamaPos>(_maxTokens);
            _sequenceCounts = blocks.Allocate<int>(_maxTokens);
            _sequences = (LLamaSeqId**)blocks.Allocate<nint>(_maxTokens);
            _outputs = blocks.Allocate<byte>(_maxTokens);
            _sequenceIds = blocks.Allocate<LLamaSeqId>(_maxSequences);
            for (var i = 0; i < _maxSequences; i++)
                _sequenceIds[i] = (LLamaSeqId)i;
            new Span<int>(_sequenceCounts, _maxTokens).Fill(1);
            p.abort_callback = (nint)(delegate* unmanaged[Cdecl]<void*, byte>)&ShouldAbort;
            p.abort_callback_user_data = (nint)_abort;
            _context = Create(model, p);
        }
        catch
        {
            blocks.Dispose();
            throw;
        }
        _memory = LlamaNative.llama_get_memory(_context);
    }

    /// <summary>All tokens decoded so far, without padding.</summary>
    public long DecodedTokens { get; private set; }

    /// <summary>
    /// Drops what a decode does not branch from, and tells what is left to run for it in order: those of its ancestors that the cache does
    /// not hold, and itself.
    /// </summary>
    public Stack<PlannedDecode> Prepare(PlannedDecode decode)
    {
        if (_spoilt)
            _held.Clear();
        while (_held.Count > 0 && (_held.Count > decode.Depth || !IsAncestor(_held[^1], decode)))
            Drop();
        if (_held.Count == 0)
            NativeApi.llama_memory_clear(_memory, _spoilt);
        _spoilt = false;
        var missing = new Stack<PlannedDecode>();
        for (var at = decode; at is not null && at.Depth >= _held.Count; at = at.Parent)
            missing.Push(at);
        return missing;
    }

    /// <summary>Runs the next of those that <see cref="Prepare"/> named. Its logits are then where <see cref="Locate"/> says.</summary>
    /// <returns>False when <see cref="Abort"/> stopped it.</returns>
    public bool Decode(PlannedDecode decode)
    {
        if (!Run(decode))
            return false;
        _held.Add(decode);
        return true;
    }

    /// <summary>
    /// Where the rows of logits of the decode that came last lie until the next, segment by segment in the order of their positions.
    /// </summary>
    /// <param name="rows">Gets the addresses.</param>
    /// <returns>How many.</returns>
    public int Locate(Span<nint> rows)
    {
        var count = 0;
        foreach (var token in TokensWithRows(_held[^1].Segments))
        {
            var row = Row(token);
            rows[count++] = (nint)row;
            // Attention weighs what is in other cells by 0, which makes no number of no number: they are overwritten before anything else.
            _spoilt |= float.IsNaN(*row);
        }
        return count;
    }

    /// <summary>Makes a decode under way return as soon as it can. May be called from any thread.</summary>
    public void Abort() => Volatile.Write(ref *_abort, 1);

    public void Dispose()
    {
        if (_context.IsClosed)
            return;
        _context.Dispose();
        _blocks.Dispose();
    }

    static SafeLLamaContextHandle Create(Model model, LLamaContextParams parameters)
    {
        using var call = NativeLog.Listen();
        var context = SafeLLamaContextHandle.Create(model.Handle, ContextLayout.Loaded.ForLibrary(parameters));
        if (!context.IsInvalid)
            return context;
        // LLamaSharp has counted the context among the model's users, and gives that back only for a context that is one.
        model.Handle.DangerousRelease();
        throw new EngineException(EngineError.Decode,
            $"llama.cpp could not make a context of {parameters.n_ctx} tokens: {call.Reason()}");
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
            throw new ArgumentException(
                $"A decode of {count} tokens on {decode.Sequences} sequences does not fit this context ({_maxTokens}, {_maxSequences}).",
                nameof(decode));

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
            _context.MemorySequenceCopy((LLamaSeqId)parent.Sequence, (LLamaSeqId)segment.Sequence, -1, -1);
        Add(segment.Tokens, segment.Start, segment.Sequence, segment.Rows, ref n);
    }

    /// <summary>Decodes what the batch arrays hold.</summary>
    /// <returns>False when <see cref="Abort"/> stopped it.</returns>
    bool Submit(int n)
    {
        using var call = NativeLog.Listen();
        var result = (DecodeResult)LlamaNative.llama_decode(_context, new LLamaNativeBatch
        {
            n_tokens = n,
            tokens = _tokens,
            pos = _positions,
            n_seq_id = _sequenceCounts,
            seq_id = _sequences,
            logits = _outputs,
        });
        if (result is not (DecodeResult.Ok or DecodeResult.ComputeAborted))
            throw new EngineException(EngineError.Decode,
                $"llama.cpp could not decode {n} tokens (code {(int)result}): {call.Reason()}");
        _context.Synchronize();
        return result != DecodeResult.ComputeAborted;
    }

    // The places in a batch whose logits are read.
    static IEnumerable<int> TokensWithRows(IReadOnlyList<Segment> segments)
    {
        var end = 0;
        foreach (var segment in segments)
        {
            end += segment.Length;
            for (var i = end - segment.Rows; i < end; i++)
                yield return i;
        }
    }

    void CopyRow(int token, ref Span<float> rows)
    {
        new ReadOnlySpan<float>(Row(token), _vocabularySize).CopyTo(rows);
        rows = rows[_vocabularySize..];
    }

    // In llama.cpp's own memory, until the next decode.
    float* Row(int token)
    {
        try
        {
            return (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(_context.GetLogitsIth(token)));
        }
        catch (GetLogitsInvalidIndexException e)
        {
            throw new EngineException(EngineError.Decode, "llama.cpp returned no logits for a token they were asked for.", e);
        }
    }

    void Remove(int sequence)
    {
        if (!NativeApi.llama_memory_seq_rm(_memory, (LLamaSeqId)sequence, -1, -1))
            throw new EngineException(EngineError.Decode, $"llama.cpp could not drop sequence {sequence}.");
    }

    void Add(ReadOnlySpan<int> tokens, int start, int sequence, int rows, ref int n)
    {
        for (var i = 0; i < tokens.Length; i++, n++)
        {
            _tokens[n] = tokens[i];
            _positions[n] = start + i;
            _sequences[n] = _sequenceIds + sequence;
            _outputs[n] = (byte)(i >= tokens.Length - rows ? 1 : 0);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static byte ShouldAbort(void* flag) => (byte)(Volatile.Read(ref *(int*)flag) != 0 ? 1 : 0);

    static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
