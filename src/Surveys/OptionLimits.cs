namespace LocalOpinions.Surveys;

/// <summary>How many options a question can be asked with.</summary>
public static class OptionLimits
{
    /// <summary>The fewest: with one there is nothing to choose.</summary>
    public const int Fewest = 2;

    /// <summary>The most, whatever is read of an answer.</summary>
    public const int Most = 100;

    /// <summary>The most where labels are read, each of which is one letter from A to Z.</summary>
    public const int MostLabelled = 'Z' - 'A' + 1;

    /// <summary>Tells whether a question with so many options can be asked in any way.</summary>
    /// <param name="options">The number of options.</param>
    public static bool CanBeAsked(int options) => options is >= Fewest and <= Most;
}
