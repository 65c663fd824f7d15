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

    /// <summary>A beginning as long as a survey's question, behind which each of <see cref="Endings"/> is asked.</summary>
    public static string Beginning { get; } = string.Concat(
        "Here is a question from a survey that was put to people in many countries. ",
        "Some say that life in their town is better than it was ten years ago, others that it is worse, and many see no change at all. ",
        "Think of schools, of roads, of work and of the prices of food, and of what your neighbours would tell about them. ",
        "A. Much better\nB. Somewhat better\nC. About the same\nD. Somewhat worse\nE. Much worse\n",
        "There is no right answer, and nobody will know what you said. ");

    /// <summary>What stands behind <see cref="Beginning"/>.</summary>
    public static IReadOnlyList<string> Endings { get; } = ["I think that it is", "Most people here would say that", "Answer: ("];

    /// <summary>Texts whose last tokens are held against each other behind each of the prompts.</summary>
    public static IReadOnlyList<string> Behind { get; } =
        [" the", " a", " not", " A", " five", " Paris", ".", " very"];
}
