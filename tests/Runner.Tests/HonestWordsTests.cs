using System.Text.Json;
using System.Text.RegularExpressions;
using LocalOpinions.Asking.Models;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Running;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Study;
using LocalOpinions.Tests;

namespace LocalOpinions.Runner.Tests;

/// <summary>What commands say, held against what they did.</summary>
public sealed partial class HonestWordsTests : IDisposable
{
    static readonly string s_model = Repository.Fixture("tiny/llama-spm.gguf");
    static readonly string[] s_run =
        ["run", "--model", s_model, "--threads", "1", "--no-isolate", "--survey", "sample", "--limit", "4", "--out", "r.duckdb"];

    readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task Compare_leaves_out_every_control_unless_it_is_named()
    {
        await Succeed(s_run);
        foreach (var control in new[] { "options-only", "shuffled-question" })
            await Succeed([.. s_run, "--control", control]);
        await Succeed([.. s_run, "--control", "wrong-country", "--country", "Brazil"]);
        await Succeed("controls", "r.duckdb");
        await Succeed([.. s_run, "--template", "shareable"]);
        Assert.Equal(["none", "none"], await Compared());
        Assert.Equal(["none", "options-only"], await Compared("--run", "1", "2"));

        async Task<string[]> Compared(params string[] more)
        {
            var ids = JsonDocument.Parse((await Succeed(["compare", "r.duckdb", "--json", .. more])).Output).RootElement
                .GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("run_id").GetInt32());
            await Succeed("sql", "r.duckdb", "select run_id, control from runs", "-o", "controls.json", "--force");
            var controls = JsonDocument.Parse(File.ReadAllText("controls.json")).RootElement.EnumerateArray()
                .ToDictionary(r => r.GetProperty("run_id").GetInt32(), r => r.GetProperty("control").GetString()!);
            return [.. ids.Select(id => controls[id])];
        }
    }

    [Fact]
    public async Task Every_statement_of_a_text_is_answered()
    {
        await Succeed(s_run);
        Assert.Equal(["a", "1", "b", "2"], (await Succeed("sql", "r.duckdb", "select 1 as a; select 2 as b", "--format", "markdown")).Output
            .Split('\n').Where(l => l.StartsWith('|') && !l.Contains('-')).Select(l => l.Trim('|', ' ')));
        var failed = await _line.RunAsync("sql", "r.duckdb", "select 7 as a; select nonesuch; select 9");
        failed.Refused(ExitCodes.File);
        Assert.Contains("7", failed.Output);
        Assert.DoesNotContain("9", failed.Output);
    }

    [Fact]
    public async Task A_number_of_layers_for_a_gpu_is_not_passed_over_where_there_is_none()
    {
        var refused = await _line.RunAsync([.. s_run, "--device", "cpu", "--gpu-layers", "4"]);
        refused.Refused(ExitCodes.Usage);
        Assert.Contains("--gpu-layers", refused.Error);
        if (!EngineRuntime.WouldUseGpu(DeviceKind.Auto))
            Assert.Contains("no GPU is used here", (await Succeed([.. s_run, "--gpu-layers", "4"])).Error);
    }

    [Fact]
    public async Task Model_folders_that_are_not_there_are_told()
    {
        var folder = _line.PathOf("nowhere");
        Environment.SetEnvironmentVariable(ModelFile.FoldersVariable, folder);
        try
        {
            var doctor = await _line.RunAsync("doctor", "--json");
            Assert.Equal(ExitCodes.Machine, doctor.Code);
            var models = JsonDocument.Parse(doctor.Output).RootElement.EnumerateArray()
                .Single(c => c.GetProperty("name").GetString() == "models");
            Assert.False(models.GetProperty("ok").GetBoolean());
            Assert.Contains(folder, models.GetProperty("finding").GetString());
            Assert.Contains(folder, (await Succeed("models")).Error);
        }
        finally
        {
            Environment.SetEnvironmentVariable(ModelFile.FoldersVariable, null);
        }
    }

    [Theory]
    [InlineData("empty.yaml", "surveys new")]
    [InlineData("empty.csv", "the file is empty")]
    public async Task An_empty_file_is_no_failed_download(string name, string words)
    {
        File.WriteAllBytes(_line.PathOf(name), []);
        var end = await _line.RunAsync("surveys", name);
        end.Refused(ExitCodes.File);
        Assert.Contains(words, end.Error);
        Assert.DoesNotContain("ownload", end.Error);
    }

    [Fact]
    public async Task An_empty_study_file_is_said_to_be_empty()
    {
        File.WriteAllText(_line.PathOf("empty.json"), " \n");
        var end = await _line.RunAsync("study", "--from", "empty.json");
        end.Refused(ExitCodes.File);
        Assert.Contains("empty.json: the file is empty. Declare one with: localopinions study", end.Error);
    }

    [Theory]
    [InlineData("model,source_row,option_index,prob\n", "import", "s.csv", "--survey", "sample", "--out", "i.duckdb")]
    [InlineData("id,part,source,translation\n", "translate", "import", "s.csv", "sample", "--language", "tr", "--provenance", "human",
        "--translator", "A", "-o", "t.yaml")]
    public async Task A_header_alone_is_no_input(string content, params string[] arguments)
    {
        File.WriteAllText(_line.PathOf("s.csv"), content);
        var end = await _line.RunAsync(arguments);
        end.Refused(ExitCodes.File);
        Assert.Contains("s.csv: no rows", end.Error);
        Assert.Equal(["s.csv"], _line.Files().Keys);
    }

    [Fact]
    public async Task A_study_that_is_interrupted_while_its_second_part_begins_has_stored_its_first()
    {
        using var interrupt = new CancellationTokenSource();
        var model = new LateModel(new(ModelFile.Find(s_model, [])) { Threads = 1, Isolate = false }, interrupt);
        var outcome = await new StudyJob(new() { Models = [s_model], Survey = SurveySource.Sample, Limit = 4 },
            new("s.duckdb", (_, _) => model, SilentMonitor.Instance)).ExecuteAsync(interrupt.Token);
        Assert.True(outcome.Interrupted);
        Assert.Single(outcome.Runs);
        Assert.Contains("| 4 |", (await Succeed("sql", "s.duckdb", "select count(*) as n from answers", "--format", "markdown")).Output);
    }

    [Theory]
    [InlineData("localopinions has no command inof. Its commands", "inof", "--help")]
    [InlineData("Did you mean run?", "rnu", "--help")]
    [InlineData("Did you mean run?", "rnu", "--version")]
    [InlineData("Did you mean rename?", "models", "renam", "-h")]
    [InlineData("Did you mean card?", "study", "crad", "--help")]
    [InlineData("has no place for zz", "zz", "study", "--help")]
    [InlineData("Did you mean convert?", "surveys", "convrt", "s.csv")]
    public async Task An_unknown_command_is_told_also_where_its_help_is_asked_for(string words, params string[] arguments)
    {
        var end = await _line.RunAsync(arguments);
        end.Refused(ExitCodes.Usage);
        Assert.Contains(words, end.Error);
    }

    [Theory]
    [InlineData("run", "--modle", "x", "--help")]
    [InlineData("run", "--limit", "abc", "--help")]
    [InlineData("study", "card", "--help", "r.duckdb")]
    public async Task Help_comes_beside_wrong_options(params string[] arguments) =>
        Assert.Contains("Usage:", (await Succeed(arguments)).Output);

    [Fact]
    public async Task What_another_argument_mends_ends_with_its_own_code()
    {
        await Succeed(s_run);
        foreach (var (words, arguments) in new (string, string[])[]
        {
            ("(--tokens)", ["look", "--model", s_model, "--question", "18", "--tokens", "99999999", "--no-isolate"]),
            ("no model nonesuch", ["models", "rename", "r.duckdb", "nonesuch", "x"]),
            ("line break", ["models", "rename", "r.duckdb", "llama-spm", "a\nb"]),
        })
        {
            var end = await _line.RunAsync(arguments);
            end.Refused(ExitCodes.Usage);
            Assert.Contains(words, end.Error);
        }
    }

    // Hints in the program's own words: each command that is named is one.
    [Fact]
    public void Every_command_that_a_hint_names_is_there()
    {
        var known = OptionMisuseTests.Paths.ToHashSet();
        var groups = known.Select(p => p.Split(' ')[0]).ToHashSet();
        var named = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Runner"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines).Concat(Enum.GetValues<Analysis.Remedy>().Select(r => RemedyText.Of(r, "FILE") ?? ""))
            .SelectMany(l => HintedCommand().Matches(l)).Select(m => m.Groups[1].Value).Distinct().ToList();
        Assert.True(named.Count > 15, string.Join(", ", named));
        Assert.All(named, n => Assert.True(groups.Contains(n), n));
    }

    async Task<LineEnd> Succeed(params string[] arguments)
    {
        var end = await _line.RunAsync(arguments);
        Assert.True(end.Code == ExitCodes.Done, end.ToString());
        return end;
    }

    [GeneratedRegex("(?:localopinions|\\{self\\}) ([a-z]+)(?= |\"|'|$)")]
    private static partial Regex HintedCommand();

    /// <summary>A model that is interrupted while it is loaded the second time.</summary>
    sealed class LateModel(GgufModel inner, CancellationTokenSource interrupt) : IAskedModel
    {
        int _opened;

        public string Name => ((IAskedModel)inner).Name;

        public void Require(PromptDesign design) => inner.Require(design);

        public Task<string> FingerprintAsync(CancellationToken cancellation) => inner.FingerprintAsync(cancellation);

        public async Task<IAnswerSource> OpenAsync(AskingWork work, SourceContext context, CancellationToken cancellation)
        {
            if (++_opened == 2)
                await interrupt.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
            return await inner.OpenAsync(work, context, cancellation);
        }
    }
}
