using System.CommandLine;
using System.CommandLine.Parsing;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner;

/// <summary>The options that say how questions are asked; the same in every command that asks.</summary>
sealed class AskingOptions
{
    /// <summary>The word for the 55 countries of the published map.</summary>
    const string Published = "published";

    readonly Option<PromptEnding> _ending = Options.OneOf<PromptEnding>("--ending",
        "How the prompt ends: paren with \" (\", so that the next token is the letter; space with the word before, so that it is blank + letter. Texts are read behind space.");
    readonly Option<TemplateFamily> _template = Options.OneOf<TemplateFamily>("--template",
        "The wording: faithful is the study's, which names a country before the question; shareable names it in the last words, so that all countries share the question's tokens.");
    readonly Option<Layout> _layout = Options.OneOf<Layout>("--layout",
        "How the prompt's turns are laid out: plain as text (Human: ... Assistant: ...), as in the study; chat as the model's own chat template has it, the closing words opening the assistant's answer.");
    readonly Option<Reading> _reading = Options.OneOf<Reading>("--reading",
        "What of an answer is read: labels, the probability of the options' letters; text, that of their whole texts, stored under four scores as a run each (sum, mean, bytes, pmi).");
    readonly Option<Listing> _listing = Options.OneOf<Listing>("--options",
        "Whether the prompt lists the options; unlisted asks the question alone and needs --reading text.");
    readonly Option<OptionOrders> _orders = new("--orders")
    {
        Description = "The orders in which options are listed: faithful as in the survey; cyclic, each option once at each letter; all (up to 5 options); sample:N. An answer is the mean over them. Default: faithful.",
        HelpName = "faithful|cyclic|all|sample:N",
        CustomParser = ParseOrders,
    };
    readonly Option<string> _condition = new("--condition")
    {
        Description = "default asks the question alone; cross-national asks how someone from each --country would answer. Default: default, or cross-national where a country is named.",
        HelpName = "default|cross-national",
    };
    readonly Option<Country[]> _countries = new("--country")
    {
        Description = $"Countries to ask for, by name, survey label or ISO code; each is a run of its own. The word {Published} stands for the 55 of the published map.",
        HelpName = "NAME...",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = ParseCountries,
    };

    public void AddTo(Command command)
    {
        _condition.AcceptOnlyFromAmong("default", "cross-national");
        foreach (var option in new Option[] { _condition, _countries, _template, _layout, _listing, _orders, _ending, _reading })
            command.Add(option);
        command.Validators.Add(result =>
        {
            var named = result.GetResult(_countries) is { Errors: var errors } countries && !errors.Any() && countries.Tokens.Count > 0;
            var condition = result.GetResult(_condition) is null ? null : result.GetValue(_condition);
            if (condition == "cross-national" && !named && result.GetResult(_countries) is null)
                result.AddError("--condition cross-national needs countries: --country Brazil China, or --country published for the 55 of the published map.");
            if (condition == "default" && named)
                result.AddError("--condition default names no country; leave --country out, or use --condition cross-national.");
            // By what was typed: a value that is none is an error of its own.
            string? Typed(Option option) => result.GetResult(option)?.Tokens is { Count: > 0 } tokens ? tokens[^1].Value : null;
            var texts = Typed(_reading) == "text";
            if (!texts && Typed(_listing) == "unlisted")
                result.AddError("--options unlisted gives no letters to read; add --reading text.");
            if (texts && Typed(_ending) == "paren")
                result.AddError("--ending paren opens a parenthesis for a letter; leave it out, or use --ending space, with --reading text.");
        });
    }

    public Asking Read(ParseResult parsed) => new(
        parsed.GetValue(_template), parsed.GetValue(_reading) == Reading.Text ? PromptEnding.Space : parsed.GetValue(_ending), parsed.GetValue(_countries) ?? [],
        parsed.GetValue(_orders) ?? OptionOrders.Parse("faithful"), parsed.GetValue(_reading), parsed.GetValue(_layout), parsed.GetValue(_listing));

    static OptionOrders? ParseOrders(ArgumentResult result)
    {
        try
        {
            return OptionOrders.Parse(result.Tokens[^1].Value);
        }
        catch (FormatException e)
        {
            result.AddError($"--orders: {e.Message}.");
            return null;
        }
    }

    static Country[]? ParseCountries(ArgumentResult result)
    {
        try
        {
            // Two labels of one country are one prompt.
            return [.. result.Tokens.SelectMany(t => t.Value == Published ? Countries.Published : [Countries.Named(t.Value)]).DistinctBy(c => c.Spoken)];
        }
        catch (SurveyException e)
        {
            result.AddError($"--country: {e.Message}");
            return null;
        }
    }
}
