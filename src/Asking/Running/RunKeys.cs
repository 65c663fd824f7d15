using System.Security.Cryptography;
using System.Text;
using LocalOpinions.Analysis;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Generation;
using LocalOpinions.Engine.Reading;
using LocalOpinions.Store.Rows;
using LocalOpinions.Surveys.Geography;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Asking.Running;

/// <summary>What makes runs the ones that they are: the same key is the same run, which goes on where it ended.</summary>
sealed class RunKeys(AskingWork work, IAnswerSource source, int modelId, int surveyId)
{
    readonly IReadOnlyList<Country> _people = work.Survey.People();

    /// <summary>One run per template, and within a template per reading.</summary>
    public IEnumerable<RunRow> All() =>
        work.Design.Templates.SelectMany(t => work.Design.Readings.Select(r => Of(t) with { Reading = r.Name }));

    RunRow Of(Template template)
    {
        var (facts, exact, layout) = (source.Facts, work.Job.Exact, work.Design.Choice.Layout);
        var laidOut = LaidOutTemplate.Of(template, facts.Chat);
        return new()
        {
            ModelId = modelId,
            SurveyId = surveyId,
            Condition = template.Condition,
            PromptedCountry = template.Country?.PromptedAs,
            PromptedLabels = PromptedGroups.LabelsAmong(_people, template.Country),
            TemplateName = laidOut.Name,
            TemplateVersion = laidOut.Version,
            TemplateSha256 = laidOut.Sha256,
            Ending = template.Ending.ToString().ToLowerInvariant(),
            OptionOrder = work.Design.Orders.Name,
            Plan = PlanName(),
            Exact = exact,
            KvType = facts.KvType ?? (exact ? "f32" : "f16"),
            FlashAttention = facts.KvType is null && !exact,
            EngineBuild = facts.Build,
            Device = facts.Device,
            Threads = facts.Threads,
            Machine = facts.Machine,
            ToolVersion = ToolVersion.Text,
            Language = template.Translation?.Language,
            Translation = template.Translation?.Provenance.ToString().ToLowerInvariant(),
            TranslationSha256 = template.Translation?.Sha256,
            Control = RunControls.Of(template),
            ReadingSettings = Settings(),
            // A chat layout, a control, a perturbation or another language changes more than the wording.
            Wording = layout == TurnLayout.Plain && template.Control == Control.None && template.Translation is null
                && template.Perturbation is null ? template.Named : null,
        };
    }

    IReadOnlyDictionary<string, string> Settings() => work.Design.Choice.Reading switch
    {
        AnswerReading.Written => TextTaker.Settings(work.Design.Choice),
        AnswerReading.Verbalised => new Dictionary<string, string> { ["numerals"] = $"0 to {SaidNumberReader.Largest}" },
        _ => new Dictionary<string, string>(),
    };

    // Packed answers depend a little on what they are packed with, so that is part of what makes a run; exact ones do not.
    string PlanName()
    {
        if (work.Job.Exact || !source.Abilities.Plan)
            return "one by one";
        var countries = work.Design.Countries;
        var with = countries.Count > 1 ? $" for {string.Join(", ", countries.Select(c => c.PromptedAs))}" : "";
        var how = work.Design.Choice.Reading == AnswerReading.Written
            ? $"written/1 {GenerationPlan.MostTexts}/{GenerationPlan.MostCells}" : $"packed/3 {source.Facts.PlanShape}";
        return $"{how}, {Which()} {work.Questions.Count} questions{with}{Ways()}";

        // What else is asked together, where it is more than countries.
        string Ways()
        {
            var (choice, templates) = (work.Design.Choice, work.Design.Templates);
            return choice.Wordings is null && choice.Personas is null && choice.Perturbations.Count == 0 || templates.Count == 1 ? ""
                : $", {templates.Count} ways {Identity(templates)[..12]}";
        }

        // Which questions, too: others are packed otherwise.
        string Which() => work.Job switch
        {
            { Sample: null } => "the first",
            { Seed: AskingJob.DefaultSeed, Limit: null } => "a sample of",
            _ => $"sample {work.Job.Seed}{(work.Job.Limit is { } limit ? $" of the first {limit}" : "")}:",
        };
    }

    static string Identity(IEnumerable<Template> templates) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(templates.Select(t => t.Sha256)))));
}
