using System.CommandLine;
using System.CommandLine.Parsing;
using LocalOpinions.Scoring.Simd.Measures;

namespace LocalOpinions.Runner.Arguments;

/// <summary>--measures: which measures to store beside the divergence; --measure: which one to show in detail.</summary>
static class MeasuresOption
{
    const string All = "all";

    static readonly string s_names = string.Join(", ", Measure.OnRequest.Select(m => m.Name));

    public static Option<Measure[]> Create() => new("--measures")
    {
        Description =
            $"Measures to store beside the Jensen-Shannon divergence: {s_names}, or {All}. Those that need options in a known order "
            + "are stored for such questions only. They take the place of those stored before. Default: none.",
        HelpName = "MEASURE...",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
        CustomParser = result => [.. result.Tokens.SelectMany(token => Find(token.Value, result)).Distinct()],
    };

    public static Option<string> One()
    {
        var option = new Option<string>("--measure")
        {
            Description = $"The measure by which strata, differences and steerability are shown. Default: {Measure.JensenShannon.Name}, as "
                + "1 - sqrt(JSD in bits).",
            DefaultValueFactory = _ => Measure.JensenShannon.Name,
        };
        option.AcceptOnlyFromAmong([.. Measure.All.Select(m => m.Name)]);
        return option;
    }

    static IEnumerable<Measure> Find(string name, ArgumentResult result)
    {
        if (name == All)
            return Measure.OnRequest;
        if (Measure.OnRequest.FirstOrDefault(m => m.Name == name) is { } measure)
            return [measure];
        result.AddError($"--measures takes {s_names} or {All}, not {name}.");
        return [];
    }
}
