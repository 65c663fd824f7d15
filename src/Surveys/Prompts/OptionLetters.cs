namespace LocalOpinions.Surveys.Prompts;

/// <summary>The letters before options: A to Z by position, behind them AA, AB, ...</summary>
public static class OptionLetters
{
    const int Letters = OptionLimits.MostLabelled;

    /// <summary>The letters of a position.</summary>
    /// <param name="position">0 or more.</param>
    public static string At(int position)
    {
        var last = ((char)('A' + position % Letters)).ToString();
        return position < Letters ? last : At(position / Letters - 1) + last;
    }

    /// <summary>The letters of the first positions.</summary>
    /// <param name="count">How many.</param>
    public static IEnumerable<string> First(int count) => Enumerable.Range(0, count).Select(At);
}
