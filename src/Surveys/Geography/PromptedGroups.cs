namespace LocalOpinions.Surveys.Geography;

/// <summary>Whom prompts can name: countries, and groups of which the survey says what their members are called.</summary>
public static class PromptedGroups
{
    /// <summary>Finds whom a person means.</summary>
    /// <param name="text">The label of such a group, or what a country is called (see <see cref="Countries.Named"/>).</param>
    /// <param name="survey">The survey that is asked.</param>
    /// <param name="file">Where the survey came from, for messages.</param>
    /// <exception cref="SurveyException">It is no country, and no group of the survey or one whose members it does not name.</exception>
    public static Country Named(string text, Survey survey, string file)
    {
        var label = text.Trim();
        if (survey.Groups.TryGetValue(label, out var group) && group.Member is not null)
            return group;
        try
        {
            var country = Countries.Named(text);
            // A group that stands under a country's name takes its place whatever the country was called.
            return survey.Groups.TryGetValue(country.Name, out var own) && own.Member is not null ? own : country;
        }
        catch (SurveyException) when (group is not null || survey.Questions.Any(q => q.Humans.Any(h => h.Country == label)))
        {
            throw Nameless(label, file);
        }
        catch (SurveyException e) when (survey.Groups.Values.Where(g => g.Member is not null).Select(g => g.Label)
            .ToList() is { Count: > 0 } labels)
        {
            throw new SurveyException(new(file), $"no country, and no group that prompts can name, is called \"{text}\"",
                $"The groups are {string.Join(", ", labels)}. {e.Remedy}", e);
        }
    }

    /// <summary>Finds everybody whom a person means; two names of one country or group are one prompt.</summary>
    /// <inheritdoc cref="Named(string, Survey, string)"/>
    public static IReadOnlyList<Country> Named(IEnumerable<string> texts, Survey survey, string file) =>
        [.. texts.Select(t => Named(t, survey, file)).DistinctBy(c => c.Somebody)];

    /// <summary>Which people prompts that name somebody name.</summary>
    /// <param name="named">Whom they name.</param>
    /// <param name="people">The survey's people (<see cref="Survey.People"/>).</param>
    /// <returns>Of a country everybody of it, also the groups that the survey puts there; of a group whose members have a name of their
    /// own that group alone, whatever country it is of or bears the name of.</returns>
    public static IEnumerable<Country> Among(IEnumerable<Country> people, Country named) => people.Where(p => named.Member is not null
        ? p.Label == named.Label : named.Iso3 is null ? p.Name == named.Name : CodeOf(p) == named.Iso3);

    /// <summary>The labels of these people; none where nobody is named.</summary>
    /// <param name="people">The survey's people (<see cref="Survey.People"/>).</param>
    /// <param name="named">Whom prompts name; null for nobody.</param>
    public static IReadOnlyList<string> LabelsAmong(IEnumerable<Country> people, Country? named) =>
        named is null ? [] : [.. Among(people, named).Select(p => p.Label)];

    // A group that the survey puts nowhere is of the country whose name it bears.
    static string? CodeOf(Country people) => people.Iso3 ?? Countries.Find(people.Label).Iso3 ?? Countries.Find(people.Name).Iso3;

    static SurveyException Nameless(string label, string file)
    {
        var isOwn = Path.GetExtension(file).ToLowerInvariant() is ".yaml" or ".yml" or ".json";
        return new(
            new(file),
            $"\"{label}\" is no country, and the survey does not say what a prompt calls its members",
            (isOwn ? "Say so" : "Write the survey in the project's own format, and say so")
                + $" under groups: \"{label}\": {{prompt: ...}}, in words that fit \"How would ... answer\", for example "
                + "\"a supporter of the party\"")
        {
            Step = isOwn ? SurveyStep.None : SurveyStep.ConvertSurvey,
        };
    }
}
