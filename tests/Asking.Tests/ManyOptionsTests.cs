using LocalOpinions.Asking.Models;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Running;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Scoring.Simd;
using LocalOpinions.Store;
using LocalOpinions.Surveys.Prompts;
using LocalOpinions.Tests;

namespace LocalOpinions.Asking.Tests;

/// <summary>Questions with more options than there are letters are asked by the options' whole texts.</summary>
public sealed class ManyOptionsTests : RunTest
{
    const int Many = 40;

    [Theory]
    [InlineData(OptionListing.Listed)]
    [InlineData(OptionListing.Unlisted)]
    public async Task Texts_of_forty_options_are_read_and_scored_like_any_others(OptionListing listing)
    {
        var run = await AskAsync(new() { Reading = AnswerReading.Text, Ending = PromptEnding.Space, Listing = listing });
        Assert.Equal([(2, "101 options: no more than 100 can be asked", null)],
            run.Unanswered.Select(u => (u.SourceRow, u.Reason, u.Try)));
        Assert.Equal((2, 4), (run.Answered, run.Runs.Count));
        // One run per score; two countries.
        using var results = ResultsFile.OpenReadOnly(At("r.duckdb"));
        var scored = results.Read<Scored>("""
            SELECT a.probs, a.options, h.probabilities AS people, s.js_bits AS bits
            FROM similarities AS s JOIN answers AS a USING (run_id, source_row)
            JOIN human_distributions AS h ON h.source_row = s.source_row AND h.country_id = s.country_id
            """).ToList();
        Assert.Equal([3, Many], scored.Select(s => s.Probs.Length).Distinct().Order());
        Assert.Equal(2 * 2 * 4, scored.Count);
        Assert.All(scored, s =>
        {
            Assert.Equal(Enumerable.Range(0, s.Probs.Length), s.Options);
            Assert.Equal(1, s.Probs.Sum(), 1e-12);
            Assert.Equal(ScalarOracle.DivergenceBits(s.Probs, s.People), s.Bits, 1e-6);
        });
    }

    [Fact]
    public async Task Labels_of_forty_options_are_not_read_and_the_remedy_is_told()
    {
        var run = await AskAsync(DesignChoice.Default);
        Assert.Equal([(1, "40 options: there are labels for 26, but the options' whole texts can be read", OtherAsking.ReadTexts),
            (2, "101 options: no more than 100 can be asked", default(OtherAsking?))],
            run.Unanswered.Select(u => (u.SourceRow, u.Reason, u.Try)));
        Assert.Equal(1, run.Answered);
        Assert.Equal(2, Count("SELECT count(*) FROM unanswered"));
        Assert.Equal(2, Count("SELECT count(*) FROM similarities"));
    }

    Task<RunOutcome> AskAsync(DesignChoice design)
    {
        File.WriteAllText(At("s.yaml"), $"""
            format: localopinions-survey/1
            questions:
            {Question("tea", 3)}
            {Question("towns", Many)}
            {Question("words", 101)}
            """);
        var model = new GgufModel(ModelFile.Find(Repository.Fixture("tiny/llama-spm.gguf"), []))
        {
            Device = new(DeviceKind.Cpu),
            Threads = 1,
            Isolate = false,
        };
        return RunAsync(model, new() { Survey = At("s.yaml"), Design = design });
    }

    static string Question(string id, int options)
    {
        string Listed(Func<int, string> each) => string.Join(", ", Enumerable.Range(0, options).Select(each));
        return $"""
              - id: {id}
                text: "Which of these {id}?"
                options: [{Listed(i => $"{id} {i + 1}")}]
                answers:
                  Kenya: [{Listed(i => i == 0 ? "1" : "0")}]
                  Japan: {"{"}counts: [{Listed(i => $"{i + 1}")}]{"}"}
            """;
    }

    sealed record Scored(double[] Probs, int[] Options, double[] People, double Bits);
}
