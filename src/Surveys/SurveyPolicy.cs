using System.Globalization;
using System.Text;
using LocalOpinions.Surveys.Checks;
using LocalOpinions.Surveys.Formats;
using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Surveys;

/// <summary>What is done with options that are no answer to the question: don't know, refused, no answer, missing.</summary>
public enum RefusalPolicy
{
    /// <summary>Options like any other, as in the published study.</summary>
    Keep,
    /// <summary>Neither offered to the model nor counted: people's other shares are divided by their sum.</summary>
    Drop,
    /// <summary>Offered, but compared apart: similarities over the other options, and the shares of refusals beside each other.</summary>
    Separate,
}

/// <summary>What is done with a policy's subject in one survey, and how much of it there is.</summary>
/// <param name="Policy">The policy's name, for example "refusals".</param>
/// <param name="Choice">What is done, for example "keep".</param>
/// <param name="Count">How many things it concerns, in <paramref name="Unit"/>.</param>
/// <param name="Unit">"options", "distributions" or "questions".</param>
public sealed record AppliedPolicy(string Policy, string Choice, int Count, string Unit);

/// <summary>What of a survey's figures is used, and how. The default uses everything, as the published study did.</summary>
/// <param name="Refusals">What is done with options that are no answer.</param>
/// <param name="NonNational">Whether samples that do not stand for their country are used.</param>
/// <param name="FewestRespondents">Distributions of fewer people are left out, where the survey says how many were asked; 0 for
/// none.</param>
/// <param name="Totals">Whether a total of the source's table that slipped in among the options stays one.</param>
/// <param name="Part">The part of a split; null for the whole survey.</param>
/// <param name="Middles">Whether the option in the middle of a scale stays one; else it is neither offered nor counted.</param>
public sealed record SurveyPolicy(RefusalPolicy Refusals = RefusalPolicy.Keep, bool NonNational = true, int FewestRespondents = 0,
    bool Totals = true, SurveyPart? Part = null, bool Middles = true)
{
    /// <summary>Everything is used.</summary>
    public static SurveyPolicy Default { get; } = new();

    /// <summary>
    /// Gives the survey as it is used under this policy. Under any but the default it is another survey, with a hash of its own.
    /// </summary>
    /// <param name="survey">A survey as it was loaded.</param>
    /// <returns>The survey with <see cref="Survey.Policies"/>; its oddities stay those of the file.</returns>
    public Survey Apply(Survey survey) => Part is null ? Use(survey) : UsePart(survey, Part);

    Survey UsePart(Survey whole, SurveyPart part)
    {
        var parted = part.Of(whole);
        var used = Use(parted);
        return used with { Policies = [.. used.Policies, .. part.Applied(whole, parted)] };
    }

    Survey Use(Survey survey)
    {
        int nonNational = 0, tooFew = 0, tooFewOptions = 0, onlyRefusals = 0;
        var questions = this == Default ? survey.Questions : [.. survey.Questions.Select(UseQuestion)];
        return survey with
        {
            Policy = this,
            Questions = questions,
            Sha256 = this == Default ? survey.Sha256 : SurveyFile.Sha256(Encoding.UTF8.GetBytes($"{survey.Sha256} {Describe()}")),
            Policies =
            [
                new("refusals", Refusals.ToString().ToLowerInvariant(), Count(OptionKind.Refusal), "options"),
                new("totals", Keeps(Totals), Count(OptionKind.Total), "options"),
                .. Middles ? (AppliedPolicy[])[]
                    : [new("middles", "drop", survey.Questions.Count(q => OptionScale.Middle(q) is not null), "options")],
                new("non-national", Keeps(NonNational), NonNational
                    ? survey.Questions.Sum(q => q.Humans.Count(h => IsNonNational(survey, h))) : nonNational, "distributions"),
                new("fewest-respondents", FewestRespondents.ToString(CultureInfo.InvariantCulture), tooFew, "distributions"),
                new("only-refusals", "missing", onlyRefusals, "distributions"),
                new("one-option-left", "missing", tooFewOptions, "distributions"),
                new("all-zero", "missing", Noted(OddityKind.AllZero), "distributions"),
                new("sum-not-one", "divided", Noted(OddityKind.SumNotOne), "distributions"),
            ],
        };

        int Count(OptionKind kind) => survey.Questions.Sum(q => q.Kinds.Count(k => k == kind));

        int Noted(OddityKind kind) => survey.Oddities.FirstOrDefault(o => o.Kind == kind)?.Count ?? 0;

        Question UseQuestion(Question question)
        {
            var middle = Middles ? null : OptionScale.Middle(question);
            int[] kept = [.. Enumerable.Range(0, question.Options.Count).Where(i => i != middle && !Leaves(question.Kinds[i]))];
            int[] compared = Refusals == RefusalPolicy.Separate ? [.. kept.Where(i => question.Kinds[i] != OptionKind.Refusal)] : kept;
            var humans = new List<HumanDistribution>(question.Humans.Count);
            foreach (var human in question.Humans)
            {
                if (!NonNational && IsNonNational(survey, human))
                    nonNational++;
                else if (human.Respondents < FewestRespondents)
                    tooFew++;
                else if (compared.Length < OptionLimits.Fewest)
                    tooFewOptions++;
                else if (compared.Sum(i => human.Probabilities[i]) == 0)
                    onlyRefusals++;
                else
                    humans.Add(Renormalised(human, kept, question));
            }
            return question with
            {
                Options = [.. kept.Select(i => question.Options[i])],
                Kinds = [.. kept.Select(i => question.Kinds[i])],
                ScaleValues = [.. kept.Select(i => question.ScaleValues[i])],
                Humans = humans,
            };
        }
    }

    /// <summary>The policy in words; part of the survey's identity.</summary>
    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"refusals {Refusals.ToString().ToLowerInvariant()}, totals {Keeps(Totals)}, non-national {Keeps(NonNational)}, fewest "
            + $"respondents {FewestRespondents}{(Middles ? "" : ", middles drop")}"
            + $"{(Part is null ? "" : $", {Part.Name} part of {Part.Split.Name}")}");

    static string Keeps(bool keeps) => keeps ? "keep" : "drop";

    static bool IsNonNational(Survey survey, HumanDistribution human) => survey.GroupOf(human.Country).Sample == SampleKind.NonNational;

    bool Leaves(OptionKind kind) => (kind == OptionKind.Refusal && Refusals == RefusalPolicy.Drop) || (kind == OptionKind.Total && !Totals);

    static HumanDistribution Renormalised(HumanDistribution human, int[] kept, Question question)
    {
        if (kept.Length == question.Options.Count)
            return human;
        var sum = kept.Sum(i => human.Probabilities[i]);
        return human with { Probabilities = [.. kept.Select(i => human.Probabilities[i] / sum)] };
    }
}
