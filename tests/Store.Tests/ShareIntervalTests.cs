namespace LocalOpinions.Store.Tests;

/// <summary>The interval of a mean of shares over questions whose families hang together.</summary>
public sealed class ShareIntervalTests : StoreTest
{
    // Families of 1 to 4 questions with three texts each; in a third of the families all texts are drawn as one.
    const string Simulated =
        """
        WITH
            texts AS (
                SELECT s.range AS study, f.range AS family, q.range AS question, t.range AS text,
                       md5_number_lower(concat_ws(' ', 'together', s.range, f.range)) % 3 = 0 AS together
                FROM range(1500) AS s, range($families) AS f, range(4) AS q, range(3) AS t
                WHERE q.range <= f.range % 4),
            drawn AS (
                SELECT study, family, question, avg(CASE WHEN $share > md5_number_lower(CASE WHEN together
                    THEN concat_ws(' ', study, family) ELSE concat_ws(' ', study, family, question, text) END) / 18446744073709551616.0
                    THEN 1.0 ELSE 0.0 END) AS share
                FROM texts GROUP BY ALL),
            families AS (SELECT study, family, sum(share) AS share, count(*) AS questions FROM drawn GROUP BY study, family),
            studies AS (
                SELECT study, sum(share) / sum(questions) AS mean, family_half_width(share, questions) AS half, count(*) AS families
                FROM families GROUP BY study)
        SELECT avg((share_low(mean, half, families) <= $share AND $share <= share_high(mean, half, families))::DOUBLE),
               avg((abs(mean - $share) <= half)::DOUBLE),
               min(share_low(mean, half, families)), max(share_high(mean, half, families))
        FROM studies
        """;

    [Theory]
    [InlineData(0.01, 24)]
    [InlineData(0.05, 24)]
    [InlineData(0.3, 24)]
    [InlineData(0.97, 24)]
    [InlineData(0.02, 200)]
    [InlineData(0.5, 8)]
    public void It_holds_the_truth_in_95_of_100_studies_and_never_leaves_0_to_1(double share, int families)
    {
        var (holds, before, low, high) = Simulate(share, families);
        // Of 1,500 studies a share of 95 % comes out within 1.7 points; wider than need be is no false claim.
        Assert.InRange(holds, 0.933, 1);
        Assert.InRange(low, 0, share);
        Assert.InRange(high, share, 1);
        // What it is there for: the t test's own interval misses rare texts.
        if (share < 0.02)
            Assert.InRange(before, 0, 0.85);
    }

    [Fact]
    public void Where_nothing_was_seen_the_number_of_families_bounds_it()
    {
        using var results = Fresh();
        using var query = results.Query(
            """
            SELECT share_low(0, 0, 24), share_high(0, 0, 24), share_low(1, 0, 24), share_high(1, 0, 24), share_high(0.5, 0, 4),
                share_low(0.5, NULL, 1), t_975(23)
            """);
        var row = query.Rows.Single();
        double At(int i) => Convert.ToDouble(row[i]);
        var a = At(6) * At(6) / 24;
        Assert.Equal(0, At(0), 1e-12);
        Assert.Equal(a / (1 + a), At(1), 1e-12);
        Assert.Equal(1 / (1 + a), At(2), 1e-12);
        Assert.Equal(1, At(3), 1e-12);
        // Four families that agree by chance are no certainty.
        Assert.InRange(At(4), 0.6, 1);
        Assert.Null(row[5]);
    }

    (double Holds, double Before, double Low, double High) Simulate(double share, int families)
    {
        using var results = Fresh();
        using var query = results.Query(Simulated.Replace("$share", FormattableString.Invariant($"{share}::DOUBLE"))
            .Replace("$families", $"{families}"));
        var row = query.Rows.Single();
        return (Convert.ToDouble(row[0]), Convert.ToDouble(row[1]), Convert.ToDouble(row[2]), Convert.ToDouble(row[3]));
    }
}
