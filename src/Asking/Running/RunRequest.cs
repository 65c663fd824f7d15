using LocalOpinions.Analysis.Scores;
using LocalOpinions.Asking.Sharding;
using LocalOpinions.Asking.Sources;

namespace LocalOpinions.Asking.Running;

/// <summary>What to ask, of whom, and where to put the answers.</summary>
public sealed record RunRequest
{
    /// <summary>Who is asked.</summary>
    public required IAskedModel Model { get; init; }

    /// <summary>Which questions, and how.</summary>
    public required AskingJob Job { get; init; }

    /// <summary>The results file; made if absent, added to if there.</summary>
    public required string Output { get; init; }

    /// <summary>
    /// Which file that must be, as <see cref="RunOutcome.FileIdentity"/> of an earlier run has it; null for whichever is there.
    /// </summary>
    public string? OutputIdentity { get; init; }

    /// <summary>Whether to measure the source's own prompt rate before and after.</summary>
    public bool Probe { get; init; }

    /// <summary>Whether only the asking counts: nothing is scored and no noise floor is measured.</summary>
    public bool AskOnly { get; init; }

    /// <summary>Only a part of the prompts, which is stored and not scored; null for all of them.</summary>
    public ShardRange? Shard { get; init; }

    /// <summary>As <see cref="ScoreOptions.FewestQuestions"/>.</summary>
    public int? FewestQuestions { get; init; }

    /// <summary>Says when answers have waited long enough for others to be stored with them.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Shown how far the run is.</summary>
    public IWorkMonitor Monitor { get; init; } = SilentMonitor.Instance;
}
