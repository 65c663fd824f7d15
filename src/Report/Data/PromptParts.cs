namespace LocalOpinions.Report.Data;

/// <summary>The values of the block of prompts.</summary>
sealed record AllPrompts(IReadOnlyList<PromptParts> Prompts);

// Run: index in the overview. PutIn, Orders: numbers of blocks; null where texts, or the order of options, are the survey's own.
sealed record PromptParts(int Run, string Before, string? System, string BehindSystem, string Message, string After, string Opening,
    string? Said, string MessageTrim, string SystemTrim, IReadOnlyList<string>? Labels, string? Country, string? Somebody, string? Persona,
    int? PutIn, int? Orders);

/// <summary>By the question's row in the survey file, texts that prompts have in the place of the survey's own.</summary>
sealed record PutIn(IReadOnlyDictionary<int, string> Question, IReadOnlyDictionary<int, string> Country,
    IReadOnlyDictionary<int, string> Somebody, IReadOnlyDictionary<int, IReadOnlyList<string>> Options,
    IReadOnlyDictionary<int, AddedOption> Added);

/// <summary>An option that the survey does not have, listed behind one that it has.</summary>
sealed record AddedOption(string Text, int Behind);
