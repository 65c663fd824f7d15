using LocalOpinions.Store;
using LocalOpinions.Store.Rows;
using LocalOpinions.Surveys.Geography;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Report.Tests.FullStudy;

/// <summary>
/// What a study leaves behind: several made-up models under nine conditions each, scored, with intervals and generated texts.
/// </summary>
static class StudyFile
{
    static readonly (string Condition, string? Country, string? Language, string Order, string Control)[] s_conditions =
    [
        ("default", null, null, "faithful", "none"), ("default", null, null, "cyclic", "none"),
        ("cross-national", "China", null, "faithful", "none"), ("cross-national", "Turkey", null, "faithful", "none"),
        ("cross-national", "Russia", null, "faithful", "none"),
        ("cross-national", "Brazil", null, "faithful", "none"), ("linguistic", null, "ru", "faithful", "none"),
        ("linguistic", null, "zh", "faithful", "none"),
        ("default", null, null, "faithful", "options-only"),
    ];

    public const int Conditions = 9;

    /// <summary>Writes a study into an empty file.</summary>
    /// <param name="extras">Whether intervals, lines, comparisons, means of groups and generated texts are stored too.</param>
    /// <param name="disguise">Rewrites every text.</param>
    public static void Fill(ResultsFile file, int models, int conditions, int questions, bool extras = true, Func<string,
        string>? disguise = null)
    {
        var survey = new StudySurvey(questions, seed: 7, disguise);
        var surveyId = file.AddSurvey(new((disguise ?? (text => text))("made-up survey"), "/made-up.csv", new string('b', 64),
            (disguise ?? (text => text))(StudySurvey.Notice), "topics 1"), survey.Questions, survey.Countries);
        var random = new Random(11);
        var west = survey.Points[IndexOf("United States")];
        for (var model = 0; model < models; model++)
        {
            var name = $"Model-{(char)('A' + model % 26)}-{1 + model}B";
            var modelId = file.AddModel(new()
            {
                Name = (disguise ?? (text => text))(name),
                Path = $"/{name}.gguf",
                Sha256 = $"{model:x2}".PadRight(64, 'e'),
                Architecture = "llama",
                Description = "made up",
                ParameterCount = 1_000_000_000L * (1 + model),
                FileBytes = 2_000_000,
                Quantisation = "Q4_K",
                VocabularySize = 32000,
                ContextLength = 4096,
            });
            var own = MadeUp.Between(MadeUp.Point(random, 0.7), west, 0.55);
            foreach (var (condition, country, language, order, control) in s_conditions.Take(conditions))
            {
                var at = country is not null ? MadeUp.Between(own, survey.Points[IndexOf(country)], 0.3)
                    : control != "none" ? MadeUp.Point(random, 0.2)
                    : MadeUp.Between(own, MadeUp.Point(random, 0.5), 0.06);
                var template = Template.Create(TemplateFamily.Faithful, PromptEnding.Paren, country is null ? null
                    : Countries.Find(country));
                var prompted = country is null ? null : survey.Countries[IndexOf(country)].Name;
                var run = file.BeginRun(new()
                {
                    ModelId = modelId,
                    SurveyId = surveyId,
                    Condition = condition,
                    PromptedCountry = prompted,
                    PromptedLabels = [.. survey.Countries.Where(c => c.Name == prompted).Select(c => c.Label)],
                    TemplateName = template.Name,
                    TemplateVersion = "1",
                    TemplateSha256 = template.Sha256,
                    Ending = "paren",
                    OptionOrder = order,
                    Plan = "shared",
                    Exact = false,
                    KvType = "F16",
                    FlashAttention = true,
                    EngineBuild = "engine 1",
                    Device = "cpu",
                    Threads = 2,
                    Machine = "machine",
                    ToolVersion = "0.1.0",
                    Language = language,
                    Translation = language is null ? null : "human",
                    Control = control,
                    Wording = template.Named,
                }).RunId;
                StudyPrompts.Keep(file, run, template, control, language, survey);
                file.Append([.. survey.Questions.Where(question => question.SourceRow % 97 != 5)
                    .SelectMany(question => Answers(run, question.SourceRow, order, random, at, survey))],
                    [.. survey.Questions.Where(question => question.SourceRow % 97 == 5)
                        .Select(question => new UnansweredRow(run, question.SourceRow, "too long"))]);
                file.EndRun(run, new("complete", 1.5, 100, 100));
                file.ReplaceSimilarities(run, [.. file.ReadForScoring(run).SelectMany(question => question.Humans, Similarity)]);
            }
        }
        if (extras)
            StudyExtras.Add(file);
    }

    static int IndexOf(string label) => StudyCountries.All.Select((country, index) => (country, index))
        .First(entry => entry.country.Label == label).index;

    /// <summary>One per order: in the survey's, or each option once at each place, the first of which is preferred a little.</summary>
    static IEnumerable<AnswerRow> Answers(int run, int row, string order, Random random, double[] at, StudySurvey survey)
    {
        var probs = MadeUp.Choose(MadeUp.Between(at, MadeUp.Point(random, 0.6), 0.3), survey.Directions[row], 1.4);
        var offMenu = 0.02 + 0.5 * Math.Pow(random.NextDouble(), 3);
        if (order != "cyclic")
            return [ResultsFixture.Answer(run, row, probs, offMenu)];
        return Enumerable.Range(0, probs.Length).Select(first =>
        {
            int[] options = [.. Enumerable.Range(0, probs.Length).Select(place => (first + place) % probs.Length)];
            var total = 1 + 0.1 * probs[first];
            double[] put = [.. options.Select((option, place) => probs[option] * (place == 0 ? 1.1 : 1) / total)];
            return ResultsFixture.Answer(run, row, put, offMenu) with { OrderIndex = first, Options = options };
        });
    }

    static SimilarityRow Similarity(ScoringQuestion question, CountryAnswer human) =>
        new(question.SourceRow, human.CountryId, MadeUp.Divergence(question.Probs, human.Probabilities));
}
