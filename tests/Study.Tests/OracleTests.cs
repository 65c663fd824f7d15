using LocalOpinions.Analysis.Comparisons;
using LocalOpinions.Analysis.Panels;
using LocalOpinions.Analysis.References;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Store;
using LocalOpinions.Study.Findings;
using LocalOpinions.Tests;

namespace LocalOpinions.Study.Tests;

/// <summary>What is plainly there is found, however many countries share Holm's correction: on the real survey.</summary>
public sealed class OracleTests : IDisposable
{
    const int FewResamples = 2000;

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("localopinions-oracle-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void An_oracle_and_the_uniform_answerer_differ_for_nearly_every_country()
    {
        using var results = Open(out var surveyId);
        var oracle = ReferenceRun.Execute(results, surveyId, new("Germany")).RunId;
        var uniform = ReferenceRun.Execute(results, surveyId, ReferenceAnswerer.Uniform).RunId;
        var comparison = RunComparison.Of(results,
            [.. new[] { uniform, oracle }.Select(id => RunComparison.All(results).Single(r => r.RunId == id))]);
        var judged = comparison.Countries.Where(c => c.RunId == oracle && c.N >= Verdict.FewestQuestions).ToList();
        Assert.InRange(judged.Count, 90, 130);
        // Germany is nearer to nearly everybody than who knows nothing.
        Assert.InRange(judged.Count(c => c.Verdict == Verdict.Yes), judged.Count * 9 / 10, judged.Count);
        Assert.Equal(Verdict.Yes, judged.Single(c => c.Country == "Germany").Verdict);
    }

    [Fact]
    public void A_model_that_is_each_country_when_it_is_named_is_found_out_for_all_of_them()
    {
        using var results = Open(out var surveyId);
        var modelId = PlantedRuns.AddModel(results, "chameleon");
        var survey = SurveySource.Load(FullData);
        // As many countries as the published map, of those with answers enough to be judged.
        string[] named = [.. survey.Questions.SelectMany(q => q.Humans.Select(h => h.Country)).GroupBy(c => c)
            .Where(g => g.Count() >= Verdict.FewestQuestions && survey.GroupOf(g.Key) is { Iso3: not null } c && c.Name == g.Key)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key).Take(53)];
        Assert.Equal(53, named.Length);
        var standard = PlantedRuns.Add(results, modelId, surveyId, survey.Questions.Where(q => q.Options.Count is >= 2 and <= 26)
            .ToDictionary(q => q.SourceRow, q => Uniform(q.Options.Count)));
        var runs = named.ToDictionary(c => c, c => PlantedRuns.Add(results, modelId, surveyId,
            survey.Questions.Where(q => q.Options.Count is >= 2 and <= 26).ToDictionary(q => q.SourceRow, q =>
                q.Humans.Where(h => h.Country == c).Select(h => h.Probabilities.ToArray()).FirstOrDefault() ?? Uniform(q.Options.Count)),
            country: c));
        results.Score([standard, .. runs.Values], new() { Resamples = 0 });
        var findings = NamingFindings.Of(new(results, surveyId, seed: 1, FewResamples), modelId, standard, runs)
            .Where(f => f.Measure == NamingFindings.WrongCountry).ToList();
        Assert.Equal(53, findings.Count);
        Assert.All(findings, f => Assert.Equal(Verdict.Yes, f.Verdict));
    }

    static string FullData => Repository.DataSet;

    static double[] Uniform(int options) => [.. Enumerable.Repeat(1.0 / options, options)];

    ResultsFile Open(out int surveyId)
    {
        Assert.SkipUnless(File.Exists(FullData), "the full data set is not beside this checkout");
        var results = ResultsFile.Open(Path.Combine(_folder.FullName, "r.duckdb"));
        surveyId = SurveySource.AddTo(results, SurveySource.Load(FullData), FullData);
        return results;
    }
}
