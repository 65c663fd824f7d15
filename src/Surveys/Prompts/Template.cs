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
public sealed class Template
{
    // What every wording begins with, and what stands between its two turns.
    const string Person = "Human: ", Answer = "\nAssistant: ";

    const string Unlisted = "-unlisted";

    readonly string[] _head;
    readonly string[] _option;
    readonly string[] _rest;
    readonly string[] _tail;
    readonly string[]? _said;
    readonly IReadOnlyList<string>? _ownLabels;

    readonly QuestionShuffle? _shuffle;
    readonly WrongCountries? _wrong;

    internal Template(string name, int version, string wording, PromptEnding ending, Country? country, Translation? translation = null,
        QuestionShuffle? shuffle = null, WrongCountries? wrong = null)
    {
        Name = name;
        Version = version;
        Country = country;
        Ending = ending;
        Translation = translation;
        _ownLabels = translation?.Labels;
        (_shuffle, _wrong) = (shuffle, wrong);
        Wording = ending == PromptEnding.Paren ? wording + " (" : wording;
        Named = Wording.Replace("{country}", country?.Spoken).Replace("{somebody}", country?.Somebody);
        var drawn = wrong is null ? "" : $"\n{wrong}";
        Sha256 = SurveyFile.Sha256(Encoding.UTF8.GetBytes(Named + drawn));

        var at = Wording.IndexOf("{option}", StringComparison.Ordinal);
        var from = at < 0 ? Wording.LastIndexOf(Answer, StringComparison.Ordinal) : Wording.LastIndexOf('\n', at) + 1;
        var to = at < 0 ? from : Wording.IndexOf('\n', at) + 1;
        _head = Pieces(Wording[..from]);
        _option = Pieces(Wording[from..to]);
        var end = Wording.EndsWith(TemplateWordings.SaidOfOption, StringComparison.Ordinal)
            ? Wording.Length - TemplateWordings.SaidOfOption.Length : Wording.Length;
        // What the person says behind the options, if anything, and the other's turn.
        var turn = Wording.LastIndexOf(Answer, StringComparison.Ordinal);
        _rest = Pieces(Wording[to..turn]);
        _tail = Pieces(Wording[turn..end]);
        _said = end < Wording.Length ? Pieces(Wording[end..]) : null;
    }

    /// <summary>The name of the family, as <c>faithful</c>; with <c>-unlisted</c> where options are not listed.</summary>
    public string Name { get; }

    /// <summary>The version of the wording, from 1.</summary>
    public int Version { get; }

    /// <summary>
    /// The condition that the wording puts the question under: <c>default</c>, <c>cross-national</c> or <c>linguistic</c>.
    /// </summary>
    public string Condition => Translation is not null ? "linguistic" : Country is null ? "default" : "cross-national";

    /// <summary>
    /// The country that every prompt names, by its spoken name, or the group, by what its members are called; null where none is named.
    /// Under <see cref="Control.WrongCountry"/> the one that the prompts stand for, and none names.
    /// </summary>
    public Country? Country { get; }

    /// <summary>The translation in which questions are asked; null for the survey's own words.</summary>
    public Translation? Translation { get; }

    /// <summary>What the prompt takes away.</summary>
    public Control Control { get; private init; }

    /// <summary>Where the prompt stops.</summary>
    public PromptEnding Ending { get; }

    /// <summary>The wording with its placeholders and its ending; lines end with a line feed.</summary>
    public string Wording { get; }

    /// <summary><see cref="Wording"/> with the country's spoken name, or a group's member, in its place.</summary>
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
        var name = TemplateFamilies.NameOf(family);
        return listed
            ? new(name, 1, TemplateWordings.For(country, TemplateWordings.Of(family, country is not null)), ending, country)
            : new(name + Unlisted, 1, TemplateWordings.For(country, TemplateWordings.Unlisted(family, country is not null)), ending,
                country);
    }

    /// <summary>Makes the template that asks how many of 100 people would choose each option; it ends with a word.</summary>
    /// <param name="country">The country or group that the people are of; null for just people.</param>
    public static Template CreateVerbalised(Country? country = null) =>
        new("verbalised", 1, TemplateWordings.Verbalised(country), PromptEnding.Space, country);

    /// <summary>
    /// Makes the template of a family for the linguistic condition: question, options and the prompt's own words translated.
    /// </summary>
    /// <param name="family">The family of wordings.</param>
    /// <param name="ending">Where the prompt stops.</param>
    /// <param name="translation">The translation.</param>
    public static Template Create(TemplateFamily family, PromptEnding ending, Translation translation) =>
        new(TemplateFamilies.NameOf(family), 1, TemplateWordings.Of(family, crossNational: false, translation.Frame), ending, null,
            translation);

    /// <summary>Makes the same template under a control.</summary>
    /// <param name="control">What is taken away.</param>
    /// <param name="survey">The survey that is asked.</param>
    /// <exception cref="SurveyException">The control does not go with this template or survey.</exception>
    public Template Under(Control control, Survey survey)
    {
        var plain = Ending == PromptEnding.Paren ? Wording[..^" (".Length] : Wording;
        return control switch
        {
            Control.None => this,
            Control.OptionsOnly when Name.EndsWith(Unlisted, StringComparison.Ordinal) =>
                throw new SurveyException("the control options-only leaves nothing of a prompt that lists no options",
                    "Ask with the options listed"),
            Control.OptionsOnly => new(Name, Version, TemplateWordings.WithoutQuestion(plain, Name), Ending, Country, Translation)
            {
                Control = control,
            },
            Control.ShuffledQuestion => new(Name, Version, plain, Ending, Country, Translation,
                new QuestionShuffle(survey.Questions.Where(q => Translation?.Has(q) ?? true)))
            {
                Control = control,
            },
            Control.WrongCountry when Country is { } country =>
                new(Name, Version, plain, Ending, country, Translation, wrong: new WrongCountries(country, survey)) { Control = control },
            Control.WrongCountry => throw new SurveyException(
                "the control wrong-country takes the place of a named country",
                "Name the countries that the runs stand for")
            {
                Step = SurveyStep.NameCountries,
            },
            _ => throw new ArgumentOutOfRangeException(nameof(control), control, "no such control"),
        };
    }

    /// <summary>The country or group that the prompt of a question names; null where it names none.</summary>
    /// <param name="question">The question.</param>
    public Country? Names(Question question) => _wrong?.For(question) ?? Country;

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
            _ when count > _ownLabels?.Count => $"{count} options: there are labels for {_ownLabels.Count}",
            _ when Translation?.Has(question) == false => $"no translation into {Translation.Language}",
            _ when _shuffle is not null && _shuffle.PartnerOf(question) is null => "it has no text in whose place another could stand",
            _ => null,
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
        string[] labels = [.. _ownLabels?.Take(order.Length) ?? OptionLetters.First(order.Length)];
        var (asked, options) = (Spoken(_shuffle?.PartnerOf(question) ?? question).Text, Spoken(question).Options);
        var country = Names(question);
        var text = new StringBuilder();
        Fill(text, _head, asked, country, "", "");
        for (var i = 0; i < labels.Length; i++)
            Fill(text, _option, asked, country, labels[i], options[order[i]]);
        Fill(text, _rest, asked, country, "", "");
        // Turns are parted where the wording parts them, whatever stands in the question.
        var turn = text.Length;
        Fill(text, _tail, asked, country, "", "");
        var all = text.ToString();
        return new(question.SourceRow, all, labels)
        {
            Message = all[Person.Length..(turn - 1)],
            Opening = all[(turn + Answer.Length)..],
            Options = [.. order.ToArray().Select(o => options[o])],
            Said = [.. _said is null ? [] : labels.Zip(order.ToArray(), (label, o) =>
                Fill(new StringBuilder(), _said, asked, country, label, options[o]).ToString())],
        };
    }

    Question Spoken(Question question) => Translation?.Of(question) ?? question;

    static StringBuilder Fill(StringBuilder text, string[] pieces, string question, Country? country, string label, string option)
    {
        foreach (var piece in pieces)
            text.Append(piece switch
            {
                "{question}" => question,
                "{label}" => label,
                "{option}" => option,
                "{country}" => country?.Spoken,
                "{somebody}" => country?.Somebody,
                _ => piece,
            });
        return text;
    }

    /// <summary>Cuts before each opening and behind each closing brace.</summary>
    static string[] Pieces(string wording) => wording.Replace("{", "\0{").Replace("}", "}\0").Split('\0');
}
