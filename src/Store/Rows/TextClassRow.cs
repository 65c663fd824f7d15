namespace LocalOpinions.Store.Rows;

/// <summary>Which model classifies texts, and in which words it is asked to.</summary>
/// <param name="Sha256">SHA-256 of its file.</param>
/// <param name="Name">Its name.</param>
/// <param name="Wording">Name and version of the wording.</param>
/// <param name="WordingSha256">SHA-256 of the wording and its layout.</param>
public sealed record TextClassifier(string Sha256, string Name, string Wording, string WordingSha256);

/// <summary>What a model says of a text that is part of an answer.</summary>
/// <param name="SourceRow">The question's row in the survey file.</param>
/// <param name="Sequence">The text's number, over all orders of the question.</param>
/// <param name="OptionIndex">The option that it gives: its 0-based place in the survey; null for none or several.</param>
/// <param name="Probability">The probability of that, among all that could be said.</param>
/// <param name="OffMenu">The probability of anything else.</param>
public sealed record TextClassRow(int SourceRow, int Sequence, int? OptionIndex, double Probability, double OffMenu);
