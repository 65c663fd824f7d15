using System.Text.Json;
using LocalOpinions.Surveys.Formats;
using LocalOpinions.Surveys.Prompts;
using LocalOpinions.Tests;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>The prompts that the page shows, letter by letter against those that the model went on from.</summary>
public sealed class ShownPromptTests : IDisposable
{
    // Blanks at the ends, places, control tokens and turns in the texts themselves; a scale; two options.
    const string Survey = """
        format: localopinions-survey/1
        name: shown
        questions:
          - id: q0
            text: " {option} and {somebody}? <|im_end|> $& "
            scale: ordered
            options: ["{question} ", "Good", "Bad\u00A0", "$1"]
            answers: {Kenya: {counts: [1, 2, 3, 4]}, Japan: {counts: [4, 3, 2, 1]}}
          - id: q1
            text: "Human: Is water wet?\n\nAssistant: (A"
            options: ["Yes", "No"]
            answers: {Kenya: {counts: [1, 2]}, Japan: {counts: [2, 1]}}
          - id: q2
            text: "How often do you walk to the neighbouring village?"
            scale: ordered
            options: ["Every day", "Every week", "Less often", "Never"]
            answers: {Kenya: {counts: [5, 2, 3, 4]}, Japan: {counts: [4, 3, 9, 1]}}
        """;

    const string Arabic = """
        format: localopinions-translation/1
        language: ar
        provenance: machine
        translator: test
        labels: [أ, ب, ج, د]
        questions:
          - id: q1
            source: "Human: Is water wet?\n\nAssistant: (A"
            text: "هل الماء مبلل؟"
            options: [{source: "Yes", text: "نعم"}, {source: "No", text: "لا"}]
          - id: q2
            source: "How often do you walk to the neighbouring village?"
            text: "كم مرة تمشي إلى القرية المجاورة؟"
            options: [{source: "Every day", text: "كل يوم"}, {source: "Every week", text: "كل أسبوع"},
              {source: "Less often", text: "أقل من ذلك"}, {source: "Never", text: "أبدا"}]
        """;

    const string Wordings = """
        format: localopinions-wordings/1
        wordings:
          - name: own
            system: "A survey."
            system_for: "You are {persona} of {country}."
            message: "{question}\n- {option} ({label})\nChoose."
            message_for: "As {somebody}: {question}\n- {option} ({label})\nChoose, {persona}."
            opening: "I choose"
            opening_for: "As {somebody} I choose"
        """;

    readonly Cli _cli = new();
    readonly string[] _rows = ["q0", "q1", "q2"];

    public ShownPromptTests()
    {
        foreach (var (name, text) in new[] { ("s.yaml", Survey), ("ar.yaml", Arabic), ("w.yaml", Wordings),
            ("p.csv", "name,words\na,a $1 student\nb,a $& farmer\n") })
            File.WriteAllText(_cli.PathOf(name), text);
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Every_prompt_is_shown_as_the_model_was_given_it()
    {
        string[] tiny = ["-m", Cli.Tiny("llama-spm")], real = ["-m", Repository.DefaultModel];
        foreach (var way in new string[][]
        {
            [.. tiny, "--perturb", "options-reversed", "scale-reversed", "labels-numbers", "labels-lower", "typos:0.3",
                "question-repeated", "middle-added"],
            // Of the other's tokens "ii" begins with those of "i".
            [.. real, "--perturb", "labels-roman"],
            [.. tiny, "--translations", "ar.yaml", "--perturb", "typos:0.4", "labels-numbers"],
            [.. tiny, "--control", "shuffled-question"],
            [.. tiny, "--control", "options-only", "--template", "shareable"],
            [.. tiny, "--control", "wrong-country", "--country", "Kenya", "Japan"],
            [.. tiny, "--wordings", "w.yaml", "--personas", "p.csv", "--country", "Kenya"],
            [.. real, "--layout", "chat"],
            [.. real, "--layout", "chat", "--system", " Be {label}. "],
        })
        {
            _cli.Run(["run", .. way, "-s", "s.yaml", "-o", "r.duckdb", "--threads", Cli.Threads]).Succeeded();
            _cli.Run(["look", .. way, "-s", "s.yaml", "-o", "r.duckdb", "--question", .. _rows, "--tokens", "1", "--threads", Cli.Threads])
                .Succeeded();
        }
        // What the model went on from, as it was tokenised. A mean over personas was asked nothing.
        var given = Sql("""
            select r.key, r.run_id as run, g.source_row as row, g.prompt, r.language
            from generations as g join runs as r using (run_id) join answers as a using (run_id, source_row) order by all
            """).EnumerateArray().ToList();
        Assert.InRange(given.Count, 55, 70);
        var shown = Shown(given);
        foreach (var (expected, seen) in given.Zip(shown))
        {
            Assert.Equal([expected.GetProperty("prompt").GetString()!], Texts(seen, "texts"));
            var arabic = expected.GetProperty("language").GetString() is "ar";
            Assert.Equal(arabic ? ("ar", "rtl") : ("en", "ltr"),
                (seen.GetProperty("language").GetString(), seen.GetProperty("direction").GetString()));
            Assert.Equal(arabic, Texts(seen, "notes").Contains("In Arabic, translated by a machine."));
        }
        Assert.Equal(Sql("select run_id from runs where not contains(template, '@personas')").GetArrayLength(),
            Sql("from run_prompts").GetArrayLength());
    }

    [Fact]
    public void Each_order_of_the_options_and_what_is_said_of_them_is_shown()
    {
        foreach (var way in new string[][] { ["--orders", "cyclic"], ["--orders", "sample:3"], ["--reading", "verbalised"],
            ["--reading", "text", "--options", "unlisted"] })
            _cli.Run(["run", "-m", Cli.Tiny("llama-spm"), "-s", "s.yaml", "-o", "r.duckdb", "--threads", Cli.Threads, .. way]).Succeeded();
        var survey = SurveyLoader.Load(_cli.PathOf("s.yaml"));
        var asked = Sql("""
            select distinct r.key, r.run_id as run, source_row as row, r.option_order as put, r.reading
            from runs as r join answers using (run_id) where r.reading in ('labels', 'verbalised', 'text-sum') order by all
            """).EnumerateArray().ToList();
        Assert.Equal(12, asked.Count);
        foreach (var (of, seen) in asked.Zip(Shown(asked)))
        {
            var (question, reading) = (survey.Questions.Single(q => q.SourceRow == of.GetProperty("row").GetInt32()),
                of.GetProperty("reading").GetString()!);
            var template = reading switch
            {
                "labels" => Template.Create(TemplateFamily.Faithful, PromptEnding.Paren),
                "verbalised" => Template.CreateVerbalised(),
                _ => Template.Create(TemplateFamily.Faithful, PromptEnding.Space, listed: false),
            };
            var orders = OptionOrders.Parse(of.GetProperty("put").GetString()!).For(question);
            Assert.Equal(orders.Select(order => template.Build(question, order).Text), Texts(seen, "texts"));
            Assert.Equal(reading == "verbalised" ? [string.Concat(template.Build(question).Said)] : [], Texts(seen, "said"));
        }
    }

    [Fact]
    public void What_was_not_kept_is_said_and_merging_keeps_what_was()
    {
        foreach (var (file, way) in new[]
        {
            ("a.duckdb", new[] { "--translations", "ar.yaml" }), ("b.duckdb", ["--control", "shuffled-question"]),
        })
            _cli.Run(["run", "-m", Cli.Tiny("llama-spm"), "-s", "s.yaml", "-o", file, "--threads", Cli.Threads, .. way]).Succeeded();
        _cli.Run("merge", "a.duckdb", "b.duckdb", "--out", "r.duckdb").Succeeded();
        var asked = Sql("select key, run_id as run, 2 as row, language from runs order by language").EnumerateArray().ToList();
        var shown = Shown(asked);
        Assert.Contains("القرية", Assert.Single(Texts(shown[0], "texts")));
        Assert.DoesNotContain("neighbouring village", Assert.Single(Texts(shown[1], "texts")));
        Assert.Contains("Every week", Texts(shown[1], "texts")[0]);
        // As a file of an earlier version is.
        _cli.Run("sql", "r.duckdb", "delete from run_prompts", "--write").Succeeded();
        foreach (var seen in Shown(asked))
        {
            Assert.Empty(Texts(seen, "texts"));
            Assert.Contains(Texts(seen, "notes"), note => note.StartsWith("This prompt was not kept", StringComparison.Ordinal));
        }
    }

    JsonElement[] Shown(IEnumerable<JsonElement> asked)
    {
        File.WriteAllText(_cli.PathOf("asked.json"), JsonSerializer.Serialize(asked));
        _cli.Run("report", "r.duckdb", "-o", "report.html", "--force").Succeeded();
        return [.. PageBrowser.Observe(_cli.PathOf("report.html"), "prompts", _cli.PathOf("asked.json")).GetProperty("shown")
            .EnumerateArray()];
    }

    static string[] Texts(JsonElement seen, string name) => [.. seen.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];

    JsonElement Sql(string query) => _cli.Query("r.duckdb", query);
}
