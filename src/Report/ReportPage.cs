using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LocalOpinions.Report;

/// <summary>Puts template, style sheet, script and data together into one file.</summary>
static partial class ReportPage
{
    static readonly string Template = Resource("index.html");
    static readonly string Style = Resource("report.css");
    static readonly string Script = Resource("report.js");

    /// <summary>
    /// Nothing is loaded, nothing is sent, only this script and this style sheet run, and the script can parse no markup.
    /// </summary>
    static readonly string Policy = string.Join("; ",
        "default-src 'none'",
        $"script-src '{HashOf(Script)}'",
        $"style-src '{HashOf(Style)}'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'");

    public static void Write(Stream output, ReportData data, string title)
    {
        // One pass: what is put in is never searched for placeholders again.
        var page = Placeholder().Replace(Template, match => match.Groups[1].Value switch
        {
            "policy" => Policy,
            "title" => WebUtility.HtmlEncode(title),
            "style" => Style,
            "script" => Script,
            "data" => JsonSerializer.Serialize(data, ReportJson.Default.ReportData),
            var name => throw new InvalidOperationException($"index.html has an unknown placeholder: {name}."),
        });
        output.Write(Encoding.UTF8.GetBytes(page));
    }

    static string HashOf(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    static string Resource(string name)
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is missing from the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // A browser reads CR LF as LF before it hashes.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();
}
