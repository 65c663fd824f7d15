namespace LocalOpinions.Endpoints;

/// <summary>The texts that every server is asked first. Whoever changes them changes every model's fingerprint.</summary>
static class ProbeQuestions
{
    /// <summary>Short texts that leave much open and something not; the first is asked again and again.</summary>
    public static IReadOnlyList<string> Prompts { get; } =
    [
        "The capital of France is",
        "One, two, three, four,",
        "In my opinion, most people are",
        "Question: Is it so?\nA. Yes\nB. No\nAnswer:",
        "How much do you trust the government? I trust it",
    ];

    /// <summary>Texts whose last tokens are held against each other behind each of the prompts.</summary>
    public static IReadOnlyList<string> Behind { get; } =
        [" the", " a", " not", " A", " five", " Paris", ".", " very"];
}
