using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LocalOpinions.Engine.Decoding;

namespace LocalOpinions.Runner.Arguments;

/// <summary>The options that several commands share.</summary>
static class Options
{
    public const string DefaultModel = "SmolLM2-135M-Instruct.Q4_1";

    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON on standard output, for programs." };

    public static Option<int?> Threads() => new("--threads")
    {
        Description = "Native threads. Default: one per logical processor; a long run first measures whether fewer are faster.",
        HelpName = "N",
        CustomParser = result => Within(result, ScorerOptions.MostThreads),
    };

    public static Option<int?> Limit() => new("--limit")
    {
        Description = "Ask only the survey's first N questions.",
        HelpName = "N",
        CustomParser = result => Within(result, int.MaxValue),
    };

    public static Option<string> Model() => new("--model", "-m")
    {
        Description = "A GGUF file, or the name of one in models/ or in the folders of LOCALOPINIONS_MODELS.",
        Required = true,
    };

    public static Argument<string> ResultsArgument() => new("file") { Description = "A results file made by run or demo (DuckDB)." };

    /// <summary>One of an enum's names in lower case; the first is the default.</summary>
    public static Option<T> OneOf<T>(string name, string description) where T : struct, Enum
    {
        var names = Enum.GetNames<T>().Select(n => n.ToLowerInvariant()).ToArray();
        return new(name)
        {
            Description = $"{description} Default: {names[0]}.",
            HelpName = string.Join('|', names),
            CustomParser = result =>
            {
                var token = result.Tokens[^1].Value;
                if (Array.IndexOf(names, token) is >= 0 and var index)
                    return Enum.GetValues<T>()[index];
                result.AddError($"{name} takes {string.Join(", ", names[..^1])} or {names[^1]}, not {token}.");
                return default;
            },
        };
    }

    public static int? Within(ArgumentResult result, int most, int least = 1)
    {
        var token = result.Tokens[^1].Value;
        if (long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least
            && (n <= most || most == int.MaxValue))
            return (int)Math.Min(n, most);
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} takes a whole number "
            + $"{(most == int.MaxValue ? $"of {least} or more" : $"from {least} to {most}")}, not {token}.");
        return null;
    }
}
