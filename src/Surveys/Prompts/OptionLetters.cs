namespace LocalOpinions.Surveys.Prompts;

/// <summary>The letters before options: A to Z by position, behind them AA, AB, ...</summary>
public static class OptionLetters
{
    /// <summary>The most options of which each has a single letter, which a model can answer with.</summary>
    public const int MostSingle = 'Z' - 'A' + 1;

    /// <summary>The letters of a position.</summary>
    /// <param name="position">0 or more.</param>
    public static string At(int position)
    {
        var last = ((char)('A' + position % MostSingle)).ToString();
        return position < MostSingle ? last : At(position / MostSingle - 1) + last;
    }

    /// <summary>The letters of the first positions.</summary>
    /// <param name="count">How many.</param>
    public static IEnumerable<string> First(int count) => Enumerable.Range(0, count).Select(At);
}
