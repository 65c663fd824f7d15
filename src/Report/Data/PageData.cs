using LocalOpinions.Store;

namespace LocalOpinions.Report.Data;

/// <summary>A block and the name under which the page finds it.</summary>
sealed record NamedBlock(string Name, byte[] Bytes);

/// <summary>
/// All blocks of a page, within its size. Before all else come the single answers of the run that it opens with; of the others, newest
/// first, as many as have room at the end.
/// </summary>
/// <param name="First">What the page opens with.</param>
/// <param name="Rest">What its panels ask for later.</param>
sealed record PageData(NamedBlock First, IReadOnlyList<NamedBlock> Rest)
{
    /// <param name="results">Read only.</param>
    /// <param name="scored">At least one run.</param>
    /// <param name="room">Characters that the page has for data.</param>
    public static PageData Read(ResultsFile results, Scored scored, long room)
    {
        var overview = new OverviewBlock(results, scored);
        // The flags that are settled below hardly change its size.
        var left = room - Written(overview.Compress(scored.Runs)) - 1000;
        var rest = new List<NamedBlock>();
        var surveys = scored.SurveyIds.Select(id => new SurveyBlock(results, scored, id)).ToList();

        bool Put(string name, byte[]? bytes)
        {
            if (bytes is null || Written(bytes) > left)
                return false;
            left -= Written(bytes);
            rest.Add(new(name, bytes));
            return true;
        }

        var asked = surveys.Select((survey, index) => survey.Fits && Put($"survey-{index}", survey.Compress())).ToList();
        var held = new bool[scored.Runs.Count];
        void PutAnswers(int index)
        {
            var run = scored.Runs[index];
            held[index] = asked[run.Survey] && Put($"run-{index}", AnswerBlocks.Read(results, run.Id, surveys[run.Survey]));
        }

        PutAnswers(scored.Opened);
        Put("groups", ExtraBlocks.Groups(results, scored));
        Put("findings", FindingBlock.Read(results, scored));
        Put("comparisons", ExtraBlocks.Comparisons(results, scored));
        Put("measures", MeasureBlock.Read(results, scored));
        Put("reported", ReportedBlock.Read(results, scored));
        Put("topics", ExtraBlocks.Topics(results, scored));
        Put("generations", ExtraBlocks.Generations(results, scored));
        foreach (var block in new PromptBlocks(results, scored).All())
            Put(block.Name, block.Bytes);
        // Behind a run without room a smaller one may have some.
        for (var index = 0; index < held.Length; index++)
        {
            if (index != scored.Opened)
                PutAnswers(index);
        }
        List<OverviewRun> runs = [.. scored.Runs.Select((run, index) => run with { Detail = held[index] })];
        return new(new("overview", overview.Compress(runs)), rest);
    }

    /// <summary>Characters that a block takes in the page, with its element.</summary>
    public static long Written(byte[] bytes) => (bytes.Length + 2) / 3 * 4 + 80;
}
