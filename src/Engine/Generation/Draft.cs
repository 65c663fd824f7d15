using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Engine.Generation;

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
        if (_sampler.Next(logits) is not { } next)
        {
            End(Text(), Finish.Broken);
            return;
        }
        Token = next;
        _tokens++;
        if (vocabulary.IsEnd(Token))
        {
            End(Text(), Finish.End);
            return;
        }
        _bytes.AddRange(vocabulary.Bytes(Token));
        var text = Text();
        if (request.StopIn(text) is { } stop)
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
