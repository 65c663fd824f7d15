using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using LocalOpinions.Analysis;
using LocalOpinions.Analysis.Scores;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;
using LocalOpinions.Surveys;
using LocalOpinions.Surveys.Geography;
using LocalOpinions.Surveys.Imports;

namespace LocalOpinions.Asking.Importing;

/// <summary>One run of an imported file.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Model">What the file calls the model.</param>
/// <param name="Condition">default, cross-national or linguistic.</param>
/// <param name="PromptedCountry">The country or group that the prompts named, as results call it; null where they named none.</param>
/// <param name="Answers">Whole answers that the file holds.</param>
/// <param name="NewAnswers">Answers that were not stored yet.</param>
public sealed record ImportedSummary(int RunId, string Model, string Condition, string? PromptedCountry, int Answers, int NewAnswers);

/// <summary>What came of an import.</summary>
/// <param name="Runs">The file's runs.</param>
/// <param name="SetAside">Answers that lack options or orders: nothing can be compared with half of one.</param>
public sealed record ImportOutcome(IReadOnlyList<ImportedSummary> Runs, IReadOnlyList<IncompleteAnswer> SetAside);

/// <summary>Stores other programs' option probabilities like answers of our own, and scores them.</summary>
/// <param name="file">A file of option probabilities, as <see cref="OptionProbabilities"/> reads it.</param>
/// <param name="surveyName">A survey file, or the word sample.</param>
/// <param name="policy">What of the survey is used.</param>
/// <param name="output">The results file, made where it is not there.</param>
public sealed class ImportJob(string file, string surveyName, SurveyPolicy policy, string output)
{
    const int BatchSize = 1000;

    // A file's name says nothing of a model's bytes: such a model is known by its name alone, and never taken for a model file.
    const string IdentityPrefix = "imported:";
    const string Unknown = "unknown";

    /// <summary>What stands in the place of a hash of a model of which only the name is known.</summary>
    public static string IdentityOf(string model) => IdentityPrefix + model;

    /// <summary>Stores and scores the file's answers; what is stored already is left as it is.</summary>
    /// <exception cref="SurveyException">The survey or the file cannot be used; nothing is stored.</exception>
    /// <exception cref="StoreException">The results file cannot be used.</exception>
    public ImportOutcome Execute()
    {
        // All of it is checked before anything is stored.
        var survey = policy.Apply(SurveySource.Load(surveyName));
        var imported = OptionProbabilities.Load(file, survey);
        return ResultsFile.Fill<ImportOutcome>(output, results =>
        {
            var surveyId = SurveySource.AddTo(results, survey, surveyName);
            var people = survey.People();
            return new([.. imported.Runs.Select(run => Store(results, surveyId, people, run))], imported.SetAside);
        });
    }

    ImportedSummary Store(ResultsFile results, int surveyId, IReadOnlyList<Country> people, ImportedRun run)
    {
        var modelId = results.AddModel(new()
        {
            Name = run.Model,
            Path = Path.GetFullPath(file),
            Sha256 = IdentityOf(run.Model),
            Architecture = Unknown,
            Description = "answers imported from a file",
            ParameterCount = 0,
            FileBytes = 0,
            Quantisation = Unknown,
            VocabularySize = 0,
            ContextLength = 0,
        });
        var handle = results.BeginRun(new RunRow
        {
            ModelId = modelId,
            SurveyId = surveyId,
            Condition = run.Way.Condition,
            PromptedCountry = run.Way.Country?.PromptedAs,
            PromptedLabels = PromptedGroups.LabelsAmong(people, run.Way.Country),
            Language = run.Way.Language,
            Control = run.Way.Control,
            Reading = run.Way.Reading,
            TemplateName = run.Way.Template,
            TemplateVersion = "1",
            TemplateSha256 = ContentSha256(run),
            Ending = Unknown,
            OptionOrder = run.Way.OptionOrder,
            Plan = "imported",
            Exact = false,
            KvType = Unknown,
            FlashAttention = false,
            EngineBuild = Unknown,
            Device = Unknown,
            Threads = 1,
            Machine = Unknown,
            ToolVersion = ToolVersion.Text,
            Origin = "import",
        });
        var answers = run.Answers.Where(a => !handle.Answered.Contains((a.SourceRow, a.OrderIndex ?? 0)))
            .Select(a => Row(handle.RunId, a)).ToList();
        foreach (var batch in answers.Chunk(BatchSize))
            results.Append(batch, []);
        results.AddNamedInstead(handle.RunId, run.Answers.Where(a => a.NamedInstead is not null).DistinctBy(a => a.SourceRow)
            .ToDictionary(a => a.SourceRow, a => a.NamedInstead!.PromptedAs));
        results.EndRun(handle.RunId, new("complete", 0, 0, 0));
        if (answers.Count > 0)
            results.Score([handle.RunId]);
        return new(handle.RunId, run.Model, run.Way.Condition, run.Way.Country?.PromptedAs, run.Answers.Count, answers.Count);
    }

    static AnswerRow Row(int runId, ImportedAnswer answer)
    {
        int[] options = answer.Order ?? [.. Enumerable.Range(0, answer.Probabilities.Length)];
        return new()
        {
            RunId = runId,
            SourceRow = answer.SourceRow,
            OrderIndex = answer.OrderIndex ?? 0,
            LabelMass = 1 - answer.OffMenu ?? double.NaN,
            OffMenu = answer.OffMenu ?? double.NaN,
            TokenCount = 0,
            Boundary = "natural",
            Options = options,
            LogProbs = answer.LogProbabilities is { Length: > 0 } logs ? [.. options.Select(o => logs[o])] : [],
            Probs = [.. options.Select(o => answer.Probabilities[o])],
        };
    }

    /// <summary>What makes two imports the same run: every number of it. A corrected file is another run.</summary>
    static string ContentSha256(ImportedRun run)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        foreach (var answer in run.Answers)
        {
            double[] order = answer.OrderIndex is { } index ? [index] : [];
            foreach (var number in (double[])[answer.SourceRow, .. order, answer.OffMenu ?? double.NaN, .. answer.Probabilities])
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, number);
                hash.AppendData(bytes);
            }
            if (answer.NamedInstead is { } named)
                hash.AppendData(Encoding.UTF8.GetBytes(named.PromptedAs));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
