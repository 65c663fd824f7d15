using System.Security.Cryptography;
using System.Text.Json;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store.Writing;

/// <summary>What makes two runs the same run: everything that can change an answer, by content.</summary>
static class RunKey
{
    /// <summary>SHA-256, lower-case hexadecimal, of a JSON array: quoting keeps neighbouring fields apart.</summary>
    public static string Of(RunRow run, string modelSha256, string surveySha256) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes<object?[]>(
        [
            "run/1", modelSha256, surveySha256, run.Condition, run.PromptedCountry, run.TemplateName, run.TemplateVersion,
            run.TemplateSha256, run.Ending, run.OptionOrder, run.Plan, run.Exact, run.KvType, run.FlashAttention, run.EngineBuild,
            run.Device,
            run.Language, run.Translation, run.TranslationSha256, run.Control, run.Reading, run.Origin,
            // Most readings have no settings, and their keys are those of versions that knew none.
            .. run.ReadingSettings.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}={s.Value}"),
        ])));
}
