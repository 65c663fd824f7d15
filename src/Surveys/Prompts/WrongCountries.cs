using System.Text;
using LocalOpinions.Common;
using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Surveys.Prompts;

/// <summary>
/// Draws, per question, a country other than the one asked for: from the published list, by the question's row and the country alone. For a
/// group it is another group that the survey lets prompts name, and a country only where there is none.
/// </summary>
sealed class WrongCountries
{
    readonly Country[] _others;
    readonly ulong _seed;

    public WrongCountries(Country country, Survey survey)
    {
        _others = country.Member is null ? [] : [.. survey.Groups.Values.Where(g => g.Member is not null && g.Member != country.Member)];
        if (_others.Length == 0)
            _others = [.. Countries.Published.Where(c => c.Spoken != country.Spoken && (c.Iso3 is null || c.Iso3 != country.Iso3))];
        // FNV-1a, so that countries do not all draw the same others.
        _seed = Encoding.UTF8.GetBytes(country.Member ?? country.Spoken)
            .Aggregate(14695981039346656037UL, (hash, b) => (hash ^ b) * 1099511628211UL);
    }

    public Country For(Question question) => _others[new SplitMix64(_seed + (ulong)question.SourceRow).Below(_others.Length)];

    public override string ToString() => string.Join(", ", _others.Select(c => c.Member ?? c.Spoken));
}
