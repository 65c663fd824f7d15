using LocalOpinions.Scoring.Simd.Effects;

namespace LocalOpinions.Scoring.Simd.Tests.Effects;

public class CohenKappaTests
{
    // Both yes 20, first alone 5, second alone 10, both no 15: p = 0.7, e = 0.5 · 0.6 + 0.5 · 0.4 = 0.5.
    [Fact]
    public void A_table_by_hand()
    {
        var kappa = CohenKappa.Of<int>([.. Cells((1, 1, 20), (1, 0, 5), (0, 1, 10), (0, 0, 15)).Select((c, i) => (i, c.First, c.Second))]);
        Assert.Equal((50, 50), (kappa.Units, kappa.Clusters));
        Assert.Equal(0.7, kappa.Agreement, 1e-12);
        Assert.Equal(0.4, kappa.Kappa, 1e-12);
        // The jackknife written out in another language; the large-sample error of Fleiss, Cohen and Everitt (1969) is 0.1270.
        Assert.Equal(0.12993368477892533, kappa.StandardError, 1e-12);
    }

    // Two clusters, each of which has both codes: without one the other's kappa is left, 1 and 0; half their distance is the error.
    [Fact]
    public void The_error_is_that_of_leaving_each_cluster_out()
    {
        var kappa = CohenKappa.Of<string>([("a", 0, 0), ("a", 1, 1), ("b", 0, 0), ("b", 0, 1), ("b", 1, 0), ("b", 1, 1)]);
        Assert.Equal(2, kappa.Clusters);
        Assert.Equal(4.0 / 6, kappa.Agreement, 1e-12);
        Assert.Equal(1.0 / 3, kappa.Kappa, 1e-12);
        Assert.Equal(0.5, kappa.StandardError, 1e-12);
    }

    [Fact]
    public void Where_there_is_nothing_to_compare_there_is_no_number()
    {
        Assert.True(double.IsNaN(CohenKappa.Of<int>([]).Kappa));
        Assert.True(double.IsNaN(CohenKappa.Of([(1, 0, 0), (2, 0, 0)]).Kappa));
        var one = CohenKappa.Of([(1, 0, 0), (1, 1, 1)]);
        Assert.Equal(1, one.Kappa);
        Assert.True(double.IsNaN(one.StandardError));
    }

    static IEnumerable<(int First, int Second)> Cells(params (int First, int Second, int Count)[] cells) =>
        cells.SelectMany(c => Enumerable.Repeat((c.First, c.Second), c.Count));
}
