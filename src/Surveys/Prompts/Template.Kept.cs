using System.Text;
using LocalOpinions.Surveys.Formats;

namespace LocalOpinions.Surveys.Prompts;

// What a results file keeps, so that each prompt can be shown as it was sent.
public sealed partial class Template
{
    /// <summary>What all its prompts have in common.</summary>
    public PromptWording Words { get; }

    /// <summary>
    /// SHA-256 of all that makes <see cref="PutInto"/> other than the survey's own words, 64 lower-case hexadecimal digits: the same for
    /// templates that ask in the same translation, say. Null where nothing does.
    /// </summary>
    /// <param name="survey">The survey that is asked, under its policies.</param>
    public string? PutInSha256(Survey survey)
    {
        string?[] made =
        [
            Translation?.Sha256,
            _parts.Shuffle is null ? null : ControlNames.Of(Control.ShuffledQuestion),
            _parts.Wrong is null ? null : $"{Country?.Somebody} for {_parts.Wrong}",
            Perturbation is { AddsOption: true } or { ChangesList: false } ? Perturbation.Identity : null,
        ];
        return Array.TrueForAll(made, part => part is null) ? null
            : SurveyFile.Sha256(Encoding.UTF8.GetBytes(string.Join('\n', ["put in/1", survey.Sha256, .. made])));
    }

    /// <summary>What is put into the places of a question's prompts that is not the survey's own, by the code that builds them.</summary>
    /// <param name="question">A question that <see cref="CanAsk"/> accepts.</param>
    public PutIn PutInto(Question question)
    {
        var (asked, options, named) = (AskedText(question), Spoken(question).Options, _parts.Wrong?.For(question));
        var listed = Perturbation?.Arranged(question, Permutations.Identity(question.Options.Count)) ?? [];
        return new(question.SourceRow)
        {
            Question = asked == question.Text ? null : asked,
            Options = options.SequenceEqual(question.Options) ? null : options,
            Added = Array.IndexOf(listed, -1) is > 0 and var at ? (Perturbation.MiddleText, listed[at - 1]) : null,
            Country = named?.Spoken,
            Somebody = named?.Somebody,
        };
    }
}
