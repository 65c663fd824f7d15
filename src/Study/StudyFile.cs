using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LocalOpinions.Analysis;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Surveys;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Study;

/// <summary>Reads and writes study declarations, strictly: what is misspelt is told, not ignored.</summary>
public static class StudyFile
{
    /// <summary>The name of the schema of study files.</summary>
    public const string SchemaName = "study.schema.json";

    /// <summary>Snake case, indented, with text as it is read.</summary>
    internal static JsonSerializerOptions Readable { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The fewest replicates of the bootstrap.</summary>
    public const int FewestResamples = 100;

    /// <summary>The most replicates of the bootstrap.</summary>
    public const int MostResamples = 100_000;

    static readonly JsonSerializerOptions s_options = new(Readable)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Reads a study file.</summary>
    /// <exception cref="InputException">It is not there, is no such file, or declares what cannot be done; the message names the line or
    /// the member.</exception>
    public static StudyDeclaration Read(string path)
    {
        string text;
        try
        {
            text = InputFile.ReadText(path);
        }
        catch (FileNotFoundException)
        {
            throw new InputException($"No study file {path}.", Remedy.DeclareStudy, path);
        }
        if (string.IsNullOrWhiteSpace(text))
            throw new InputException($"{path}: the file is empty.", Remedy.DeclareStudy, path);
        StudyDeclaration study;
        try
        {
            study = JsonSerializer.Deserialize<StudyDeclaration>(text, s_options) ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            var place = e.LineNumber is { } line ? $", line {line + 1}" : "";
            throw new InputException($"{path}{place}: {StudyMember.Problem(e)}. See docs/study.md, or look at the schema.",
                Remedy.ShowStudySchema);
        }
        return Checked(study, path);
    }

    /// <summary>The declaration as the text of a study file, JSON.</summary>
    public static string Write(StudyDeclaration study) => JsonSerializer.Serialize(study, s_options) + "\n";

    /// <summary>The study's identity: SHA-256 of that text without its schema, lower-case hexadecimal.</summary>
    public static string Sha256(StudyDeclaration study) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Write(study with { Schema = null }))));

    /// <summary>The schema of study files, JSON.</summary>
    public static string Schema()
    {
        using var reader = new StreamReader(typeof(StudyFile).Assembly.GetManifestResourceStream(SchemaName)!);
        return reader.ReadToEnd();
    }

    /// <summary>The study, if everything in it can be done; what cannot is told before anything slow begins.</summary>
    /// <param name="study">The study.</param>
    /// <param name="where">Where it is declared, for messages.</param>
    /// <exception cref="InputException">Something cannot be done; the message names the member.</exception>
    public static StudyDeclaration Checked(StudyDeclaration study, string where)
    {
        List<string> models = [.. study.Models, .. study.Imported ?? []];
        Require(models.Count > 0, "models", "name at least one model, or an imported one");
        Require(models.Distinct().Count() == models.Count, "models", "a model is named twice");
        Require(study.Conditions.Contains("default"), "conditions",
            "the default condition cannot be left out: everything is compared with it");
        foreach (var condition in study.Conditions)
            Require(condition is "default" or "cross-national" or "linguistic", "conditions",
                $"\"{condition}\" is none: give default, cross-national, linguistic");
        Require(TemplateFamilies.Names.Contains(study.Template) || (study.Models.Count == 0 && study.Template.Length > 0), "template",
            $"\"{study.Template}\" is none: give {string.Join(", ", TemplateFamilies.Names)}");
        Require(study.Ending is "paren" or "space", "ending", $"\"{study.Ending}\" is none: give paren or space");
        Require(study.Reading is null || PromptDesign.ReadingNames.Contains(study.Reading), "reading",
            $"\"{study.Reading}\" is none: give {string.Join(", ", PromptDesign.ReadingNames)}");
        Require(study.JudgedReading() == PromptDesign.LabelReading || study.Ending == "space", "ending",
            "whole texts are read behind the ending space");
        Require(study.Layout is "plain" or "chat", "layout", $"\"{study.Layout}\" is none: give plain or chat");
        Require(study.System is null || study.System.Trim().Length > 0, "system", "give a text, or leave it out");
        Require(study.Date is null || DateOnly.TryParseExact(study.Date, StudyDeclaration.DateFormat, CultureInfo.InvariantCulture,
            DateTimeStyles.None, out _), "date", $"\"{study.Date}\" is no day: give one as 2026-03-05");
        Require(study.Date is null || study.Layout == "chat", "date", "only a chat layout is told the day");
        Require(study.Controls is "sample" or "full" or "none", "controls", $"\"{study.Controls}\" is none: give sample, full or none");
        Require(study.Refusals is "keep" or "drop" or "separate", "refusals", $"\"{study.Refusals}\" is none: give keep, drop or separate");
        Require(study.Written is null or >= 1 and <= WritingChoice.MostTexts, "written",
            $"give 1 to {WritingChoice.MostTexts}");
        Require(study.FewestRespondents >= 0, "fewest_respondents", "give 0 or more");
        Require(study.ControlQuestions >= 1, "control_questions", "give 1 or more");
        Require(study.Limit is null or >= 1, "limit", "give 1 or more");
        Require(study.MostOffMenu is null or >= 0 and <= 1, "most_off_menu", "give 0 to 1");
        Require(study.Resamples is >= FewestResamples and <= MostResamples, "resamples", $"give {FewestResamples} to {MostResamples}");
        Require(!study.Conditions.Contains("cross-national") || study.Countries.Count > 0, "countries",
            "the cross-national condition needs countries");
        Require(!study.Conditions.Contains("linguistic") || study.Translations.Count > 0, "translations",
            "the linguistic condition needs translations");
        Require(study.Part is null or SurveyPart.Train or SurveyPart.HeldOut, "part",
            $"\"{study.Part}\" is none: give {SurveyPart.Train} or {SurveyPart.HeldOut}");
        Require(study.Split is null || study.Part is not null, "split", "say in part which part is meant");
        Require(study.Wordings is null || study.Models.Count > 0, "wordings", "nobody is asked");
        Require(study.WordingOrders is null || study.Wordings is not null, "wording_orders", "say in wordings which are meant");
        Require(study.Personas is null || study.Conditions.Contains("cross-national"), "personas",
            "personas are asked in the cross-national condition");
        foreach (var name in study.Perturbations ?? [])
            RequireText("perturbations", () => Perturbation.Parse(name));
        RequireText("orders", () => OptionOrders.Parse(study.Orders));
        RequireText("wording_orders", () => OptionOrders.Parse(study.WordingOrders ?? OptionOrders.SurveysOwn));
        RequireText("split", () => SurveySplit.Parse(study.Split ?? SurveySplit.Default.Name));
        return study;

        void RequireText(string member, Action parse)
        {
            try
            {
                parse();
            }
            catch (FormatException e)
            {
                Require(false, member, e.Message);
            }
        }

        void Require(bool holds, string member, string problem)
        {
            if (!holds)
                throw new InputException($"{where}, {member}: {problem}.");
        }
    }
}
