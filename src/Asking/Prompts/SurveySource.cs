using System.Text.Json;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;
using LocalOpinions.Surveys;
using LocalOpinions.Surveys.Checks;
using LocalOpinions.Surveys.Formats;
using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Asking.Prompts;

/// <summary>Where surveys come from, and how they look to the store.</summary>
public static class SurveySource
{
    /// <summary>The word for the sample survey that the program holds.</summary>
    public const string Sample = "sample";

    /// <summary>Loads a survey.</summary>
    /// <param name="nameOrPath">A survey file, the name of one in the surveys' folders, or the word sample.</param>
    /// <exception cref="SurveyException">It cannot be used; the message names the place.</exception>
    public static Survey Load(string nameOrPath) => IsSample(nameOrPath) ? SampleSurvey.Load()
        : SurveyLoader.Load(SurveyFolders.Find(nameOrPath));

    /// <summary>Whether the word means the sample survey: it does where no file is called so.</summary>
    public static bool IsSample(string nameOrPath) => nameOrPath == Sample && !File.Exists(Sample);

    /// <summary>Stores a survey; one that is there already is left as it is.</summary>
    /// <param name="results">The file, open for writing.</param>
    /// <param name="survey">The survey, under the policies that it is used with.</param>
    /// <param name="nameOrPath">Where it came from.</param>
    /// <returns>The survey's number in the file.</returns>
    public static int AddTo(ResultsFile results, Survey survey, string nameOrPath)
    {
        var families = ItemFamilies.Of(survey.Questions);
        return results.AddSurvey(
            new SurveyRow(survey.Name, IsSample(nameOrPath) ? "embedded in the program"
                : Path.GetFullPath(SurveyFolders.Find(nameOrPath)), survey.Sha256,
                survey.Notice, Topics.Version)
            {
                Language = survey.Language,
                Refusals = Word(survey.Policy.Refusals),
                Policies = [.. survey.Policies.Select(p => new PolicyRow(p.Policy, p.Choice, p.Count, p.Unit))],
            },
            survey.Questions.Select(q => Row(q, families[q.SourceRow])),
            survey.People().Select(c => new CountryRow(
                c.Label, c.Name, c.Iso3, Word(c.Sample), Regions.Of(c.Iso3)?.Name, Regions.Of(c.Iso3)?.Subregion, c.Wave)));
    }

    static QuestionRow Row(Question question, int family) => new(
        question.SourceRow, question.Source, question.Text, question.Options,
        [.. question.Humans.Select(h => new HumanRow(h.Country, [.. h.Probabilities], h.Respondents))])
    {
        Id = question.Id,
        Kinds = [.. question.Kinds.Select(Word)],
        ScaleValues = question.ScaleValues,
        Topics = Topics.Of(question.Text),
        Family = family,
    };

    static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
