using LocalOpinions.Store;

namespace LocalOpinions.Report.Data;

/// <summary>A block and the name under which the page finds it.</summary>
sealed record NamedBlock(string Name, byte[] Bytes);

/// <summary>All blocks of a page. Single answers, newest runs first, are put in as long as the page stays within its size.</summary>
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

        Put("groups", ExtraBlocks.Groups(results, scored));
        var asked = surveys.Select((survey, index) => survey.Fits && Put($"survey-{index}", survey.Compress())).ToList();
        Put("findings", FindingBlock.Read(results, scored));
        Put("comparisons", ExtraBlocks.Comparisons(results, scored));
        Put("measures", MeasureBlock.Read(results, scored));
        Put("reported", ReportedBlock.Read(results, scored));
        Put("topics", ExtraBlocks.Topics(results, scored));
        Put("generations", ExtraBlocks.Generations(results, scored));
        foreach (var block in new PromptBlocks(results, scored).All())
            Put(block.Name, block.Bytes);
        // The newest come first: where one has no room, no older one's answers are read.
        var fits = true;
        List<OverviewRun> runs = [.. scored.Runs.Select((run, index) => run with
        {
            Detail = fits && asked[run.Survey]
                && (fits = Put($"run-{index}", AnswerBlocks.Read(results, run.Id, surveys[run.Survey]))),
        })];
        return new(new("overview", overview.Compress(runs)), rest);
    }

    /// <summary>Characters that a block takes in the page, with its element.</summary>
    public static long Written(byte[] bytes) => (bytes.Length + 2) / 3 * 4 + 80;
}
