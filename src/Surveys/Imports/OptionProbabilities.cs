using System.Security.Cryptography;
using System.Text;
using LocalOpinions.Surveys.Geography;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Surveys.Imports;

/// <summary>Loads other programs' option probabilities: a CSV file with one row per answer and option (docs/in-and-out.md).</summary>
public sealed class OptionProbabilities
{
    // Files round to two digits at the worst; what is further off is a mistake.
    const double SumTolerance = 0.01;

    readonly Survey _survey;
    readonly Dictionary<int, Question> _questions;
    readonly Lazy<Dictionary<string, Question>> _byId;
    readonly Lazy<ILookup<string, int>> _rowsByText;

    readonly record struct AnswerKey(int SourceRow, int? Order);

    OptionProbabilities(Survey survey)
    {
        _survey = survey;
        _questions = survey.Questions.ToDictionary(q => q.SourceRow);
        _byId = new(() => survey.Questions.ToDictionary(q => q.Id));
        _rowsByText = new(() => survey.Questions.ToLookup(q => TextSha256(q.Text), q => q.SourceRow));
    }

    /// <summary>
    /// SHA-256 of a question's text in UTF-8, lower-case hexadecimal: how a file may name a question instead of by its row.
    /// </summary>
    public static string TextSha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Loads a file; answers that lack an option are set aside, and anything else that does not fit is an error.</summary>
    /// <param name="path">A CSV file in UTF-8.</param>
    /// <param name="survey">The survey whose questions it answers.</param>
    /// <returns>One run per model and way of asking, in the order of the file, and what was set aside.</returns>
    /// <exception cref="SurveyException">The file cannot be read, or does not fit the survey; the message names row and remedy.</exception>
    public static ImportedFile Load(string path, Survey survey)
    {
        var loader = new OptionProbabilities(survey);
        var rows = new ImportRows(path);
        // A country may be named in several ways.
        OrderedDictionary<(string Model, string? Country, ImportedWay), (ImportedWay, Dictionary<AnswerKey, List<ImportRow>>)> runs = [];
        foreach (var row in rows.Read())
        {
            var way = loader.Way(row);
            var key = (row.Model, way.Country?.PromptedAs, way with { Country = null });
            if (!runs.TryGetValue(key, out var run))
                runs.Add(key, run = (way, []));
            var (_, answers) = run;
            var question = loader.Find(row);
            if (row.OptionIndex >= question.Options.Count)
                throw new SurveyException(row.Place.In("option_index"),
                    $"question {question.SourceRow} has the options 0 to {question.Options.Count - 1}, and no {row.OptionIndex}",
                    "Count options from 0 in the survey's order");
            var answer = new AnswerKey(question.SourceRow, row.OrderIndex);
            if (!answers.TryGetValue(answer, out var options))
                answers.Add(answer, options = []);
            if (options.FindIndex(o => o.OptionIndex == row.OptionIndex) is >= 0 and var twice)
                throw new SurveyException(row.Place, $"option {row.OptionIndex} of question {question.SourceRow} comes a second time, "
                    + $"after row {options[twice].Place.Row}", "Give each option of an answer once; average repeated answers first");
            options.Add(row);
        }

        if (runs.Count == 0)
            throw new SurveyException(new(path), "no rows", "The file needs one row per answer and option below its header");
        List<IncompleteAnswer> aside = [];
        List<ImportedRun> whole = [];
        foreach (var ((model, _, _), (way, answers)) in runs)
        {
            List<ImportedAnswer> ofRun = [];
            foreach (var given in answers.GroupBy(a => a.Key.SourceRow).OrderBy(g => g.Key))
            {
                var question = loader._questions[given.Key];
                var orders = ImportedOrders.Of(question, way.OptionOrder, [.. given.SelectMany(a => a.Value)]);
                if (Lacking(model, question, orders, given) is { } incomplete)
                    aside.Add(incomplete);
                else
                    ofRun.AddRange(given.OrderBy(a => a.Key.Order).Select(a => loader.Answer(a.Key, orders, a.Value, rows.Logarithms)));
            }

            if (ofRun.Count > 0)
                whole.Add(new(model, way, ofRun));
        }

        return whole.Count > 0 ? new(whole, aside) : throw new SurveyException(new(path, Line: aside[0].Line),
            $"the answer to question {aside[0].SourceRow} lacks {aside[0].Describe()}, and no other is whole",
            "Give every option its probability, also where it is 0");
    }

    static IncompleteAnswer? Lacking(string model, Question question, IReadOnlyList<int[]>? orders,
        IEnumerable<KeyValuePair<AnswerKey, List<ImportRow>>> given)
    {
        var all = Enumerable.Range(0, question.Options.Count);
        foreach (var (_, options) in given)
        {
            int[] missing = [.. all.Except(options.Select(o => o.OptionIndex))];
            if (missing.Length > 0)
                return new(model, question.SourceRow, options[^1].Place.Line, missing);
        }
        // A mean over some of the orders would lean to the labels that these give an option.
        int[] absent = [.. Enumerable.Range(0, orders?.Count ?? 0).Except(given.Select(a => a.Key.Order ?? 0))];
        return absent.Length == 0 ? null : new(model, question.SourceRow, given.Last().Value[^1].Place.Line, []) { MissingOrders = absent };
    }

    Country? Named(ImportRow row, string column, string? text)
    {
        try
        {
            return text is null ? null : PromptedGroups.Named(text, _survey, "");
        }
        catch (SurveyException e)
        {
            throw new SurveyException(row.Place.In(column), e.Message.TrimEnd('.'),
                "Leave the cell empty where the prompt named no country", e);
        }
    }

    /// <summary>Whom the prompt of an answer named in its country's place; null where its rows do not tell.</summary>
    Country? NamedInstead(List<ImportRow> rows)
    {
        var name = rows.Select(r => r.NamedCountry).Distinct().ToList() is [var one]
            ? one
            : throw new SurveyException(rows[^1].Place.In("named_country"), "the answer has several values",
                "Repeat the same country for every option of an answer");
        if (name is not null && rows[0].Control != ControlNames.Of(Control.WrongCountry))
            throw new SurveyException(rows[0].Place.In("named_country"), "only the control wrong-country names somebody else",
                "Say in prompted_country whom other prompts name");
        return Named(rows[0], "named_country", name);
    }

    ImportedWay Way(ImportRow row)
    {
        var country = Named(row, "prompted_country", row.Country);
        var condition = row.Condition ?? (country is null ? "default" : "cross-national");
        if (condition is not ("default" or "cross-national" or "linguistic"))
            throw new SurveyException(row.Place.In("condition"), $"\"{condition}\" is no condition",
                "Write default, cross-national or linguistic");
        if (condition == "default" && country is not null)
            throw new SurveyException(row.Place.In("condition"), "under the default condition a prompt names no country",
                "Leave prompted_country empty, or write cross-national");
        if (condition == "cross-national" && country is null)
            throw new SurveyException(row.Place.In("prompted_country"), "a cross-national prompt names a country",
                "Fill in prompted_country, or write default");
        if (row.Language is { } tag && !LanguageTag.IsOne(tag))
            throw new SurveyException(row.Place.In("language"), $"\"{tag}\" is no tag of BCP 47",
                "Write tags such as ru, zh-Hans or pt-BR");
        if (row.Language is not null && condition != "linguistic")
            throw new SurveyException(row.Place.In("condition"),
                $"under the {condition} condition prompts are in the survey's own language", "Leave language empty, or write linguistic");
        var way = new ImportedWay { Condition = condition, Country = country, Language = row.Language };
        return way with
        {
            OptionOrder = row.OptionOrder ?? way.OptionOrder,
            Control = One("control", row.Control, "none", "options-only", "shuffled-question", "wrong-country"),
            Template = row.Template ?? way.Template,
            Reading = One("reading", row.Reading, "labels", "text-sum", "text-mean", "text-bytes", "text-pmi"),
        };

        string One(string column, string? value, params string[] words) => value is null ? words[0] : words.Contains(value) ? value
            : throw new SurveyException(row.Place.In(column), $"\"{value}\" is none", $"Write one of {string.Join(", ", words)}");
    }

    Question Find(ImportRow row)
    {
        if (Named(row) is { } question)
        {
            if (row.QuestionId is { } id && id != question.Id)
                throw new SurveyException(row.Place.In("question_id"),
                    $"row {question.SourceRow} of {_survey.Name} is called {question.Id}",
                    "Import against the survey that was asked");
            if (row.QuestionSha256 is { } hash && hash != TextSha256(question.Text))
                throw new SurveyException(row.Place.In("question_sha256"), $"row {question.SourceRow} of {_survey.Name} has another text",
                    "Import against the survey that was asked");
            return question;
        }

        if (row.QuestionSha256 is not { } sha256)
            throw new SurveyException(row.Place, "none of source_row, question_id and question_sha256 is filled in",
                "Name the question by one of them");
        var rows = _rowsByText.Value[sha256].ToList();
        return rows.Count switch
        {
            1 => _questions[rows[0]],
            0 => throw new SurveyException(row.Place.In("question_sha256"), $"no question of {_survey.Name} has this text",
                "The hash is SHA-256 of the question's text in UTF-8, every blank and line break included"),
            _ => throw new SurveyException(row.Place.In("question_sha256"),
                $"rows {string.Join(", ", rows)} of {_survey.Name} have the same text", "Name the question by source_row"),
        };
    }

    /// <summary>The question that the row names by its place or its id; null where it names it by neither.</summary>
    Question? Named(ImportRow row) => row switch
    {
        { SourceRow: { } sourceRow } => _questions.GetValueOrDefault(sourceRow)
            ?? throw new SurveyException(row.Place.In("source_row"), $"{_survey.Name} has no row {sourceRow}",
                "Count the survey's rows from 0, without its header"),
        { QuestionId: { } id } => _byId.Value.GetValueOrDefault(id)
            ?? throw new SurveyException(row.Place.In("question_id"), $"{_survey.Name} has no question {id}",
                "Write ids as the survey has them"),
        _ => null,
    };

    ImportedAnswer Answer(AnswerKey key, IReadOnlyList<int[]>? orders, List<ImportRow> rows, bool logarithms)
    {
        var (place, sourceRow) = (rows[^1].Place, key.SourceRow);
        var given = new double[_questions[sourceRow].Options.Count];
        foreach (var row in rows)
            given[row.OptionIndex] = row.Value;
        var largest = given.Max();
        // By differences: whole texts have probabilities that no double holds.
        double[] shares = logarithms ? [.. given.Select(l => Math.Exp(l - largest))] : given;
        var sum = logarithms ? Math.Exp(largest) * shares.Sum() : shares.Sum();
        var offMenu = rows.Select(r => r.OffMenu).Distinct().ToList() is [var one]
            ? one
            : throw new SurveyException(place.In("off_menu"), $"the answer to question {sourceRow} has several values",
                "Repeat the same value for every option of an answer");
        if (!(logarithms ? largest > double.NegativeInfinity : sum > 0) || sum > 1 + SumTolerance)
            throw new SurveyException(place, $"the probabilities of question {sourceRow} sum to {sum:R}",
                "They sum to 1, or to what the options have of the whole vocabulary");
        if (offMenu is { } outside && Math.Abs(sum - 1) > SumTolerance && Math.Abs(sum - (1 - outside)) > SumTolerance)
            throw new SurveyException(place.In("off_menu"),
                $"the probabilities of question {sourceRow} sum to {sum:R}, which is neither 1 nor 1 - {outside:R}",
                "Give probabilities of the options alone, or of the whole vocabulary");
        // What the options lack of 1 lies outside them; where they have all of it, a file of shares says nothing of the rest.
        offMenu ??= logarithms || sum < 1 - SumTolerance ? Math.Max(0, 1 - sum) : null;
        var whole = shares.Sum();
        double[] probabilities = [.. shares.Select(p => p / whole)];
        return new()
        {
            SourceRow = sourceRow,
            OrderIndex = key.Order,
            Order = key.Order is { } index ? orders![index] : null,
            NamedInstead = NamedInstead(rows),
            Probabilities = probabilities,
            OffMenu = offMenu,
            LogProbabilities = logarithms ? given : offMenu is { } off ? [.. probabilities.Select(p => Math.Log(p * (1 - off)))] : [],
        };
    }
}
