using LocalOpinions.Surveys.Formats;

namespace LocalOpinions.Surveys.Translations;

/// <summary>Reads the letters that a translation puts before options in place of A, B, ...</summary>
static class OwnLabels
{
    public static IReadOnlyList<string> Read(YamlPart part, string language)
    {
        var items = part.Items("labels");
        if (items.Count is < OptionLimits.Fewest or > OptionLimits.MostLabelled)
            throw part.Wrong($"{items.Count} label{(items.Count == 1 ? "" : "s")}",
                $"Give {OptionLimits.Fewest} to {OptionLimits.MostLabelled} letters, one for each option of the longest question");
        var script = Scripts.Of(language) ?? Scripts.Of(items[0].Text("a label")[0]);
        List<string> labels = [];
        foreach (var item in items)
        {
            var label = item.Text("a label");
            if (label.Length != 1 || !char.IsLetter(label[0]))
                throw item.Wrong($"the label \"{label}\" is not one letter", "Write one letter without brackets");
            if (labels.Contains(label, StringComparer.OrdinalIgnoreCase))
                throw item.Wrong($"the label {label} stands there twice", "Give each position a letter of its own");
            // A stands for А where both look alike, and a model takes them for two letters.
            if (script is { } expected && Scripts.Share(label, expected) < 1)
                throw item.Wrong($"the label {label} (U+{(int)label[0]:X4}) is "
                    + $"{(Scripts.Of(label[0]) is { } other ? Scripts.Name(other) : "of another script")}, not {Scripts.Name(expected)}",
                    "Type it in the script of the language, or leave labels out: they are Latin then");
            labels.Add(label);
        }
        return labels;
    }
}
