using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LocalOpinions.Store;
using LocalOpinions.Store.Rows;
using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Report.Tests.FullStudy;

/// <summary>What the study's prompts are made of, kept as a run keeps it: of translations the texts of every question, once for all
/// models.</summary>
static class StudyPrompts
{
    static readonly Dictionary<string, string[]> s_words = new()
    {
        ["ru"] = ("люди,правительство,должно,страна,экономика,сегодня,думаете,важно,мир,дети,религия,торговля,будущее,женщины,наука,климат,"
            + "лидеры,доверие,проблема,лучше,хуже,следующий,лет,семья,работа,здоровье,молодые,внешняя,политика,права").Split(','),
        ["zh"] = ("人们,政府,应该,国家,经济,今天,认为,重要,世界,孩子,宗教,贸易,未来,女性,科学,气候,"
            + "领导人,信心,问题,更好,更糟,下一个,年,家庭,工作,健康,年轻,外国,政策,权利").Split(','),
    };

    public static void Keep(ResultsFile file, int run, Template template, string control, string? language, StudySurvey survey)
    {
        var words = template.Words;
        string? putIn = null;
        if (language is not null)
        {
            putIn = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{language} {survey.Questions.Length}")));
            file.KeepPromptTexts(putIn, Texts(survey, language));
        }
        file.KeepPrompts(
        [
            new()
            {
                RunId = run,
                Before = "Human: ",
                // This control leaves the line of the question out.
                Message = control == "none" ? words.Message : words.Message[(words.Message.IndexOf('\n', StringComparison.Ordinal) + 1)..],
                After = "\n\nAssistant: ",
                Opening = words.Opening,
                Country = words.Country,
                Somebody = words.Somebody,
                PutInSha256 = putIn,
            },
        ]);
    }

    /// <summary>As many words as the question and its options have in the survey's own language.</summary>
    static IEnumerable<PromptTextRow> Texts(StudySurvey survey, string language)
    {
        var random = new Random(language[0]);
        var (words, between) = (s_words[language], language == "zh" ? "" : " ");
        string Said(string text) => string.Join(between, text.Split(' ').Select(_ => words[random.Next(words.Length)]));
        foreach (var question in survey.Questions)
        {
            var row = question.SourceRow;
            yield return new(row, "question", null, string.Create(CultureInfo.InvariantCulture, $"{Said(question.Text)} ({row})?"));
            foreach (var (index, option) in question.Options.Index())
                yield return new(row, "option", index, $"{Said(option)} {index}");
        }
    }
}
