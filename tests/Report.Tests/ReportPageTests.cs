using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LocalOpinions.Report.Tests;

public sealed class ReportPageTests
{
    static readonly ReportData Plain = new([Sample.Run(Sample.Countries())], 0);

    [Fact]
    public void The_policy_allows_exactly_the_script_and_the_style_sheet_of_the_page()
    {
        var page = Sample.Page(Plain);
        var policy = Between(page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");

        Assert.StartsWith("default-src 'none'; ", policy);
        Assert.Equal($"script-src '{Hash(Between(page, "<script>", "</script>"))}'", Directive(policy, "script-src"));
        Assert.Equal($"style-src '{Hash(Between(page, "<style>", "</style>"))}'", Directive(policy, "style-src"));
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotContain("http", policy);
    }

    [Fact]
    public void The_page_refers_to_no_other_file()
    {
        var page = Sample.Page(Plain);
        var markup = page.Replace(Between(page, "<script>", "</script>"), "");

        Assert.DoesNotMatch(@"(?i)\b(src|href|srcset|action)\s*=", markup);
        Assert.DoesNotMatch(@"(?i)@import|url\((?!#)", markup);
    }

    [Fact]
    public void Hostile_text_comes_back_unchanged_from_the_data_block_and_adds_no_markup()
    {
        var plainScripts = Regex.Count(Sample.Page(Plain), "(?i)<script");
        foreach (var text in Sample.Hostile)
        {
            var run = Sample.Run(Sample.Country(text, text, 0.5)) with
            {
                Model = text,
                Survey = text,
                Notice = text,
                Condition = text,
                PromptedCountry = text,
                Template = text,
                Device = text,
            };
            var page = Sample.Page(new ReportData([run], 0), text);
            var block = Between(page, "id=\"data\">", "</script>");

            Assert.Equal(plainScripts, Regex.Count(page, "(?i)<script"));
            Assert.Matches(@"\A[\x20-\x7E]*\z", block);
            Assert.DoesNotMatch("[<>&']", block);
            var read = JsonSerializer.Deserialize(block, ReportJson.Default.ReportData)!.Runs[0];
            Assert.Equal((text, text, text), (read.Model, read.Notice, read.Countries[0].Label));
            Assert.Equal(text, WebUtility.HtmlDecode(Between(page, "<title>", "</title>")));
        }
    }

    [Fact]
    public void Numbers_keep_every_digit()
    {
        var bits = Math.BitIncrement(0.1 + 0.2);
        var block = Between(Sample.Page(new ReportData([Sample.Run(Sample.Country("A", null, bits))], 0)), "id=\"data\">", "</script>");

        Assert.Equal(bits, JsonSerializer.Deserialize(block, ReportJson.Default.ReportData)!.Runs[0].Countries[0].Bits);
    }

    [Fact]
    public void The_same_data_give_the_same_bytes() => Assert.Equal(Sample.Page(Plain), Sample.Page(Plain));

    static string Between(string text, string before, string after)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[start..text.IndexOf(after, start, StringComparison.Ordinal)];
    }

    static string Directive(string policy, string name) => policy.Split("; ").Single(part => part.StartsWith(name, StringComparison.Ordinal));

    static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
