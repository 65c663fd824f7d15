using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Engine.Generation;

/// <summary>Why a text ended.</summary>
public enum Finish
{
    /// <summary>The model ended it.</summary>
    End,

    /// <summary>A stop string came; it is not part of the text.</summary>
    Stop,

    /// <summary>It reached the most tokens that were asked for.</summary>
    Length,
}

/// <summary>What a model wrote behind a prompt.</summary>
/// <param name="Key">The prompt's.</param>
/// <param name="Sequence">0, 1, ... for each text behind the same prompt.</param>
/// <param name="Text">The text.</param>
/// <param name="Finish">Why it ended.</param>
/// <param name="Tokens">How many tokens were generated for it.</param>
public sealed record GeneratedText(int Key, int Sequence, string Text, Finish Finish, int Tokens);

/// <summary>What is generated.</summary>
/// <param name="Sampling">How tokens are chosen.</param>
/// <param name="MostTokens">The most tokens of a text, at least 1.</param>
/// <param name="Sequences">Texts behind each prompt, 1 to <see cref="MostSequences"/>. One is enough at temperature 0.</param>
/// <param name="Stops">Strings that end a text, none empty.</param>
public sealed record GenerationRequest(Sampling Sampling, int MostTokens, int Sequences, IReadOnlyList<string> Stops)
{
    /// <summary>The most texts behind one prompt.</summary>
    public const int MostSequences = 64;
}

/// <summary>A text that is being written.</summary>
sealed class Draft(TokenizedPrompt prompt, int number, int sequence, GenerationRequest request, Vocabulary vocabulary)
{
    readonly Sampler _sampler = new(request.Sampling, Seed(prompt, number));
    readonly List<byte> _bytes = [];
    int _tokens;

    /// <summary>The sequence it is decoded on.</summary>
    public int Sequence => sequence;

    /// <summary>The token that came last, still to be decoded.</summary>
    public int Token { get; private set; }

    /// <summary>Where that token stands.</summary>
    public int Position => prompt.Tokens.Length + _tokens - 1;

    /// <summary>The finished text; null while it is written.</summary>
    public GeneratedText? Done { get; private set; }

    /// <summary>Goes on with the token that a row of logits gives.</summary>
    public void Add(ReadOnlySpan<float> logits)
    {
        Token = _sampler.Next(logits);
        _tokens++;
        if (vocabulary.IsEnd(Token))
        {
            End(Text(), Finish.End);
            return;
        }
        _bytes.AddRange(vocabulary.Bytes(Token));
        var text = Text();
        var stop = request.Stops.Select(s => text.IndexOf(s, StringComparison.Ordinal)).Where(i => i >= 0).DefaultIfEmpty(-1).Min();
        if (stop >= 0)
            End(text[..stop], Finish.Stop);
        else if (_tokens == request.MostTokens)
            End(text, Finish.Length);
    }

    void End(string text, Finish finish) => Done = new(prompt.Key, number, text, finish, _tokens);

    string Text() => Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(_bytes));

    // By the prompt's tokens and not its key: who else is asked must not change what is drawn.
    static ulong Seed(TokenizedPrompt prompt, int number)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes([.. prompt.Tokens, number]), hash);
        return MemoryMarshal.Read<ulong>(hash);
    }
}
