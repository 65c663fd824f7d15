using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LocalOpinions.Tests;

namespace LocalOpinions.Asking.Tests;

/// <summary>llama.cpp's own server on a loopback port, as build/llama-server.sh keeps it.</summary>
sealed class LlamaServerProcess : IDisposable
{
    public const string Absent = "There is no llama-server here; build/llama-server.sh builds it once and keeps it in artifacts/.";
    static readonly TimeSpan s_start = TimeSpan.FromMinutes(3);

    readonly Process _process;

    LlamaServerProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public string Address => $"http://127.0.0.1:{Port}";

    /// <summary>The program; null where it was not built.</summary>
    public static string? Program
    {
        get
        {
            var kept = Environment.GetEnvironmentVariable("LOCALOPINIONS_LLAMA_SERVERS") is { Length: > 0 } named ? named
                : Path.Combine(Repository.Root, "artifacts", "llama-server");
            return Directory.Exists(kept)
                ? Directory.EnumerateDirectories(kept).Select(d => Path.Combine(d, "llama-server")).FirstOrDefault(File.Exists) : null;
        }
    }

    /// <param name="model">The model's file.</param>
    /// <param name="name">What it is called there.</param>
    /// <param name="port">The port of an earlier server; 0 for a free one.</param>
    public static async Task<LlamaServerProcess> StartAsync(string model, string name, int port = 0, params string[] more)
    {
        port = port == 0 ? FreePort() : port;
        // With checkpoints it aborts where prompts of a model with a sliding window share their beginning: docs/remote.md.
        var start = new ProcessStartInfo(Program!, ["--model", model, "--alias", name, "--host", "127.0.0.1", "--port", $"{port}",
            "--offline", "--threads", "1", "--threads-batch", "1", "--parallel", "4", "--ctx-size", "16384", "--log-disable",
            .. more.Length > 0 ? more : ["--ctx-checkpoints", "0"]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var server = new LlamaServerProcess(ChildProcess.Start(start), port);
        _ = server._process.StandardOutput.ReadToEndAsync();
        var said = server._process.StandardError.ReadToEndAsync();
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < s_start; await Task.Delay(100))
        {
            if (server._process.HasExited)
                throw new InvalidOperationException($"llama-server ended with {server._process.ExitCode}: {await said}");
            try
            {
                if ((await client.GetAsync($"{server.Address}/health")).IsSuccessStatusCode)
                    return server;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Not yet.
            }
        }
        server.Dispose();
        throw new TimeoutException($"llama-server was not ready within {s_start}.");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
