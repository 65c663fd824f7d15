using System.Text;
using CsvHelper;
using LocalOpinions.Common;
using LocalOpinions.Scoring.Simd.Effects;
using LocalOpinions.Store;
using LocalOpinions.Store.Output;

namespace LocalOpinions.Analysis.Texts;

/// <summary>How far coders agree.</summary>
/// <param name="Coders">The sheets.</param>
/// <param name="Alpha">Krippendorff's alpha, nominal (<see cref="KrippendorffAlpha"/>): 1 for perfect agreement, 0 for that of chance; NaN
/// where there is nothing to compare.</param>
/// <param name="Units">Texts that two coders or more coded: only these count for <paramref name="Alpha"/>.</param>
/// <param name="Values">Codes on these texts.</param>
/// <param name="Codes">How often each code was given, by code.</param>
/// <param name="Groups">The same, group by group.</param>
public sealed record CodingAgreement(IReadOnlyList<string> Coders, double Alpha, int Units, int Values,
    IReadOnlyDictionary<string, int> Codes, IReadOnlyList<GroupCodes> Groups);

/// <summary>The codes that one group's texts got.</summary>
/// <param name="Group">The texts' <see cref="WrittenText.Group"/>.</param>
/// <param name="Texts">Texts with a code.</param>
/// <param name="Codes">How often each code was given, by code.</param>
public sealed record GroupCodes(string Group, int Texts, IReadOnlyDictionary<string, int> Codes);

/// <summary>A sheet of texts for people to code: CSV out, coded CSV in. The program judges no text itself.</summary>
public static class CodingSheet
{
    const string Id = "id", Code = "code", Columns = "id, question, text, code, note";

    /// <summary>
    /// Writes the texts in a seeded order. Model and country are left out, lest they guide the coder; the id leads back to them.
    /// </summary>
    /// <param name="results">The file.</param>
    /// <param name="seed">Of the order.</param>
    /// <param name="output">Takes the sheet, CSV with the columns id, question, text, code and note.</param>
    public static void Write(ResultsFile results, int seed, TextWriter output)
    {
        // A spreadsheet takes text that begins so for a formula.
        using var texts = results.Query(
            $"""
            SELECT {WrittenText.SqlId} AS id, q.text AS question,
                   CASE WHEN regexp_matches(g.text, '^[=+@-]') THEN '''' ELSE '' END || g.text AS text, NULL AS code, NULL AS note
            FROM generations AS g JOIN runs AS r USING (run_id) JOIN questions AS q ON q.survey_id = r.survey_id
                AND q.source_row = g.source_row
            ORDER BY md5(? || ' ' || {WrittenText.SqlId}), g.run_id
            """, seed.ToString());
        CsvOutput.Write(texts, output);
    }

    /// <summary>Reads coded sheets, one per coder, and computes their agreement.</summary>
    /// <param name="sheets">Paths of the sheets.</param>
    /// <param name="texts">All texts of the file that the sheets were made from.</param>
    /// <exception cref="InputException">
    /// A sheet is given twice, names a text that is not in the file, codes one twice, or lacks a column.
    /// </exception>
    public static CodingAgreement Read(IReadOnlyList<string> sheets, IReadOnlyList<WrittenText> texts)
    {
        // A person's codes would agree with themselves.
        var files = sheets.GroupBy(s => FileStat.Identity(Path.GetFullPath(s)) ?? Path.GetFullPath(s), StringComparer.Ordinal);
        if (files.FirstOrDefault(f => f.Count() > 1) is { } twice)
            throw new InputException($"{string.Join(" and ", twice)} are one file: give each coder's sheet once.");
        var known = texts.ToDictionary(t => t.Id);
        var coded = sheets.Select(s => Codes(s, known)).ToList();
        string[] codes = [.. coded.SelectMany(c => c.Values).Distinct().Order(StringComparer.Ordinal)];
        string[] ids = [.. coded.SelectMany(c => c.Keys).Distinct()];
        var alpha = KrippendorffAlpha.Nominal(
            [.. coded.SelectMany(c => ids.Select(id => c.TryGetValue(id, out var code) ? Array.IndexOf(codes, code)
                : KrippendorffAlpha.Missing))], coded.Count);
        var given = coded.SelectMany(c => c).ToList();
        return new(
            sheets, alpha.Alpha, alpha.Units, alpha.Values, Count(given.Select(c => c.Value)),
            [.. given.GroupBy(c => known[c.Key].Group).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new GroupCodes(g.Key, g.Select(c => c.Key).Distinct().Count(), Count(g.Select(c => c.Value))))]);

        static Dictionary<string, int> Count(IEnumerable<string> codes) =>
            codes.GroupBy(c => c).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count());
    }

    /// <summary>The codes of one sheet, by the texts' ids.</summary>
    /// <param name="path">The sheet.</param>
    /// <param name="known">All texts of the file that it was made from, by their ids.</param>
    /// <exception cref="InputException">As of <see cref="Read"/>.</exception>
    internal static IReadOnlyDictionary<string, string> Codes(string path, Dictionary<string, WrittenText> known)
    {
        var utf8 = InputFile.Read(path);
        // Spreadsheets of many countries write semicolons.
        var firstLine = Encoding.UTF8.GetString(utf8.AsSpan(0, Math.Max(0, utf8.AsSpan().IndexOf((byte)'\n'))));
        using var reader = CsvReader.Create(utf8, new CsvReaderOptions
        {
            Separator = firstLine.Contains(';') && !firstLine.Contains(',') ? ';' : ',',
            MalformedData = CsvMalformedDataHandling.Throw,
            TrackLineNumbers = true,
        });
        Dictionary<string, string> codes = [];
        try
        {
            var more = reader.Read();
            string[] header = [.. reader.Headers.ToArray().Select(h => h.Trim('\uFEFF', ' ').ToLowerInvariant())];
            int id = Array.IndexOf(header, Id), code = Array.IndexOf(header, Code);
            if (id < 0 || code < 0)
                throw new InputException($"{path}: a coding sheet has the columns {Columns}; this file has "
                    + $"{string.Join(", ", header)}.", Remedy.MakeSheet, path);
            for (; more; more = reader.Read())
                Take(reader.GetString(id).Trim(), reader.GetString(code).Trim(), (int)reader.LineNumber);
        }
        catch (CsvFormatException e)
        {
            throw new InputException($"{path}, line {e.LineNumber}: quotation marks do not match. Put cells that hold quotation marks "
                + $"into quotation marks, and double those inside.");
        }
        return codes;

        void Take(string id, string code, int line)
        {
            if (!known.ContainsKey(id))
                throw new InputException(
                    $"{path}, line {line}: there is no text {id} in the results file. A sheet goes with the file that it was made from.");
            if (code.Length > 0 && !codes.TryAdd(id, code))
                throw new InputException($"{path}, line {line}: the text {id} is coded twice. Leave one of the two.");
        }
    }
}
