using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LocalOpinions.Report.Data;

namespace LocalOpinions.Report;

/// <summary>Puts template, style sheet, script and data together into one file.</summary>
static partial class ReportPage
{
    static readonly string Template = Resource("index.html");
    static readonly string Style = Resource("report.css");
    static readonly string Script = Resource("report.js");
    static readonly string PlotStyle = Resource("plot.css");
    static readonly NamedBlock Atlas = new("atlas", AtlasBlock());

    /// <summary>
    /// Nothing is loaded, nothing is sent, only this script and these styles run, and the script can parse no markup. Fonts and the
    /// pictures that an export passes through are data in the page itself.
    /// </summary>
    static readonly string Policy = string.Join("; ",
        "default-src 'none'",
        $"script-src '{HashOf(Script)}'",
        $"style-src '{HashOf(Style)}' '{HashOf(PlotStyle)}'",
        "font-src data:",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'");

    /// <summary>Size in bytes of a page without the results' data, roughly: only its title is not counted.</summary>
    public static long EmptySize => Template.Length + Script.Length + Style.Length + PageData.Written(Atlas.Bytes) + 2000;

    public static void Write(Stream output, PageData data, string title)
    {
        // One pass: what is put in is never searched for placeholders again.
        var page = Placeholder().Replace(Template, match => match.Groups[1].Value switch
        {
            "policy" => Policy,
            "title" => WebUtility.HtmlEncode(title),
            "style" => Style,
            "script" => Script,
            "first" => Elements([data.First, Atlas]),
            "rest" => Elements(data.Rest),
            var name => throw new InvalidOperationException($"index.html has an unknown placeholder: {name}."),
        });
        output.Write(Encoding.UTF8.GetBytes(page));
    }

    // Base64 holds nothing that could end the element.
    static string Elements(IEnumerable<NamedBlock> blocks) =>
        string.Join(
            '\n', blocks.Select(
            block => $"<script type=\"application/octet-stream\" id=\"data-{block.Name}\">{Convert.ToBase64String(block.Bytes)}</script>"));

    static byte[] AtlasBlock()
    {
        using var atlas = JsonDocument.Parse(Resource("atlas.json"));
        return new ColumnBlock().Compress(atlas.RootElement, BlockJson.Default.JsonElement);
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
