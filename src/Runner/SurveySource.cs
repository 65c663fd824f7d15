using System.Text.Json;
using LocalOpinions.Store;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner;

/// <summary>Where surveys come from, and how they look to the store.</summary>
static class SurveySource
{
    public const string Sample = "sample";
    public const string Description = "A survey: a file in the GlobalOpinionQA format (CSV), or the word sample for the embedded one.";

    public static Survey Load(string nameOrPath) => nameOrPath == Sample && !File.Exists(Sample) ? SampleSurvey.Load() : GlobalOpinionQa.Load(nameOrPath);

    /// <summary>Stores a survey; one that is there already is left as it is.</summary>
    public static int AddTo(ResultsFile results, Survey survey, string nameOrPath) => results.AddSurvey(
        new SurveyRow(survey.Name, nameOrPath == Sample ? "embedded in the program" : Path.GetFullPath(nameOrPath), survey.Sha256, survey.Notice),
        survey.Questions.Select(q => new QuestionRow(q.SourceRow, q.Source, q.Text, q.Options, [.. q.Humans.Select(h => new HumanRow(h.Country, [.. h.Probabilities]))])),
        survey.Questions.SelectMany(q => q.Humans).Select(h => h.Country).Distinct().Select(Countries.Find).Select(c => new CountryRow(c.Label, c.Name, c.Iso3, JsonNamingPolicy.KebabCaseLower.ConvertName(c.Sample.ToString()))));
}
