using LocalOpinions.Analysis.Panels;
using LocalOpinions.Store.Rows;
using LocalOpinions.Study.Findings;

namespace LocalOpinions.Study;

/// <summary>The study's own three questions, answered in sentences from the findings about one model.</summary>
public static class StudySentences
{
    /// <summary>The sentences; what begins with blanks belongs to the one before it.</summary>
    /// <param name="findings">All findings about the model, in order.</param>
    public static IEnumerable<string> Of(IReadOnlyList<FindingRow> findings)
    {
        foreach (var f in findings.Where(f => f.Topic == NearestFindings.Topic
            && (f.Measure == "similarity" || f.Measure.StartsWith("similarity to ", StringComparison.Ordinal))))
            yield return Nearest(f, findings);
        foreach (var line in Moves(findings, NamingFindings.Topic, "Naming a country", "moves the model to its people",
            NamingFindings.WrongCountry, "and more than naming another country does"))
            yield return line;
        foreach (var line in Moves(findings, LanguageFindings.Topic, "Asking in a language", "moves the model to its speakers",
            LanguageFindings.WrongLanguage, "and more than other languages do"))
            yield return line;
    }

    static string Nearest(FindingRow f, IReadOnlyList<FindingRow> findings)
    {
        var where = f.Subject is null ? f.Part : $"{f.Part}, {f.Subject} named";
        if (double.IsNaN(f.Value))
            return $"{where}: {Verdict.TooFew} ({f.Note})";
        var country = f.Measure["similarity to ".Length..];
        var uniform = findings.FirstOrDefault(u => u.Topic == f.Topic && u.Part == f.Part && u.Subject == f.Subject
            && u.Measure == $"uniform answerer's similarity to {country}");
        var said = $"{where}: nearest is {country}, {f.Value:F3} {FindingText.Interval(f)} (uniform answerer {uniform?.Value:F3}, n = "
            + $"{f.N:N0}{(f.Note is null ? "" : $"; {f.Note}")})";
        return f.Verdict == Verdict.TooFew ? $"{said}: {Verdict.TooFew}" : said;
    }

    static IEnumerable<string> Moves(IReadOnlyList<FindingRow> findings, string topic, string what, string moves, string beyondMeasure,
        string beyond)
    {
        var own = findings.Where(f => f.Topic == topic && f.Measure == NamingFindings.OwnChange).ToList();
        if (own.Count == 0)
            yield break;
        yield return $"{what} {moves}: {Tally(own)}";
        var more = findings.Where(f => f.Topic == topic && f.Measure == beyondMeasure).ToList();
        if (more.Count > 0)
            yield return $"  {beyond}: {Tally(more)}";
    }

    static string Tally(List<FindingRow> findings) =>
        string.Join("; ", findings.GroupBy(f => f.Verdict!).Select(g => $"{g.Key} for {string.Join(", ", g.Select(Named))}"));

    static string Named(FindingRow f) => double.IsNaN(f.Value) ? f.Subject!
        : $"{f.Subject} ({FindingText.Signed(f.Value)} {FindingText.Interval(f)})";
}
