using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace LocalOpinions.Report.Tests;

/// <summary>The page in a real browser, opened from the disk.</summary>
public sealed class BrowserTests
{
    [Fact]
    public void The_map_and_the_table_are_drawn_without_an_error()
    {
        var (dom, complaints) = Open(Sample.Page(new ReportData([Sample.Run(Sample.Countries())], 2)));

        Assert.Empty(complaints);
        // United States, France, Brazil, India and Kenya; China's sample is not national and Singapore has no shape at 1:110m.
        var fills = Regex.Matches(dom, "<path[^>]* class=\"country\"[^>]* fill=\"(#[0-9a-f]{6})\"").Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(5, fills.Count);
        Assert.True(fills.Distinct().Count() >= 4, string.Join(' ', fills));
        Assert.Single(Regex.Matches(dom, "class=\"thin\""));
        Assert.Contains("Too small for this map, but in the table: Singapore.", dom);
        Assert.Contains("2 more runs in the results file", dom);

        var rows = TableRows(dom);
        Assert.Equal(7, rows.Count);
        Assert.Equal(["1", "United States", "24", "0.710", "0.759", "0.600", "+0.110"], rows[0]);
        Assert.Equal(["\u2013", "China (Non-national sample)not national", "24", "0.800", "0.833", "0.600", "+0.200"], rows[5]);
        Assert.Equal(["\u2013", "Kenyan < 10", "4", "0.580", "0.650", "0.600", "\u22120.020"], rows[6]);
    }

    [Fact]
    public void Hostile_text_shows_as_text()
    {
        var countries = Sample.Hostile.Select((text, index) => Sample.Country(text, index == 0 ? "FRA" : text, 0.5 + index / 100.0)).ToArray();
        var run = Sample.Run(countries) with
        {
            Model = Sample.Hostile[0],
            Survey = Sample.Hostile[2],
            Notice = Sample.Hostile[3],
            Condition = Sample.Hostile[1],
            PromptedCountry = Sample.Hostile[6],
            Status = Sample.Hostile[8],
            OptionOrder = Sample.Hostile[2],
        };
        var (dom, complaints) = Open(Sample.Page(new ReportData([run, run], 0), Sample.Hostile[6]));

        Assert.Empty(complaints);
        Assert.DoesNotMatch("<img|<svg onload|<h1>owned|<title>owned", dom);
        Assert.Equal(2, Regex.Count(dom, "(?i)<script"));
        var labels = TableRows(dom).Select(row => row[1]).ToHashSet();
        // \0 and line ends are the browser's own business; the others must come through letter by letter.
        foreach (var text in Sample.Hostile.Where(text => !text.Contains('\0')))
            Assert.Contains(text, labels);
    }

    [Fact]
    public void The_keyboard_sorting_and_the_choice_of_run_work()
    {
        var second = Sample.Run(Sample.Country("Mali", "MLI", 0.5)) with { Model = "other" };
        var page = Sample.Page(new ReportData([Sample.Run(Sample.Countries()), second], 0));
        var (dom, complaints) = Open(WithScript(page, """
            const said = [];
            const key = (name) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true }));
            const firstCell = () => document.querySelector("tbody th").firstChild.data;
            document.querySelector(".country[tabindex='0']").focus();
            for (const name of ["ArrowRight", "End", "ArrowRight", "ArrowLeft"]) {
              key(name);
              said.push(document.querySelector(".tooltip").firstChild.textContent);
            }
            for (let i = 0; i < 2; i++) {
              document.querySelector("th.label button").click();
              said.push(firstCell() + " " + document.querySelector("th.label").getAttribute("aria-sort"));
            }
            const select = document.querySelector("select");
            select.value = "1";
            select.dispatchEvent(new Event("change"));
            said.push(firstCell(), String(document.querySelectorAll(".country[fill]").length));
            document.title = said.join("|");
            """));

        Assert.Empty(complaints);
        Assert.Contains("<title>France|Kenya|United States|Kenya|Brazil ascending|United States descending|Mali|1</title>", dom);
    }

    [Fact]
    public void Each_run_says_its_noise_floor_its_prompted_country_and_its_option_order()
    {
        var measured = Sample.Run(Sample.Countries()) with
        {
            Condition = "cross-national",
            PromptedCountry = "Chad",
            OptionOrder = "cyclic",
            Noise = new ReportNoise(32, 0.0123, 0.0789, 0.0041, 0.0302),
        };
        var exact = Sample.Run(Sample.Countries()) with { Exact = true };
        var (dom, complaints) = Open(WithScript(Sample.Page(new ReportData([measured, exact, Sample.Run(Sample.Countries())], 0)), """
            const select = document.querySelector("select");
            const said = [...select.options].map((option) => option.textContent);
            for (let i = 0; i < 3; i++) {
              select.value = String(i);
              select.dispatchEvent(new Event("change"));
              said.push(document.getElementById("noise").textContent, document.querySelector(".summary").textContent.split(" are most")[0]);
            }
            document.title = said.join("|");
            """));

        Assert.Empty(complaints);
        var said = WebUtility.HtmlDecode(Regex.Match(dom, "<title>(.*?)</title>").Groups[1].Value).Split('|');
        Assert.Equal(
            [
                "model \u00B7 cross-national: Chad \u00B7 option order: cyclic \u00B7 survey \u00B7 2026-01-02",
                "model \u00B7 default \u00B7 survey \u00B7 2026-01-02",
                "model \u00B7 default \u00B7 survey \u00B7 2026-01-02",
                "Noise floor: The arithmetic of this run moves an option\u2019s probability by 0.012 on average (0.079 at most) and the similarity of "
                    + "one question and country by 0.004 (0.030 at most); smaller differences mean nothing. "
                    + "Measured on 32 of its prompts against decoding one at a time in F32.",
                "The answers of model (prompted country: Chad; option order: cyclic)",
                "Noise floor: decoded one prompt at a time in F32: no noise floor.",
                "The answers of model",
                "Noise floor: not measured.",
                "The answers of model",
            ],
            said);
    }

    [Fact]
    public void A_forbidden_script_would_be_noticed()
    {
        var (_, complaints) = Open(Sample.Page(new ReportData([Sample.Run(Sample.Countries())], 0))
            .Replace("</body>", "<script>document.title = 'owned'</script></body>"));

        Assert.Contains(complaints, line => line.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    /// <summary>The page with a script of the test's at its end, which its policy then allows.</summary>
    static string WithScript(string page, string script)
    {
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        return page.Replace("script-src ", $"script-src 'sha256-{hash}' ").Replace("</body>", $"<script>{script}</script></body>");
    }

    static List<List<string>> TableRows(string dom)
    {
        var body = Regex.Match(dom, "<tbody>(.*?)</tbody>", RegexOptions.Singleline).Groups[1].Value;
        return Regex.Matches(body, "<tr.*?</tr>", RegexOptions.Singleline)
            .Select(row => Regex.Matches(row.Value, "<(td|th)\\b[^>]*>(.*?)</\\1>", RegexOptions.Singleline)
                .Select(cell => WebUtility.HtmlDecode(Regex.Replace(cell.Groups[2].Value, "<[^>]*>", ""))).ToList())
            .ToList();
    }

    /// <summary>The document after its script ran, and all that the browser's console said.</summary>
    static (string Dom, List<string> Complaints) Open(string page)
    {
        var browser = Tool.Find("chromium", "chromium-browser", "google-chrome");
        if (browser is null)
            Assert.Skip("Chromium is not installed: the page was not opened in a browser.");

        var folder = Directory.CreateTempSubdirectory("localopinions-browser-");
        try
        {
            var file = Path.Combine(folder.FullName, "report.html");
            File.WriteAllText(file, page);
            var (exitCode, dom, error) = Tool.Run(browser, folder.FullName,
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", $"--user-data-dir={folder.FullName}/profile",
                "--enable-logging=stderr", "--dump-dom", new Uri(file).AbsoluteUri);
            Assert.True(exitCode == 0, error);
            Assert.Contains("</html>", dom);
            return (dom, error.Split('\n').Where(line => line.Contains("CONSOLE", StringComparison.Ordinal)).ToList());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
