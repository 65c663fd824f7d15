using LocalOpinions.Asking.Prompts;
using LocalOpinions.Store;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Asking.Running;

/// <summary>How much of the probability of a run's answers lies on what they may be: quartiles over its prompts, 0 to 1.</summary>
/// <param name="Quarter">A quarter of the prompts have less.</param>
/// <param name="Median">Half of them have less.</param>
/// <param name="ThreeQuarters">Three quarters have less.</param>
public sealed record LabelMass(double Quarter, double Median, double ThreeQuarters)
{
    /// <summary>Below this the labels say little of what the model would answer.</summary>
    const double Little = 0.1;

    /// <summary>A run's, from its results file.</summary>
    /// <returns>Null before the first answer.</returns>
    public static LabelMass? Read(ResultsFile results, int runId)
    {
        var mass = results.Read<LabelMass>(
            """
            SELECT quantile_cont(label_mass, 0.25) AS quarter, median(label_mass) AS median,
                quantile_cont(label_mass, 0.75) AS three_quarters
            FROM answers WHERE run_id = ?
            """, runId).Single();
        return double.IsNaN(mass.Quarter) ? null : mass;
    }

    /// <summary>What to tell whoever asked for a run whose labels got little.</summary>
    /// <param name="choice">How it was asked.</param>
    /// <param name="hasChat">Whether the model has a chat layout of its own.</param>
    /// <returns>Null where the labels got enough, or something else than labels was read.</returns>
    public MassWarning? Warning(DesignChoice choice, bool hasChat)
    {
        if (choice.Reading != AnswerReading.Labels || Median >= Little)
            return null;
        (string Cause, OtherAsking[] Try) found = (choice.Layout, choice.Ending) switch
        {
            (TurnLayout.Plain, PromptEnding.Paren) when hasChat =>
                ("it was trained on its own chat layout and takes this text for something else", [OtherAsking.ChatLayout]),
            (TurnLayout.Plain, PromptEnding.Paren) =>
                ("it would not go on with a letter behind the parenthesis", [OtherAsking.EndWithSpace, OtherAsking.ReadTexts]),
            (TurnLayout.Plain, _) =>
                ("it would not go on with a bare letter",
                    [OtherAsking.EndWithParen, hasChat ? OtherAsking.ChatLayout : OtherAsking.ReadTexts]),
            (TurnLayout.Chat, PromptEnding.Paren) =>
                ("it would begin its answer otherwise than with these closing words and a parenthesis",
                    [OtherAsking.EndWithSpace, OtherAsking.PlainLayout]),
            _ => ("it would begin its answer otherwise than with these closing words",
                [OtherAsking.EndWithParen, OtherAsking.PlainLayout]),
        };
        var median = Median < 0.0005 ? "hardly any" : $"less than {Median:P1}";
        return new($"half of the prompts leave {median} of the probability to the options' labels, so their answers say "
            + $"little of this model. Likely cause: {found.Cause}.", found.Try);
    }
}
