using System.Text;
using LocalOpinions.Surveys.Formats;

namespace LocalOpinions.Surveys.Translations;

/// <summary>A question's texts in another language while they are put together.</summary>
/// <param name="Question">The survey's question.</param>
/// <param name="Text">Its text translated.</param>
/// <param name="Options">Its options translated, in the survey's order.</param>
public sealed record TranslationEntry(Question Question, string Text, IReadOnlyList<string> Options);

/// <summary>Writes translation files.</summary>
public static class TranslationWriter
{
    /// <summary>Writes a translation file that <see cref="Translation.Load"/> reads.</summary>
    /// <param name="survey">The survey that is translated.</param>
    /// <param name="language">A BCP 47 tag.</param>
    /// <param name="provenance">Who made the translation.</param>
    /// <param name="translator">The translator's name, or the machine's and how it was used.</param>
    /// <param name="entries">The translated questions.</param>
    /// <returns>The file's bytes, which <see cref="Translation.Load"/> has not checked yet.</returns>
    public static byte[] Write(Survey survey, string language, Provenance provenance, string translator,
        IEnumerable<TranslationEntry> entries)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var yaml = new YamlOutput(text);
        using (yaml.Mapping())
        {
            yaml.Field("format", TranslationReader.Format);
            yaml.Field("language", language);
            yaml.Field("provenance", provenance.ToString().ToLowerInvariant());
            yaml.Field("translator", translator);
            yaml.Field("survey", survey.Name);
            yaml.Name("questions");
            using (yaml.Sequence())
            {
                foreach (var entry in entries)
                    Write(yaml, entry);
            }
        }
        yaml.End();
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    static void Write(YamlOutput yaml, TranslationEntry entry)
    {
        using (yaml.Mapping())
        {
            yaml.Field("id", entry.Question.Id);
            yaml.Field("source", entry.Question.Text);
            yaml.Field("text", entry.Text);
            yaml.Name("options");
            using (yaml.Sequence())
            {
                foreach (var (source, translated) in entry.Question.Options.Zip(entry.Options))
                {
                    using (yaml.Mapping(flow: true))
                    {
                        yaml.Field("source", source);
                        yaml.Field("text", translated);
                    }
                }
            }
        }
    }
}
