using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Chat;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Asking.Running;

/// <summary>
/// Keeps with runs what their prompts are made of, so that each can be shown as it was sent: what all of a run have in common, and once for
/// all runs the texts that are not the survey's own.
/// </summary>
static class KeptPrompts
{
    // The study's own layout of turns, as templates write it.
    static readonly ChatFormat s_plain = new("Human: ", "\n", "\nAssistant: "), s_behindSystem = s_plain with
    {
        Before = "",
        Between = "\n\nHuman: ",
    };

    /// <param name="results">The file.</param>
    /// <param name="work">What is asked.</param>
    /// <param name="chat">The model's own layout; null where turns are laid out as text.</param>
    /// <param name="runs">By template, and within a template by reading.</param>
    public static void Store(ResultsFile results, AskingWork work, ChatLayout? chat, IReadOnlyList<RunHandle> runs)
    {
        List<RunPromptRow> rows = [];
        HashSet<string> kept = [];
        foreach (var (template, readings) in work.Design.Templates.Zip(runs.Chunk(work.Design.Readings.Count)))
        {
            var putIn = template.PutInSha256(work.Survey);
            if (putIn is not null && kept.Add(putIn))
                results.KeepPromptTexts(putIn, work.Questions.Where(q => template.CanAsk(q, out _))
                    .SelectMany(q => Rows(template.PutInto(q))));
            rows.AddRange(readings.Select(run => Row(run.RunId, template, chat, putIn)));
        }
        results.KeepPrompts(rows);
    }

    static RunPromptRow Row(int runId, Template template, ChatLayout? chat, string? putIn)
    {
        var (words, layout) = (template.Words, chat is not null ? LaidOutTemplate.FormatOf(template, chat)
            : template.HasSystem ? s_behindSystem : s_plain);
        return new()
        {
            RunId = runId,
            Before = layout.BeforeWithout(chat?.Start),
            System = words.System,
            BehindSystem = layout.Between ?? "",
            Message = words.Message,
            After = layout.After + layout.Assistant,
            Opening = words.Opening,
            Said = words.Said,
            MessageTrim = Word(layout.Trims),
            SystemTrim = Word(layout.SystemTrims),
            Labels = words.Labels,
            Country = words.Country,
            Somebody = words.Somebody,
            Persona = words.Persona,
            PutInSha256 = putIn,
        };
    }

    static IEnumerable<PromptTextRow> Rows(PutIn texts)
    {
        var row = texts.SourceRow;
        if (texts.Question is { } question)
            yield return new(row, "question", null, question);
        foreach (var (index, option) in (texts.Options ?? []).Index())
            yield return new(row, "option", index, option);
        if (texts.Added is var (added, behind))
            yield return new(row, "added", behind, added);
        if (texts.Country is { } country)
            yield return new(row, "country", null, country);
        if (texts.Somebody is { } somebody)
            yield return new(row, "somebody", null, somebody);
    }

    static string Word(Blank trims) => trims switch
    {
        Blank.Stays => "none",
        Blank.GoesBefore => "start",
        Blank.GoesBehind => "end",
        Blank.Goes => "both",
        _ => throw new ArgumentOutOfRangeException(nameof(trims), trims, "no such rule"),
    };
}
