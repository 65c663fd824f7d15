using System.Globalization;
using LocalOpinions.Scoring.Simd;
using LocalOpinions.Store.Bulk;
using LocalOpinions.Store.Rows;
using LocalOpinions.Store.Writing;

namespace LocalOpinions.Store;

public sealed partial class ResultsFile
{
    /// <summary>Adds a model file, or finds it by its SHA-256.</summary>
    /// <returns>The model's number in this file.</returns>
    public int AddModel(ModelRow model) => Write(() =>
    {
        if (_connection.Scalar("SELECT model_id FROM models WHERE sha256 = ?", model.Sha256) is int known)
            return known;
        var id = NextId("models", "model_id");
        _connection.Insert("models", new
        {
            ModelId = id,
            model.Name,
            model.Path,
            model.Sha256,
            model.Architecture,
            model.Description,
            model.ParameterCount,
            model.FileBytes,
            model.Quantisation,
            model.VocabularySize,
            model.ContextLength,
        });
        return id;
    });

    /// <summary>Gives a model another name; its hash stays its identity.</summary>
    /// <exception cref="ArgumentException">The model is not in this file, or the name is empty.</exception>
    public void RenameModel(int modelId, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Write(() =>
        {
            if (_connection.Scalar("SELECT count(*) FROM models WHERE model_id = ?", modelId) is 0L)
                throw new ArgumentException($"Model {modelId} is not in {FullPath}.", nameof(modelId));
            _connection.Execute("UPDATE models SET name = ? WHERE model_id = ?", name, modelId);
        });
    }

    /// <summary>Adds a survey with all it holds, or finds it by its SHA-256.</summary>
    /// <param name="survey">The survey file.</param>
    /// <param name="questions">Its questions; not read where the survey is known.</param>
    /// <param name="countries">Every country label that the questions name; not read where the survey is known.</param>
    /// <returns>The survey's number in this file.</returns>
    /// <exception cref="ArgumentException">A distribution does not fit its question, or a row or label is named twice or not at
    /// all.</exception>
    public int AddSurvey(SurveyRow survey, IEnumerable<QuestionRow> questions, IEnumerable<CountryRow> countries) => Write(() =>
    {
        if (_connection.Scalar("SELECT survey_id FROM surveys WHERE sha256 = ?", survey.Sha256) is int known)
            return known;
        var id = NextId("surveys", "survey_id");
        _connection.Insert("surveys", new
        {
            SurveyId = id,
            survey.Name,
            survey.Path,
            survey.Sha256,
            survey.Notice,
            survey.TopicTable,
            survey.Language,
            survey.Refusals,
        });
        foreach (var policy in survey.Policies)
            _connection.Insert("survey_policies", new { SurveyId = id, policy.Policy, policy.Choice, policy.Affected, policy.Unit });
        AppendQuestions(id, questions, AppendCountries(id, countries), survey.Refusals == RefusalsApart.Policy);
        return id;
    });

    Dictionary<string, int> AppendCountries(int surveyId, IEnumerable<CountryRow> countries)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var id = NextId("countries", "country_id");
        using var table = new TableAppender(_connection, "countries");
        foreach (var country in countries)
        {
            if (!ids.TryAdd(country.Label, id))
                throw new ArgumentException($"The country label \"{country.Label}\" is given twice.", nameof(countries));
            table.Write(id++).Write(surveyId).Write(country.Label).Write(country.Name).Write(country.Iso3).Write(country.SampleKind)
                .Write(country.Region).Write(country.Subregion).Write(country.Wave).EndRow();
        }

        table.Complete();
        return ids;
    }

    void AppendQuestions(int surveyId, IEnumerable<QuestionRow> questions, Dictionary<string, int> countryIds, bool refusalsApart)
    {
        var rows = new HashSet<int>();
        using var questionTable = new TableAppender(_connection, "questions");
        using var optionTable = new TableAppender(_connection, "options");
        using var humanTable = new TableAppender(_connection, "human_distributions");
        using var topicTable = new TableAppender(_connection, "question_topics");
        using var familyTable = new TableAppender(_connection, "question_families");
        foreach (var question in questions)
        {
            if (!rows.Add(question.SourceRow))
                throw new ArgumentException($"Row {question.SourceRow} is given twice.", nameof(questions));
            questionTable.Write(surveyId).Write(question.SourceRow).Write(question.Source).Write(question.Text)
                .Write(question.Id ?? question.SourceRow.ToString(CultureInfo.InvariantCulture)).EndRow();
            for (var i = 0; i < question.Options.Count; i++)
                optionTable.Write(surveyId).Write(question.SourceRow).Write(i).Write(question.Options[i]).Write(question.KindOf(i))
                    .WriteOrNull(question.ScaleValues.ElementAtOrDefault(i) ?? double.NaN).EndRow();
            foreach (var topic in question.Topics)
                topicTable.Write(surveyId).Write(question.SourceRow).Write(topic).EndRow();
            familyTable.Write(surveyId).Write(question.SourceRow).Write(question.Family ?? question.SourceRow).EndRow();

            var asked = new HashSet<int>();
            foreach (var human in question.Humans)
            {
                if (Distribution.Problem(human.Probabilities, question.Options.Count) is { } problem)
                    throw new ArgumentException($"Row {question.SourceRow}, {human.Country}: {problem}.", nameof(questions));
            }

            bool[] refusals = [.. Enumerable.Range(0, question.Options.Count).Select(i => question.KindOf(i) == RefusalsApart.Kind)];
            var compared = refusalsApart ? [.. question.Humans.Select(
                h => h with { Probabilities = RefusalsApart.Without(h.Probabilities, refusals)
                ?? throw new ArgumentException(
                $"Row {question.SourceRow}, {h.Country}: everybody refused, which leaves nothing to compare.", nameof(questions)) })]
                : question.Humans;
            var uniform = refusalsApart
                ? UniformAnswerer.DivergencesBits(refusals.Count(r => !r),
                    [.. compared.Select(h => RefusalsApart.Shortened(h.Probabilities, refusals))])
                : UniformAnswerer.DivergencesBits(question.Options.Count, [.. compared.Select(h => h.Probabilities)]);
            for (var i = 0; i < compared.Count; i++)
            {
                var human = compared[i];
                if (!countryIds.TryGetValue(human.Country, out var countryId))
                    throw new ArgumentException(
                        $"Row {question.SourceRow} names the country \"{human.Country}\", which is not among the survey's countries.",
                        nameof(questions));
                if (!asked.Add(countryId))
                    throw new ArgumentException($"Row {question.SourceRow} names the country \"{human.Country}\" twice.",
                        nameof(questions));
                humanTable.Write(surveyId).Write(question.SourceRow).Write(countryId).Write(human.Probabilities).Write(uniform[i])
                    .Write(RefusalsApart.Mass(question.Humans[i].Probabilities, refusals)).Write(human.Respondents).EndRow();
            }
        }

        questionTable.Complete();
        optionTable.Complete();
        humanTable.Complete();
        topicTable.Complete();
        familyTable.Complete();
    }

    // One writer, inside its transaction: no other can take the same number. Both names are ours.
    int NextId(string table, string column) => (int)_connection.Scalar($"SELECT coalesce(max({column}), 0) + 1 FROM {table}")!;
}
