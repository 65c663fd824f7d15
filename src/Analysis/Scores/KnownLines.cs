namespace LocalOpinions.Analysis.Scores;

/// <summary>
/// The human lines over the questions that were asked for last. Thread-safe: scorers that work side by side mostly want the same.
/// </summary>
sealed class KnownLines(ScoringSurvey survey)
{
    readonly Lock _lock = new();
    (bool[] Answered, int ThinBelow, HumanLines Lines)? _known;

    public HumanLines Over(bool[] answered, int thinBelow)
    {
        lock (_lock)
        {
            if (_known is { } known && known.ThinBelow == thinBelow && known.Answered.AsSpan().SequenceEqual(answered))
                return known.Lines;
            var lines = new HumanLines(survey, answered, thinBelow);
            _known = (answered, thinBelow, lines);
            return lines;
        }
    }
}
