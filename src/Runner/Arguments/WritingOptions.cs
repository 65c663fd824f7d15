using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LocalOpinions.Asking.Prompts;

namespace LocalOpinions.Runner.Arguments;

/// <summary>The options that say what a model writes; the same in every command that lets one.</summary>
sealed class WritingOptions(int defaultTokens)
{
    readonly Option<int?> _texts = Options.Whole("--texts", "Texts per prompt. Default: 1.", WritingChoice.MostTexts);
    readonly Option<int?> _tokens = Options.Whole("--tokens", $"The most tokens of a text. Default: {defaultTokens}.");
    readonly Option<double?> _temperature = new("--temperature")
    {
        Description = "0 always takes the most probable token; 1 samples from the model's own distribution. "
            + "Default: 0, or 1 with --texts above 1.",
        HelpName = "T",
        CustomParser = result => Options.Number(result, t => t >= 0, "a number of 0 or more"),
    };
    readonly Option<double?> _topP = new("--top-p")
    {
        Description = "Samples only from the most probable tokens that together have this probability. Default: 1.",
        HelpName = "P",
        CustomParser = result => Options.Number(result, p => p is > 0 and <= 1, "a number above 0 and at most 1"),
    };
    readonly Option<long?> _seed = new("--seed")
    {
        Description = $"The same seed gives the same texts. Default: {WritingChoice.DefaultSeed}.",
        HelpName = "N",
        CustomParser = ReadSeed,
    };

    public IEnumerable<Option> All => [_texts, _tokens, _temperature, _topP, _seed];

    /// <summary>Those that are given.</summary>
    public IEnumerable<string> Given(ParseResult parsed) => All.Where(parsed.IsGiven).Select(o => o.Name);

    public WritingChoice Read(ParseResult parsed)
    {
        var texts = parsed.GetValue(_texts) ?? 1;
        return new()
        {
            Texts = texts,
            Tokens = parsed.GetValue(_tokens) ?? defaultTokens,
            Temperature = parsed.GetValue(_temperature) ?? (texts > 1 ? 1 : 0),
            TopP = parsed.GetValue(_topP) ?? 1,
            Seed = parsed.GetValue(_seed) ?? WritingChoice.DefaultSeed,
        };
    }

    static long? ReadSeed(ArgumentResult result)
    {
        var token = result.Tokens[^1].Value;
        if (long.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed))
            return seed;
        result.AddError($"--seed takes a whole number, not {token}.");
        return null;
    }
}
