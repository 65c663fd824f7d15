using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LocalOpinions.Surveys.Checks;

namespace LocalOpinions.Surveys;

/// <summary>What a split goes through one by one.</summary>
public enum SplitUnit
{
    /// <summary>Questions; those of one stem, such as an item family, stay together whatever their source.</summary>
    Question,
    /// <summary>Countries, or groups that are none; all samples of a country stay together.</summary>
    Country,
    /// <summary>The surveys that questions come from (<see cref="Question.Source"/>).</summary>
    Survey,
}

/// <summary>
/// Parts a survey into what models may be tuned on and what is held out. The parts follow from the survey's content and the seed alone: the
/// order of the file, policies and the machine do not matter.
/// </summary>
/// <param name="By">What is parted.</param>
/// <param name="HeldOut">The share that is held out: of the questions, or of the countries; above 0 and below 1.</param>
/// <param name="Seed">Which of the splits.</param>
public sealed record SurveySplit(SplitUnit By = SplitUnit.Question, double HeldOut = 0.2, int Seed = 1)
{
    /// <summary>A fifth of the questions, by seed 1.</summary>
    public static SurveySplit Default { get; } = new();

    /// <summary>The text that <see cref="Parse"/> reads back, for example question:0.2:1.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{By.ToString().ToLowerInvariant()}:{HeldOut}:{Seed}");

    /// <summary>Reads the name of a split.</summary>
    /// <param name="text">What is parted, the share that is held out and the seed, with colons between; the last, or the last two, may be
    /// left out.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static SurveySplit Parse(string text)
    {
        var parts = text.Split(':');
        if (parts.Length > 3 || !Array.Exists(Enum.GetNames<SplitUnit>(), n => n.ToLowerInvariant() == parts[0])
            || !double.TryParse(parts.ElementAtOrDefault(1) ?? "0.2", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var share) || share is not (> 0 and < 1)
            || !int.TryParse(parts.ElementAtOrDefault(2) ?? "1", NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
            throw new FormatException($"\"{text}\" is no split: give question, country or survey, the share to hold out and a seed, such "
                + "as question:0.2:1");
        return new(Enum.Parse<SplitUnit>(parts[0], ignoreCase: true), share, seed);
    }

    /// <summary>The unit that a question belongs to, where questions are parted.</summary>
    internal string UnitOf(Question question) => By == SplitUnit.Survey ? question.Source
        // Without words only the options tell it from others.
        : ItemFamilies.Stem(question.Text) is { Length: > 0 } stem ? stem : string.Join('\n', question.Options);

    /// <summary>The unit that a country's label belongs to, where countries are parted.</summary>
    internal static string UnitOf(string label, Survey survey) => survey.GroupOf(label).Iso3 ?? label;

    /// <summary>The units that are held out.</summary>
    /// <param name="survey">The survey as it was loaded.</param>
    /// <exception cref="SurveyException">There are fewer than two units.</exception>
    internal IReadOnlySet<string> HeldOutOf(Survey survey)
    {
        var sizes = By == SplitUnit.Country
            ? survey.Questions.SelectMany(q => q.Humans).Select(h => UnitOf(h.Country, survey)).Distinct().ToDictionary(u => u, _ => 1)
            : survey.Questions.CountBy(UnitOf).ToDictionary();
        if (sizes.Count < 2)
            throw new SurveyException($"{survey.Name} cannot be split by {Name}: all of it is one piece",
                "Split it by something else (question, country or survey)");
        var shuffled = sizes.Keys.OrderBy(Draw).ThenBy(u => u, StringComparer.Ordinal).ToList();
        var wanted = HeldOut * sizes.Values.Sum();
        HashSet<string> heldOut = [];
        var taken = 0;
        // One after the other, and passed over where the share would be missed by more than before.
        foreach (var unit in shuffled.Where(unit => Math.Abs(taken + sizes[unit] - wanted) < Math.Abs(taken - wanted)))
        {
            heldOut.Add(unit);
            taken += sizes[unit];
        }
        // Neither part may be empty.
        if (heldOut.Count == 0)
            heldOut.Add(shuffled.MinBy(u => sizes[u])!);
        else if (heldOut.Count == sizes.Count)
            heldOut.Remove(shuffled.MinBy(u => sizes[u])!);
        return heldOut;
    }

    ulong Draw(string unit) => BinaryPrimitives.ReadUInt64BigEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"split/1 {Seed}\n{unit}"))));
}
