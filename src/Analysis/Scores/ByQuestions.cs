namespace LocalOpinions.Analysis.Scores;

/// <summary>
/// What follows from the questions that a run answered, kept for those that were asked for last. Thread-safe: scorers that work side by
/// side mostly want the same.
/// </summary>
/// <param name="make">Makes it for some questions, by index, and the least number of them that a country needs to be ranked.</param>
sealed class ByQuestions<T>(Func<bool[], int, T> make)
{
    readonly Lock _lock = new();
    (bool[] Answered, int ThinBelow, T Value)? _known;

    public T Over(bool[] answered, int thinBelow)
    {
        lock (_lock)
        {
            if (_known is { } known && known.ThinBelow == thinBelow && known.Answered.AsSpan().SequenceEqual(answered))
                return known.Value;
            var value = make(answered, thinBelow);
            _known = (answered, thinBelow, value);
            return value;
        }
    }
}
