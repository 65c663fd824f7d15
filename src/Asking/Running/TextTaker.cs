using System.Globalization;
using LocalOpinions.Analysis.Texts;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Store.Rows;
using LocalOpinions.Surveys;

namespace LocalOpinions.Asking.Running;

/// <summary>Makes an answer of the texts behind a prompt: of each option the share of the texts that name it and no other.</summary>
sealed class TextTaker(AskingWork work)
{
    readonly PromptDesign _design = work.Design;
    readonly Dictionary<int, Question> _questions = work.Questions.ToDictionary(q => q.SourceRow);

    /// <summary>What makes a reading of texts, as runs keep it.</summary>
    public static IReadOnlyDictionary<string, string> Settings(DesignChoice choice) => new Dictionary<string, string>
    {
        ["texts"] = Text(choice.Writing.Texts),
        ["tokens"] = Text(choice.Writing.Tokens),
        ["temperature"] = Text(choice.Writing.Temperature),
        ["top_p"] = Text(choice.Writing.TopP),
        ["seed"] = Text(choice.Writing.Seed),
        ["stop"] = string.Join(' ', WritingChoice.StopsOf(choice.Layout).Select(s => s.Trim())),
        ["rule"] = Text(TextRule.Version),
    };

    /// <summary>The texts of a prompt as they are stored.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="what">What the prompt asks.</param>
    /// <param name="written">What was written.</param>
    public List<WrittenRow> Texts(int runId, PromptItem what, WrittenTexts written)
    {
        var prompt = _design.Templates[what.Template].Build(_questions[what.SourceRow], what.Order);
        var labels = _design.Choice.Listing == OptionListing.Listed ? prompt.Labels : [];
        var choice = _design.Choice.Writing;
        return [.. written.Texts.Select(text =>
        {
            var read = TextRule.Read(text.Text, labels, prompt.Options);
            return new WrittenRow(runId, what.OrderIndex, new()
            {
                SourceRow = what.SourceRow,
                Sequence = what.OrderIndex * choice.Texts + text.Sequence,
                Seed = choice.Seed,
                Temperature = choice.Temperature,
                TopP = choice.TopP,
                Prompt = written.Prompt,
                Text = text.Text,
                Finish = text.Finish.ToString().ToLowerInvariant(),
            }, read.Class.ToString().ToLowerInvariant(), read.Option is { } position ? what.Order[position] : null);
        })];
    }

    /// <summary>The answer that texts come to.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="what">What the prompt asks.</param>
    /// <param name="tokens">Tokens of the prompt.</param>
    /// <param name="texts">From <see cref="Texts"/>.</param>
    /// <returns>Null where none of them names one option.</returns>
    public static AnswerRow? Answer(int runId, PromptItem what, int tokens, IReadOnlyList<WrittenRow> texts)
    {
        var named = texts.Count(t => t.OptionIndex is not null);
        if (named == 0)
            return null;
        double[] counts = [.. what.Order.Select(o => (double)texts.Count(t => t.OptionIndex == o))];
        return new()
        {
            RunId = runId,
            SourceRow = what.SourceRow,
            OrderIndex = what.OrderIndex,
            LabelMass = (double)named / texts.Count,
            OffMenu = (double)(texts.Count - named) / texts.Count,
            TokenCount = tokens,
            Boundary = "natural",
            Options = what.Order,
            LogProbs = [.. counts.Select(c => Math.Log(c / texts.Count))],
            Probs = [.. counts.Select(c => c / named)],
        };
    }

    /// <summary>Why a question has no answer.</summary>
    /// <param name="texts">Its texts, none of which names one option.</param>
    public static string Silent(IReadOnlyList<WrittenRow> texts)
    {
        var classes = string.Join(", ", texts.GroupBy(t => t.Class)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => $"{g.Key} {g.Count()}"));
        return $"what was written names no single option ({classes})";
    }

    static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
