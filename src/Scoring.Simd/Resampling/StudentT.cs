namespace LocalOpinions.Scoring.Simd.Resampling;

/// <summary>Student's t distribution.</summary>
static class StudentT
{
    /// <summary>P(|T| ≥ |t|) = I(ν / (ν + t²); ν/2, ½), the regularised incomplete beta function, to about 1e-12.</summary>
    /// <param name="t">Any number; NaN gives NaN.</param>
    /// <param name="freedom">ν, 1 or more.</param>
    public static double TwoSided(double t, int freedom)
    {
        double a = freedom / 2.0, b = 0.5, x = freedom / (freedom + t * t), y = t * t / (freedom + t * t);
        if (!(x > 0))
            return double.IsNaN(t) ? double.NaN : 0;
        if (x >= 1)
            return 1;
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(y));
        // Each end's fraction converges fast on its own side of the mean.
        return x < (a + 1) / (a + b + 2) ? front * Fraction(x, a, b) / a : 1 - front * Fraction(y, b, a) / b;
    }

    // The continued fraction of the incomplete beta function (Abramowitz and Stegun, 26.5.8) by Lentz's method.
    static double Fraction(double x, double a, double b)
    {
        const double Tiny = 1e-300;
        double c = 1, d = 1 / NotZero(1 - (a + b) * x / (a + 1)), h = d;
        for (var m = 1; m <= 1000; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / NotZero(1 + even * d);
            c = NotZero(1 + even / c);
            h *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NotZero(1 + odd * d);
            c = NotZero(1 + odd / c);
            h *= d * c;
            if (Math.Abs(d * c - 1) < 1e-15)
                break;
        }
        return h;

        static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
    }

    // Lanczos' approximation (SIAM J. Numer. Anal. B 1, 1964), g = 7, for x ≥ ½.
    static double LogGamma(double x)
    {
        ReadOnlySpan<double> coefficients =
        [
            676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012,
            9.9843695780195716e-6, 1.5056327351493116e-7,
        ];
        var sum = 0.99999999999980993;
        for (var i = 0; i < coefficients.Length; i++)
            sum += coefficients[i] / (x + i);
        var t = x + 6.5;
        return 0.5 * Math.Log(2 * Math.PI) + (x - 0.5) * Math.Log(t) - t + Math.Log(sum);
    }
}
