using System.Text;
using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Surveys.Checks;

/// <summary>What can be told from one question alone.</summary>
static class QuestionOddities
{
    public static void Note(Question question, IReadOnlyDictionary<string, Country>? groups, OddityLog log)
    {
        var row = question.SourceRow;
        NoteText(question.Text, row, log);
        NoteHumans(question.Humans, groups, row, log);
        NoteOptions(question, row, log);
    }

    static void NoteText(string text, int row, OddityLog log)
    {
        void If(bool met, OddityKind kind) => log.Note(kind, row, met ? 1 : 0);

        If(string.IsNullOrWhiteSpace(text), OddityKind.EmptyText);
        If(!Ascii.IsValid(text), OddityKind.NonAsciiText);
        If(text.AsSpan().ContainsAny('\n', '\r'), OddityKind.LineBreakInText);
        If(IsBlankAround(text), OddityKind.BlankAroundText);
        If(HasControl(text), OddityKind.ControlCharacter);
        If(IsMissingValue(text), OddityKind.MissingValueAsText);
        If(text.Contains("__"), OddityKind.GapInText);
        If(text.Contains("...") || text.Contains('…'), OddityKind.EllipsisInText);
    }

    static void NoteHumans(IReadOnlyList<HumanDistribution> humans, IReadOnlyDictionary<string, Country>? groups, int row, OddityLog log)
    {
        log.Note(OddityKind.NoHumans, row, humans.Count == 0 ? 1 : 0);
        log.Note(OddityKind.SingleCountry, row, humans.Count == 1 ? 1 : 0);
        foreach (var human in humans)
        {
            var declared = groups?.GetValueOrDefault(human.Country);
            var country = declared ?? Countries.Find(human.Country);
            log.Note(OddityKind.NonNationalSample, row, country.Sample == SampleKind.NonNational ? 1 : 0);
            log.Note(OddityKind.BlankAroundLabel, row, IsBlankAround(human.Country) ? 1 : 0);
            log.Note(OddityKind.MissingValueAsText, row, IsMissingValue(human.Country) ? 1 : 0);
            log.Note(OddityKind.UnknownCountry, row, country.Iso3 is null && declared is null ? 1 : 0);
        }
    }

    static void NoteOptions(Question question, int row, OddityLog log)
    {
        var options = question.Options;
        log.Note(OddityKind.NotAskable, row, OptionLimits.CanBeAsked(options.Count) ? 0 : 1);
        log.Note(OddityKind.MoreOptionsThanLetters, row, options.Count is > OptionLimits.MostLabelled and <= OptionLimits.Most ? 1 : 0);
        log.Note(OddityKind.LeakedTotal, row, question.Kinds.Count(k => k == OptionKind.Total));
        log.Note(OddityKind.PunctuatedOption, row, options.Count(o => o.AsSpan().ContainsAny(",\"'’\\")));
        log.Note(OddityKind.NonAsciiOption, row, options.Count(o => !Ascii.IsValid(o)));
        log.Note(OddityKind.BlankAroundOption, row, options.Count(IsBlankAround));
        log.Note(OddityKind.ControlCharacter, row, options.Count(HasControl));
        log.Note(OddityKind.MissingValueAsText, row, options.Count(IsMissingValue));
        log.Note(OddityKind.RepeatedOption, row, options.Count - options.Distinct().Count());
        var places = question.ScaleValues.Where(v => v is not null).ToList();
        log.Note(OddityKind.SharedScaleValue, row, places.Count - places.Distinct().Count());
        if (question.Humans.Count > 0)
            log.Note(
                OddityKind.OptionWithoutMass,
                row,
                Enumerable.Range(0, options.Count).Count(k => question.Humans.All(h => h.Probabilities[k] == 0)));

        var refusals = question.Kinds.Count(k => k == OptionKind.Refusal);
        log.Note(OddityKind.RefusalOption, row, refusals);
        log.Note(OddityKind.SeveralRefusalOptions, row, refusals > 1 ? 1 : 0);
        log.Note(OddityKind.UnmarkedRefusal, row, options.Where(
            (o, k) => question.Kinds[k] != OptionKind.Refusal && OptionWording.IsRefusal(o)).Count());
    }

    static bool IsBlankAround(string text) => text.Length != text.AsSpan().Trim().Length;

    // "None" is an answer of many surveys.
    static bool IsMissingValue(string text) => text.Trim().ToLowerInvariant() is "nan" or "null" or "nat" or "<na>" or "#n/a";

    static bool HasControl(string text) => text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'));
}
