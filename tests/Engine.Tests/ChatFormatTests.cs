using System.Diagnostics;
using System.Text.Json;
using LocalOpinions.Engine.Chat;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Tests;

namespace LocalOpinions.Engine.Tests;

/// <summary>
/// The own layouts against the real templates of well-known models, run by an interpreter of their language, and against llama.cpp's.
/// </summary>
public class ChatFormatTests
{
    const string Message = " MESSAGE ", Opening = "OPENING";

    // What a template lays out that this project leaves out on purpose, or does not know.
    static readonly Dictionary<string, string> s_others = new()
    {
        ["SmolLM3"] = "its system message is put together from pieces",
        ["nemotron:70b"] = "an empty system message stands first",
        ["devstral"] = "its system message holds today's date",
    };

    static readonly Lazy<Rendered[]> s_templates = new(Render);

    [Fact]
    public void A_known_template_is_laid_out_as_its_own_program_does_it()
    {
        List<string> wrong = [];
        var families = new Dictionary<string, int>();
        foreach (var t in s_templates.Value.Where(t => t.Answered is not null && !s_others.Keys.Any(t.Model.Contains)))
        {
            if (ChatFormats.Recognise(t.Template) is not { } format)
                continue;
            families[format.Name] = families.GetValueOrDefault(format.Name) + 1;
            var own = Text(format, Opening);
            // A template may drop thoughts from what was said before; that a model is to begin behind them, its prompt tells.
            if (!t.Answered!.StartsWith(own, StringComparison.Ordinal)
                && !t.Answered.StartsWith(own.Replace("<think>\n\n</think>\n\n", "", StringComparison.Ordinal), StringComparison.Ordinal))
                wrong.Add($"{t.Model}\n  own      {Show(own)}\n  template {Show(t.Answered)}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        // Each family with more than one of its versions.
        Assert.Equal(ChatFormats.Families.Order(), families.Keys.Order());
        Assert.All(families, f => Assert.True(f.Value >= 2, $"{f.Key}: {f.Value}"));
        Assert.True(families.Values.Sum() >= 35, $"{families.Values.Sum()} templates");
    }

    // A template's generation prompt is what a model was trained to go on from; thoughts are over before the answer.
    [Fact]
    public void The_answer_begins_where_the_template_lets_a_model_begin()
    {
        var checkedOnes = 0;
        foreach (var t in s_templates.Value.Where(t => t.Prompt is not null && !s_others.Keys.Any(t.Model.Contains)))
        {
            if (ChatFormats.Recognise(t.Template) is not { } format)
                continue;
            checkedOnes++;
            // A blank before the answer belongs to how some templates write answers, not to their prompt; a model that is made to think is
            // given thoughts that are over.
            var own = Text(format, "").TrimEnd(' ');
            Assert.True(own == t.Prompt!.TrimEnd(' ') || own == t.Prompt + "\n</think>\n\n",
                $"{t.Model}\n  own      {Show(own)}\n  template {Show(t.Prompt!)}");
        }
        Assert.True(checkedOnes >= 35, $"{checkedOnes} templates");
    }

    [Fact]
    public void Llama_cpps_own_layouts_agree_up_to_what_they_leave_out()
    {
        EngineRuntime.Start(DeviceKind.Cpu);
        List<string> wrong = [];
        var compared = 0;
        foreach (var t in s_templates.Value)
        {
            if (ChatFormats.Recognise(t.Template) is not { } format || ModelChat.Apply(t.Template, Message) is not { } llama)
                continue;
            compared++;
            // It knows no system message of a template's own, no thoughts, and writes no blank before an answer.
            var own = Text(format with { System = "", Assistant = format.Assistant.Split("<think>")[0].TrimEnd(' ') }, "");
            // Phi-4-mini it takes for Phi-3, which has line feeds.
            if (format.Name == "phi" && !t.Template.Contains("<|user|>", StringComparison.Ordinal)
                && own == llama.Replace("\n", "", StringComparison.Ordinal))
                continue;
            if (Squeezed(own) != Squeezed(llama))
                wrong.Add($"{t.Model}\n  own       {Show(own)}\n  llama.cpp {Show(llama)}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(compared >= 35, $"{compared} templates");
    }

    [Fact]
    public void The_default_models_layout_is_that_of_its_own_file()
    {
        using var model = Model.Load(EngineRuntime.Start(DeviceKind.Cpu), ModelFile.Find(Repository.DefaultModel, []));
        var format = model.ChatFormat();
        Assert.Equal("chatml", format.Name);
        Assert.StartsWith("<|im_start|>system\nYou are a helpful AI assistant named SmolLM", format.System);
        var path = Path.GetTempFileName();
        File.WriteAllText(path, model.Header.ChatTemplate);
        var own = Render(path)[^1];
        Assert.Equal(Text(format, ""), own.Prompt);
        Assert.StartsWith(Text(format, Opening), own.Answered);
        File.Delete(path);
    }

    [Fact]
    public void Unknown_templates_and_base_models_are_refused_with_the_remedy()
    {
        Assert.Null(ChatFormats.Recognise("{{ messages[0].content }}"));
        using var model = TinyModels.Load("llama-spm");
        var e = Assert.Throws<EngineException>(() => model.ChatFormat());
        Assert.Equal(EngineError.ModelUnusable, e.Kind);
        Assert.Contains("the plain layout", e.Message);
        Assert.Equal(EngineRemedy.PlainLayout, e.Remedy);
    }

    [Fact]
    public void Layouts_differ_in_hash_and_stand_in_the_documentation()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "templates.md"));
        var formats = s_templates.Value.Select(t => ChatFormats.Recognise(t.Template)).OfType<ChatFormat>()
            .Select(f => f with { System = "" }).DistinctBy(f => f.Sha256).ToList();
        Assert.True(formats.Count >= 10);
        Assert.All(formats, f => Assert.Contains($"| `{f.Name}` | "
            + $"`{f.Layout.Replace("\n", "\\n", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)}` | `{f.Sha256}` |",
            page));
    }

    static string Text(ChatFormat format, string opening) => format.System + format.Before + (format.Trims ? Message.Trim() : Message)
        + format.After + format.Assistant + opening;

    // Only Mistral's versions differ in blanks, and llama.cpp does not tell all of them apart.
    static string Squeezed(string text) => text.Contains("[INST]", StringComparison.Ordinal)
        ? text.Replace(" ", "", StringComparison.Ordinal) : text;

    static string Show(string text) => text.Replace("\n", "\\n", StringComparison.Ordinal);

    static Rendered[] Render() => Render([]);

    static Rendered[] Render(params string[] files)
    {
        var start = new ProcessStartInfo("node", ["render.mjs", .. files])
        {
            WorkingDirectory = Path.Combine(Repository.Root, "tests", "Engine.Tests", "chat"),
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        using var node = ChildProcess.Start(start);
        var error = node.StandardError.ReadToEndAsync();
        var output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        Assert.True(node.ExitCode == 0, error.Result);
        return JsonSerializer.Deserialize<Rendered[]>(output, JsonSerializerOptions.Web)!;
    }

    sealed record Rendered(string Model, string Template, string? Prompt, string? Answered);
}
