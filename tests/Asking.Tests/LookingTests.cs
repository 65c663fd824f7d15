using LocalOpinions.Asking.Looking;
using LocalOpinions.Asking.Models;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Tests;

namespace LocalOpinions.Asking.Tests;

/// <summary>What a model is let write behind the prompts of a way of asking.</summary>
public sealed class LookingTests : RunTest
{
    // This vocabulary writes digit by digit: "1" begins "10", so ten options cannot be told apart by numbers, and three can.
    [Fact]
    public async Task What_the_vocabulary_cannot_spell_is_left_out_of_that_wording_alone()
    {
        File.WriteAllText(At("s.yaml"), $"""
            format: localopinions-survey/1
            questions:
              - {Question("few", 3)}
              - {Question("many", 10)}
            """);
        var looked = await new LookJob(new()
        {
            Model = new GgufModel(ModelFile.Find(Repository.Fixture("tiny/llama-spm.gguf"), []))
            {
                Device = new(DeviceKind.Cpu),
                Threads = 1,
                Isolate = false,
            },
            Job = new()
            {
                Survey = At("s.yaml"),
                Design = DesignChoice.Default with { Perturbations = ["labels-numbers", "question-repeated"] },
            },
            Tokens = 2,
        }).ExecuteAsync(default);
        Assert.Equal(
            [(0, "faithful"), (0, "faithful+labels-numbers"), (0, "faithful+question-repeated"), (1, "faithful"),
                (1, "faithful+question-repeated")],
            looked.Texts.Select(t => (t.SourceRow, t.Template)));
        var left = Assert.Single(looked.Unasked);
        Assert.Equal(1, left.SourceRow);
        Assert.StartsWith("labels-numbers: ", left.Reason, StringComparison.Ordinal);
        // Each text stands behind its own prompt.
        Assert.All(looked.Texts, t => Assert.Equal(t.Template.EndsWith("numbers", StringComparison.Ordinal),
            t.Prompt.Contains("(1)", StringComparison.Ordinal)));
        Assert.Equal(looked.Texts.Count, looked.Texts.Select(t => t.Prompt).Distinct().Count());
    }

    static string Question(string id, int options)
    {
        var numbers = Enumerable.Range(1, options);
        return $"""
            id: {id}
                text: "Which of these {id}?"
                options: [{string.Join(", ", numbers.Select(n => $"{id} {n}"))}]
                answers: {"{"}Kenya: {"{"}counts: [{string.Join(", ", numbers)}]{"}}"}
            """;
    }
}
