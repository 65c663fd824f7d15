using LocalOpinions.Report.Data;
using LocalOpinions.Store;

namespace LocalOpinions.Report;

/// <summary>The offline page: one HTML file with a world map, a ranking and every question of the scored runs of a results file.</summary>
public static class HtmlReport
{
    /// <summary>
    /// Writes the page as UTF-8. The same results give the same page, but for the last digit of averages that DuckDB sums on several
    /// threads.
    /// </summary>
    /// <param name="results">The results file; it is only read.</param>
    /// <param name="output">Where the page goes; it stays open. Nothing is written when an exception is thrown.</param>
    /// <param name="options">The page's title and size; null for the defaults.</param>
    /// <returns>How many runs and countries the page holds.</returns>
    /// <exception cref="ReportException">No run of the file has similarities yet.</exception>
    /// <exception cref="StoreException">The file cannot be read.</exception>
    public static ReportSummary Write(ResultsFile results, Stream output, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(output);
        var scored = new Scored(results);
        if (scored.Runs.Count == 0)
        {
            throw scored.UnscoredRuns == 0
                ? new ReportException("The results file holds no run: ask a model first.", ReportRemedy.MakeRun)
                : results.Runs().All(r => r.Answered == 0)
                ? new ReportException("No run of the results file has an answer, so there is nothing to compare: ask a model that answers.",
                    ReportRemedy.MakeRun)
                : new ReportException("The results file has answers but no similarities: score it first.", ReportRemedy.Score);
        }

        options ??= new ReportOptions();
        ReportPage.Write(output, PageData.Read(results, scored, options.LargestPage - ReportPage.EmptySize), options.Title);
        return new ReportSummary(scored.Runs.Count, scored.Surveys.SelectMany(survey => survey.Countries)
            .Select(country => country.Iso3 ?? country.Label).Distinct().Count());
    }
}
