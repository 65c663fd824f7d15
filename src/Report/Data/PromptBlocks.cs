using LocalOpinions.Store;

namespace LocalOpinions.Report.Data;

/// <summary>
/// What prompts were made of, so that the page can show each as it was sent; <c>web/src/data/prompts.ts</c> reads it. What several runs put
/// in, or in which orders they put options, the page holds once.
/// </summary>
sealed class PromptBlocks
{
    // Earlier files have the wordings of prompts in the survey's own words alone.
    const string RunQuery = """
        SELECT run_id AS run, before, system, behind_system, message, after, opening, said, message_trim, system_trim, labels, country,
            somebody, persona, put_in_sha256, NULL::INTEGER AS put_in, NULL::INTEGER AS orders FROM run_prompts
        UNION ALL SELECT r.run_id, '', NULL, '', t.wording, '', '', NULL, 'none', 'none', NULL, NULL, NULL, NULL, NULL, NULL, NULL
        FROM runs AS r JOIN templates AS t ON t.sha256 = r.template_sha256
        WHERE r.run_id NOT IN (SELECT run_id FROM run_prompts) AND r.control = 'none' AND r.reading = 'labels' AND r.language IS NULL
            AND r.origin = 'run' AND NOT contains(r.template, '@personas')
        """;

    const string TextQuery =
        "SELECT source_row, place, option_index, text FROM prompt_texts WHERE put_in_sha256 = ? ORDER BY source_row, place, option_index";

    // Most runs list options as the survey does, which need not be said.
    const string OtherOrders = """
        SELECT run_id, bit_xor(hash(source_row, order_index, options))::VARCHAR AS orders FROM answers
        GROUP BY run_id HAVING bool_or(options <> range(len(options))) OR max(order_index) > 0
        """;

    const string OrderQuery =
        "SELECT source_row, options FROM answers WHERE run_id = ? ORDER BY source_row, order_index";

    readonly ResultsFile _results;
    readonly List<string> _putIn = [];
    readonly List<(string Orders, int RunId)> _orders = [];
    readonly List<PromptParts> _parts = [];

    public PromptBlocks(ResultsFile results, Scored scored)
    {
        _results = results;
        var orders = results.Read<RunOrders>(OtherOrders).ToDictionary(o => o.RunId, o => o.Orders);
        foreach (var parts in results.Read<PromptParts>(RunQuery))
        {
            if (scored.TryIndex(parts.Run, out var run))
                _parts.Add(parts with
                {
                    Run = run,
                    PutIn = parts.PutInSha256 is { } sha256 ? Place(_putIn, sha256, known => known == sha256) : null,
                    Orders = orders.GetValueOrDefault(parts.Run) is { } put
                        ? Place(_orders, (Orders: put, RunId: parts.Run), known => known.Orders == put) : null,
                });
        }
    }

    /// <summary>All blocks by name; none where the page has no prompts.</summary>
    public IEnumerable<NamedBlock> All()
    {
        if (_parts.Count == 0)
            yield break;
        yield return new("prompts", new ColumnBlock().Compress(new AllPrompts([.. _parts.OrderBy(part => part.Run)]),
            BlockJson.Default.AllPrompts));
        foreach (var (index, putIn) in _putIn.Index())
            yield return new($"prompt-texts-{index}", Texts(putIn));
        foreach (var (index, orders) in _orders.Index())
            yield return new($"prompt-orders-{index}", Orders(orders.RunId));
    }

    byte[] Texts(string putIn)
    {
        var texts = _results.Read<StoredText>(TextQuery, putIn);
        return new ColumnBlock().Compress(new PutIn(Of("question"), Of("country"), Of("somebody"),
            texts.Where(text => text.Place == "option").GroupBy(text => text.SourceRow)
                .ToDictionary(row => row.Key, row => (IReadOnlyList<string>)[.. row.Select(text => text.Text)]),
            texts.Where(text => text.Place == "added").ToDictionary(text => text.SourceRow, text => new AddedOption(text.Text,
                text.OptionIndex ?? 0))), BlockJson.Default.PutIn);

        Dictionary<int, string> Of(string place) =>
            texts.Where(text => text.Place == place).ToDictionary(text => text.SourceRow, text => text.Text);
    }

    byte[] Orders(int runId)
    {
        var orders = _results.Read<StoredOrder>(OrderQuery, runId);
        var block = new ColumnBlock();
        block.Add("sourceRow", [.. orders.Select(order => order.SourceRow)]);
        block.Add("length", [.. orders.Select(order => (byte)order.Options.Length)]);
        block.Add("option", [.. orders.SelectMany(order => order.Options.Select(option => (byte)option))]);
        return block.Compress(new Nothing(), BlockJson.Default.Nothing);
    }

    static int Place<T>(List<T> all, T one, Predicate<T> same)
    {
        if (all.FindIndex(same) is >= 0 and var known)
            return known;
        all.Add(one);
        return all.Count - 1;
    }

    sealed record RunOrders(int RunId, string Orders);

    sealed record StoredText(int SourceRow, string Place, int? OptionIndex, string Text);

    sealed record StoredOrder(int SourceRow, int[] Options);
}
