using LocalOpinions.Asking.Prompts;

namespace LocalOpinions.Asking.Running;

/// <summary>What casts doubt on a run's answers.</summary>
/// <param name="Text">What it is and the likely cause, as sentences.</param>
/// <param name="Try">What to try, the likeliest first.</param>
public sealed record MassWarning(string Text, IReadOnlyList<OtherAsking> Try);
