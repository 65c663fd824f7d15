using LocalOpinions.Store;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner;

/// <summary>How much of the probability of a run's answers lies on what they may be: quartiles over its prompts, 0 to 1.</summary>
sealed record LabelMass(double Quarter, double Median, double ThreeQuarters)
{
    /// <summary>Below this the labels say little of what the model would answer.</summary>
    const double Little = 0.1;

    /// <returns>Null before the first answer.</returns>
    public static LabelMass? Read(ResultsFile results, int runId)
    {
        // The id is a number of ours; nothing from outside is ever pasted into SQL.
        using var rows = results.Query($"SELECT quantile_cont(label_mass, 0.25), median(label_mass), quantile_cont(label_mass, 0.75) FROM answers WHERE run_id = {runId}");
        return rows.Rows.Select(r => r[0] is double quarter ? new LabelMass(quarter, (double)r[1]!, (double)r[2]!) : null).Single();
    }

    /// <summary>What to tell whoever asked for a run whose labels got little.</summary>
    /// <param name="asking">How it was asked.</param>
    /// <param name="hasChat">Whether the model has a chat layout of its own that is known here.</param>
    /// <returns>Null where the labels got enough, or texts were read, which are always improbable.</returns>
    public string? Warning(Asking asking, bool hasChat)
    {
        if (asking.Reading == Reading.Text || Median >= Little)
            return null;
        var (cause, remedy) = (asking.Layout, asking.Ending) switch
        {
            (Layout.Plain, PromptEnding.Paren) when hasChat => ("it was trained on its own chat layout and takes this text for something else", "--layout chat"),
            (Layout.Plain, PromptEnding.Paren) => ("it would not go on with a letter behind the parenthesis", "--ending space, or --reading text"),
            (Layout.Plain, _) => ("it would not go on with a bare letter", hasChat ? "--ending paren, or --layout chat" : "--ending paren, or --reading text"),
            (Layout.Chat, PromptEnding.Paren) => ("it would begin its answer otherwise than with these closing words and a parenthesis", "--ending space, or --layout plain"),
            _ => ("it would begin its answer otherwise than with these closing words", "--ending paren, or --layout plain"),
        };
        return $"half of the prompts leave less than {Median:P1} of the probability to the options' labels, so their answers say little of this model. Likely cause: {cause}. Try {remedy}; look --question N shows what it would write.";
    }
}
