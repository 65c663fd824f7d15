using System.Runtime.InteropServices;

namespace LocalOpinions.Engine.Planning;

/// <summary>A prompt that a path of tokens serves.</summary>
/// <param name="Prompt">The prompt.</param>
/// <param name="Context">The tokens before its options' texts, or all of them where its next token is a label.</param>
/// <param name="IsDomain">Whether they are those of the domain prompt.</param>
readonly record struct PathOwner(TokenizedPrompt Prompt, int Context, bool IsDomain);

/// <summary>Tokens to decode one behind the other: a whole prompt, or a prompt and all but the last token of an option's text.</summary>
/// <remarks>Nothing is decoded for its own sake: an option whose tokens but the last begin another's, or equal them, is read on the other's
/// way.</remarks>
sealed class TokenPath(int[] tokens, PathOwner owner)
{
    readonly List<PathOwner> _owners = [owner];

    public int[] Tokens => tokens;

    /// <summary>The smallest key that it serves.</summary>
    public int Key => _owners[0].Prompt.Key;

    /// <summary>The position from which on logits are read: that of the last token before a label or an option's text.</summary>
    public int FirstRow { get; } = owner.Context - 1;

    /// <summary>The prompts that it serves, by rising key: several where a domain prompt and an option are the same.</summary>
    public IReadOnlyList<PathOwner> Owners => _owners;

    public bool Serves(Predicate<int> key)
    {
        // Asked of every path of every decode.
        foreach (var owner in _owners)
        {
            if (key(owner.Prompt.Key))
                return true;
        }
        return false;
    }

    /// <summary>The paths of prompts, in an order that does not depend on how they came.</summary>
    /// <param name="prompts">None without tokens.</param>
    public static List<TokenPath> Of(IEnumerable<TokenizedPrompt> prompts)
    {
        List<TokenPath> paths = [];
        var known = new Dictionary<int[], TokenPath>(SameTokens.Comparer);
        foreach (var prompt in prompts.OrderBy(p => p.Key))
        {
            if (prompt.Texts is not { } texts)
            {
                paths.Add(new(prompt.Tokens, new(prompt, prompt.Tokens.Length, IsDomain: false)));
                continue;
            }
            Add(prompt, texts, prompt.Tokens, isDomain: false);
            if (texts.Domain.Length > 0)
                Add(prompt, texts, texts.Domain, isDomain: true);
        }
        return paths;

        void Add(TokenizedPrompt prompt, OptionTexts texts, int[] context, bool isDomain)
        {
            foreach (var rest in Longest(texts.Tokens))
            {
                int[] tokens = [.. context, .. rest];
                var owner = new PathOwner(prompt, context.Length, isDomain);
                if (known.TryGetValue(tokens, out var path) && path.FirstRow == owner.Context - 1)
                {
                    path._owners.Add(owner);
                    continue;
                }
                path = new(tokens, owner);
                known.TryAdd(tokens, path);
                paths.Add(path);
            }
        }
    }

    /// <summary>What has to be decoded to read all of some texts: each but its last token, without those on the way to others.</summary>
    static List<int[]> Longest(int[][] texts)
    {
        List<int[]> rests = [.. texts.Select(t => t[..^1]).Order(Comparer<int[]>.Create(static (a, b) => a.AsSpan().SequenceCompareTo(b)))];
        // Sorted, so whatever begins with a rest follows it.
        return [.. rests.Where((rest, i) => i == rests.Count - 1 || !rests[i + 1].AsSpan().StartsWith(rest))];
    }

    sealed class SameTokens : IEqualityComparer<int[]>
    {
        public static SameTokens Comparer { get; } = new();

        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] tokens)
        {
            var hash = new HashCode();
            hash.AddBytes(MemoryMarshal.AsBytes(tokens.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
