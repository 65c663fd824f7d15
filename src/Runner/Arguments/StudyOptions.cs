using System.CommandLine;
using System.Globalization;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Study;
using LocalOpinions.Surveys;
using LocalOpinions.Surveys.Geography;
using LocalOpinions.Surveys.Imports;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Runner.Arguments;

/// <summary>
/// The options that declare a study. What is not given keeps the declaration's own default, which each option's help states.
/// </summary>
sealed class StudyOptions
{
    static readonly StudyDeclaration s_default = new() { Models = [], Survey = "" };

    readonly Option<string?> _survey = new("--survey", "-s") { Description = SurveyArgument.Description };
    readonly Option<string[]> _imported = new("--imported")
    {
        Description = "Models whose answers were imported into the results file, by name. Nothing is asked of them: what the study "
            + "declares is looked up there, and what is not there is listed.",
        HelpName = "NAME...",
        AllowMultipleArgumentsPerToken = true,
    };
    readonly Option<string[]> _conditions = Options.Words("--conditions",
        "default, cross-national, linguistic. Default: default and cross-national, and linguistic where translations are given.",
        "CONDITION...", "default", "cross-national", "linguistic");
    readonly Option<string[]> _countries = new("--country")
    {
        Description = $"Countries that cross-national prompts name, or groups whose members the survey names; the word "
            + $"{AskingOptions.Published} stands for the 55 of the published map. Default: "
            + $"{string.Join(", ", StudyDeclaration.EightCountries)}.",
        HelpName = "NAME...",
        AllowMultipleArgumentsPerToken = true,
    };
    readonly Option<string[]> _translations = new("--translation")
    {
        Description = "Translations for the linguistic condition: files (see 'translate'), or for the sample survey and for imported "
            + "answers language tags.",
        HelpName = "FILE...",
        AllowMultipleArgumentsPerToken = true,
    };
    readonly Option<string?> _template = new("--template")
    {
        Description = $"The wording of every condition; faithful is the published one. Of imported answers alone, what their files call "
            + $"it. Default: {s_default.Template}, or {ImportedWay.Unnamed} where nobody is asked.",
        HelpName = string.Join('|', [.. TemplateFamilies.Names, "NAME"]),
    };
    readonly Option<string?> _ending = Options.Word("--ending",
        "How prompts end: paren with \" (\", so that the next token is the letter; space with the word before. "
            + $"Default: {s_default.Ending}, or space where texts are read.", "paren", "space");
    readonly Option<string?> _reading = Options.Word("--reading",
        "What of an answer findings are from: labels, the probability of the options' letters; or that of their whole texts under one of "
            + $"four scores, of which the others are stored too. Default: {s_default.JudgedReading()}.", [.. PromptDesign.ReadingNames]);
    readonly Option<string?> _layout = Options.Word("--layout",
        "How the prompt's turns are laid out: plain as text; chat as the model's own chat template has it. "
            + $"Default: {s_default.Layout}.", "plain", "chat");
    readonly Option<string?> _system = Options.SystemMessage();
    readonly Option<DateOnly?> _date = Options.Date();
    readonly Option<OptionOrders?> _orders = Options.Orders(
        $"Orders of options in which the default condition is asked besides the survey's own. Default: {s_default.Orders}.");
    readonly Option<bool> _oneTemplate = new("--one-template")
    {
        Description = "Do not ask the default condition in another template too.",
    };
    readonly Option<string?> _wordings = new("--wordings")
    {
        Description = "A file of wordings of your own in which the default condition is asked too (see 'wordings').",
        HelpName = "FILE",
    };
    readonly Option<OptionOrders?> _wordingOrders = Options.Orders("Orders of options in which each wording of --wordings is asked; with "
        + "several, their share of the variance is found too. Default: the survey's own.", "--wording-orders");
    readonly Option<string[]> _perturb = AskingOptions.Perturbations();
    readonly Option<string?> _personas = new("--personas")
    {
        Description = "A file of personas, YAML or CSV, for which the cross-national condition is asked too.",
        HelpName = "FILE",
    };
    readonly Option<int?> _written = Options.Whole("--written",
        "Also let models write N texts to each prompt of the default condition, greedily or, above 1, sampled, and read them by rule. "
            + "Default: none.", WritingChoice.MostTexts);
    readonly Option<bool> _verbalised = new("--verbalised")
    {
        Description = "Also ask models how many of 100 people would choose each option.",
    };
    readonly Option<string?> _controls = Options.Word("--controls",
        $"On how many questions controls are run: sample, full or none. Default: {s_default.Controls}.", "sample", "full", "none");
    readonly Option<int?> _controlQuestions = Options.Whole("--control-questions",
        $"Questions of the controls' sample. Default: {s_default.ControlQuestions}.");
    readonly Option<int?> _limit = Options.Limit();
    readonly Option<int?> _seed = Options.Whole("--seed",
        $"Of the controls' sample, the label prior's and the bootstrap. Default: {s_default.Seed}.");
    readonly Option<int?> _resamples = Options.Whole("--resamples", $"Replicates of the bootstrap. Default: {s_default.Resamples}.",
        StudyFile.MostResamples, StudyFile.FewestResamples);

    readonly Option<double?> _mostOffMenu = Options.MostOffMenu();

    readonly PolicyOptions _policy = new();

    Option[] All => [_survey, _imported, _conditions, _countries, _translations, _template, _ending, _reading, _layout, _system, _date,
        _orders, _oneTemplate, _wordings, _wordingOrders, _perturb, _personas, _written, _verbalised, _controls, _controlQuestions,
        _limit, _seed, _resamples, _mostOffMenu];

    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Add(option);
        _policy.AddTo(command);
    }

    /// <summary>Whether any of them was given.</summary>
    public bool Given(ParseResult parsed) => All.Any(parsed.IsGiven)
        || _policy.Read(parsed) != SurveyPolicy.Default;

    public StudyDeclaration Read(ParseResult parsed, IReadOnlyList<string> models)
    {
        var imported = parsed.GetValue(_imported) is { Length: > 0 } names ? names : null;
        if ((models.Count == 0 && imported is null) || parsed.GetValue(_survey) is not { } survey)
            throw new UsageException("a study needs --model (or --imported) and --survey, or --from with a study file.");
        if (models.Count > 0 && parsed.GetValue(_template) is { } asked && !TemplateFamilies.Names.Contains(asked))
            throw new UsageException($"--template takes {string.Join(", ", TemplateFamilies.Names.SkipLast(1))} or "
                + $"{TemplateFamilies.Names[^1]}, not {asked}.");
        var translations = parsed.GetValue(_translations) ?? [];
        string[] conditions = parsed.GetValue(_conditions) is { Length: > 0 } given ? given : translations.Length > 0
            ? [.. s_default.Conditions, "linguistic"] : [.. s_default.Conditions];
        var countries = parsed.GetValue(_countries) ?? [];
        var policy = _policy.Read(parsed);
        var reading = parsed.GetValue(_reading) is PromptDesign.LabelReading ? null : parsed.GetValue(_reading);
        return new()
        {
            Models = models,
            Imported = imported,
            Survey = survey,
            Conditions = conditions,
            Countries = countries.Length > 0 ? [.. countries.SelectMany(
                c => c == AskingOptions.Published ? Countries.Published.Select(p => p.Name) : [c])] : s_default.Countries,
            Translations = translations,
            Refusals = policy.Refusals.ToString().ToLowerInvariant(),
            DropNonNational = !policy.NonNational,
            DropTotals = !policy.Totals,
            DropMiddles = !policy.Middles,
            FewestRespondents = policy.FewestRespondents,
            Part = policy.Part?.Name,
            Split = policy.Part?.Split.Name,
            Template = parsed.GetValue(_template) ?? (models.Count > 0 ? s_default.Template : ImportedWay.Unnamed),
            Ending = parsed.GetValue(_ending) ?? (reading is null ? s_default.Ending : "space"),
            Reading = reading,
            Layout = parsed.GetValue(_layout) ?? s_default.Layout,
            System = parsed.GetValue(_system),
            Date = parsed.GetValue(_date)?.ToString(StudyDeclaration.DateFormat, CultureInfo.InvariantCulture),
            Orders = parsed.GetValue(_orders)?.Name ?? s_default.Orders,
            OtherTemplate = !parsed.GetValue(_oneTemplate),
            Wordings = parsed.GetValue(_wordings),
            WordingOrders = parsed.GetValue(_wordingOrders)?.Name,
            Perturbations = parsed.GetValue(_perturb) is { Length: > 0 } changed ? changed : null,
            Personas = parsed.GetValue(_personas),
            Written = parsed.GetValue(_written),
            Verbalised = parsed.GetValue(_verbalised) ? true : null,
            Controls = parsed.GetValue(_controls) ?? s_default.Controls,
            ControlQuestions = parsed.GetValue(_controlQuestions) ?? s_default.ControlQuestions,
            Limit = parsed.GetValue(_limit),
            Seed = parsed.GetValue(_seed) ?? s_default.Seed,
            Resamples = parsed.GetValue(_resamples) ?? s_default.Resamples,
            MostOffMenu = parsed.GetValue(_mostOffMenu),
        };
    }
}
