using System.Buffers.Binary;
using System.Security.Cryptography;
using LocalOpinions.Store;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner;

/// <summary>One run of an imported file.</summary>
/// <param name="NewAnswers">Answers that were not stored yet.</param>
sealed record ImportedSummary(int RunId, string Model, string Condition, string? PromptedCountry, int Answers, int NewAnswers);

/// <summary>Stores other programs' option probabilities like answers of our own, and scores them.</summary>
sealed class ImportJob(string file, string surveyName, string output)
{
    const int BatchSize = 1000;

    // A file's name says nothing of a model's bytes: such a model is known by its name alone, and never taken for a model file.
    const string IdentityPrefix = "imported:";
    const string Unknown = "unknown";

    public IReadOnlyList<ImportedSummary> Execute()
    {
        // All of it is checked before anything is stored.
        var survey = SurveySource.Load(surveyName);
        var runs = OptionProbabilities.Load(file, survey);
        using var results = ResultsFile.Open(output);
        var surveyId = SurveySource.AddTo(results, survey, surveyName);
        return [.. runs.Select(run => Store(results, surveyId, run))];
    }

    ImportedSummary Store(ResultsFile results, int surveyId, ImportedRun run)
    {
        var modelId = results.AddModel(new(run.Model, Path.GetFullPath(file), IdentityPrefix + run.Model, Unknown, "answers imported from a file", 0, 0, Unknown, 0, 0));
        var handle = results.BeginRun(new RunRow(
            modelId, surveyId, run.Condition, run.Country?.PromptedAs, "imported", "1", ContentSha256(run), Unknown, "faithful", "imported", Exact: false, Unknown, FlashAttention: false, Unknown, Unknown,
            Threads: 1, Machine: Unknown, ToolVersion: typeof(ImportJob).Assembly.GetName().Version!.ToString(3))
        { Origin = "import" });
        var answers = run.Answers.Where(a => !handle.Answered.Contains((a.SourceRow, 0))).Select(a => Row(handle.RunId, a)).ToList();
        foreach (var batch in answers.Chunk(BatchSize))
            results.Append(batch, []);
        results.EndRun(handle.RunId, new("complete", 0, 0, 0));
        if (answers.Count > 0)
            results.Score([handle.RunId]);
        return new(handle.RunId, run.Model, run.Condition, run.Country?.PromptedAs, run.Answers.Count, answers.Count);
    }

    static AnswerRow Row(int runId, ImportedAnswer answer)
    {
        var mass = 1 - answer.OffMenu ?? double.NaN;
        return new(
            runId, answer.SourceRow, 0, mass, answer.OffMenu ?? double.NaN, TokenCount: 0, "natural", [.. Enumerable.Range(0, answer.Probabilities.Length)],
            answer.OffMenu is null ? [] : [.. answer.Probabilities.Select(p => Math.Log(p * mass))], answer.Probabilities);
    }

    /// <summary>What makes two imports the same run: every number of it. A corrected file is another run.</summary>
    static string ContentSha256(ImportedRun run)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        foreach (var answer in run.Answers)
        {
            foreach (var number in (double[])[answer.SourceRow, answer.OffMenu ?? double.NaN, .. answer.Probabilities])
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, number);
                hash.AppendData(bytes);
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
