using LocalOpinions.Store;
using static LocalOpinions.Report.Data.PackedNumber;

namespace LocalOpinions.Report.Data;

/// <summary>
/// Every run's answers and similarities to single questions, in thousandths: the precision in which the page prints them. Of a similarity
/// the block holds how far it is from what the rounded distributions give, mostly nothing: <see cref="RoundedSimilarity"/>.
/// </summary>
static class AnswerBlocks
{
    const string AnswerQuery = "SELECT source_row, option_index, prob, off_menu FROM answers_long WHERE run_id = ?";

    const string SimilarityQuery = "SELECT source_row, country_id, similarity_bits FROM similarities_long WHERE run_id = ?";

    /// <summary>A run's block. DuckDB groups the answers of one run at a time: those of a whole study need far more memory.</summary>
    public static byte[] Read(ResultsFile results, int runId, SurveyBlock survey)
    {
        var columns = new Columns(survey);
        foreach (var answer in results.Stream<StoredAnswer>(AnswerQuery, runId))
        {
            var question = survey.QuestionIndex(answer.SourceRow);
            columns.Probs[survey.FirstOption[question] + answer.OptionIndex] = Thousandths(answer.Prob);
            // Imported answers may not tell.
            if (answer.OffMenu is { } offMenu)
                columns.OffMenu[question] = Thousandths(offMenu);
        }
        foreach (var pair in results.Stream<StoredSimilarity>(SimilarityQuery, runId))
            columns.Similarities[survey.PairIndex(pair.SourceRow, pair.CountryId)] = Thousandths(pair.SimilarityBits);
        var block = new ColumnBlock();
        block.Add("prob", columns.Probs);
        block.Add("offMenu", columns.OffMenu);
        block.Add("rest", columns.Rests());
        return block.Compress(new Nothing(), BlockJson.Default.Nothing);
    }

    sealed record StoredAnswer(int SourceRow, int OptionIndex, double Prob, double? OffMenu);

    sealed record StoredSimilarity(int SourceRow, int CountryId, double SimilarityBits);

    sealed class Columns(SurveyBlock survey)
    {
        public ushort[] Probs { get; } = Empty(survey.FirstOption[^1]);

        public ushort[] OffMenu { get; } = Empty(survey.Questions);

        public ushort[] Similarities { get; } = Empty(survey.Pairs);

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
