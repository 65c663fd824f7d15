using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Engine.Generation;

/// <summary>
/// Which texts are written together: fixed by the prompts, in their order, and the request alone. A group is the smallest piece that can be
/// written anywhere and comes out the same.
/// </summary>
public sealed class GenerationPlan
{
    /// <summary>The most texts of a group.</summary>
    public const int MostTexts = GenerationRequest.MostSequences;

    /// <summary>Cells of the cache that a group may need; only a single prompt's texts may need more.</summary>
    public const int MostCells = 8192;

    // States cost memory per sequence.
    const int MostTextsWithStates = 16;

    GenerationPlan(GenerationRequest request, List<IReadOnlyList<TokenizedPrompt>> groups)
    {
        (Request, Groups) = (request, groups);
        Sha256 = Hash();
    }

    /// <summary>What is written.</summary>
    public GenerationRequest Request { get; }

    /// <summary>SHA-256 of every group's tokens and of the request's limits, lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>The most tokens to decode: those of the prompts and of texts that do not end by themselves.</summary>
    public long Tokens => Groups.Sum(g => g.Sum(p => (long)p.Tokens.Length + (long)Request.Sequences * Request.MostTokens));

    /// <summary>The same with a prompt for each text.</summary>
    public long UnsharedTokens => Groups.Sum(g => g.Sum(p => Request.Sequences * ((long)p.Tokens.Length + Request.MostTokens)));

    internal IReadOnlyList<IReadOnlyList<TokenizedPrompt>> Groups { get; }

    /// <summary>Puts prompts together.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompts">The prompts, without texts of their own.</param>
    /// <param name="request">What to write.</param>
    /// <param name="singly">Whether each prompt's texts are written by themselves.</param>
    /// <exception cref="EngineException">A prompt and a text behind it are longer than the model's context.</exception>
    public static GenerationPlan Of(Model model, IReadOnlyList<TokenizedPrompt> prompts, GenerationRequest request, bool singly)
    {
        request.Require();
        if (prompts.FirstOrDefault(p => p.Tokens.Length + request.MostTokens > model.ContextLength) is { } longest)
        {
            throw new EngineException(EngineError.Prompt,
                $"a prompt of {longest.Tokens.Length:N0} tokens and {request.MostTokens:N0} tokens behind it are longer than the model's "
                    + $"context of {model.ContextLength:N0}. Ask for shorter texts.")
            {
                Remedy = EngineRemedy.FewerTokens,
            };
        }
        return new(request, singly ? [.. prompts.Select(p => (IReadOnlyList<TokenizedPrompt>)[p])]
            : Grouped(prompts, request, model.HasStates ? MostTextsWithStates : MostTexts));
    }

    /// <summary>The prompts of each group.</summary>
    public IReadOnlyList<DecodeGroup> DecodeGroups() => [.. Groups.Select((g, i) => new DecodeGroup(i, [.. g.Select(p => p.Key)]))];

    static List<IReadOnlyList<TokenizedPrompt>> Grouped(IReadOnlyList<TokenizedPrompt> prompts, GenerationRequest request, int mostTexts)
    {
        List<IReadOnlyList<TokenizedPrompt>> groups = [];
        List<TokenizedPrompt> group = [];
        var cells = 0;
        foreach (var prompt in prompts)
        {
            var more = prompt.Tokens.Length + request.Sequences * request.MostTokens;
            if (group.Count > 0 && (cells + more > MostCells || (group.Count + 1) * request.Sequences > mostTexts))
            {
                groups.Add(group);
                (group, cells) = ([], 0);
            }
            group.Add(prompt);
            cells += more;
        }
        if (group.Count > 0)
            groups.Add(group);
        return groups;
    }

    string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append([Request.Sequences, Request.MostTokens]);
        foreach (var group in Groups)
        {
            Append([group.Count]);
            foreach (var prompt in group)
            {
                Append([prompt.Tokens.Length]);
                Append(prompt.Tokens);
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Append(ReadOnlySpan<int> numbers) => hash.AppendData(MemoryMarshal.AsBytes(numbers));
    }
}
