using System.CommandLine;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner.Arguments;

/// <summary>The options that say what of a survey is used; the same in every command that asks.</summary>
sealed class PolicyOptions
{
    readonly Option<RefusalPolicy> _refusals = Options.OneOf<RefusalPolicy>("--refusals",
        "Options for don't know, refused and the like: keep as options like any other, as in the study; drop them from prompts and "
            + "figures; separate: offer them, but compare the other options alone.");
    readonly Option<bool> _dropNonNational = new("--drop-non-national")
    {
        Description = "Leave out samples that do not stand for their whole country. Without it they are kept, but not ranked.",
    };
    readonly Option<int?> _fewest = Options.Whole("--fewest-respondents",
        "Leave out distributions of fewer than N people, where the survey says how many were asked.");
    readonly Option<bool> _dropTotals = new("--drop-totals")
    {
        Description = "Take totals that slipped in among the options (7 questions of GlobalOpinionQA) out of prompts and figures.",
    };

    readonly Option<bool> _dropMiddles = new("--drop-middles")
    {
        Description = "Take the option in the middle of a scale with an odd number of points out of prompts and figures.",
    };

    readonly PartOptions _part = new();

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _refusals, _dropNonNational, _fewest, _dropTotals, _dropMiddles })
            command.Add(option);
        _part.AddTo(command);
    }

    public SurveyPolicy Read(ParseResult parsed) =>
        new(parsed.GetValue(_refusals), !parsed.GetValue(_dropNonNational), parsed.GetValue(_fewest) ?? 0, !parsed.GetValue(_dropTotals),
            _part.Read(parsed), !parsed.GetValue(_dropMiddles));
}
