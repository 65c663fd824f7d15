namespace LocalOpinions.Store.Rows;

/// <summary>A run that belongs to a study.</summary>
/// <param name="Part">Which part of the study it is, for example "default".</param>
/// <param name="RunId">The run.</param>
public record StudyRunRow(string Part, int RunId);

/// <summary>A number that a study found.</summary>
/// <param name="ModelId">The model; null for what concerns none or several.</param>
/// <param name="Topic">What is asked, for example "naming".</param>
/// <param name="Part">The part of the study that it is about.</param>
/// <param name="Subject">The country, language or label that it is about; null where it is about all.</param>
/// <param name="Measure">Which number.</param>
/// <param name="N">Questions behind it, 0 or more.</param>
/// <param name="Value">The number; NaN where it could not be computed.</param>
public sealed record FindingRow(int? ModelId, string Topic, string Part, string? Subject, string Measure, int N, double Value)
{
    /// <summary>Item families behind the interval; null where there is none.</summary>
    public int? Families { get; init; }

    /// <summary>Lower end of the 95 % interval; NaN where there is none.</summary>
    public double Low { get; init; } = double.NaN;

    /// <summary>Upper end of the 95 % interval; NaN where there is none.</summary>
    public double High { get; init; } = double.NaN;

    /// <summary>Two-sided p-value for 0; NaN where nothing is tested.</summary>
    public double P { get; init; } = double.NaN;

    /// <summary>The same by Holm's correction; NaN where nothing is tested.</summary>
    public double PHolm { get; init; } = double.NaN;

    /// <summary>The conclusion in words; null where nothing is tested.</summary>
    public string? Verdict { get; init; }

    /// <summary>What else must be said of it; null where nothing.</summary>
    public string? Note { get; init; }
}
