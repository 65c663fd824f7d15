using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Surveys.Imports;

/// <summary>The orders of a question's options, where a file gives its answer in each of them instead of their mean.</summary>
static class ImportedOrders
{
    /// <summary>The orders that an answer needs, each from position to option; null where its rows do not tell orders apart.</summary>
    /// <param name="question">The question.</param>
    /// <param name="name">What the file calls the set of orders.</param>
    /// <param name="rows">The answer's rows, one or more.</param>
    public static IReadOnlyList<int[]>? Of(Question question, string name, IReadOnlyList<ImportRow> rows)
    {
        if (rows.All(r => r.OrderIndex is null))
            return null;
        if (rows.Where(r => r.OrderIndex is null).ToList() is [var without, ..])
            throw new SurveyException(without.Place.In("order_index"), $"other rows of question {question.SourceRow} have a number here",
                "Number the orders in all rows of an answer, or in none");
        var orders = Named(question, name, rows[0].Place);
        if (rows.Where(r => r.OrderIndex >= orders.Count).ToList() is [var beyond, ..])
            throw new SurveyException(beyond.Place.In("order_index"), $"question {question.SourceRow} has {orders.Count} {name} "
                + $"order{(orders.Count == 1 ? "" : "s")}, and no {beyond.OrderIndex}", "Count orders from 0");
        return orders;
    }

    static IReadOnlyList<int[]> Named(Question question, string name, SurveyPlace place)
    {
        OptionOrders orders;
        try
        {
            orders = OptionOrders.Parse(name);
        }
        catch (FormatException e)
        {
            throw new SurveyException(place.In("option_order"), $"orders that order_index counts must be known: {e.Message}",
                "Or give the mean over the orders, without order_index", e);
        }
        return orders.CanAsk(question, out var reason) ? orders.For(question)
            : throw new SurveyException(place.In("option_order"), $"question {question.SourceRow} is not asked so: {reason}",
                "Leave the question out");
    }
}
