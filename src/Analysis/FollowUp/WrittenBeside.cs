using LocalOpinions.Store;

namespace LocalOpinions.Analysis.FollowUp;

/// <summary>What the texts of a run do with the options: the view written_overview. Shares are means over questions.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Questions">Questions with texts.</param>
/// <param name="Texts">Texts.</param>
/// <param name="Silent">Questions of which no text names a single option.</param>
/// <param name="Letter">Name one option by its letter.</param>
/// <param name="Words">Name one by its words.</param>
/// <param name="Refusal">Decline.</param>
/// <param name="RefusalLow">Lower end of the 95 % interval; NaN where there is none.</param>
/// <param name="RefusalHigh">Upper end of it.</param>
/// <param name="Several">Name several.</param>
/// <param name="None">Name none and do not decline.</param>
/// <param name="OffMenu">The last three together.</param>
public sealed record WrittenClasses(int RunId, long Questions, long Texts, long Silent, double Letter, double Words, double Refusal,
    double RefusalLow, double RefusalHigh, double Several, double None, double OffMenu)
{
    /// <summary>A run's; null where nothing was written.</summary>
    public static WrittenClasses? Of(ResultsFile results, int runId) => results.Read<WrittenClasses>(
        """
        SELECT run_id, questions, texts, silent, letter, words, refusal, refusal_low, refusal_high, several, none, off_menu
        FROM written_overview WHERE run_id = ?
        """, runId).SingleOrDefault();
}

/// <summary>How far what a model writes is from what its probabilities say behind the same prompts: the view written_mismatch.</summary>
/// <param name="RunId">The run of texts.</param>
/// <param name="OtherRunId">The run of probabilities.</param>
/// <param name="OtherReading">How that one is read.</param>
/// <param name="Questions">Questions of both.</param>
/// <param name="Naming">Of these, those of which a text names one option.</param>
/// <param name="Mismatch">Of the texts that name one, the share that name another than the most probable (Wang et al. 2024).</param>
/// <param name="MismatchLow">Lower end of the 95 % interval; NaN where there is none.</param>
/// <param name="MismatchHigh">Upper end of it.</param>
/// <param name="Unlike">Of all texts, the share that do not name the most probable.</param>
/// <param name="UnlikeLow">Lower end of its interval.</param>
/// <param name="UnlikeHigh">Upper end of it.</param>
/// <param name="TotalVariation">Mean total variation of the two distributions.</param>
/// <param name="VariationLow">Lower end of its interval.</param>
/// <param name="VariationHigh">Upper end of it.</param>
public sealed record WrittenMismatch(int RunId, int OtherRunId, string OtherReading, long Questions, long Naming, double Mismatch,
    double MismatchLow, double MismatchHigh, double Unlike, double UnlikeLow, double UnlikeHigh, double TotalVariation,
    double VariationLow, double VariationHigh);

/// <summary>A question on which text and probabilities are far apart.</summary>
/// <param name="OtherRunId">The run of probabilities.</param>
/// <param name="SourceRow">The question's row in the survey file.</param>
/// <param name="Question">Its text.</param>
/// <param name="WrittenOption">What most texts name.</param>
/// <param name="WrittenShare">The share of the naming texts that do.</param>
/// <param name="ProbableOption">The most probable option.</param>
/// <param name="Probability">Its probability.</param>
/// <param name="TotalVariation">The total variation of the two distributions.</param>
public sealed record WrittenQuestion(int OtherRunId, int SourceRow, string Question, string WrittenOption, double WrittenShare,
    string ProbableOption, double Probability, double TotalVariation);

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
