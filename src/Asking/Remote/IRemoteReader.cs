using LocalOpinions.Endpoints;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Asking.Remote;

/// <summary>Asks a server about one prompt at a time. Thread-safe.</summary>
interface IRemoteReader
{
    /// <summary>How many tokens the server decoded, as it says, or those of all prompts.</summary>
    long Decoded { get; }

    /// <summary>What the server gives the prompt's answers; the reason where it cannot be asked about this one.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="where">Where, and how much of it, the server is to compute it.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="EndpointException">The server does not answer.</exception>
    Task<PromptScore> ReadAsync(TokenizedPrompt prompt, Where where, CancellationToken cancellation);
}

/// <summary>Where a server computes a prompt, and how much of it.</summary>
/// <param name="Slot">As <see cref="NextQuestion.Slot"/>.</param>
/// <param name="Anew">As <see cref="NextQuestion.Anew"/>.</param>
readonly record struct Where(int? Slot, bool Anew);
