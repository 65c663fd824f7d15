using System.Security.Cryptography;
using System.Text;
using LocalOpinions.Analysis;
using LocalOpinions.Asking.Importing;
using LocalOpinions.Store;
using LocalOpinions.Store.Schema;
using LocalOpinions.Surveys;

namespace LocalOpinions.Study;

/// <summary>A run that a study of imported answers takes, or the lack of it.</summary>
/// <param name="Model">As it is named in the declaration.</param>
/// <param name="Part">The part of the study.</param>
/// <param name="PromptedCountry">The country that its prompts name; null where they name none.</param>
/// <param name="RunId">The run's number in the file; null where it has none.</param>
/// <param name="Note">What would have to be imported; where there are several runs, which of them is taken; null where nothing is to be
/// said.</param>
public sealed record ImportedPart(string Model, string Part, string? PromptedCountry, int? RunId, string? Note);

/// <summary>What a results file holds of a study for a model whose answers were imported.</summary>
/// <param name="Name">The model, as the declaration names it.</param>
/// <param name="Runs">The runs that the study takes, the default part's first.</param>
/// <param name="Parts">Every run that the study would take, in the study's order.</param>
/// <param name="Sha256">Tells these answers from any others: SHA-256 of the runs' keys.</param>
sealed record ImportedAnswers(string Name, IReadOnlyList<StudyRun> Runs, IReadOnlyList<ImportedPart> Parts, string Sha256)
{
    /// <summary>Finds them for every model that the study names.</summary>
    /// <param name="results">The file.</param>
    /// <param name="study">The declaration.</param>
    /// <param name="loaded">Its survey as it was loaded.</param>
    /// <param name="survey">The same under the study's policies.</param>
    /// <exception cref="InputException">A model is not there, or without its default part, with which all others are compared.</exception>
    public static IReadOnlyList<ImportedAnswers> Find(ResultsFile results, StudyDeclaration study, Survey loaded, Survey survey) =>
        [.. (study.Imported ?? []).Select(name => new ImportedSearch(results, study, loaded, survey, name).Find())];

    /// <summary>The same in a file that need not be open.</summary>
    /// <inheritdoc cref="Find"/>
    public static IReadOnlyList<ImportedAnswers> FindIn(string file, StudyDeclaration study, Survey loaded, Survey survey)
    {
        if (study.Imported is null)
            return [];
        if (!File.Exists(file))
            throw new InputException($"No results file {file}.", Remedy.ImportAnswers, file);
        using var results = ResultsFile.OpenReadOnly(file);
        return Find(results, study, loaded, survey);
    }
}

/// <summary>Looks one model's imported runs up.</summary>
sealed class ImportedSearch(ResultsFile results, StudyDeclaration study, Survey loaded, Survey survey, string name)
{
    readonly List<StudyRun> _runs = [];
    readonly List<ImportedPart> _parts = [];
    readonly List<string> _keys = [];

    public ImportedAnswers Find()
    {
        var stored = Stored();
        foreach (var sought in ImportedParts.Of(study, loaded))
        {
            if (!sought.Part.IsOtherTemplate)
                Take(sought, [.. stored.Where(r => r.IsAsked(sought.Way))]);
            else if (Others(stored, sought) is { Count: > 0 } others)
                others.ForEach(other => Take(other, [.. stored.Where(r => r.IsAsked(other.Way))]));
            else
                Take(sought, []);
        }
        if (_runs.FirstOrDefault()?.Part != StudyParts.Default)
            throw new InputException($"{results.FullPath} has no answers of {name} in the default part, with which all others are "
                + $"compared: {_parts[0].Note}. {Held(stored)}", Remedy.ImportAnswers, results.FullPath);
        var all = string.Join('\n', _keys.Order(StringComparer.Ordinal));
        return new(name, _runs, _parts, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all))));
    }

    /// <summary>Takes the run that was imported last, which corrects those before it.</summary>
    void Take(SoughtRun sought, List<StoredImport> found)
    {
        var country = sought.Way.Country?.PromptedAs;
        if ((found.Count == 0 ? $"to be imported: {sought.Columns()}" : Fault(found[0].RunId, sought.Part)) is { } why)
        {
            _parts.Add(new(name, sought.Part.Name, country, null, why));
            return;
        }
        _runs.Add(new(sought.Part, name, found[0].RunId, country));
        _keys.Add(found[0].Key);
        _parts.Add(new(name, sought.Part.Name, country, found[0].RunId, found.Count == 1 ? null
            : $"imported last, and taken; not taken: run {string.Join(", ", found.Skip(1).Select(r => r.RunId).Order())}"));
    }

    /// <summary>Why a run that is there is not taken; null where it is.</summary>
    string? Fault(int runId, StudyPart part)
    {
        var answered = results.ReadValues<int>("SELECT DISTINCT source_row FROM answers WHERE run_id = ?", runId);
        // A limit makes a study one of fewer questions: a run of more is no part of it.
        if (answered.Except(study.QuestionsOf(part, survey).Select(q => q.SourceRow)).Count() is > 0 and var outside)
            return $"run {runId} answers {outside:N0} questions that the study leaves out";
        return part.Name == StudyParts.WrongCountry && answered.Except(results.NamedInstead(runId).Keys).Count() is > 0 and var unnamed
            ? $"run {runId} has {unnamed:N0} answers of which named_country does not say whom the prompt named" : null;
    }

    /// <summary>The default condition in every other wording that there is.</summary>
    static List<SoughtRun> Others(List<StoredImport> stored, SoughtRun sought) =>
        [.. stored.Where(r => r.IsAsked(sought.Way with { Template = r.Template }) && r.Template != sought.Way.Template)
            .Select(r => r.Template).Distinct().Order(StringComparer.Ordinal)
            .Select(template => new SoughtRun(new(NameOf(template)) { IsOtherTemplate = true }, sought.Way with { Template = template }))];

    // A wording may be called anything, also what would be the name of the part in other orders.
    static string NameOf(string template) => StudyParts.OtherTemplate + template is var part && part == StudyParts.Orders
        ? $"{StudyParts.OtherTemplate}template-{template}" : part;

    List<StoredImport> Stored()
    {
        var models = results.Read<StoredModel>(
            $"""
            SELECT m.model_id, m.model, m.sha256 FROM ({ModelLabels.Query}) AS m
            WHERE m.model_id IN (SELECT model_id FROM runs WHERE origin = 'import') ORDER BY m.model_id
            """);
        // A model that was renamed keeps its identity.
        var model = models.FirstOrDefault(m => m.Model == name) ?? models.FirstOrDefault(m => m.Sha256 == ImportJob.IdentityOf(name));
        if (model is null)
            throw new InputException($"{results.FullPath} has no imported model {name}. It has "
                + $"{(models.Count == 0 ? "none" : string.Join(", ", models.Select(m => m.Model)))}.", Remedy.ImportAnswers,
                results.FullPath);
        return [.. results.Read<StoredImport>(
            """
            SELECT r.run_id, r.key, s.sha256 AS survey, r.condition, r.prompted_country, r.language, r.option_order, r.control, r.template,
                r.reading
            FROM runs AS r JOIN surveys AS s USING (survey_id) JOIN run_sessions AS t USING (run_id)
            WHERE r.model_id = ? AND r.origin = 'import'
            GROUP BY ALL ORDER BY max(t.started_at) DESC, r.run_id DESC
            """, model.ModelId).Where(r => r.Survey == survey.Sha256)];
    }

    static string Held(List<StoredImport> stored)
    {
        var ways = stored.Where(r => r.Condition == StudyParts.Default)
            .Select(r => $"template {r.Template}, option_order {r.OptionOrder}, control {r.Control}, reading {r.Reading}")
            .Distinct().ToList();
        return ways.Count == 0 ? "There are none in the default condition under this survey and its policies."
            : $"There are in the default condition: {string.Join("; ", ways)}.";
    }

    sealed record StoredModel(int ModelId, string Model, string Sha256);

    sealed record StoredImport
    {
        public required int RunId { get; init; }

        public required string Key { get; init; }

        public required string Survey { get; init; }

        public required string Condition { get; init; }

        public required string? PromptedCountry { get; init; }

        public required string? Language { get; init; }

        public required string OptionOrder { get; init; }

        public required string Control { get; init; }

        public required string Template { get; init; }

        public required string Reading { get; init; }

        public bool IsAsked(Surveys.Imports.ImportedWay way) => Condition == way.Condition && PromptedCountry == way.Country?.PromptedAs
            && Language == way.Language && OptionOrder == way.OptionOrder && Control == way.Control && Template == way.Template
            && Reading == way.Reading;
    }
}
