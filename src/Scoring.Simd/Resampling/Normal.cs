namespace LocalOpinions.Scoring.Simd.Resampling;

/// <summary>The standard normal distribution.</summary>
static class Normal
{
    // Beyond this the tail is below 1e-16.
    const double Reach = 8.3;

    /// <summary>Φ(x), to about 1e-15 (Marsaglia, "Evaluating the normal distribution", J. Stat. Soft. 11(4), 2004).</summary>
    public static double Cdf(double x)
    {
        if (Math.Abs(x) > Reach)
            return x > 0 ? 1 : 0;
        double sum = x, term = x;
        for (var i = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum); i += 2)
            sum += term *= x * x / i;
        return 0.5 + sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }

    /// <summary>Φ⁻¹(p) for p between 0 and 1, to about 1e-15 (Wichura, AS 241, J. R. Stat. Soc. C 37(3), 1988).</summary>
    public static double Quantile(double p)
    {
        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
            return q * Ratio(0.180625 - q * q, s_centre);
        var r = Math.Sqrt(-Math.Log(Math.Min(p, 1 - p)));
        var size = r <= 5 ? Ratio(r - 1.6, s_middle) : Ratio(r - 5, s_tail);
        return q < 0 ? -size : size;
    }

    static double Ratio(double r, (double Above, double Below)[] coefficients)
    {
        double above = 0, below = 0;
        foreach (var (a, b) in coefficients)
            (above, below) = (above * r + a, below * r + b);
        return above / below;
    }

    // Numerator and denominator, highest power first.
    static readonly (double, double)[] s_centre =
    [
        (2509.0809287301226727, 5226.4952788528545610), (33430.575583588128105, 28729.085735721942674),
        (67265.770927008700853, 39307.895800092710610), (45921.953931549871457, 21213.794301586595867),
        (13731.693765509461125, 5394.1960214247511077), (1971.5909503065514427, 687.18700749205790830),
        (133.14166789178437745, 42.313330701600911252), (3.3871328727963666080, 1),
    ];

    static readonly (double, double)[] s_middle =
    [
        (7.74545014278341407640e-4, 1.05075007164441684324e-9), (2.27238449892691845833e-2, 5.47593808499534494600e-4),
        (2.41780725177450611770e-1, 1.51986665636164571966e-2), (1.27045825245236838258, 1.48103976427480074590e-1),
        (3.64784832476320460504, 6.89767334985100004550e-1), (5.76949722146069140550, 1.67638483018380384940),
        (4.63033784615654529590, 2.05319162663775882187), (1.42343711074968357734, 1),
    ];

    static readonly (double, double)[] s_tail =
    [
        (2.01033439929228813265e-7, 2.04426310338993978564e-15), (2.71155556874348757815e-5, 1.42151175831644588870e-7),
        (1.24266094738807843860e-3, 1.84631831751005468180e-5), (2.65321895265761230930e-2, 7.86869131145613259100e-4),
        (2.96560571828504891230e-1, 1.48753612908506148525e-2), (1.78482653991729133580, 1.36929880922735805310e-1),
        (5.46378491116411436990, 5.99832206555887937690e-1), (6.65790464350110377720, 1),
    ];
}
