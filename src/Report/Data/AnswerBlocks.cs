using LocalOpinions.Store;
using static LocalOpinions.Report.Data.Reading;

namespace LocalOpinions.Report.Data;

/// <summary>
/// Every run's answers and similarities to single questions, in thousandths: the precision in which the page prints them.
/// </summary>
sealed class AnswerBlocks
{
    const string AnswerQuery = "SELECT run_id::INTEGER, source_row::INTEGER, option_index::INTEGER, prob::DOUBLE, off_menu::DOUBLE FROM "
        + "answers_long WHERE list_contains(CAST(? AS INTEGER[]), run_id)";

    const string SimilarityQuery = "SELECT run_id::INTEGER, source_row::INTEGER, country_id::INTEGER, similarity_bits::DOUBLE FROM "
        + "similarities_long WHERE list_contains(CAST(? AS INTEGER[]), run_id)";

    // No block was ever seen to become smaller than a quarter of its numbers, so what is beyond this will not fit.
    const int SmallestPart = 4;

    readonly List<Columns> _runs = [];

    /// <summary>Reads the newest runs, as many as could fit into the room.</summary>
    public AnswerBlocks(ResultsFile results, Scored scored, IReadOnlyList<SurveyBlock> surveys, long room)
    {
        for (long bytes = 0; _runs.Count < scored.Runs.Count; _runs.Add(new(surveys[scored.Runs[_runs.Count].Survey])))
        {
            bytes += Columns.Size(surveys[scored.Runs[_runs.Count].Survey]);
            if (bytes > SmallestPart * room)
                break;
        }
        // DuckDB reads a list from the text of a list.
        var ids = $"[{string.Join(',', scored.Runs.Take(_runs.Count).Select(run => run.Id))}]";
        using (var query = results.Query(AnswerQuery, ids))
        {
            foreach (var row in query.Rows)
            {
                scored.TryIndex((int)row[0]!, out var index);
                var survey = surveys[scored.Runs[index].Survey];
                var question = survey.QuestionIndex((int)row[1]!);
                _runs[index].Probs[survey.FirstOption[question] + (int)row[2]!] = Thousandths((double)row[3]!);
                // Imported answers may not tell.
                if (row[4] is double offMenu)
                    _runs[index].OffMenu[question] = Thousandths(offMenu);
            }
        }
        using (var query = results.Query(SimilarityQuery, ids))
        {
            foreach (var row in query.Rows)
            {
                scored.TryIndex((int)row[0]!, out var index);
                _runs[index].Similarities[surveys[scored.Runs[index].Survey].PairIndex((int)row[1]!, (int)row[2]!)] = Thousandths(
                    (double)row[3]!);
            }
        }
    }

    /// <summary>A run's block; null where it was not read.</summary>
    public byte[]? Compress(int run)
    {
        if (run >= _runs.Count)
            return null;
        var block = new ColumnBlock();
        block.Add("prob", _runs[run].Probs);
        block.Add("offMenu", _runs[run].OffMenu);
        block.Add("similarity", _runs[run].Similarities);
        return block.Compress(new Nothing(), BlockJson.Default.Nothing);
    }

    sealed class Columns(SurveyBlock survey)
    {
        public ushort[] Probs { get; } = Empty(survey.FirstOption[^1]);

        public ushort[] OffMenu { get; } = Empty(survey.Questions);

        public ushort[] Similarities { get; } = Empty(survey.Pairs);

        public static long Size(SurveyBlock survey) => (long)sizeof(ushort) * (survey.FirstOption[^1] + survey.Questions + survey.Pairs);

        static ushort[] Empty(int length)
        {
            var column = new ushort[length];
            Array.Fill(column, ColumnBlock.None);
            return column;
        }
    }
}
