using LocalOpinions.Endpoints;
using LocalOpinions.Engine.Generation;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Asking.Remote;

/// <summary>Has a server write the texts behind a prompt, one after the other, in the place of reading it.</summary>
/// <remarks>The server chooses the tokens: at temperature 0 the most probable ones, else by its own drawing.</remarks>
sealed class RemoteTexts(IServer server, GenerationRequest request) : IRemoteReader
{
    long _decoded;

    public long Decoded => Volatile.Read(ref _decoded);

    public async Task<PromptScore> ReadAsync(TokenizedPrompt prompt, Where where, CancellationToken cancellation)
    {
        try
        {
            List<GeneratedText> texts = [];
            for (var sequence = 0; sequence < request.Sequences; sequence++)
                texts.Add(await WriteAsync(prompt, sequence, cancellation));
            return PromptScore.OfWritten(prompt, texts);
        }
        catch (EndpointException e) when (e.Kind == EndpointError.Prompt)
        {
            return PromptScore.None(prompt, e.Message);
        }
    }

    /// <summary>One of the texts.</summary>
    /// <exception cref="EndpointException">The server does not answer, or not to this prompt.</exception>
    public async Task<GeneratedText> WriteAsync(TokenizedPrompt prompt, int sequence, CancellationToken cancellation)
    {
        var text = await server.WriteAsync(new(prompt.Tokens, request.MostTokens)
        {
            Temperature = request.Sampling.Temperature,
            TopP = request.Sampling.TopP,
            // Texts behind the same prompt must not be the same.
            Seed = request.Sampling.Seed + sequence,
            Stops = request.Stops,
        }, cancellation);
        Interlocked.Add(ref _decoded, prompt.Tokens.Length + text.Tokens);
        var finish = text.End switch
        {
            TextEnd.Model => Finish.End,
            TextEnd.Stop => Finish.Stop,
            _ => Finish.Length,
        };
        // A server may take fewer strings than there are.
        return request.StopIn(text.Text) is { } stop ? new(prompt.Key, sequence, text.Text[..stop], Finish.Stop, text.Tokens)
            : new(prompt.Key, sequence, text.Text, finish, text.Tokens);
    }
}
