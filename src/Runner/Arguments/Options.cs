using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LocalOpinions.Analysis.Rankings;
using LocalOpinions.Asking.Sharding;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Study;
using LocalOpinions.Surveys.Geography;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Runner.Arguments;

/// <summary>The options that several commands share.</summary>
static class Options
{
    public const string DefaultModel = "SmolLM2-135M-Instruct.Q4_1";

    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON on standard output, for programs." };

    public static Option<int?> Threads() => Whole("--threads",
        "Native threads. Default: one per logical processor, four beside a GPU that has the whole model; a long run first measures "
            + "whether fewer are faster.",
        ScorerOptions.MostThreads);

    public static Option<string?> SystemMessage()
    {
        var option = new Option<string?>("--system")
        {
            Description = "A system message, before the question: where the model's chat template puts it, or laid out as text in a "
                + "paragraph of its own. Part of the template's identity. Default: none but what a chat template has of its own.",
            HelpName = "TEXT",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(t => string.IsNullOrWhiteSpace(t.Value)))
                result.AddError("--system takes a text; leave it out for none.");
        });
        return option;
    }

    public static Option<DateOnly?> Date() => new("--date")
    {
        Description = "The day that a model's chat template is told where it asks for one. There is no clock: without it a template "
            + "writes the day that it has of its own, or cannot be used.",
        HelpName = "YYYY-MM-DD",
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, StudyDeclaration.DateFormat, CultureInfo.InvariantCulture,
                DateTimeStyles.None, out var date))
                return date;
            result.AddError($"--date takes a day as 2026-03-05, not {result.Tokens[0].Value}.");
            return null;
        },
    };

    public static Option<int?> Limit() => Whole("--limit", "Ask only the survey's first N questions. Another N is another run, which asks "
        + "them all: what is decoded together is part of a run.");

    public static Option<Shard?> Shard() => new("--shard")
    {
        Description = "Ask only the I-th of N equal pieces, each into a file of its own, on other machines say; 'merge' brings them "
            + "together, and the same command without it then scores what is there.",
        HelpName = "I/N",
        CustomParser = result =>
        {
            if (Asking.Sharding.Shard.TryParse(result.Tokens[0].Value, out var shard))
                return shard;
            result.AddError($"--shard takes a piece of how many, as 3/16, not {result.Tokens[0].Value}.");
            return null;
        },
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
                var word = WordOf(result, result.Tokens[^1].Value, names);
                return word is null ? default : Enum.GetValues<T>()[Array.IndexOf(names, word)];
            },
        };
    }

    /// <summary>One of a few words; null where it is not given.</summary>
    public static Option<string?> Word(string name, string description, params string[] words) => new(name)
    {
        Description = description,
        HelpName = string.Join('|', words),
        CustomParser = result => WordOf(result, result.Tokens[^1].Value, words),
    };

    /// <summary>Several of a few words; none where it is not given.</summary>
    public static Option<string[]> Words(string name, string description, string helpName, params string[] words) => new(name)
    {
        Description = description,
        HelpName = helpName,
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result => [.. result.Tokens.Select(t => WordOf(result, t.Value, words)).OfType<string>()],
    };

    /// <summary>A whole number from 1, or from another one, up to the most.</summary>
    public static Option<int?> Whole(string name, string description, int most = int.MaxValue, int least = 1) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => Within(result, most, least),
    };

    /// <summary>Whole numbers; none where the option is not given.</summary>
    public static Option<int[]> WholeNumbers(string name, string description, string helpName, int least = 1) => new(name)
    {
        Description = description,
        HelpName = helpName,
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result => [.. result.Tokens.Select(t => Within(result, t.Value, int.MaxValue, least)).OfType<int>()],
    };

    public static Option<OptionOrders?> Orders(string description, string name = "--orders") => new(name)
    {
        Description = description,
        HelpName = "faithful|cyclic|all|sample:N",
        CustomParser = result =>
        {
            try
            {
                return OptionOrders.Parse(result.Tokens[^1].Value);
            }
            catch (FormatException e)
            {
                result.AddError($"{name}: {e.Message}.");
                return null;
            }
        },
    };

    public static Option<string?> Language(string description) => new("--language")
    {
        Description = description,
        HelpName = "TAG",
        CustomParser = result =>
        {
            var tag = result.Tokens[^1].Value;
            if (!LanguageTag.IsOne(tag))
                result.AddError($"--language takes a tag of BCP 47, such as ru, zh-Hans or pt-BR, not {tag}.");
            return tag;
        },
    };

    public static Option<int?> FewestQuestions() => Whole("--fewest-questions",
        "Rank countries with at least N answered questions; stored with the runs, and 0 goes back to the default. Default: 100 where a run "
            + "answered 500 questions or more, 10 in a smaller one.", least: 0);

    public static Option<double?> MostOffMenu() => new("--most-off-menu")
    {
        Description = "A run with a larger mean probability outside all options is reported and not ranked. Default: "
            + $"{OffMenuLimit.Default.ToString(CultureInfo.InvariantCulture)}.",
        HelpName = "SHARE",
        CustomParser = result => Number(result, share => share is >= 0 and <= 1, "a share from 0 to 1"),
    };

    /// <summary>A number that fits; <paramref name="what"/> says which do.</summary>
    public static double? Number(ArgumentResult result, Predicate<double> fits, string what)
    {
        var token = result.Tokens[^1].Value;
        if (double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            && fits(number))
            return number;
        result.AddError($"{NameOf(result)} takes {what}, not {token}.");
        return null;
    }

    public static int? Within(ArgumentResult result, int most, int least = 1) => Within(result, result.Tokens[^1].Value, most, least);

    static int? Within(ArgumentResult result, string token, int most, int least)
    {
        if (long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least
            && (n <= most || most == int.MaxValue))
            return (int)Math.Min(n, most);
        result.AddError($"{NameOf(result)} takes a whole number "
            + $"{(most == int.MaxValue ? $"of {least} or more" : $"from {least} to {most:N0}")}, not {token}.");
        return null;
    }

    static string? WordOf(ArgumentResult result, string token, string[] words)
    {
        if (words.Contains(token))
            return token;
        result.AddError($"{NameOf(result)} takes {string.Join(", ", words[..^1])} or {words[^1]}, not {token}.");
        return null;
    }

    /// <summary>Whether an option stands on the command line.</summary>
    public static bool IsGiven(this ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>Those of some options that stand there, as they were typed: for a command line that does the same elsewhere.</summary>
    public static IEnumerable<string> Given(this ParseResult parsed, IEnumerable<Option> options) => options.Where(parsed.IsGiven)
        .SelectMany(o => (string[])[o.Name, .. parsed.GetResult(o)!.Tokens.Select(t => t.Value)]);

    static string NameOf(ArgumentResult result) => ((OptionResult)result.Parent!).Option.Name;
}
