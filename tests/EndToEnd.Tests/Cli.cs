using System.Diagnostics;
using System.Text.Json;
using LocalOpinions.Store;
using LocalOpinions.Store.Output;
using LocalOpinions.Store.Sql;
using LocalOpinions.Tests;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>The built command, run as a user runs it, in a folder of its own.</summary>
sealed class Cli : IDisposable
{
    static readonly string s_program = Path.Combine(
        AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "localopinions.exe" : "localopinions");

    public string Folder { get; } = Directory.CreateTempSubdirectory("localopinions-e2e-").FullName;

    // llama.cpp's threads spin; on a machine whose cores are busy two of them are slower than one.
    public static string Threads => Environment.GetEnvironmentVariable("CI") == "true" ? "1" : Environment.ProcessorCount.ToString();

    public static string Tiny(string name) => Repository.Fixture($"tiny/{name}.gguf");

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <param name="through">A program that starts this one, with its own arguments; none if absent.</param>
    public Process Start(string[] arguments, IReadOnlyDictionary<string, string>? environment = null, params string[] through)
    {
        string[] all = [.. through, s_program, .. arguments];
        var start = new ProcessStartInfo(all[0], all[1..])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Models of whoever runs the tests are not seen.
        start.Environment["XDG_DATA_HOME"] = PathOf("data");
        // A command lives for a second or two, of which the runtime would spend half on compiling again what it has compiled.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "100";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return ChildProcess.Start(start);
    }

    /// <summary>Runs a script of a page as it stands, with this command on its path.</summary>
    public Ended RunScript(string script)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script])
        { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = AppContext.BaseDirectory + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        // A page names no number of threads: the command takes that of the processors that it is told of.
        start.Environment["DOTNET_PROCESSOR_COUNT"] = Threads;
        using var process = ChildProcess.Start(start);
        return End(process);
    }

    public Ended Run(params string[] arguments) => Run(arguments, null);

    public Ended Run(string[] arguments, IReadOnlyDictionary<string, string>? environment, string input = "")
    {
        using var process = Start(arguments, environment);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return End(process);
    }

    /// <summary>A query's rows as <c>sql --json</c> prints them, read in this process: other tests start that command.</summary>
    public JsonElement Query(string file, string query) => Read(file, session =>
    {
        using var rows = session.Query(query);
        using var written = new MemoryStream();
        JsonOutput.Write(rows, written);
        return JsonDocument.Parse(written.ToArray()).RootElement;
    });

    /// <summary>The same as <c>sql --csv</c> prints it.</summary>
    public string QueryCsv(string file, string query) => Read(file, session =>
    {
        using var rows = session.QueryText(query);
        using var written = new StringWriter();
        CsvOutput.Write(rows, written);
        return written.ToString();
    });

    T Read<T>(string file, Func<SqlSession, T> read)
    {
        using var results = ResultsFile.OpenReadOnly(PathOf(file));
        using var session = results.OpenSession();
        return read(session);
    }

    public static Ended End(Process process)
    {
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, error.Result);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>What a finished command left.</summary>
sealed record Ended(int Code, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public Ended Succeeded()
    {
        Assert.True(Code == 0, $"exit code {Code}\n{Output}\n{Error}");
        return this;
    }

    /// <summary>Failed as a user should see it: this code, these words on standard error, no stack trace.</summary>
    public void Failed(int code, params string[] words)
    {
        Assert.True(Code == code, $"exit code {Code}, expected {code}\n{Output}\n{Error}");
        Assert.All(words, w => Assert.Contains(w, Error));
        Assert.DoesNotContain("   at ", Error + Output);
        Assert.DoesNotContain("Exception", Error + Output);
    }
}
