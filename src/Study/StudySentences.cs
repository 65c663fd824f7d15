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
        foreach (var f in findings.Where(f => f.Topic == NearestFindings.Topic && (f.Measure == NearestFindings.None
            || f.Measure.StartsWith(NearestFindings.Beyond, StringComparison.Ordinal))))
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
        if (double.IsNaN(f.Value) || f.Verdict == Verdict.OffMenu)
            return $"{where}: {f.Verdict} ({f.Note})";
        var country = f.Measure[NearestFindings.Beyond.Length..];
        var plain = findings.FirstOrDefault(p => p.Topic == f.Topic && p.Part == f.Part && p.Subject == f.Subject
            && p.Measure == NearestFindings.Plain + country);
        var said = $"{country}, {FindingText.Signed(f.Value)} {FindingText.Interval(f)} beyond the uniform answerer (plain mean "
            + $"{plain?.Value:F3}, n = {f.N:N0}; {f.Note})";
        return f.Verdict switch
        {
            Verdict.TooFew => $"{where}: nearest is {said}: {Verdict.TooFew}",
            Verdict.Yes => $"{where}: nearest is {said}",
            _ => $"{where}: not shown to be nearer to any country than the uniform answerer; first comes {said}",
        };
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
