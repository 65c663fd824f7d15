using System.Diagnostics;
using System.Text;
using LocalOpinions.Tests;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>The built command in a pseudo terminal of 80 columns, typed into as a person would.</summary>
sealed class Terminal : IDisposable
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    readonly Process _process;
    readonly StringBuilder _seen = new();
    int _read;

    /// <summary>util-linux's script makes the terminal.</summary>
    public static bool IsThere { get; } = OperatingSystem.IsLinux() && File.Exists("/usr/bin/script");

    public Terminal(Cli cli, string arguments, string history)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "localopinions");
        var start = new ProcessStartInfo("/usr/bin/script", ["-qec", $"stty cols 80 rows 30; exec '{program}' {arguments}", "/dev/null"])
        {
            WorkingDirectory = cli.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["TERM"] = "xterm";
        start.Environment["LOCALOPINIONS_HISTORY"] = history;
        // A build server's marks make the terminal library leave interaction off.
        foreach (var name in start.Environment.Keys.Where(k => k == "CI" || k.StartsWith("GITHUB_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        _process = ChildProcess.Start(start);
        new Thread(ReadAll) { IsBackground = true }.Start();
    }

    /// <summary>Types text and waits until the answer to it holds a text.</summary>
    public string Type(string keys, string until)
    {
        _process.StandardInput.Write(keys);
        _process.StandardInput.Flush();
        return WaitFor(until);
    }

    /// <summary>Waits for a text in what was not waited for yet; returns all up to and with it.</summary>
    public string WaitFor(string text)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            lock (_seen)
            {
                var all = _seen.ToString();
                if (all.IndexOf(text, _read, StringComparison.Ordinal) is >= 0 and var at)
                {
                    var found = all[_read..(at + text.Length)];
                    _read = at + text.Length;
                    return found;
                }
                Assert.True(clock.Elapsed < s_patience, $"The terminal never showed \"{text}\", but: {all[_read..]}");
            }
            Thread.Sleep(10);
        }
    }

    public int End()
    {
        Assert.True(_process.WaitForExit(s_patience), $"The command did not end: {_seen}");
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    void ReadAll()
    {
        var buffer = new char[4096];
        for (int n; (n = _process.StandardOutput.Read(buffer)) > 0;)
        {
            lock (_seen)
                _seen.Append(buffer, 0, n);
        }
    }
}
