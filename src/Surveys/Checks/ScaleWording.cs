using System.Globalization;
using System.Text;

namespace LocalOpinions.Surveys.Checks;

/// <summary>Tells by their wording which options form a scale: the lines of the embedded Scales.txt, and a few shapes.</summary>
static class ScaleWording
{
    static readonly Dictionary<string, string[]> s_scales = Read();

    /// <summary>Kinds and scale values for options of which the file says nothing but their text.</summary>
    public static (OptionKind[] Kinds, double?[] Values) Recognise(IReadOnlyList<string> options)
    {
        var kinds = options.Select(o =>
            OptionWording.IsRefusal(o) ? OptionKind.Refusal
            : OptionWording.IsTotal(o) ? OptionKind.Total
            : OptionKind.Unknown).ToArray();
        var values = new double?[options.Count];
        int[] substantive = [.. Enumerable.Range(0, options.Count).Where(i => kinds[i] == OptionKind.Unknown)];
        if (Places([.. substantive.Select(i => options[i])]) is { } places)
        {
            foreach (var (i, place) in substantive.Zip(places))
                (kinds[i], values[i]) = (OptionKind.Ordered, place);
        }
        return (kinds, values);
    }

    static double[]? Places(string[] options)
    {
        // Two options have the same distance in either order, so that one assumes nothing.
        if (options.Length == 2)
            return [1, 2];
        if (options.Length < 2)
            return null;
        if (s_scales.TryGetValue(Key(options), out var scale))
            return [.. options.Select(o => 1.0 + Array.IndexOf(scale, Normalised(o)))];
        return NumberedBetweenEnds(options);
    }

    /// <summary>"Not at all", 2, 3, ..., 9, "Very much": words at the ends, rising whole numbers between them.</summary>
    static double[]? NumberedBetweenEnds(string[] options)
    {
        var numbers = new double[options.Length];
        for (var i = 1; i < options.Length - 1; i++)
        {
            if (!double.TryParse(options[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])
                || (i > 1 && numbers[i] != numbers[i - 1] + 1))
                return null;
        }
        numbers[0] = numbers[1] - 1;
        numbers[^1] = numbers[^2] + 1;
        return options.Length >= 5 ? numbers : null;
    }

    static Dictionary<string, string[]> Read()
    {
        using var stream = typeof(ScaleWording).Assembly.GetManifestResourceStream("Scales.txt")!;
        using var reader = new StreamReader(stream);
        var scales = new Dictionary<string, string[]>();
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
                scales.Add(Key(line.Split('|')), line.Split('|'));
        }
        return scales;
    }

    static string Key(IEnumerable<string> options) => string.Join('|', options.Select(Normalised).Order(StringComparer.Ordinal));

    // "(VOL)" and "(DO NOT READ)" are notes to the interviewer.
    static string Normalised(string option)
    {
        var text = new StringBuilder(option.Trim().ToLowerInvariant().Replace('’', '\''));
        text.Replace("(vol)", "").Replace("(do not read)", "");
        return text.ToString().Trim();
    }
}
