using System.Text;
using LocalOpinions.Surveys.Personas;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Surveys.Tests;

/// <summary>Files of personas.</summary>
public class PersonaFileTests
{
    const string Head = "format: localopinions-personas/1\npersonas:\n";

    [Fact]
    public void The_same_personas_are_read_from_YAML_and_CSV()
    {
        Persona[] expected =
        [
            new("a", "a 34-year-old woman with a university degree who lives in a village") { Country = "Brazil", Weight = 1.5 },
            new("b", "a retired teacher"),
            new("c", "an 18-year-old person"),
        ];
        Assert.Equal(expected, Read("p.yaml", Head + """
              - {name: a, country: Brazil, weight: 1.5, age: 34, gender: woman, education: a university degree, place: a village}
              - {name: b, words: a retired teacher}
              - {name: c, age: 18}
            """));
        Assert.Equal(expected, Read("p.csv", """
            name,words,country,weight,age,gender,education,place
            a,,Brazil,1.5,34,woman,a university degree,a village
            b,a retired teacher,,,,,,
            c,,,,18,,,
            """));
    }

    [Theory]
    [InlineData("{words: x}", "lacks a name")]
    [InlineData("{name: a b, words: x}", "the name is \"a b\"")]
    [InlineData("{name: a}", "neither words nor age")]
    [InlineData("{name: a, words: \"x {y}\"}", "a brace or a line break")]
    [InlineData("{name: a, words: x, weight: 0}", "the weight of the persona a is \"0\"")]
    [InlineData("{name: a, words: x, weight: nan}", "the weight of the persona a is \"nan\"")]
    [InlineData("{name: a, words: x, sex: f}", "a persona has no field \"sex\"")]
    public void What_is_no_persona_is_refused_with_its_line(string persona, string problem)
    {
        var e = Assert.Throws<SurveyException>(() => Read("p.yaml", $"{Head}  - {persona}\n"));
        Assert.Contains(problem, e.Message);
        Assert.StartsWith("p.yaml, line 3", e.Message);
    }

    [Fact]
    public void Names_are_unique_and_columns_known()
    {
        Assert.Contains("row 1 (line 3)", Assert.Throws<SurveyException>(() => Read("p.csv", "name,words\na,x\na,y\n")).Message);
        Assert.Contains("no column \"sex\"", Assert.Throws<SurveyException>(() => Read("p.csv", "name,sex\na,x\n")).Message);
    }

    static IReadOnlyList<Persona> Read(string path, string text) => PersonaFile.Read(Encoding.UTF8.GetBytes(text), path);
}
