using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Scoring.Simd;

namespace LocalOpinions.Engine.Decoding;

/// <summary>
/// Turns rows of logits into scores: at once where the next token is the answer, else as soon as the last token of a prompt's last text is
/// known.
/// </summary>
/// <param name="answered">Keys that need no score.</param>
/// <param name="threads">How many threads go through the vocabulary.</param>
sealed class ScoreReader(Predicate<int>? answered, int threads)
{
    readonly Dictionary<int, TextReading> _open = [];
    readonly HashSet<int> _done = [];
    readonly List<TokenizedPrompt> _withoutNumbers = [];
    readonly List<int> _wanted = [];
    readonly Predicate<int>? _unanswered = answered is { } known ? key => !known(key) : null;
    double[] _totals = [];

    /// <summary>Prompts behind which logits were no numbers, for their own sake or for that of others in their decode.</summary>
    public IReadOnlyList<TokenizedPrompt> WithoutNumbers => _withoutNumbers;

    /// <summary>The scores that a decode completes, in the order of its segments.</summary>
    public List<PromptScore> Read(DecodedLogits logits)
    {
        List<PromptScore> scores = [];
        Sum(logits);
        var row = 0;
        foreach (var segment in logits.Decode!.Segments)
        {
            for (var position = segment.Start + segment.Length - segment.Rows; position < segment.Start + segment.Length; position++, row++)
                Read(segment, position, logits.Row(row), _totals[row], scores);
        }
        return scores;
    }

    // The one thing that takes time: of each row the log of the sum of its exponentials, for all that read it.
    void Sum(DecodedLogits logits)
    {
        if (_totals.Length < logits.Decode!.Rows)
            _totals = new double[logits.Decode.Rows];
        var row = 0;
        _wanted.Clear();
        foreach (var segment in logits.Decode.Segments)
        {
            var isWanted = IsWanted(segment);
            for (var end = row + segment.Rows; row < end; row++)
            {
                if (isWanted)
                    _wanted.Add(row);
            }
        }
        SomeThreads.For(_wanted.Count, threads, i => _totals[_wanted[i]] = LogSumExp.Of(logits.Row(_wanted[i])));
    }

    bool IsWanted(Segment segment)
    {
        if (_unanswered is null)
            return true;
        foreach (var path in segment.Paths)
        {
            if (path.Serves(_unanswered))
                return true;
        }
        return false;
    }

    void Read(Segment segment, int position, ReadOnlySpan<float> logits, double total, List<PromptScore> scores)
    {
        foreach (var path in segment.Paths)
        {
            foreach (var owner in path.Owners)
            {
                var prompt = owner.Prompt;
                if (answered?.Invoke(prompt.Key) ?? false)
                    continue;
                if (_done.Contains(prompt.Key))
                    continue;
                if (!double.IsFinite(total))
                {
                    _open.Remove(prompt.Key);
                    _done.Add(prompt.Key);
                    _withoutNumbers.Add(prompt);
                    continue;
                }
                if (prompt.Texts is null)
                {
                    scores.Add(PromptScore.Read(prompt, logits, total));
                    continue;
                }
                if (!_open.TryGetValue(prompt.Key, out var reading))
                    _open.Add(prompt.Key, reading = new(prompt));
                reading.Add(path, owner, position, logits, total);
                if (!reading.IsComplete)
                    continue;
                _open.Remove(prompt.Key);
                _done.Add(prompt.Key);
                scores.Add(reading.Score());
            }
        }
    }
}
