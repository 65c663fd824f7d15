using System.CommandLine;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner.Arguments;

/// <summary>The options that name a part of a survey: what models may be tuned on, or what is held out.</summary>
sealed class PartOptions
{
    readonly Option<string?> _part = Options.Word("--part",
        "Only one part of the survey, as if it were the whole: train to tune models on, held-out to see what became of them. Results call "
            + "the survey so.", SurveyPart.Train, SurveyPart.HeldOut);
    readonly Option<SurveySplit?> _split = new("--split")
    {
        Description = "How it is parted: by question (those of one item family stay together), country or survey (the questions' sources), "
            + $"the share that is held out, and a seed. Default: {SurveySplit.Default.Name}.",
        HelpName = "BY:SHARE:SEED",
        CustomParser = result =>
        {
            try
            {
                return SurveySplit.Parse(result.Tokens[^1].Value);
            }
            catch (FormatException e)
            {
                result.AddError($"--split: {e.Message}.");
                return null;
            }
        },
    };

    public void AddTo(Command command)
    {
        command.Add(_part);
        command.Add(_split);
    }

    /// <summary>The part; null for the whole survey.</summary>
    public SurveyPart? Read(ParseResult parsed) => (parsed.GetValue(_part), parsed.GetValue(_split)) switch
    {
        (null, null) => null,
        (null, _) => throw new UsageException("--split says how a survey is parted; say with --part which part is meant."),
        var (part, split) => new(split ?? SurveySplit.Default, part == SurveyPart.HeldOut),
    };
}
