using System.Text;

namespace LocalOpinions.Surveys;

/// <summary>Draws, per question, a country other than the one asked for: from the published list, by the question's row and the country alone.</summary>
sealed class WrongCountries
{
    readonly Country[] _others;
    readonly ulong _seed;

    public WrongCountries(Country country)
    {
        _others = [.. Countries.Published.Where(c => c.Spoken != country.Spoken && (c.Iso3 is null || c.Iso3 != country.Iso3))];
        // FNV-1a, so that countries do not all draw the same others.
        _seed = Encoding.UTF8.GetBytes(country.Spoken).Aggregate(14695981039346656037UL, (hash, b) => (hash ^ b) * 1099511628211UL);
    }

    public string SpokenFor(Question question) => _others[new SplitMix64(_seed + (ulong)question.SourceRow).Below(_others.Length)].Spoken;

    public override string ToString() => string.Join(", ", _others.Select(c => c.Spoken));
}
