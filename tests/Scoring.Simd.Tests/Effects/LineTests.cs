using LocalOpinions.Scoring.Simd.Effects;

namespace LocalOpinions.Scoring.Simd.Tests.Effects;

public class LineTests
{
    static readonly double[] s_x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    static readonly double[] s_x4 = [8, 8, 8, 8, 8, 8, 8, 19, 8, 8, 8];

    public static TheoryData<double[], double[]> Quartet => new()
    {
        { s_x, [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68] },
        { s_x, [9.14, 8.14, 8.74, 8.77, 9.26, 8.10, 6.13, 3.10, 9.13, 7.26, 4.74] },
        { s_x, [7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73] },
        { s_x4, [6.58, 5.76, 7.71, 8.84, 8.47, 7.04, 5.25, 12.50, 5.56, 7.91, 6.89] },
    };

    // Anscombe, "Graphs in statistical analysis", The American Statistician 27(1), 1973: y = 3 + 0.5x, r² = 0.67.
    [Theory]
    [MemberData(nameof(Quartet))]
    public void The_quartet_has_its_line(double[] x, double[] y)
    {
        var line = LinearFit.Of(x, y);
        Assert.Equal(3.00, line.Intercept, 0.01);
        Assert.Equal(0.500, line.Slope, 0.001);
        Assert.Equal(0.816, line.Correlation, 0.001);
        Assert.Equal(0, x.Zip(y, line.Residual).Sum(), 1e-12);
        Assert.Equal(0, x.Zip(y, (a, b) => a * line.Residual(a, b)).Sum(), 1e-11);
    }

    [Fact]
    public void Points_that_have_no_line_are_refused()
    {
        Assert.Throws<ArgumentException>(() => LinearFit.Of([1], [1]));
        Assert.Throws<ArgumentException>(() => LinearFit.Of([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => LinearFit.Of([1, 1], [1, 2]));
        Assert.Throws<ArgumentException>(() => LinearFit.Of([1, 2], [1, double.NaN]));
        Assert.True(double.IsNaN(LinearFit.Of([1, 2], [3, 3]).Correlation));
        Assert.Equal(-1, LinearFit.Of([1, 2], [3, 2]).Correlation, 1e-15);
    }

    [Fact]
    public void The_spread_over_templates_is_the_sample_standard_deviation()
    {
        // 2, 4, 4, 4, 5, 5, 7, 9: squares around 5 sum to 32.
        var spread = TemplateSpread.Of([2, 4, 4, 4, 5, 5, 7, 9]);
        Assert.Equal((5, 8), (spread.Mean, spread.Templates));
        Assert.Equal(Math.Sqrt(32 / 7.0), spread.StandardDeviation, 1e-15);
        Assert.True(double.IsNaN(TemplateSpread.Of([3]).StandardDeviation));
        Assert.Throws<ArgumentException>(() => TemplateSpread.Of([]));
        Assert.Throws<ArgumentException>(() => TemplateSpread.Of([1, double.NaN]));
    }
}
