namespace LocalOpinions.Engine.Chat;

/// <summary>Blocks of thoughts before an answer.</summary>
static class Thoughts
{
    static readonly (string Opens, string Closes)[] s_markers =
    [
        ("<think>", "</think>"), ("<thinking>", "</thinking>"), ("<thought>", "</thought>"), ("<reasoning>", "</reasoning>"),
        ("<seed:think>", "</seed:think>"), ("[THINK]", "[/THINK]"), ("<|START_THINKING|>", "<|END_THINKING|>"),
        ("<|begin_of_thought|>", "<|end_of_thought|>"), ("<|channel>thought", "<channel|>"),
    ];

    /// <summary>
    /// What opens an answer, its thoughts over: where a template has a model begin with them, the next token would else be the first of its
    /// thoughts.
    /// </summary>
    public static string Ended(string opening)
    {
        foreach (var (opens, closes) in s_markers)
        {
            var at = opening.LastIndexOf(opens, StringComparison.Ordinal);
            if (at >= 0 && !opening[at..].Contains(closes, StringComparison.Ordinal))
                return $"{opening.TrimEnd('\n')}\n\n{closes}\n\n";
        }
        return opening;
    }
}
