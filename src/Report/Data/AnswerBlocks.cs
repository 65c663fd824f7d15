using LocalOpinions.Store;
using static LocalOpinions.Report.Data.PackedNumber;

namespace LocalOpinions.Report.Data;

/// <summary>
/// Every run's answers and similarities to single questions, in thousandths: the precision in which the page prints them. Of a similarity
/// the block holds how far it is from what the rounded distributions give, mostly nothing: <see cref="RoundedSimilarity"/>.
/// </summary>
sealed class AnswerBlocks
{
    const string AnswerQuery =
        "SELECT run_id, source_row, option_index, prob, off_menu FROM answers_long WHERE list_contains(CAST(? AS INTEGER[]), run_id)";

    const string SimilarityQuery =
        "SELECT run_id, source_row, country_id, similarity_bits FROM similarities_long WHERE list_contains(CAST(? AS INTEGER[]), run_id)";

    // No block was ever seen to become smaller than an eighth of its numbers, so what is beyond this will not fit.
    const int SmallestPart = 8;

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
        foreach (var answer in results.Stream<StoredAnswer>(AnswerQuery, ids))
        {
            scored.TryIndex(answer.RunId, out var index);
            var survey = surveys[scored.Runs[index].Survey];
            var question = survey.QuestionIndex(answer.SourceRow);
            _runs[index].Probs[survey.FirstOption[question] + answer.OptionIndex] = Thousandths(answer.Prob);
            // Imported answers may not tell.
            if (answer.OffMenu is { } offMenu)
                _runs[index].OffMenu[question] = Thousandths(offMenu);
        }
        foreach (var pair in results.Stream<StoredSimilarity>(SimilarityQuery, ids))
        {
            scored.TryIndex(pair.RunId, out var index);
            _runs[index].Similarities[surveys[scored.Runs[index].Survey].PairIndex(pair.SourceRow, pair.CountryId)] =
                Thousandths(pair.SimilarityBits);
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
        block.Add("rest", _runs[run].Rests());
        return block.Compress(new Nothing(), BlockJson.Default.Nothing);
    }

    sealed record StoredAnswer(int RunId, int SourceRow, int OptionIndex, double Prob, double? OffMenu);

    sealed record StoredSimilarity(int RunId, int SourceRow, int CountryId, double SimilarityBits);

    sealed class Columns(SurveyBlock survey)
    {
        public ushort[] Probs { get; } = Empty(survey.FirstOption[^1]);

        public ushort[] OffMenu { get; } = Empty(survey.Questions);

        public ushort[] Similarities { get; } = Empty(survey.Pairs);

        public static long Size(SurveyBlock survey) => (long)sizeof(ushort) * (survey.FirstOption[^1] + survey.Questions + survey.Pairs);

        /// <summary>What is to be added to the similarities of the rounded distributions, as whole numbers from 0.</summary>
        public ushort[] Rests()
        {
            var rests = Empty(survey.Pairs);
            for (var pair = 0; pair < rests.Length; pair++)
            {
                if (Similarities[pair] == ColumnBlock.None)
                    continue;
                var first = survey.FirstOption[survey.QuestionOf(pair)];
                var shares = survey.Shares(pair);
                rests[pair] = Unsigned(Similarities[pair] - RoundedSimilarity.Of(Probs.AsSpan(first, shares.Length), shares));
            }
            return rests;
        }

        static ushort[] Empty(int length)
        {
            var column = new ushort[length];
            Array.Fill(column, ColumnBlock.None);
            return column;
        }
    }
}
