using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace LocalOpinions.Surveys.Formats;

/// <summary>A part of a YAML or JSON file that knows its place, so that whatever is wrong with it is told with line and column.</summary>
readonly record struct YamlPart(YamlNode Node, string File)
{
    public SurveyPlace Place => new(File, Line: (int)Node.Start.Line, Column: Node.Start.Column.ToString(CultureInfo.InvariantCulture));

    public SurveyException Wrong(string problem, string remedy, Exception? cause = null, SurveyStep step = SurveyStep.None) =>
        new(Place, problem, remedy, cause) { Step = step };

    public bool IsMapping => Node is YamlMappingNode;

    public bool IsSequence => Node is YamlSequenceNode;

    /// <summary>A text, never empty.</summary>
    public string Text(string what)
    {
        var text = Node is YamlScalarNode scalar
            ? scalar.Value
            : throw Wrong($"{what} must be a text", "Write it on one line, or behind | on indented lines");
        return string.IsNullOrWhiteSpace(text) ? throw Wrong($"{what} is empty", "Write a text, or leave the whole line out") : text;
    }

    /// <summary>A text that may be empty where the file says so: "".</summary>
    public string AnyText(string what) => Node is YamlScalarNode { Value: { } text }
        ? text
        : throw Wrong($"{what} must be a text", "Write it on one line, or behind | on indented lines");

    public double Number(string what) =>
        double.TryParse(Text(what), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw Wrong($"{what} is \"{Node}\", not a number", "Write a number such as 0.25");

    public int Whole(string what) =>
        int.TryParse(Text(what), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw Wrong($"{what} is \"{Node}\", not a whole number of 1 or more", "Write a number such as 1000");

    public IReadOnlyList<YamlPart> Items(string what)
    {
        if (Node is not YamlSequenceNode sequence)
            throw Wrong($"{what} must be a list", "Begin each item on a line of its own with a hyphen and a blank, or write [a, b]");
        var file = File;
        return [.. sequence.Children.Select(c => new YamlPart(c, file))];
    }

    /// <summary>Names and values in the file's order, whatever the names.</summary>
    public IReadOnlyList<(YamlPart Name, YamlPart Value)> Entries(string what)
    {
        if (Node is not YamlMappingNode mapping)
            throw Wrong($"{what} must be names with values", "Write one name per line, then a colon, a blank and the value");
        var file = File;
        return [.. mapping.Children.Select(c => (new YamlPart(c.Key, file), new YamlPart(c.Value, file)))];
    }

    /// <summary>Values by name where only some names make sense: any other is an error that suggests what may be meant.</summary>
    public YamlFields Fields(string what, params string[] known)
    {
        var fields = new Dictionary<string, YamlPart>();
        foreach (var (name, value) in Entries(what))
        {
            var text = name.Text($"a name in {what}");
            if (!known.Contains(text))
            {
                var near = known.OrderBy(k => EditDistance.Between(text, k)).First();
                throw name.Wrong(
                    $"{what} has no field \"{text}\"",
                    EditDistance.Between(text, near) <= 2 ? $"Did you mean {near}?" : $"The fields are {string.Join(", ", known)}");
            }
            fields.Add(text, value);
        }
        return new(this, what, fields);
    }
}

/// <summary>The fields of one thing in a YAML file.</summary>
sealed class YamlFields(YamlPart whole, string what, IReadOnlyDictionary<string, YamlPart> fields)
{
    public YamlPart Whole => whole;

    public int Count => fields.Count;

    public YamlPart? this[string name] => fields.TryGetValue(name, out var part) ? part : null;

    public YamlPart Required(string name) =>
        this[name] ?? throw whole.Wrong($"{what} lacks the field \"{name}\"", $"Add a line {name}: ...");

    public string Text(string name) => Required(name).Text(name);

    public string? OptionalText(string name) => this[name]?.Text(name);

    /// <summary>One of a few words; null where the field is not there.</summary>
    public string? Word(string name, params string[] words)
    {
        if (this[name] is not { } part)
            return null;
        var text = part.Text(name);
        return words.Contains(text) ? text : throw part.Wrong($"{name} is \"{text}\"", $"Write {string.Join(" or ", words)}");
    }
}
