using LocalOpinions.Surveys.Checks;

namespace LocalOpinions.Surveys.Formats;

/// <summary>An option as a file has it.</summary>
readonly record struct OptionDraft(string Text, OptionKind Kind, double? ScaleValue = null, bool IsNumber = false);

/// <summary>A group's answers as a file has them: one share per option, or with AreCounts one number of people.</summary>
readonly record struct DistributionDraft(string Group, double[] Values, SurveyPlace Place, int? Respondents = null, bool AreCounts = false);

/// <summary>A question as a file has it, before its figures are checked; the id is null where the file gives none.</summary>
sealed record QuestionDraft(
    SurveyPlace Place, int SourceRow, string? Id, string Source, string Text, IReadOnlyList<OptionDraft> Options,
    IReadOnlyList<DistributionDraft> Distributions);
