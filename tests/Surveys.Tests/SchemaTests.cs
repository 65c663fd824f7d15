using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using LocalOpinions.Surveys.Formats;
using LocalOpinions.Surveys.Translations;
using YamlDotNet.RepresentationModel;

namespace LocalOpinions.Surveys.Tests;

/// <summary>The published schemas and the readers agree.</summary>
public class SchemaTests
{
    static readonly JsonSchema s_survey = JsonSchema.FromText(Encoding.UTF8.GetString(SurveyStarter.Schema()));
    static readonly JsonSchema s_translation = JsonSchema.FromText(Encoding.UTF8.GetString(SurveyStarter.TranslationSchema()));

    [Fact]
    public void What_the_program_writes_and_ships_is_valid()
    {
        Assert.True(IsValid(s_survey, Encoding.UTF8.GetString(SurveyStarter.Example())));
        using var text = new StringWriter();
        SurveyWriter.Write(SampleSurvey.Load(), text);
        Assert.True(IsValid(s_survey, text.ToString()));
        foreach (var language in SampleSurvey.Languages)
            Assert.True(IsValid(s_translation, Encoding.UTF8.GetString(SurveyStarter.Bytes($"sample-{language}.yaml"))));
        var sample = SampleSurvey.Load();
        Assert.True(IsValid(s_translation, Encoding.UTF8.GetString(
            TranslationWriter.Write(sample, "pt-BR", Provenance.Human, "N",
            sample.Questions.Select(q => new TranslationEntry(q, q.Text, q.Options))))));
    }

    [Theory]
    [InlineData(true, "questions: [{id: a, text: T, options: [x, y]}]")]
    [InlineData(true, "name: n\nlanguage: zh-Hans\nnotice: o\nsource: s\ngroups: {G: {name: n, country: KEN, sample: national, wave: "
        + "'2019', prompt: a member of G}}\nquestions: [{id: a, text: '', source: s, scale: nominal, options: [x, {text: y, kind: "
        + "refusal}], answers: {G: {counts: [1, 2]}}}]")]
    [InlineData(true, "questions: [{id: a, text: T, scale: ordered, options: [{text: x, value: 2}, y], answers: {Kenya: [0.5, 0.5], "
        + "Chile: {n: 3, percent: [50, 50]}}}]")]
    [InlineData(false, "questions: []")]
    [InlineData(false, "question: []")]
    [InlineData(false, "language: Russian\nquestions: [{id: a, text: T, options: [x, y]}]")]
    [InlineData(false, "questions: [{text: T, options: [x, y]}]")]
    [InlineData(false, "questions: [{id: a, text: T, options: [x]}]")]
    [InlineData(false, "questions: [{id: a, text: T, options: [x, ' ']}]")]
    [InlineData(false, "questions: [{id: a, text: T, scale: sorted, options: [x, y]}]")]
    [InlineData(false, "questions: [{id: a, text: T, options: [x, {kind: refusal}]}]")]
    [InlineData(false, "questions: [{id: a, text: T, options: [x, {text: y, kind: dk}]}]")]
    [InlineData(false, "questions: [{id: a, text: T, options: [x, y], answers: {Kenya: {n: 3}}}]")]
    [InlineData(false, "questions: [{id: a, text: T, options: [x, y], answers: {Kenya: {n: 0, shares: [1, 0]}}}]")]
    [InlineData(false, "questions: [{id: a, text: T, options: [x, y], answers: {Kenya: {shares: [1, 0], percent: [100, 0]}}}]")]
    [InlineData(false, "questions: [{id: a, text: T, options: [x, y], answers: {Kenya: [1, -1]}}]")]
    [InlineData(false, "groups: {G: {sample: partly}}\nquestions: [{id: a, text: T, options: [x, y]}]")]
    [InlineData(false, "groups: {G: {wave: ' '}}\nquestions: [{id: a, text: T, options: [x, y]}]")]
    [InlineData(false, "groups: {G: {prompt: ' '}}\nquestions: [{id: a, text: T, options: [x, y]}]")]
    [InlineData(false, "groups: {G: {prompt: 'a {member}'}}\nquestions: [{id: a, text: T, options: [x, y]}]")]
    [InlineData(false, "groups: {G: {prompt: \"a\\nb\"}}\nquestions: [{id: a, text: T, options: [x, y]}]")]
    public void Schema_and_reader_take_and_refuse_the_same(bool valid, string content)
    {
        var file = "format: localopinions-survey/1\n" + content;
        Assert.Equal(valid, IsValid(s_survey, file));
        if (valid)
            Assert.NotEmpty(Files.LoadAs(".yaml", file).Questions);
        else
            Assert.Throws<SurveyException>(() => Files.LoadAs(".yaml", file));
    }

    static bool IsValid(JsonSchema schema, string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return schema.Evaluate(JsonSerializer.SerializeToElement(ToJson(stream.Documents[0].RootNode))).IsValid;
    }

    // What a YAML editor does before it validates: plain scalars that look like numbers are numbers.
    static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(
            c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, ToJson(c.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(ToJson)]),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain } scalar
            when decimal.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
            JsonValue.Create(number),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new ArgumentException("no such node", nameof(node)),
    };
}
