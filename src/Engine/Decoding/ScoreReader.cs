using LocalOpinions.Engine.Planning;
using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Engine.Decoding;

/// <summary>
/// Turns rows of logits into scores: at once where the next token is the answer, else as soon as the last token of a prompt's last text is
/// known.
/// </summary>
/// <param name="answered">Keys that need no score.</param>
sealed class ScoreReader(Predicate<int>? answered)
{
    readonly Dictionary<int, TextReading> _open = [];
    readonly HashSet<int> _done = [];

    /// <summary>The scores that a decode completes, in the order of its segments.</summary>
    public List<PromptScore> Read(DecodedLogits logits)
    {
        List<PromptScore> scores = [];
        var row = 0;
        foreach (var segment in logits.Decode!.Segments)
        {
            for (var position = segment.Start + segment.Length - segment.Rows; position < segment.Start + segment.Length; position++, row++)
                Read(segment, position, logits.Row(row), scores);
        }
        return scores;
    }

    void Read(Segment segment, int position, ReadOnlySpan<float> logits, List<PromptScore> scores)
    {
        // One total for all that read this row.
        double? total = null;
        foreach (var path in segment.Paths)
        {
            foreach (var owner in path.Owners)
            {
                var prompt = owner.Prompt;
                if (answered?.Invoke(prompt.Key) ?? false)
                    continue;
                if (prompt.Texts is null)
                {
                    scores.Add(PromptScore.Read(prompt, logits));
                    continue;
                }
                if (_done.Contains(prompt.Key))
                    continue;
                if (!_open.TryGetValue(prompt.Key, out var reading))
                    _open.Add(prompt.Key, reading = new(prompt));
                reading.Add(path, owner, position, logits, total ??= PromptScore.TotalOf(logits, prompt.Key));
                if (!reading.IsComplete)
                    continue;
                _open.Remove(prompt.Key);
                _done.Add(prompt.Key);
                scores.Add(reading.Score());
            }
        }
    }
}
