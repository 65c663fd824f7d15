using System.Text.Json.Serialization;

namespace LocalOpinions.Report.Data;

/// <summary>The values of the block of prompts.</summary>
sealed record AllPrompts(IReadOnlyList<PromptParts> Prompts);

/// <summary>A run's row of <c>run_prompts</c>.</summary>
sealed record PromptParts
{
    // Index in the overview; as it is read, the run's number.
    public required int Run { get; init; }

    public required string Before { get; init; }

    public required string? System { get; init; }

    public required string BehindSystem { get; init; }

    public required string Message { get; init; }

    public required string After { get; init; }

    public required string Opening { get; init; }

    public required string? Said { get; init; }

    public required string MessageTrim { get; init; }

    public required string SystemTrim { get; init; }

    // One a line.
    public required string? Labels { get; init; }

    public required string? Country { get; init; }

    public required string? Somebody { get; init; }

    public required string? Persona { get; init; }

    [JsonIgnore]
    public string? PutInSha256 { get; init; }

    // Number of the block of texts; null where they are the survey's own.
    public required int? PutIn { get; init; }

    // Number of the block of orders; null where options are listed as in the survey.
    public required int? Orders { get; init; }
}

/// <summary>By the question's row in the survey file, texts that prompts have in the place of the survey's own.</summary>
sealed record PutIn(IReadOnlyDictionary<int, string> Question, IReadOnlyDictionary<int, string> Country,
    IReadOnlyDictionary<int, string> Somebody, IReadOnlyDictionary<int, IReadOnlyList<string>> Options,
    IReadOnlyDictionary<int, AddedOption> Added);

/// <summary>An option that the survey does not have, listed behind one that it has.</summary>
sealed record AddedOption(string Text, int Behind);
