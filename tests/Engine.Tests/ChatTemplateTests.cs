using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using LocalOpinions.Engine.Chat;
using LocalOpinions.Tests;

namespace LocalOpinions.Engine.Tests;

/// <summary>Templates as they are run here, against what Python's Jinja makes of them.</summary>
public class ChatTemplateTests
{
    static readonly Talk[] s_talks = ChatTemplates.Parse<Talk[]>(File.ReadAllText(Path.Combine(ChatTemplates.Folder, "talks.json")));

    static readonly Dictionary<string, Dictionary<string, string?>> s_rendered = ChatTemplates.Parse<
        Dictionary<string, Dictionary<string, string?>>>(File.ReadAllText(Path.Combine(ChatTemplates.Folder, "rendered.json")));

    [Fact]
    public void Templates_are_rendered_as_by_Pythons_Jinja()
    {
        List<string> wrong = [];
        var same = 0;
        foreach (var (model, template) in ChatTemplates.All)
        {
            foreach (var talk in s_talks)
            {
                var text = Render(template, talk);
                if ((text is null ? null : Hash(text)) == s_rendered[Hash(template)][talk.Name])
                    same++;
                else
                    wrong.Add($"{model}, {talk.Name}: {text?.ReplaceLineEndings("\\n") ?? "refused"}");
            }
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {wrong.Count + same}\n{string.Join('\n', wrong)}");
        Assert.True(ChatTemplates.All.Count >= 60, $"{ChatTemplates.All.Count} templates");
    }

    // The hashes are those that the oracle gives, where it is installed.
    [Fact]
    public async Task The_oracle_says_what_is_recorded_of_it()
    {
        var start = new ProcessStartInfo("sh", ["-c", "python3 -c 'import jinja2' || exit 77; node templates.mjs | python3 oracle.py"])
        {
            WorkingDirectory = ChatTemplates.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var oracle = ChildProcess.Start(start);
        var error = oracle.StandardError.ReadToEndAsync();
        var output = oracle.StandardOutput.ReadToEnd();
        oracle.WaitForExit();
        Assert.SkipWhen(oracle.ExitCode == 77, "python3 has no jinja2 here (Debian: python3-jinja2)");
        Assert.True(oracle.ExitCode == 0, await error);
        Assert.Equal(File.ReadAllText(Path.Combine(ChatTemplates.Folder, "rendered.json")), output);
    }

    [Theory]
    [InlineData("%d %b %Y", "05 Mar 2026")]
    [InlineData("%B %d, %Y", "March 05, 2026")]
    [InlineData("%-d.%-m.%y", "5.3.26")]
    [InlineData("%A %e (%a, day %j)", "Thursday  5 (Thu, day 064)")]
    [InlineData("%F %T 100%% %q", "2026-03-05 00:00:00 100% %q")]
    public void A_day_is_written_in_the_formats_of_strftime(string format, string text) =>
        Assert.Equal(text, TemplateDate.Format(new(2026, 3, 5), format));

    [Fact]
    public void No_template_is_told_the_time()
    {
        var e = Assert.Throws<ChatTemplateException>(() => ChatTemplate.Use("{{ strftime_now('%Y') }}", new(), t => t.Render(true)));
        Assert.True(e.IsTemplates);
        Assert.Equal("none", ChatTemplate.Use("{{ 'some' if strftime_now is defined else 'none' }}", new(), t => t.Render(true)));
        Assert.Equal("1999", ChatTemplate.Use("{{ strftime_now('%Y') }}", new() { Date = new(1999, 1, 2) }, t => t.Render(true)));
    }

    // A megabyte and a half, in ns.s.
    const string LongText =
        "{% set ns = namespace(s='xxxxxxxxxxxx') %}{% for a in range(17) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}";

    public static TheoryData<string, string> Hostile => new()
    {
        { "loops", "{% for a in range(100000000) %}{% for b in range(100000000) %}x{% endfor %}{% endfor %}" },
        { "quiet loops", "{% for a in range(100000) %}{% for b in range(10000) %}{% endfor %}{% endfor %}" },
        { "output", "{% set ns = namespace(s='xxxxxxxx') %}{% for a in range(60) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}{{ ns.s }}" },
        { "printed output", "{% for a in range(10000000) %}{{ 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' }}{% endfor %}" },
        { "join", $"{LongText}{{{{ range(100000) | join(ns.s) }}}}" },
        { "replace", $"{LongText}{{{{ ns.s | replace('x', ns.s) }}}}" },
        { "indent", "{{ 'a\nb' | indent(999999999) }}" },
        { "tojson", "{{ {'a': [1]} | tojson(indent=999999999) }}" },
        { "recursion", "{% macro m(n) %}{{ m(n + 1) }}{% endmacro %}{{ m(0) }}" },
        { "nesting", $"{{{{ {new string('(', 100_000)}1{new string(')', 100_000)} }}}}" },
        { "lists", $"{{{{ {new string('[', 100_000)}{new string(']', 100_000)} }}}}" },
        { "conditions", string.Concat(Enumerable.Repeat("{% if true %}", 8000)) + string.Concat(Enumerable.Repeat("{% endif %}", 8000)) },
        { "negations", $"{{{{ {string.Concat(Enumerable.Repeat("not ", 50_000))}1 }}}}" },
        { "size", new string('x', 1 << 20) },
        { "blanks", $"{{{{{new string(' ', 200_000)}" },
        { "attributes", "{{ ''.__class__.__mro__[1].__subclasses__() }}" },
        { "constructors", "{{ messages.constructor.constructor('return globalThis')() }}" },
        { "prototypes", "{{ messages[0].__proto__.polluted() }}" },
    };

    [Theory, MemberData(nameof(Hostile))]
    public void A_hostile_template_ends_in_a_refusal(string what, string template)
    {
        var (time, before) = (Stopwatch.StartNew(), GC.GetTotalMemory(forceFullCollection: true));
        var e = Assert.Throws<ChatTemplateException>(() =>
            ChatTemplate.Use(template, new(), t => t.Render(true, new ChatTurn("user", "MESSAGE"))));
        Assert.True(time.Elapsed < TimeSpan.FromSeconds(20), $"{what}: {time.Elapsed}");
        Assert.True(GC.GetTotalMemory(forceFullCollection: false) - before < 256L << 20, what);
        Assert.NotEmpty(e.Message);
    }

    static string? Render(string template, Talk talk)
    {
        foreach (var form in Enum.GetValues<ContentForm>())
        {
            try
            {
                var text = ChatTemplate.Use(template, ChatTemplates.Tokens with { Date = talk.Date }, t =>
                {
                    t.Form = form;
                    return t.Render(talk.GoesOn, talk.Messages.Select(m => new ChatTurn(m.Role, m.Content)));
                });
                if (text.Contains(talk.Messages[^1].Content.Trim(), StringComparison.Ordinal))
                    return text;
            }
            catch (ChatTemplateException e) when (e.IsTemplates)
            {
                // In parts it may do.
                continue;
            }
        }
        return null;
    }

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
