using System.Text.Json;
using LocalOpinions.Analysis;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Study;

namespace LocalOpinions.Runner.Tests;

/// <summary>Study files: read back as written, described by their schema, and strict.</summary>
public sealed class StudyFileTests : IDisposable
{
    static readonly Dictionary<string, string> s_hashes = new() { ["m"] = new('a', 64) };

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("localopinions-study-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_study_comes_back_as_it_was_written()
    {
        var study = new StudyDeclaration
        {
            Models = ["a.gguf", "b"],
            Survey = "sample",
            Countries = ["Brazil"],
            Orders = "sample:3",
            Limit = 7,
            Controls = "none"
        };
        var back = StudyFile.Read(Write(StudyFile.Write(study)));
        Assert.Equal(StudyFile.Write(study), StudyFile.Write(back));
        Assert.Equal(StudyFile.Sha256(study), StudyFile.Sha256(back));
        Assert.NotEqual(StudyFile.Sha256(study), StudyFile.Sha256(study with { Limit = 8 }));
        Assert.Equal(StudyFile.Sha256(study), StudyFile.Sha256(study with { Schema = "elsewhere.json" }));
    }

    [Fact]
    public void The_schema_describes_every_member_with_its_default_and_no_other()
    {
        var schema = JsonDocument.Parse(StudyFile.Schema()).RootElement.GetProperty("properties");
        var written = JsonDocument.Parse(StudyFile.Write(
            new()
            {
                Models = ["m"],
                Survey = "s",
                Limit = 1,
                Reading = "labels",
                Imported = ["i"],
                Part = "train",
                Split = "country",
                MostOffMenu = 0.5,
                System = "Be brief.",
                Written = 3,
                Verbalised = false,
                Date = "2026-03-05",
                Wordings = "w",
                WordingOrders = "cyclic",
                Perturbations = ["typos"],
                Personas = "p",
                Schema = "x",
                Sha256 = s_hashes
            })).RootElement;
        Assert.Equal(written.EnumerateObject().Select(p => p.Name).Order(), schema.EnumerateObject().Select(p => p.Name).Order());
        foreach (var member in schema.EnumerateObject())
        {
            if (member.Value.TryGetProperty("default", out var byDefault))
                Assert.True(JsonElement.DeepEquals(byDefault, written.GetProperty(member.Name)), member.Name);
        }
    }

    [Theory]
    [InlineData("{\n  \"models\": [\"m\"],\n  \"survey\": \"s\",\n  \"contries\": []\n}", "line 4", "contries", "countries may be meant")]
    [InlineData("{\n  \"models\": \"m\",\n  \"survey\": \"s\"\n}", "line 2", "models takes a list of texts")]
    [InlineData("{ \"models\": [\"m\"], \"survey\": \"s\", \"limit\": \"ten\" }", "limit takes a whole number")]
    [InlineData("{ \"models\": [\"m\"], \"survey\": \"s\", \"drop_totals\": 1 }", "drop_totals takes true or false")]
    [InlineData("[]", "models and survey")]
    [InlineData("{ \"survey\": \"s\" }", "models")]
    [InlineData("{ \"models\": [\"m\"], \"survey\": \"s\"", "line 1")]
    [InlineData("null", "models and survey")]
    [InlineData("{ \"models\": [], \"survey\": \"s\" }", "models", "at least one")]
    [InlineData("{ \"models\": [\"m\", \"m\"], \"survey\": \"s\" }", "twice")]
    [InlineData("{ \"models\": [\"m\"], \"survey\": \"s\", \"orders\": \"backwards\" }", "orders", "sample:N")]
    [InlineData("{ \"models\": [\"m\"], \"survey\": \"s\", \"wordings\": \"w\", \"wording_orders\": \"any\" }", "wording_orders",
        "sample:N")]
    [InlineData("{ \"models\": [\"m\"], \"survey\": \"s\", \"wording_orders\": \"cyclic\" }", "wording_orders", "in wordings")]
    [InlineData("{ \"models\": [\"m\"], \"survey\": \"s\", \"conditions\": [\"cross-national\"] }", "conditions", "default")]
    [InlineData("{ \"models\": [\"m\"], \"survey\": \"s\", \"conditions\": [\"default\", \"linguistic\"] }", "translations")]
    [InlineData("{ \"models\": [\"m\"], \"survey\": \"s\", \"controls\": \"some\" }", "controls", "sample, full or none")]
    [InlineData("{ \"models\": [\"m\"], \"survey\": \"s\", \"resamples\": 5 }", "resamples", "100")]
    [InlineData("{ \"models\": [\"m\"], \"imported\": [\"m\"], \"survey\": \"s\" }", "twice")]
    [InlineData("{ \"models\": [\"m\"], \"imported\": [\"i\"], \"survey\": \"s\", \"template\": \"own\" }", "template", "is none")]
    [InlineData("{ \"models\": [\"m\"], \"survey\": \"s\", \"part\": \"test\" }", "part", "train or held-out")]
    [InlineData("{ \"models\": [\"m\"], \"survey\": \"s\", \"split\": \"country\" }", "split", "which part")]
    [InlineData("{ \"models\": [\"m\"], \"survey\": \"s\", \"part\": \"train\", \"split\": \"country:2\" }", "split", "question:0.2:1")]
    [InlineData("{ \"models\": [\"m\"], \"survey\": \"s\", \"reading\": \"text\" }", "reading", "labels, text-sum, text-mean")]
    [InlineData("{ \"models\": [\"m\"], \"survey\": \"s\", \"reading\": \"text-sum\" }", "ending", "behind the ending space")]
    public void What_is_wrong_is_told_with_the_file_and_the_place(string text, params string[] words)
    {
        var path = Write(text);
        var error = Assert.Throws<InputException>(() => StudyFile.Read(path));
        Assert.Contains(path, error.Message);
        Assert.All(words, w => Assert.Contains(w, error.Message));
        Assert.DoesNotMatch(CommandLine.Internals(), error.Message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told_with_the_way_to_one()
    {
        var error = Assert.Throws<InputException>(() => StudyFile.Read(Path.Combine(_folder.FullName, "none.json")));
        Assert.Contains("--save", RemedyText.Told(error));
    }

    string Write(string text)
    {
        var path = Path.Combine(_folder.FullName, "study.json");
        File.WriteAllText(path, text);
        return path;
    }
}
