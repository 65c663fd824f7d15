using System.Text;
using LocalOpinions.Surveys.Formats;
using LocalOpinions.Surveys.Geography;
using LocalOpinions.Surveys.Translations;

namespace LocalOpinions.Surveys.Prompts;

/// <summary>A wording that turns questions into prompts: named, versioned and identified by its hash.</summary>
/// <remarks>
/// The wording is a text with placeholders. The one line that holds <c>{option}</c> is written once per option. The wording is taken apart
/// once, before any text is put in, so survey text, or a country, that looks like a placeholder stays what it is.
/// </remarks>
public sealed partial class Template
{
    // What the two turns begin with.
    const string Person = "Human: ", Answer = "\nAssistant: ";

    const string Unlisted = "-unlisted";

    readonly TemplateParts _parts;
    readonly string[] _system;
    readonly string[] _head;
    readonly string[] _option;
    readonly string[] _after;
    readonly string[] _opening;
    readonly string[]? _said;

    Template(TemplateParts parts)
    {
        _parts = parts;
        var turns = parts.Ending == PromptEnding.Paren ? parts.Turns + " (" : parts.Turns;
        var system = parts.System is null ? "" : parts.System + "\n\n";
        Wording = system + turns;
        Named = Wording.Replace(WordingPlaces.Country, Country?.Spoken).Replace(WordingPlaces.Somebody, parts.Somebody)
            .Replace(WordingPlaces.Persona, Persona?.Words);
        var drawn = parts.Wrong is null ? "" : $"\n{parts.Wrong}";
        var perturbed = parts.Perturbation is null ? "" : $"\n{parts.Perturbation.Identity}";
        Sha256 = SurveyFile.Sha256(Encoding.UTF8.GetBytes(Named + drawn + perturbed));

        // Turns are parted where the wording parts them, whatever stands in the question.
        var turn = turns.LastIndexOf(Answer, StringComparison.Ordinal);
        var at = turns.IndexOf(WordingPlaces.Option, StringComparison.Ordinal);
        var from = at < 0 ? turn : turns.LastIndexOf('\n', at) + 1;
        var to = at < 0 ? turn : turns.IndexOf('\n', at) + 1;
        _system = WordingPlaces.Pieces(system);
        _head = WordingPlaces.Pieces(turns[..from]);
        _option = WordingPlaces.Pieces(turns[from..to]);
        _after = WordingPlaces.Pieces(turns[to..turn]);
        var end = turns.EndsWith(TemplateWordings.SaidOfOption, StringComparison.Ordinal)
            ? turns.Length - TemplateWordings.SaidOfOption.Length : turns.Length;
        _opening = WordingPlaces.Pieces(turns[turn..end]);
        _said = end < turns.Length ? WordingPlaces.Pieces(turns[end..]) : null;
        Words = new(turns[Person.Length..(turn - 1)], turns[(turn + Answer.Length)..end])
        {
            System = parts.System,
            Said = end < turns.Length ? turns[end..] : null,
            Labels = Perturbation?.Labels(OptionLimits.Most) ?? OwnLabels,
            Country = Country?.Spoken,
            Somebody = parts.Somebody,
            Persona = Persona?.Words,
        };
    }

    /// <summary>
    /// The name of the family, as <c>faithful</c>, or of a wording of one's own; with <c>-unlisted</c> where options are not listed, behind
    /// + what is perturbed, and behind @ whose part is taken.
    /// </summary>
    public string Name => NameOfAll + (Persona is null ? "" : $"@{Persona.Name}");

    /// <summary>The wording's part of that name.</summary>
    public string WordingName => _parts.Name;

    /// <summary>That name without the persona.</summary>
    public string NameOfAll => _parts.Name + (Perturbation is null ? "" : $"+{Perturbation.Name}");

    /// <summary>Whether a system message stands before the two turns.</summary>
    public bool HasSystem => _parts.System is not null;

    /// <summary>The version of the wording, from 1.</summary>
    public int Version => _parts.Version;

    /// <summary>
    /// The condition that the wording puts the question under: <c>default</c>, <c>cross-national</c> or <c>linguistic</c>.
    /// </summary>
    public string Condition => Translation is not null ? "linguistic" : Country is null ? "default" : "cross-national";

    /// <summary>
    /// The country that every prompt names, by its spoken name, or the group, by what its members are called; null where none is named.
    /// Under <see cref="Control.WrongCountry"/> the one that the prompts stand for, and none names.
    /// </summary>
    public Country? Country => _parts.Country;

    /// <summary>The translation in which questions are asked; null for the survey's own words.</summary>
    public Translation? Translation => _parts.Translation;

    /// <summary>What the prompt takes away.</summary>
    public Control Control => _parts.Control;

    /// <summary>What is changed by rule; null for nothing.</summary>
    public Perturbation? Perturbation => _parts.Perturbation;

    /// <summary>Whose part the model is to take; null for nobody's.</summary>
    public Persona? Persona => _parts.Persona;

    /// <summary>Where the prompt stops.</summary>
    public PromptEnding Ending => _parts.Ending;

    /// <summary>The wording with its placeholders and its ending; lines end with a line feed.</summary>
    public string Wording { get; }

    /// <summary><see cref="Wording"/> with the country's spoken name, a group's member and the persona in their places.</summary>
    public string Named { get; }

    /// <summary>
    /// SHA-256 of <see cref="Named"/> in UTF-8, 64 lower-case hexadecimal digits: the template's identity, together with
    /// <see cref="Control"/> and the translation's own hash.
    /// </summary>
    public string Sha256 { get; }

    /// <summary>Makes the template of a family for one condition.</summary>
    /// <param name="family">The family of wordings.</param>
    /// <param name="ending">Where the prompt stops.</param>
    /// <param name="country">The country or group for which the model is to answer (the cross-national condition); null for the question
    /// alone (the default condition).</param>
    /// <param name="listed">Whether the prompt lists the options. Without them it ends with <see cref="PromptEnding.Space"/>, and answers
    /// are read from the options' texts.</param>
    /// <exception cref="ArgumentException">The country has no spoken name, or the ending is one for labels that the prompt does not
    /// list.</exception>
    public static Template Create(TemplateFamily family, PromptEnding ending, Country? country = null, bool listed = true)
    {
        if (country is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(country.Spoken, nameof(country));
        if (!listed && ending != PromptEnding.Space)
            throw new ArgumentException("a prompt that lists no options has no labels to open a parenthesis for", nameof(ending));
        var named = country is not null;
        var parts = new TemplateParts
        {
            Name = TemplateFamilies.NameOf(family) + (listed ? "" : Unlisted),
            Turns = listed ? TemplateWordings.Of(family, named) : TemplateWordings.Unlisted(family, named),
            Ending = ending,
        };
        return new(parts.For(country));
    }

    /// <summary>Makes the template that asks how many of 100 people would choose each option; it ends with a word.</summary>
    /// <param name="country">The country or group that the people are of; null for just people.</param>
    public static Template CreateVerbalised(Country? country = null) => new(new TemplateParts
    {
        Name = "verbalised",
        Turns = TemplateWordings.Verbalised(country),
        Ending = PromptEnding.Space,
    }.For(country));

    /// <summary>
    /// Makes the template of a family for the linguistic condition: question, options and the prompt's own words translated.
    /// </summary>
    /// <param name="family">The family of wordings.</param>
    /// <param name="ending">Where the prompt stops.</param>
    /// <param name="translation">The translation.</param>
    public static Template Create(TemplateFamily family, PromptEnding ending, Translation translation) => new(new()
    {
        Name = TemplateFamilies.NameOf(family),
        Turns = TemplateWordings.Of(family, crossNational: false, translation.Frame),
        Ending = ending,
        Translation = translation,
    });

    /// <summary>Makes the template of a wording of one's own.</summary>
    /// <param name="wording">The wording.</param>
    /// <param name="ending">Where the prompt stops.</param>
    /// <param name="country">Who is named; null for nobody.</param>
    /// <param name="translation">The translation of question and options; the wording's own words stay what they are.</param>
    public static Template Create(OwnWording wording, PromptEnding ending, Country? country = null, Translation? translation = null) =>
        new(new TemplateParts
        {
            Name = wording.Name,
            Version = wording.Version,
            System = country is null ? wording.System : wording.SystemFor ?? wording.System,
            Turns = wording.Turns(country is not null),
            Ending = ending,
            Translation = translation,
            IsOwn = true,
        }.For(country));

    /// <summary>Makes the same template for a persona of its country, whose part the model is to take.</summary>
    /// <param name="persona">The persona.</param>
    public Template As(Persona persona) => new(_parts.As(persona));

    /// <summary>Makes the same template with something changed by rule.</summary>
    /// <param name="perturbation">What.</param>
    public Template With(Perturbation perturbation) => new(_parts with { Perturbation = perturbation });

    /// <summary>Makes the same template behind a system message, in place of the wording's own.</summary>
    /// <param name="system">What is said before either speaks; placeholders are those of a wording.</param>
    /// <exception cref="ArgumentException">It says nothing.</exception>
    public Template Behind(string system)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(system);
        return new(_parts with { System = system });
    }

    /// <summary>Makes the same template under a control.</summary>
    /// <param name="control">What is taken away.</param>
    /// <param name="survey">The survey that is asked.</param>
    /// <exception cref="SurveyException">The control does not go with this template or survey.</exception>
    public Template Under(Control control, Survey survey) => control switch
    {
        Control.None => this,
        Control.OptionsOnly when Name.EndsWith(Unlisted, StringComparison.Ordinal) =>
            throw new SurveyException("the control options-only leaves nothing of a prompt that lists no options",
                "Ask with the options listed"),
        Control.OptionsOnly => new(_parts with { Control = control, Turns = TemplateWordings.WithoutQuestion(_parts.Turns, Name) }),
        Control.ShuffledQuestion => new(_parts with
        {
            Control = control,
            Shuffle = new(survey.Questions.Where(q => Translation?.Has(q) ?? true)),
        }),
        Control.WrongCountry when Country is { } country => new(_parts with { Control = control, Wrong = new(country, survey) }),
        Control.WrongCountry => throw new SurveyException(
            "the control wrong-country takes the place of a named country",
            "Name the countries that the runs stand for")
        {
            Step = SurveyStep.NameCountries,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(control), control, "no such control"),
    };

    /// <summary>The country or group that the prompt of a question names; null where it names none.</summary>
    /// <param name="question">The question.</param>
    public Country? Names(Question question) => _parts.Wrong?.For(question) ?? Country;

    /// <summary>Tells whether the template can ask a question. Whether the answer can be read is another matter.</summary>
    /// <param name="question">The question.</param>
    /// <param name="reason">Why it cannot; null where it can.</param>
    public bool CanAsk(Question question, out string? reason)
    {
        var count = question.Options.Count;
        reason = count switch
        {
            < OptionLimits.Fewest => $"{count} option{(count == 1 ? "" : "s")}: there is nothing to choose",
            > OptionLimits.Most => $"{count} options: no more than {OptionLimits.Most} can be asked",
            _ when OwnLabels is { } own && count > own.Count => $"{count} options: there are labels for {own.Count}",
            _ when Translation?.Has(question) == false => $"no translation into {Translation.Language}",
            _ when _parts.Shuffle is { } shuffle && shuffle.PartnerOf(question) is null =>
                "it has no text in whose place another could stand",
            _ => Perturbation?.WhyNot(question),
        };
        return reason is null;
    }

    /// <summary>Puts a question into the wording, its text and options verbatim and in the survey's order.</summary>
    /// <param name="question">A question that <see cref="CanAsk"/> accepts.</param>
    /// <exception cref="ArgumentException">The question cannot be asked.</exception>
    public Prompt Build(Question question) => Build(question, [.. Enumerable.Range(0, question.Options.Count)]);

    /// <summary>Puts a question into the wording, its text and options verbatim and in the given order.</summary>
    /// <param name="question">A question that <see cref="CanAsk"/> accepts.</param>
    /// <param name="order">For each position, 0 being that of the first label, the index of the option that stands there; each option once.
    /// Labels go by position.</param>
    /// <exception cref="ArgumentException">The question cannot be asked, or the order is none of its options.</exception>
    public Prompt Build(Question question, ReadOnlySpan<int> order)
    {
        if (!CanAsk(question, out var reason))
            throw new ArgumentException($"row {question.SourceRow} cannot be asked: {reason}", nameof(question));
        if (!Permutations.IsOne(order, question.Options.Count))
            throw new ArgumentException($"row {question.SourceRow}: an order names each of its {question.Options.Count} options once",
                nameof(order));
        var listed = Perturbation?.Arranged(question, order) ?? order.ToArray();
        IReadOnlyList<string> labels = Perturbation?.Labels(listed.Length) ?? [.. OwnLabels?.Take(listed.Length)
            ?? OptionLetters.First(listed.Length)];
        var asked = AskedText(question);
        var options = Spoken(question).Options;
        string[] texts = [.. listed.Select(o => o < 0 ? Perturbation.MiddleText : options[o])];
        var filling = new Filling(asked, Names(question), Persona);
        var text = new StringBuilder();
        filling.Write(text, _system);
        var person = text.Length;
        filling.Write(text, _head);
        for (var i = 0; i < labels.Count; i++)
            filling.Write(text, _option, labels[i], texts[i]);
        filling.Write(text, _after);
        var turn = text.Length;
        filling.Write(text, _opening);
        var all = text.ToString();
        return new(question.SourceRow, all, labels)
        {
            System = person == 0 ? null : all[..(person - "\n\n".Length)],
            // The last line's feed is the layout's.
            Message = all[(person + Person.Length)..(turn - 1)],
            Opening = all[(turn + Answer.Length)..],
            Options = texts,
            Listed = listed,
            Said = _said is null ? [] : [.. labels.Zip(texts, (label, option) => filling.Filled(_said, label, option))],
        };
    }

    /// <summary>The two turns as text.</summary>
    internal static string Turns(string message, string opening) => $"{Person}{message}\n{Answer}{opening}";

    IReadOnlyList<string>? OwnLabels => Translation?.Labels;

    string AskedText(Question question)
    {
        var asked = Spoken(_parts.Shuffle?.PartnerOf(question) ?? question).Text;
        return Perturbation?.Asked(asked, question.SourceRow) ?? asked;
    }

    Question Spoken(Question question) => Translation?.Of(question) ?? question;

    readonly record struct Filling(string Question, Country? Country, Persona? Persona)
    {
        public void Write(StringBuilder text, string[] pieces, string label = "", string option = "")
        {
            foreach (var piece in pieces)
                text.Append(piece switch
                {
                    WordingPlaces.Question => Question,
                    WordingPlaces.Label => label,
                    WordingPlaces.Option => option,
                    WordingPlaces.Country => Country?.Spoken,
                    WordingPlaces.Somebody => TemplateParts.SomebodyOf(Country, Persona),
                    WordingPlaces.Persona => Persona?.Words,
                    _ => piece,
                });
        }

        public string Filled(string[] pieces, string label, string option)
        {
            var text = new StringBuilder();
            Write(text, pieces, label, option);
            return text.ToString();
        }
    }
}
