namespace LocalOpinions.Report;

/// <summary>Choices for the page.</summary>
public sealed record ReportOptions
{
    /// <summary>The page's title and main heading.</summary>
    public string Title { get; init; } = "Whose opinions do this model\u2019s answers resemble?";

    /// <summary>
    /// The page's largest size in bytes. Where it would become larger, the oldest runs are shown without their single answers, with a note.
    /// </summary>
    public long LargestPage { get; init; } = 20_000_000;
}

/// <summary>What a report holds.</summary>
/// <param name="Runs">Runs shown on the page, at least 1.</param>
/// <param name="Countries">Countries of all surveys shown, and groups that are none: of one country all samples count once.</param>
public sealed record ReportSummary(int Runs, int Countries);
