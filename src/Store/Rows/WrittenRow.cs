namespace LocalOpinions.Store.Rows;

/// <summary>A text that is part of an answer, and what it was read as.</summary>
/// <param name="RunId">A run that <see cref="ResultsFile.BeginRun"/> began.</param>
/// <param name="OrderIndex">0-based number of the option order within the question.</param>
/// <param name="Text">The text; numbered over all orders of the question.</param>
/// <param name="Class">"letter", "words", "refusal", "several" or "none".</param>
/// <param name="OptionIndex">The option that it names: its 0-based place in the survey; null where it names none or several.</param>
public sealed record WrittenRow(int RunId, int OrderIndex, GenerationRow Text, string Class, int? OptionIndex);
