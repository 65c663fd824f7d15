using System.CommandLine;
using System.CommandLine.Parsing;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Surveys;
using LocalOpinions.Surveys.Geography;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Runner.Arguments;

/// <summary>The options that say how questions are asked; the same in every command that asks.</summary>
sealed class AskingOptions
{
    /// <summary>The word for the 55 countries of the published map.</summary>
    public const string Published = "published";

    readonly Option<PromptEnding> _ending = Options.OneOf<PromptEnding>("--ending",
        "How the prompt ends: paren with \" (\", so that the next token is the letter; space with the word before, so that it is blank + "
            + "letter. Texts are read behind space.");
    readonly Option<TemplateFamily> _template = Options.OneOf<TemplateFamily>("--template",
        "The wording: faithful is the study's, which names a country before the question; shareable names it in the last words, so that "
            + "all countries share the question's tokens; corrected is faithful with \"If I had\" for \"If had\", as in later "
            + "work.");
    readonly Option<TurnLayout> _layout = Options.OneOf<TurnLayout>("--layout",
        "How the prompt's turns are laid out: plain as text (Human: ... Assistant: ...), as in the study; chat as the model's own chat "
            + "template has it, the closing words opening the assistant's answer.");
    readonly Option<string?> _system = Options.SystemMessage();
    readonly Option<DateOnly?> _date = Options.Date();
    readonly Option<AnswerReading> _reading = Options.OneOf<AnswerReading>("--reading",
        "What of an answer is read: labels, the probability of the options' letters; text, that of their whole texts, stored under four "
            + "scores as a run each (sum, mean, bytes, pmi); written, the options that the model's own texts name; verbalised, how many "
            + "of 100 people it says would choose each.");
    readonly Option<OptionListing> _listing = Options.OneOf<OptionListing>("--options",
        "Whether the prompt lists the options; unlisted asks the question alone and needs --reading text or written.");
    readonly Option<OptionOrders?> _orders = Options.Orders("The orders in which options are listed: faithful as in the survey; cyclic, "
        + "each option once at each letter; all (up to 5 options); sample:N. An answer is the mean over them. Default: faithful.");
    readonly Option<string?> _condition = Options.Word("--condition",
        "default asks the question alone; cross-national asks how someone from each --country would answer; linguistic asks in another "
            + "language. Default: what --country, --language and --translations ask for.",
        "default", "cross-national", "linguistic");
    readonly Option<Country[]> _countries = new("--country")
    {
        Description = $"Countries to ask for, by name, survey label or ISO code, or groups for which the survey says what a prompt calls "
            + $"their members; each is a run of its own. The word {Published} stands for the 55 of the published map.",
        HelpName = "NAME...",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = ReadCountries,
    };

    readonly Option<string?> _language = Options.Language($"The language to ask in, a tag such as ru. The sample has "
        + $"{string.Join(", ", SampleSurvey.Languages)}; any other survey needs --translations.");
    readonly Option<string> _translations = new("--translations")
    {
        Description = "A file with the survey's questions and options in another language (see 'translate').",
        HelpName = "FILE",
    };
    readonly Option<string?> _control = Options.Word("--control",
        "Take something away, to see what the rest does alone: options-only leaves the question out; shuffled-question puts each "
            + "question's options under another question; wrong-country names, per question, another country than "
            + "the run's. Default: none.",
        [.. Enum.GetValues<Control>().Select(ControlNames.Of)]);
    readonly Option<string?> _wordings = new("--wordings")
    {
        Description = "A file of wordings of your own, in place of --template (see 'wordings'); each is a run of its own.",
        HelpName = "FILE",
    };
    readonly Option<string?> _personas = new("--personas")
    {
        Description = "A file of personas, YAML or CSV: prompts name each as someone from each --country, a run each, and beside them a "
            + "country's weighted mean over its personas is stored as a run.",
        HelpName = "FILE",
    };
    readonly Option<string[]> _perturb = Perturbations();

    /// <summary>What is changed by rule, in every command that can change it.</summary>
    public static Option<string[]> Perturbations() => new("--perturb")
    {
        Description = $"Also ask with something changed that should not matter, a run each: {string.Join(", ", Perturbation.Names)}. "
            + "typos:0.1 makes twice as many mistakes as typos. A question that cannot be changed so is left out of that run.",
        HelpName = "NAME...",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result =>
        {
            try
            {
                return [.. result.Tokens.Select(t => Perturbation.Parse(t.Value).Name).Distinct()];
            }
            catch (FormatException e)
            {
                result.AddError($"--perturb: {e.Message}.");
                return [];
            }
        },
    };

    /// <param name="command">The command.</param>
    /// <param name="without">Readings that it has no use for.</param>
    public void AddTo(CheckedCommand command, params AnswerReading[] without)
    {
        foreach (var option in new Option[] { _condition, _countries, _personas, _language, _translations, _template, _wordings, _layout,
            _system, _date, _listing, _orders, _control, _perturb, _ending, _reading })
            command.Add(option);
        command.Check(Contradictions);
        command.Check(parsed => without.Contains(parsed.GetValue(_reading))
            ? [$"--reading {Word(parsed.GetValue(_reading))} is for run and study."] : []);
    }

    static string Word(AnswerReading reading) => reading.ToString().ToLowerInvariant();

    IEnumerable<string> Contradictions(ParseResult parsed)
    {
        var (played, own) = (parsed.GetValue(_personas) is not null, parsed.GetValue(_wordings) is not null);
        var named = parsed.GetValue(_countries) is { Length: > 0 } || played;
        var (condition, control) = (parsed.GetValue(_condition), parsed.GetValue(_control));
        var translated = parsed.GetResult(_language) is not null || parsed.GetResult(_translations) is not null;
        if (condition == "cross-national" && !named)
            yield return "--condition cross-national needs countries: --country Brazil China, or --country published for the 55 of the "
                + "published map.";
        if (((condition is "linguistic" && !own) || condition is "default") && named)
            yield return $"--condition {condition} names no country; leave {(played ? "--personas" : "--country")} out, or use "
                + "--condition cross-national.";
        if (condition == "linguistic" && !translated)
            yield return "--condition linguistic needs a language: --translations FILE, or for the sample --language ru.";
        if (condition is "default" or "cross-national" && translated)
            yield return $"--condition {condition} asks in the survey's own language; leave --language and --translations out, or use "
                + "--condition linguistic.";
        if (condition is null && translated && named && !own)
            yield return $"{(played ? "--personas" : "--country")} with a wording of the program asks in the survey's own language; "
                + "leave it out, or leave --language and --translations out, or give --wordings in that language.";
        if (played && control is not (null or "none"))
            yield return $"--personas takes the parts of people as they are; leave --control {control} out, or --personas.";
        if (control == "wrong-country" && !named)
            yield return "--control wrong-country stands for countries: name them with --country.";
        if (own && parsed.GetResult(_template) is not null)
            yield return "--wordings takes the place of --template; leave one of them out.";
        if (control is not (null or "none") && parsed.GetValue(_perturb) is { Length: > 0 })
            yield return "--perturb changes the question as it is; leave --control out, or --perturb.";
        if (control == "options-only" && named && !own && parsed.GetValue(_reading) != AnswerReading.Verbalised
            && parsed.GetValue(_template) != TemplateFamily.Shareable)
            yield return "--control options-only with --country needs --template shareable: the others name the country for a question.";
        if (parsed.GetValue(_date) is not null && parsed.GetValue(_layout) == TurnLayout.Plain)
            yield return "--date is told to a model's chat template; add --layout chat, or leave it out.";
        var reading = parsed.GetValue(_reading);
        var unlisted = parsed.GetValue(_listing) == OptionListing.Unlisted;
        var letters = parsed.GetResult(_ending) is not null && parsed.GetValue(_ending) == PromptEnding.Paren;
        if (unlisted && reading == AnswerReading.Labels)
            yield return "--options unlisted gives no letters to read; add --reading text, or --reading written.";
        if (letters && reading is AnswerReading.Text or AnswerReading.Verbalised)
            yield return $"--ending paren opens a parenthesis for a letter; leave it out, or use --ending space, with --reading "
                + $"{Word(reading)}.";
        if (letters && unlisted && reading == AnswerReading.Written)
            yield return "--ending paren opens a parenthesis for a letter; leave it out, or use --ending space, with --options unlisted.";
        if (reading == AnswerReading.Verbalised)
        {
            if (unlisted)
                yield return "--reading verbalised asks about the options that the prompt lists; leave --options unlisted out.";
            if (translated)
                yield return "--reading verbalised asks in English words only; leave --language and --translations out.";
            if (own || played)
                yield return $"--reading verbalised has words of its own, for people; leave {(own ? "--wordings" : "--personas")} out.";
            if (parsed.IsGiven(_template))
                yield return "--reading verbalised has a wording of its own; leave --template out.";
        }
        if (unlisted && parsed.GetResult(_perturb)?.Errors.Any() == false
            && parsed.GetValue(_perturb)?.FirstOrDefault(name => Perturbation.Parse(name).ChangesList) is { } changesList)
            yield return $"--perturb {changesList} changes the list of options, and --options unlisted has none; leave one of them out.";
        if (unlisted && own)
            yield return "--wordings lists the options; leave --options unlisted out.";
        if (unlisted && (translated || control == "options-only"))
            yield return $"--options unlisted goes with {(translated ? "the survey's own language" : "a question")} only; leave "
                + $"{(translated ? "--language and --translations" : "--control options-only")} out.";
    }

    public DesignChoice Read(ParseResult parsed) => new()
    {
        Family = parsed.GetValue(_template),
        Ending = parsed.GetValue(_reading) is AnswerReading.Text or AnswerReading.Verbalised
            || parsed.GetValue(_listing) == OptionListing.Unlisted ? PromptEnding.Space : parsed.GetValue(_ending),
        Countries = [.. (parsed.GetValue(_countries) ?? []).Select(c => c.Label)],
        Orders = parsed.GetValue(_orders)?.Name ?? DesignChoice.Default.Orders,
        Reading = parsed.GetValue(_reading),
        Layout = parsed.GetValue(_layout),
        System = parsed.GetValue(_system),
        Date = parsed.GetValue(_date),
        Listing = parsed.GetValue(_listing),
        Language = parsed.GetValue(_language),
        Translations = parsed.GetValue(_translations),
        Control = Enum.GetValues<Control>().First(c => ControlNames.Of(c) == (parsed.GetValue(_control) ?? "none")),
        Wordings = parsed.GetValue(_wordings),
        Personas = parsed.GetValue(_personas),
        Perturbations = parsed.GetValue(_perturb) ?? [],
    };

    // Who is meant, only the survey can tell.
    static Country[] ReadCountries(ArgumentResult result)
    {
        if (result.Tokens.Any(t => string.IsNullOrWhiteSpace(t.Value)))
            result.AddError("--country takes a name, not nothing.");
        return [.. result.Tokens.SelectMany(t => t.Value == Published ? Countries.Published : [Countries.Find(t.Value)])];
    }
}
