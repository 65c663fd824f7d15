namespace LocalOpinions.Scoring.Simd.Measures;

/// <summary>
/// A measure of two distributions over the same options, with all that storing, querying and showing it takes. A further measure is one
/// more of these in <see cref="All"/>.
/// </summary>
/// <remarks>Every measure is the same from either side, and its values over K options go from 0 to <see cref="Largest"/>.</remarks>
public sealed record Measure
{
    /// <summary>The divergence that is stored of every run, and from which similarities are derived.</summary>
    public static Measure JensenShannon { get; } = new()
    {
        Name = "js_divergence",
        Title = "Jensen-Shannon divergence",
        Unit = "bits",
        Description = "½ KL(P, M) + ½ KL(Q, M) with M = ½ (P + Q): 0 (equal) to 1 (nothing in common).",
        OneToMany = Simd.JensenShannon.OneToMany,
        Matched = Simd.JensenShannon.Matched,
        Pair = (p, q) => Math.Clamp(ScalarOracle.DivergenceBits(p, q), 0, 1),
    };

    /// <summary>Half the sum of the absolute differences.</summary>
    public static Measure TotalVariation { get; } = new()
    {
        Name = "total_variation",
        Title = "Total variation",
        Unit = "share of the answers",
        Description = "½ Σ |p - q|, the share of the answers that would have to be others: 0 (equal) to 1 (nothing in common).",
        OneToMany = BlockMeasures.TotalVariation,
        Matched = BlockMeasures.TotalVariation,
        Pair = ScalarOracle.TotalVariation,
    };

    /// <summary>The distance of the shares' roots.</summary>
    public static Measure Hellinger { get; } = new()
    {
        Name = "hellinger",
        Title = "Hellinger distance",
        Unit = "distance from 0 to 1",
        Description = "√(½ Σ (√p - √q)²): 0 (equal) to 1 (nothing in common).",
        OneToMany = BlockMeasures.Hellinger,
        Matched = BlockMeasures.Hellinger,
        Pair = ScalarOracle.Hellinger,
    };

    /// <summary>How far answers would have to be moved along the scale.</summary>
    public static Measure Wasserstein { get; } = new()
    {
        Name = "wasserstein",
        Title = "Wasserstein distance",
        Unit = "share of the scale's length",
        Description = "Σ |F - G| · step of the cumulative shares over the points of a scale, steps by the points' values and divided "
            + "by the scale's length: 0 (equal) to 1 (all at opposite ends).",
        NeedsOrder = true,
        Largest = options => options - 1,
        OneToMany = BlockMeasures.Wasserstein,
        Matched = BlockMeasures.Wasserstein,
        Pair = ScalarOracle.Wasserstein,
    };

    /// <summary>Whether both choose the same option most often.</summary>
    public static Measure TopAgreement { get; } = new()
    {
        Name = "top_agreement",
        Title = "Top agreement",
        Unit = "probability",
        Description = "Whether the option with the largest share is the same, 1 or 0; with ties, the probability of it when each picks one "
            + "of its top options at random.",
        MoreIsNearer = true,
        OneToMany = BlockMeasures.TopAgreement,
        Matched = BlockMeasures.TopAgreement,
        Pair = ScalarOracle.TopAgreement,
    };

    /// <summary>Whether both put the options in the same order.</summary>
    public static Measure RankOrder { get; } = new()
    {
        Name = "rank_order",
        Title = "Rank order",
        Unit = "share of agreement",
        Description = "(1 + Kendall's τ-b) / 2 of the options in the order of their shares: 0 (reversed) to 1 (same); ½ where all shares "
            + "of one side are equal.",
        MoreIsNearer = true,
        OneToMany = BlockMeasures.RankOrder,
        Matched = BlockMeasures.RankOrder,
        Pair = ScalarOracle.RankOrder,
    };

    /// <summary>Every measure that can be stored.</summary>
    public static IReadOnlyList<Measure> All { get; } =
        [JensenShannon, TotalVariation, Hellinger, Wasserstein, TopAgreement, RankOrder];

    /// <summary>Those that are stored only where they are asked for.</summary>
    public static IReadOnlyList<Measure> OnRequest { get; } = [.. All.Except([JensenShannon])];

    /// <summary>By what it is asked for and stored: lower case, words joined by underscores. It never changes.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>What a value divided by <see cref="Largest"/> counts.</summary>
    public required string Unit { get; init; }

    /// <summary>Its formula and range, in a sentence, for a value divided by <see cref="Largest"/>.</summary>
    public required string Description { get; init; }

    /// <summary>Whether a larger value means more alike; otherwise it means farther apart.</summary>
    public bool MoreIsNearer { get; init; }

    /// <summary>Whether it makes sense only for options in a known order, given in that order and without refusals.</summary>
    public bool NeedsOrder { get; init; }

    /// <summary>
    /// The largest value over so many options. Values of questions with different numbers of options can be averaged once they are divided
    /// by it.
    /// </summary>
    public Func<int, double> Largest { get; init; } = _ => 1;

    /// <summary>One distribution against those of a block.</summary>
    public required OneToManyMeasure OneToMany { get; init; }

    /// <summary>Two blocks, place by place.</summary>
    public required MatchedMeasure Matched { get; init; }

    /// <summary>One pair in the textbook form, for what no block holds.</summary>
    public required PairMeasure Pair { get; init; }
}
