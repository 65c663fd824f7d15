using System.Globalization;
using LocalOpinions.Surveys.Checks;
using LocalOpinions.Surveys.Geography;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LocalOpinions.Surveys.Formats;

/// <summary>Writes surveys in the project's own format.</summary>
public static class SurveyWriter
{
    /// <summary>
    /// Writes a survey as YAML that <see cref="SurveyLoader"/> reads back: the same questions, options, kinds and figures to the last bit.
    /// </summary>
    /// <remarks>What a file held beside them (rows without data, the sums before they were divided) is in the survey's oddities and not
    /// written.</remarks>
    public static void Write(Survey survey, TextWriter output)
    {
        var yaml = new YamlOutput(output);
        using (yaml.Mapping())
        {
            yaml.Field("format", OwnSurvey.Format);
            yaml.Field("name", survey.Name);
            yaml.Field("language", survey.Language);
            if (survey.Notice is { } notice)
                yaml.Field("notice", notice);
            var groups = survey.Questions.SelectMany(q => q.Humans).Select(h => h.Country)
                .Concat(survey.Groups.Values.Where(g => g.Member is not null).Select(g => g.Label))
                .Distinct().Select(survey.GroupOf).Where(g => survey.Groups.ContainsKey(g.Label) || g.Iso3 is null).ToList();
            if (groups.Count > 0)
                Groups(yaml, groups);
            yaml.Name("questions");
            using (yaml.Sequence())
            {
                foreach (var question in survey.Questions)
                    Write(yaml, question);
            }
        }
        yaml.End();
    }

    static void Groups(YamlOutput yaml, List<Country> groups)
    {
        yaml.Name("groups");
        using (yaml.Mapping())
        {
            foreach (var group in groups)
            {
                yaml.Name(group.Label);
                using (yaml.Mapping(flow: true))
                {
                    // A label that stays what the program's table says: written with more it would be read as a population of its own.
                    if (group.Wave is null || group with { Wave = null } != Countries.Find(group.Label))
                        Population(yaml, group);
                    if (group.Wave is { } wave)
                        yaml.Field("wave", wave);
                }
            }
        }
    }

    static void Population(YamlOutput yaml, Country group)
    {
        if (group.Name != group.Label)
            yaml.Field("name", group.Name);
        if (group.Iso3 is { } country)
            yaml.Field("country", country);
        if (group.Sample == SampleKind.NonNational)
            yaml.Field("sample", "non-national");
        if (group.Member is { } member)
            yaml.Field("prompt", member);
    }

    static void Write(YamlOutput yaml, Question question)
    {
        using (yaml.Mapping())
        {
            yaml.Field("id", question.Id);
            yaml.Field("source", question.Source);
            yaml.Field("text", question.Text);
            var scale = question.Kinds.Contains(OptionKind.Ordered) ? "ordered"
                : question.Kinds.Contains(OptionKind.Nominal) ? "nominal"
                : null;
            if (scale is not null)
                yaml.Field("scale", scale);
            yaml.Name("options");
            using (yaml.Sequence())
            {
                for (var i = 0; i < question.Options.Count; i++)
                    Option(yaml, question, i);
            }
            if (question.Humans.Count == 0)
                return;
            yaml.Name("answers");
            using (yaml.Mapping())
            {
                foreach (var human in question.Humans)
                    Human(yaml, human);
            }
        }
    }

    static void Option(YamlOutput yaml, Question question, int i)
    {
        var (kind, value) = (question.Kinds[i], question.ScaleValues[i]);
        var usual = kind is OptionKind.Unknown or OptionKind.Nominal || (kind == OptionKind.Ordered && value == i + 1);
        if (usual)
        {
            yaml.Text(question.Options[i]);
            return;
        }
        using (yaml.Mapping(flow: true))
        {
            yaml.Field("text", question.Options[i]);
            if (kind is OptionKind.Refusal or OptionKind.Total)
                yaml.Field("kind", kind.ToString().ToLowerInvariant());
            if (value is { } place)
                yaml.Field("value", place);
        }
    }

    static void Human(YamlOutput yaml, HumanDistribution human)
    {
        yaml.Name(human.Country);
        if (human.Respondents is not { } n)
        {
            yaml.Numbers(human.Probabilities);
            return;
        }
        using (yaml.Mapping(flow: true))
        {
            yaml.Field("n", n);
            yaml.Name("shares");
            yaml.Numbers(human.Probabilities);
        }
    }
}

/// <summary>A YAML emitter that writes names plain, texts in quotation marks and short things on one line.</summary>
sealed class YamlOutput
{
    readonly Emitter _emitter;

    public YamlOutput(TextWriter output)
    {
        _emitter = new(output, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024));
        _emitter.Emit(new StreamStart());
        _emitter.Emit(new DocumentStart(null, null, isImplicit: true));
    }

    public IDisposable Mapping(bool flow = false)
    {
        _emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, true, flow ? MappingStyle.Flow : MappingStyle.Block));
        return new Closing(() => _emitter.Emit(new MappingEnd()));
    }

    public IDisposable Sequence(bool flow = false)
    {
        _emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, true, flow ? SequenceStyle.Flow : SequenceStyle.Block));
        return new Closing(() => _emitter.Emit(new SequenceEnd()));
    }

    public void Name(string name) => Scalar(name, ScalarStyle.Any);

    // Quotation marks, so that no other reader takes no for false or 1.0 for 1.
    public void Text(string text) => Scalar(text, ScalarStyle.DoubleQuoted);

    public void Field(string name, string text)
    {
        Name(name);
        Text(text);
    }

    public void Field(string name, double number)
    {
        Name(name);
        Number(number);
    }

    public void Numbers(IEnumerable<double> numbers)
    {
        using (Sequence(flow: true))
        {
            foreach (var number in numbers)
                Number(number);
        }
    }

    public void End()
    {
        _emitter.Emit(new DocumentEnd(isImplicit: true));
        _emitter.Emit(new StreamEnd());
    }

    void Number(double number) => Scalar(number.ToString("R", CultureInfo.InvariantCulture), ScalarStyle.Plain);

    void Scalar(string text, ScalarStyle style) => _emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, true, true));

    sealed class Closing(Action close) : IDisposable
    {
        public void Dispose() => close();
    }
}
