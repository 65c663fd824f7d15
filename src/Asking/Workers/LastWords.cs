namespace LocalOpinions.Asking.Workers;

/// <summary>Finds the reason in what a process wrote before native code ended it.</summary>
static class LastWords
{
    static readonly string[] s_signs = ["ASSERT", "what():", "error", "Error", "ERROR"];

    /// <summary>The last line that gives a reason; null where none does.</summary>
    /// <param name="lines">What it wrote, in order.</param>
    public static string? Of(IEnumerable<string> lines)
    {
        List<string> telling = [.. lines.Select(l => l.Trim())
            .Where(l => Array.Exists(s_signs, s => l.Contains(s, StringComparison.Ordinal)))];
        // ggml says what went wrong on the card first, and ends with no more than "ggml-cuda.cu:106: CUDA error".
        return telling.Count > 0 && telling[^1].EndsWith(" error", StringComparison.Ordinal)
            ? telling.FindLast(l => l.Contains(" error: ", StringComparison.Ordinal)) ?? telling[^1]
            : telling.LastOrDefault();
    }
}
