using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LocalOpinions.Engine.Planning;

/// <summary>
/// All decodes of a list of prompts, fixed by the prompts alone: the same prompts give the same plan in whatever order they come.
/// </summary>
/// <remarks>
/// A tree: a decode of shared prefixes keeps them in the cache while the decodes below it branch from them, and every branch is dropped
/// after its decode. So each decode of prompts depends on its ancestors only, and can be repeated to the last bit without those beside it;
/// it is the smallest piece of work that is stored whole.
/// </remarks>
public sealed class DecodePlan
{
    /// <summary>Tokens per ubatch on the CPU: a decode of this size runs at llama.cpp's full prompt rate there.</summary>
    public const int Ubatch = 512;

    /// <summary>
    /// Below this many query tokens the CPU's flash attention takes another kernel, with other rounding (ggml-cpu, GGML_FA_TILE_Q).
    /// </summary>
    public const int SmallestUbatch = 64;

    // Packing looks at this many segments at a time, so that answers come out in about the order of the questions.
    const int Window = 1024;

    readonly PlanShape _shape;
    readonly bool _padded;
    readonly List<PlannedDecode> _leaves = [];
    readonly Lazy<string> _sha256;

    DecodePlan(IReadOnlyCollection<TokenizedPrompt> prompts, PlanShape shape, bool padded)
    {
        ArgumentOutOfRangeException.ThrowIfZero(prompts.Count, nameof(prompts));
        if (prompts.FirstOrDefault(p => p.Tokens.Length is 0) is { } empty)
            throw new ArgumentException($"Prompt {empty.Key} has no tokens.", nameof(prompts));
        if (prompts.FirstOrDefault(p => p.Texts is { } t && (t.Tokens.Length == 0 || Array.Exists(t.Tokens, o => o.Length == 0)))
            is { } none)
            throw new ArgumentException($"Prompt {none.Key} has an option without text.", nameof(prompts));
        (_shape, _padded) = (shape, padded);
        Prompts = prompts.Count;
        UnsharedTokens = prompts.Sum(p => p.UnsharedTokens);
        ReadsTexts = prompts.Any(p => p.Texts is not null);
        _sha256 = new(Hash);
    }

    /// <summary>Prompts packed into full decodes, with shared prefixes decoded once where that pays.</summary>
    /// <param name="prompts">At least one, keys unique, none empty.</param>
    /// <param name="shape">The limits of a decode.</param>
    public static DecodePlan Packed(IReadOnlyCollection<TokenizedPrompt> prompts, PlanShape shape)
    {
        if (shape.DecodeTokens < SmallestUbatch || shape.Prefixes < 1 || shape.Prompts < 1 || shape.Rows < 1 || shape.Height < 0
            || shape.Prefixes * shape.Height + shape.Prompts + 1 > 256)
            throw new ArgumentException($"No plan can have the shape {shape}.", nameof(shape));
        var plan = new DecodePlan(prompts, shape, padded: true);
        var paths = TokenPath.Of(prompts);
        plan.Schedule(shape.Height == 0 ? [.. paths.Select(Whole)] : PrefixTrie.Build(paths, shape.Height), null);
        return plan;
    }

    /// <summary>Every prompt, and every text behind one, by itself, unshared and unpadded, by rising key.</summary>
    /// <param name="prompts">At least one, keys unique, none empty.</param>
    /// <param name="ubatch">Tokens that are computed at once.</param>
    public static DecodePlan OneByOne(IReadOnlyCollection<TokenizedPrompt> prompts, int ubatch = Ubatch)
    {
        var plan = new DecodePlan(prompts, new(ubatch, Height: 0), padded: false);
        foreach (var path in TokenPath.Of(prompts))
            plan.Emit(null, [Whole(path)]);
        return plan;
    }

    /// <summary>The number of prompts.</summary>
    public int Prompts { get; }

    /// <summary>The tokens of all prompts: what would be decoded if nothing were shared.</summary>
    public long UnsharedTokens { get; }

    /// <summary>The tokens that are decoded, without padding.</summary>
    public long Tokens { get; private set; }

    /// <summary>Throw-away tokens that fill up decodes below <see cref="SmallestUbatch"/>.</summary>
    public long Padding { get; private set; }

    /// <summary>The number of decodes.</summary>
    public int Decodes { get; private set; }

    /// <summary>How many times faster than without sharing the plan can be at most: unshared tokens / decoded tokens.</summary>
    public double Ceiling => (double)UnsharedTokens / Tokens;

    /// <summary>
    /// SHA-256 of every decode's tokens, sequences and branches, lower-case hexadecimal: equal plans compute the same numbers.
    /// </summary>
    public string Sha256 => _sha256.Value;

    /// <summary>The decodes that nothing branches from, in order; each leads to its ancestors.</summary>
    internal IReadOnlyList<PlannedDecode> Leaves => _leaves;

    /// <summary>Whether whole texts are read, and not only next tokens.</summary>
    internal bool ReadsTexts { get; }

    /// <summary>Tokens that llama.cpp computes at once.</summary>
    internal int UbatchTokens => _shape.DecodeTokens;

    internal int MostTokens { get; private set; }

    internal int MostCells { get; private set; }

    internal int MostSequences { get; private set; }

    internal int MostRows { get; private set; }

    static Segment Whole(TokenPath path) => new(path, 0, path.Tokens.Length, []);

    void Schedule(IReadOnlyList<Segment> segments, PlannedDecode? parent)
    {
        foreach (var prefixes in Packing.InOrder([.. segments.Where(s => !s.IsLeaf)], _shape.PrefixTokens, _shape.Prefixes, _shape.Rows))
        {
            var decode = Emit(parent, prefixes);
            Schedule([.. prefixes.SelectMany(p => p.Children)], decode);
        }
        foreach (var window in segments.Where(s => s.IsLeaf).Chunk(Window))
        {
            foreach (var leaves in Packing.BestFit(window, _shape.DecodeTokens, _shape.Prompts, _shape.Rows))
                Emit(parent, leaves);
        }
    }

    PlannedDecode Emit(PlannedDecode? parent, IReadOnlyList<Segment> segments)
    {
        var last = segments.Sum(s => s.Length) % _shape.DecodeTokens;
        var decode = new PlannedDecode(parent, segments, _padded && last is > 0 and < SmallestUbatch ? SmallestUbatch - last : 0);
        for (var i = 0; i < segments.Count; i++)
            segments[i].Sequence = decode.FirstSequence + i;
        Decodes++;
        Tokens += decode.Tokens;
        Padding += decode.Padding;
        MostTokens = Math.Max(MostTokens, decode.Tokens + decode.Padding);
        MostCells = Math.Max(MostCells, decode.Cells);
        MostSequences = Math.Max(MostSequences, decode.Sequences);
        MostRows = Math.Max(MostRows, decode.Rows);
        if (decode.IsLeaf)
            _leaves.Add(decode);
        return decode;
    }

    string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, [_shape.DecodeTokens]);
        var known = new HashSet<PlannedDecode>();
        foreach (var leaf in _leaves)
            Append(hash, leaf, known);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static void Append(IncrementalHash hash, PlannedDecode decode, HashSet<PlannedDecode> known)
    {
        if (!known.Add(decode))
            return;
        if (decode.Parent is { } parent)
            Append(hash, parent, known);
        Append(hash, [decode.Depth, decode.FirstSequence, decode.Segments.Count, decode.Padding]);
        foreach (var segment in decode.Segments)
        {
            Append(hash, [segment.Parent?.Sequence ?? -1, segment.Start, segment.Length, segment.Rows]);
            Append(hash, segment.Tokens);
        }
    }

    static void Append(IncrementalHash hash, ReadOnlySpan<int> numbers) => hash.AppendData(MemoryMarshal.AsBytes(numbers));
}
