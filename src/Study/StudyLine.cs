using LocalOpinions.Asking.Sharding;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Surveys;

namespace LocalOpinions.Study;

/// <summary>A part of a study for one model, and what of it is to be asked here.</summary>
/// <param name="Model">As the declaration names it.</param>
/// <param name="Part">The part.</param>
/// <param name="Shard">Which of its prompts; null for all.</param>
sealed record StudyStretch(string Model, AskedPart Part, ShardRange? Shard);

/// <summary>Everything that a study asks, in one line: model by model, part by part.</summary>
static class StudyLine
{
    /// <summary>What is to be asked of the study, in order; of a shard only what has any of its prompts.</summary>
    /// <param name="study">The study.</param>
    /// <param name="loaded">Its survey as it was loaded.</param>
    /// <param name="parts">The study's.</param>
    /// <param name="shard">Which piece of it; null for all.</param>
    /// <param name="bytesOf">The size of a model's file, which stands for what one of its prompts costs; 0 where nobody knows.</param>
    public static IReadOnlyList<StudyStretch> Of(
        StudyDeclaration study, Survey loaded, IReadOnlyList<AskedPart> parts, Shard? shard, Func<string, long> bytesOf)
    {
        if (shard is null)
            return [.. study.Models.SelectMany(m => parts.Select(p => new StudyStretch(m, p, null)))];
        long[] prompts = [.. parts.Select(p => AskingWork.Of(study.JobOf(p), loaded)).Select(w => w.Questions.Sum(q =>
            (long)w.Design.PromptsOf(q)))];
        var costs = study.Models.ToDictionary(m => m, m => (Int128)Math.Max(1, bytesOf(m)));
        Int128 all = 0, before = 0;
        foreach (var model in study.Models)
            all += costs[model] * prompts.Sum();
        List<StudyStretch> taken = [];
        foreach (var model in study.Models)
        {
            foreach (var (part, count) in parts.Zip(prompts))
            {
                var range = new ShardRange(shard.Value, before, costs[model], all);
                if (range.TakesAny(count))
                    taken.Add(new(model, part, range));
                before += costs[model] * count;
            }
        }
        return taken;
    }
}
