using LocalOpinions.Store;

namespace LocalOpinions.Analysis.FollowUp;

/// <summary>What the texts of a run do with the options: the view written_overview. Shares are means over questions.</summary>
public sealed record WrittenClasses
{
    /// <summary>The run.</summary>
    public required int RunId { get; init; }

    /// <summary>Questions with texts.</summary>
    public required long Questions { get; init; }

    /// <summary>Texts.</summary>
    public required long Texts { get; init; }

    /// <summary>Questions of which no text names a single option.</summary>
    public required long Silent { get; init; }

    /// <summary>Name one option by its letter.</summary>
    public required double Letter { get; init; }

    /// <summary>Name one by its words.</summary>
    public required double Words { get; init; }

    /// <summary>Decline.</summary>
    public required double Refusal { get; init; }

    /// <summary>Lower end of the 95 % interval; NaN where there is none.</summary>
    public required double RefusalLow { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double RefusalHigh { get; init; }

    /// <summary>Name several.</summary>
    public required double Several { get; init; }

    /// <summary>Name none and do not decline.</summary>
    public required double None { get; init; }

    /// <summary>The last three together.</summary>
    public required double OffMenu { get; init; }

    /// <summary>A run's; null where nothing was written.</summary>
    public static WrittenClasses? Of(ResultsFile results, int runId) => results.Read<WrittenClasses>(
        """
        SELECT run_id, questions, texts, silent, letter, words, refusal, refusal_low, refusal_high, several, none, off_menu
        FROM written_overview WHERE run_id = ?
        """, runId).SingleOrDefault();
}

/// <summary>How far what a model writes is from what its probabilities say behind the same prompts: the view written_mismatch.</summary>
public sealed record WrittenMismatch
{
    /// <summary>The run of texts.</summary>
    public required int RunId { get; init; }

    /// <summary>The run of probabilities.</summary>
    public required int OtherRunId { get; init; }

    /// <summary>How that one is read.</summary>
    public required string OtherReading { get; init; }

    /// <summary>Questions of both.</summary>
    public required long Questions { get; init; }

    /// <summary>Of these, those of which a text names one option.</summary>
    public required long Naming { get; init; }

    /// <summary>Of the texts that name one, the share that name another than the most probable (Wang et al. 2024).</summary>
    public required double Mismatch { get; init; }

    /// <summary>Lower end of the 95 % interval; NaN where there is none.</summary>
    public required double MismatchLow { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double MismatchHigh { get; init; }

    /// <summary>Of all texts, the share that do not name the most probable.</summary>
    public required double Unlike { get; init; }

    /// <summary>Lower end of its interval.</summary>
    public required double UnlikeLow { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double UnlikeHigh { get; init; }

    /// <summary>Mean total variation of the two distributions.</summary>
    public required double TotalVariation { get; init; }

    /// <summary>Lower end of its interval.</summary>
    public required double VariationLow { get; init; }

    /// <summary>Upper end of it.</summary>
    public required double VariationHigh { get; init; }
}

/// <summary>A question on which text and probabilities are far apart.</summary>
public sealed record WrittenQuestion
{
    /// <summary>The run of probabilities.</summary>
    public required int OtherRunId { get; init; }

    /// <summary>The question's row in the survey file.</summary>
    public required int SourceRow { get; init; }

    /// <summary>Its text.</summary>
    public required string Question { get; init; }

    /// <summary>What most texts name.</summary>
    public required string WrittenOption { get; init; }

    /// <summary>The share of the naming texts that do.</summary>
    public required double WrittenShare { get; init; }

    /// <summary>The most probable option.</summary>
    public required string ProbableOption { get; init; }

    /// <summary>Its probability.</summary>
    public required double Probability { get; init; }

    /// <summary>The total variation of the two distributions.</summary>
    public required double TotalVariation { get; init; }
}

/// <summary>What a model writes beside what its probabilities say.</summary>
/// <param name="Classes">What the texts do with the options; null where the run has none.</param>
/// <param name="Mismatches">Against every run of the same prompts that reads probabilities.</param>
/// <param name="Farthest">The questions that are farthest apart.</param>
public sealed record WrittenBeside(
    WrittenClasses? Classes, IReadOnlyList<WrittenMismatch> Mismatches, IReadOnlyList<WrittenQuestion> Farthest)
{
    const int Shown = 5;

    /// <summary>Reads it from the views.</summary>
    /// <param name="results">The file.</param>
    /// <param name="runId">A run of texts or of probabilities.</param>
    public static WrittenBeside Of(ResultsFile results, int runId) => new(
        WrittenClasses.Of(results, runId),
        results.Read<WrittenMismatch>(
            """
            SELECT run_id, other_run_id, other_reading, questions, naming, mismatch, mismatch_low, mismatch_high, unlike, unlike_low,
                   unlike_high, total_variation, variation_low, variation_high
            FROM written_mismatch WHERE run_id = ? OR other_run_id = ? ORDER BY run_id, other_run_id
            """, runId, runId),
        results.Read<WrittenQuestion>(
            """
            SELECT other_run_id, source_row, question, written_option, written_share, probable_option, probability, total_variation
            FROM written_questions WHERE run_id = ? AND total_variation IS NOT NULL
            QUALIFY row_number() OVER (PARTITION BY other_run_id ORDER BY total_variation DESC, source_row) <= ?
            ORDER BY other_run_id, total_variation DESC, source_row
            """, runId, Shown));
}
