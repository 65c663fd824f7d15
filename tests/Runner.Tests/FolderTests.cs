using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using LocalOpinions.Tests;

namespace LocalOpinions.Runner.Tests;

/// <summary>The directions between a room's folders. A folder is a namespace; what uses what is read from the assemblies.</summary>
public sealed partial class FolderTests
{
    const string Prefix = "LocalOpinions.";

    // The folders that each may use, in its own room; "." is the room's root, which holds what all of the room speak of.
    // Where the root shows more than plain data (the results file, the sample survey, the study), it uses folders in its turn.
    static readonly Dictionary<string, string[]> s_mayUse = new()
    {
        ["Analysis"] = [],
        ["Analysis.Comparisons"] = [".", "Panels"],
        ["Analysis.FollowUp"] = [".", "Panels", "Sampling"],
        ["Analysis.Panels"] = [".", "Sampling"],
        ["Analysis.Rankings"] = [],
        ["Analysis.References"] = [".", "Panels", "Sampling", "Scores"],
        ["Analysis.Sampling"] = [],
        ["Analysis.Scores"] = ["."],
        ["Analysis.Texts"] = ["."],

        ["Asking.Classifying"] = ["Prompts", "Running", "Sources", "Tasks"],
        ["Asking.Drafting"] = ["Outputs", "Prompts", "Running", "Sources", "Tasks"],
        ["Asking.Importing"] = ["Prompts", "Running"],
        ["Asking.Local"] = ["Prompts", "Sources"],
        ["Asking.Looking"] = ["Prompts", "Sources", "Tasks"],
        ["Asking.Measuring"] = ["Prompts", "Running", "Sources", "Tasks"],
        ["Asking.Merging"] = ["Running"],
        ["Asking.Models"] = ["Local", "Prompts", "Sources", "Workers"],
        ["Asking.Outputs"] = [],
        ["Asking.Prompts"] = [],
        ["Asking.Remote"] = ["Prompts", "Sources", "Tasks"],
        ["Asking.Running"] = ["Prompts", "Sharding", "Sources", "Tasks"],
        ["Asking.Sharding"] = [],
        ["Asking.Sources"] = ["Prompts"],
        ["Asking.Tasks"] = ["Prompts", "Sources"],
        ["Asking.Verifying"] = ["Models", "Prompts", "Remote", "Running", "Sources", "Tasks"],
        ["Asking.Workers"] = ["Local", "Prompts", "Sources", "Tasks"],

        ["Endpoints"] = [],

        ["Engine"] = [],
        ["Engine.Chat"] = [".", "Loading"],
        ["Engine.Decoding"] = [".", "Llama", "Loading", "Planning", "Reading"],
        ["Engine.Generation"] = [".", "Decoding", "Loading", "Planning", "Reading"],
        ["Engine.Gguf"] = [],
        ["Engine.Llama"] = ["."],
        ["Engine.Loading"] = [".", "Gguf", "Llama"],
        ["Engine.Planning"] = ["Loading"],
        ["Engine.Reading"] = [".", "Loading", "Planning"],

        ["Hub"] = [],

        ["Report"] = ["Data"],
        ["Report.Data"] = ["."],

        ["Runner"] = ["Printing", "Terminal"],
        ["Runner.Arguments"] = [".", "Terminal"],
        ["Runner.Commands"] = [".", "Arguments", "Printing", "Sql", "Terminal"],
        ["Runner.Printing"] = ["Terminal"],
        ["Runner.Sql"] = ["Printing", "Terminal"],
        ["Runner.Terminal"] = [],

        ["Scoring.Simd"] = ["Kernels", "Measures"],
        ["Scoring.Simd.Effects"] = ["."],
        ["Scoring.Simd.Kernels"] = ["."],
        ["Scoring.Simd.Measures"] = [".", "Kernels"],
        ["Scoring.Simd.Resampling"] = ["."],

        ["Serve"] = [],

        ["Store"] =
            ["Bulk", "Chunks", "Connections", "Functions", "Mapping", "Merging", "Native", "Reading", "Rows", "Schema", "Sql", "Writing"],
        ["Store.Bulk"] = [".", "Chunks", "Connections", "Native"],
        ["Store.Chunks"] = [".", "Native"],
        ["Store.Connections"] = [".", "Chunks", "Mapping", "Native"],
        ["Store.Functions"] = [".", "Connections"],
        ["Store.Mapping"] = ["."],
        ["Store.Merging"] = [".", "Connections"],
        ["Store.Native"] = ["."],
        ["Store.Output"] = ["."],
        ["Store.Reading"] = [".", "Connections", "Writing"],
        ["Store.Rows"] = [],
        ["Store.Schema"] = [".", "Connections"],
        ["Store.Sql"] = [".", "Connections", "Mapping", "Native"],
        ["Store.Writing"] = [".", "Bulk", "Chunks", "Connections", "Rows"],

        ["Study"] = ["Findings"],
        ["Study.Cluster"] = [],
        ["Study.Findings"] = ["."],

        ["Surveys"] = ["Checks", "Formats", "Geography", "Translations"],
        ["Surveys.Checks"] = [".", "Geography"],
        ["Surveys.Formats"] = [".", "Checks", "Geography"],
        ["Surveys.Geography"] = ["."],
        ["Surveys.Imports"] = [".", "Formats", "Geography", "Prompts"],
        ["Surveys.Personas"] = [".", "Formats", "Prompts"],
        ["Surveys.Prompts"] = [".", "Checks", "Formats", "Geography", "Translations"],
        ["Surveys.Translations"] = [".", "Formats", "Geography"],
        ["Surveys.Wordings"] = [".", "Formats", "Prompts"],
    };

    static readonly string[] s_rooms = [.. ArchitectureTests.Libraries.Select(l => l.Data), "Runner"];

    static readonly Lazy<Architecture> s_architecture = new(() => new ArchLoader().LoadAssemblies(
        [.. s_rooms.Select(r => System.Reflection.Assembly.Load(r == "Runner" ? "localopinions" : Prefix + r))]).Build());

    [Fact]
    public void A_folder_uses_only_those_that_it_may()
    {
        var forbidden = Uses().Where(u => RoomOf(u.From) == RoomOf(u.To) && !MayUse(Folder(u.From)).Contains(Folder(u.To)))
            .Select(u => $"{u.From.FullName} uses {u.To.FullName}").ToList();
        Assert.True(forbidden.Count == 0, string.Join('\n', forbidden));
    }

    [Fact]
    public void Every_folder_has_its_line() => Assert.Equal(
        s_architecture.Value.Types.Where(t => RoomOf(t) is not null).Select(Folder).Distinct().Order(StringComparer.Ordinal),
        s_mayUse.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void No_folders_use_each_other()
    {
        var order = new HashSet<string>(s_rooms);
        var left = s_mayUse.Keys.Except(s_rooms).ToList();
        while (left.Find(folder => MayUse(folder).All(f => order.Contains(f) || f == folder)) is { } next)
        {
            order.Add(next);
            left.Remove(next);
        }
        Assert.Empty(left);
    }

    [Fact]
    public void What_a_root_shows_to_the_room_knows_no_folder_of_it()
    {
        foreach (var shown in new[] { "Store.StoreException", "Store.StoreOptions", "Surveys.SurveyException", "Engine.EngineException" })
            Assert.Empty(Uses().Where(u => u.From.FullName == Prefix + shown && Folder(u.From) != Folder(u.To)).Select(u => u.To.FullName));
        // A query's result is read through Chunks; the results file itself is for those outside.
        Assert.Empty(Uses().Where(u => u.From.FullName == Prefix + "Store.QueryResult" && Folder(u.To) is not ("Store" or "Store.Chunks"))
            .Select(u => u.To.FullName));
        Assert.Empty(Uses().Where(u => u.To.FullName == Prefix + "Store.ResultsFile" && RoomOf(u.From) == "Store"
            && Folder(u.From) != "Store").Select(u => u.From.FullName));
    }

    [Fact]
    public void Only_analysis_works_on_the_stores_chunks_and_connections()
    {
        var outside = Uses().Where(u => RoomOf(u.From) != "Store" && (Folder(u.To) is "Store.Bulk" or "Store.Chunks"
            or "Store.Connections" || u.To.FullName == Prefix + "Store.BulkAccess")).Select(u => Folder(u.From)).Distinct();
        Assert.Equal(["Analysis", "Analysis.Panels", "Analysis.Scores"], outside.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void A_namespace_is_its_folder(string root)
    {
        var top = Path.Combine(Repository.Root, root);
        var files = Directory.EnumerateFiles(top, "*.cs", SearchOption.AllDirectories)
            .Select(f => (File: Path.GetRelativePath(top, f), Text: File.ReadAllText(f))).ToList();
        Assert.NotEmpty(files);
        Assert.Empty(files.Where(f => Declared().Match(f.Text) is { Success: true } match && match.Groups[1].Value != Expected(f.File))
            .Select(f => f.File));

        // What several test programs share belongs to none of them.
        string Expected(string file) => file.StartsWith("Shared", StringComparison.Ordinal) ? Prefix + "Tests"
            : Prefix + Path.GetDirectoryName(file)!.Replace(Path.DirectorySeparatorChar, '.');
    }

    static IEnumerable<(IType From, IType To)> Uses() => s_architecture.Value.Types.Where(t => RoomOf(t) is not null)
        .SelectMany(t => t.Dependencies.Select(d => (t, d.Target))).Where(u => RoomOf(u.Target) is not null).Distinct();

    static IEnumerable<string> MayUse(string folder)
    {
        var room = s_rooms.Single(r => IsWithin(folder, r));
        return s_mayUse.GetValueOrDefault(folder, []).Select(f => f == "." ? room : $"{room}.{f}").Append(folder);
    }

    // Null for what is none of ours, and for what Engine and Store share.
    static string? RoomOf(IType type) => type.FullName.StartsWith(Prefix, StringComparison.Ordinal)
        ? Array.Find(s_rooms, r => IsWithin(Folder(type), r)) : null;

    static string Folder(IType type) => type.Namespace.FullName[Prefix.Length..];

    static bool IsWithin(string folder, string room) => folder == room || folder.StartsWith(room + ".", StringComparison.Ordinal);

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Declared();
}
