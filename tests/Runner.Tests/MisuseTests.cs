using System.CommandLine;
using LocalOpinions.Hub;
using LocalOpinions.Runner.Commands;

namespace LocalOpinions.Runner.Tests;

/// <summary>
/// Command lines made at random: whatever is typed ends soon, with a code and words that are the user's, and changes no file that it
/// should not.
/// </summary>
public sealed class MisuseTests : IDisposable
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    // They work without any input, or wait for some.
    static readonly string[] s_leftOut = ["demo", "doctor"];

    // What takes a results file to change it.
    static readonly string[] s_writing = ["run", "look", "study", "score", "controls", "import", "merge", "sql"];

    // A person's own, which --force replaces where a line names them as its output.
    static readonly string[] s_replaceable = ["script.sql", "precious.txt", "import.csv", "sheet.csv", "study.json"];

    static readonly string[] s_values =
    [
        "", " ", "0", "1", "-1", "3.5", "1e999", "99999999999999999999", "nan", "buses", "text", "table", "default", "cross-national",
        "keep", "cpu", "auto", "cuda:7", "cyclic", "sample:0", "sample:3", "Kenya", "Kenia", "published", "Atlantis", "tr", "ru",
        "zz-Zzzz", "human", "sample", "own.yaml", "own.tr.yaml", "long.csv", "published.csv", "sheet.csv", "import.csv", "study.json",
        "script.sql", "precious.txt", "no-model.gguf", "folder", "nonesuch", "nowhere/x", "/dev/null", "select 1", "selct",
        "drop table runs", "--", "-", "--help", "-x", "--no-such", "é", "日本語", "a\nb", "\u001b[2J", "'; drop table runs; --", "%s%n",
        "$(id)", "../..", "~",
    ];

    readonly CommandLine _line = new();

    public MisuseTests() => Environment.SetEnvironmentVariable(HubEndpoint.AddressVariable, "http://127.0.0.1:9");

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(HubEndpoint.AddressVariable, null);
        _line.Dispose();
    }

    [Fact]
    public Task Two_hundred_misuses_end_well() => EndWellAsync(200, seed: 1);

    [Fact(Explicit = true)]
    [Trait("Category", "Long")]
    public Task Two_thousand_misuses_end_well() => EndWellAsync(2000, seed: 2);

    async Task EndWellAsync(int count, int seed)
    {
        Specimens.Write(_line);
        await Specimens.WriteResultsAsync(_line);
        File.Copy("results.duckdb", "results.kept");
        var replaceable = s_replaceable.ToDictionary(name => name, File.ReadAllBytes);
        var random = new Random(seed);
        var commands = OptionMisuseTests.CommandsOf(CommandTree.Create(), []).Where(c => !s_leftOut.Contains(c.Path[0])).ToList();
        var codes = new Dictionary<int, int>();
        for (var i = 0; i < count; i++)
        {
            var (path, command) = commands[random.Next(commands.Count)];
            string[] arguments = [.. path, .. Arguments(path, command, random)];
            var before = _line.Files();
            var end = await _line.RunAsync(arguments).WaitAsync(s_patience);
            Assert.True(end.Code is ExitCodes.Done or ExitCodes.Usage or ExitCodes.File or ExitCodes.Machine, end.ToString());
            end.Understandable();
            Assert.True(end.Code == ExitCodes.Done || end.Error.StartsWith("localopinions: ", StringComparison.Ordinal), end.ToString());
            string[] forced = [.. arguments.Contains("--force") ? s_replaceable.Intersect(arguments) : []];
            Restore(before, s_writing.Contains(path[0]) || path[^1] == "classify", forced, end);
            foreach (var name in forced)
                File.WriteAllBytes(name, replaceable[name]);
            codes[end.Code] = codes.GetValueOrDefault(end.Code) + 1;
        }
        // Not everything is turned away at the door.
        Assert.True(codes.GetValueOrDefault(ExitCodes.Done) > count / 50 && codes.GetValueOrDefault(ExitCodes.File) > count / 20,
            string.Join(", ", codes));
    }

    void Restore(Dictionary<string, string> before, bool writes, string[] forced, LineEnd end)
    {
        var after = _line.Files();
        foreach (var (name, hash) in before)
        {
            var kept = after.TryGetValue(name, out var now) && now == hash;
            Assert.True(kept || (writes && name == "results.duckdb" && now is not null) || forced.Contains(name),
                $"{name} was changed by {end}");
        }
        foreach (var made in after.Keys.Except(before.Keys))
            File.Delete(made);
        File.Copy("results.kept", "results.duckdb", overwrite: true);
    }

    static IEnumerable<string> Arguments(string[] path, Command command, Random random)
    {
        List<string> arguments = [];
        foreach (var option in command.Options.Where(o => o.Required || random.Next(6) == 0))
        {
            if (random.Next(15) == 0)
                continue;
            for (var times = random.Next(12) == 0 ? 2 : 1; times > 0; times--)
            {
                arguments.Add(random.Next(20) == 0 ? option.Name[..^1] : option.Name);
                if (option.ValueType != typeof(bool) && random.Next(15) > 0)
                    arguments.Add(Value(path, option.Name, random));
                if (option.AllowMultipleArgumentsPerToken && random.Next(2) == 0)
                    arguments.Add(Value(path, option.Name, random));
            }
        }
        foreach (var argument in command.Arguments.Where(a => a.Arity.MinimumNumberOfValues > 0 || path[0] == "sql" || random.Next(2) == 0))
        {
            // With no query a shell opens.
            if (argument.Name == "query")
                arguments.Add(random.Next(2) == 0 ? "from runs" : s_values[random.Next(s_values.Length)]);
            else if (random.Next(15) > 0)
                arguments.Add(Value(path, argument.Name, random));
        }
        return random.Next(10) == 0 ? arguments.Append(s_values[random.Next(s_values.Length)]) : arguments;
    }

    // Half of the values are such as the option takes, so that the others are looked at too.
    static string Value(string[] path, string name, Random random)
    {
        // A page is served until somebody ends it, and an owner with a name is asked of a hub.
        if (path[0] is "serve" or "pull")
            return s_values.Where(v => !v.Contains('/')).ElementAt(random.Next(40));
        if (random.Next(2) == 0)
            return s_values[random.Next(s_values.Length)];
        return name switch
        {
            "file" or "files" => "results.duckdb",
            "survey" or "--survey" => random.Next(2) == 0 ? "own.yaml" : "published.csv",
            "sheet" or "sheets" or "--sheet" => "sheet.csv",
            "csv" => "import.csv",
            "--out" or "--save" => random.Next(2) == 0 ? "new.out" : "new.csv",
            "--question" or "--run" or "--limit" => "0",
            "--language" => "tr",
            "--provenance" => "human",
            _ => s_values[random.Next(s_values.Length)],
        };
    }
}
