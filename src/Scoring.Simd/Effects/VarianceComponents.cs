namespace LocalOpinions.Scoring.Simd.Effects;

/// <summary>
/// How the variance of a number that was taken in every wording and in several orders within each question parts among them: questions,
/// wordings, the two together, orders within a question, and what is left.
/// </summary>
/// <remarks>
/// Random effects y = m + question + wording + question:wording + order(question) + rest, estimated by equating mean squares with their
/// expectations: Henderson's method 1 (Biometrics 9, 1953, 226-252; Searle, Casella and McCulloch 1992, ch. 5), which is unbiased without
/// any distribution, also where questions have different numbers of orders. An estimate may be below 0; the truth is not.
/// </remarks>
/// <param name="Question">Between questions.</param>
/// <param name="Wording">Between wordings, the same for all questions; NaN with one wording.</param>
/// <param name="QuestionWording">What a wording does to one question and not to others; NaN with one wording or one order.</param>
/// <param name="Order">Between the orders of a question's options, whatever the wording; NaN with one order.</param>
/// <param name="Rest">What is left; with one order it holds <paramref name="QuestionWording"/>, with one wording it is NaN.</param>
public readonly record struct VarianceComponents(double Question, double Wording, double QuestionWording, double Order, double Rest)
{
    /// <summary>The sum of the components, those below 0 counted as 0.</summary>
    public double Total => Positive(Question) + Positive(Wording) + Positive(QuestionWording) + Positive(Order) + Positive(Rest);

    /// <summary>A component's share of <see cref="Total"/>: 0 where it is below 0, NaN where there is none.</summary>
    public double Share(double component) => double.IsNaN(component) ? double.NaN : Positive(component) / Total;

    /// <summary>Estimates them.</summary>
    /// <param name="questions">Two or more, each with the same wordings.</param>
    /// <param name="times">How often each counts, as in a replicate of a bootstrap; empty for once.</param>
    /// <returns>All NaN where fewer than two questions count.</returns>
    public static VarianceComponents Of(IReadOnlyList<CrossedCell> questions, ReadOnlySpan<int> times = default)
    {
        var wordings = questions.Count == 0 ? 0 : questions[0].Means.Length;
        double count = 0, units = 0, squares = 0, sum = 0, orders = 0, rest = 0;
        var byWording = new double[wordings];
        for (var i = 0; i < questions.Count; i++)
        {
            var (question, c) = (questions[i], times.IsEmpty ? 1 : times[i]);
            if (c == 0)
                continue;
            (count, units, squares) = (count + c, units + c * question.Orders, squares + (double)c * question.Orders * question.Orders);
            (orders, rest) = (orders + c * question.OrderSquares, rest + c * question.RestSquares);
            for (var w = 0; w < wordings; w++)
                byWording[w] += c * question.Orders * question.Means[w];
            sum += c * question.Orders * question.Mean;
        }
        if (count < 2)
            return new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        var mean = sum / units;
        double between = 0, together = 0, among = 0;
        for (var w = 0; w < wordings; w++)
        {
            byWording[w] /= units;
            among += units * Square(byWording[w] - mean);
        }
        for (var i = 0; i < questions.Count; i++)
        {
            var (question, c) = (questions[i], times.IsEmpty ? 1 : times[i]);
            between += (double)c * question.Orders * wordings * Square(question.Mean - mean);
            for (var w = 0; w < wordings; w++)
                together += (double)c * question.Orders * Square(question.Means[w] - question.Mean - byWording[w] + mean);
        }
        // What a question's mean square has of a question's variance per order.
        var perQuestion = (units - squares / units) / (count - 1);
        var betweenMean = between / (count - 1);
        var orderMean = units > count ? orders / (units - count) : double.NaN;
        if (wordings < 2)
            return units > count ? new((betweenMean - orderMean) / perQuestion, double.NaN, double.NaN, orderMean, double.NaN)
                : new(betweenMean, double.NaN, double.NaN, double.NaN, double.NaN);
        var (togetherMean, amongMean) = (together / ((count - 1) * (wordings - 1)), among / (wordings - 1));
        if (!(units > count))
            return new((betweenMean - togetherMean) / wordings, (amongMean - togetherMean) / units, double.NaN, double.NaN, togetherMean);
        var restMean = rest / ((units - count) * (wordings - 1));
        var both = (togetherMean - restMean) / perQuestion;
        return new(
            (betweenMean - orderMean - perQuestion * both) / (perQuestion * wordings),
            (amongMean - restMean - squares / units * both) / units,
            both, (orderMean - restMean) / wordings, restMean);
    }

    static double Positive(double component) => component > 0 ? component : 0;

    static double Square(double x) => x * x;
}

/// <summary>One question's numbers, summed up: what its components need.</summary>
/// <param name="Orders">Orders, the same in every wording.</param>
/// <param name="Mean">Of all.</param>
/// <param name="Means">Per wording, over orders.</param>
/// <param name="OrderSquares">The sum of squares between orders, over wordings.</param>
/// <param name="RestSquares">The sum of squares left when orders and wordings are taken out.</param>
public readonly record struct CrossedCell(int Orders, double Mean, double[] Means, double OrderSquares, double RestSquares)
{
    /// <summary>Sums up a question.</summary>
    /// <param name="values">By wording, by order; each wording as many.</param>
    public static CrossedCell Of(double[][] values)
    {
        var (wordings, orders) = (values.Length, values[0].Length);
        double[] means = [.. values.Select(v => v.Average())];
        var mean = means.Average();
        double between = 0, rest = 0;
        for (var order = 0; order < orders; order++)
        {
            var here = values.Average(v => v[order]);
            between += wordings * (here - mean) * (here - mean);
            for (var w = 0; w < wordings; w++)
            {
                var left = values[w][order] - here - means[w] + mean;
                rest += left * left;
            }
        }
        return new(orders, mean, means, between, rest);
    }
}
