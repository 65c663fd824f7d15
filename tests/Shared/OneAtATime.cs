using System.Diagnostics;
using System.Reflection;

[assembly: AssemblyFixture(typeof(LocalOpinions.Tests.OneAtATime))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace LocalOpinions.Tests;

/// <summary>
/// Lets one test program run at a time on this machine; in CI, where models compute with one thread, one more without models beside it.
/// </summary>
/// <remarks>
/// dotnet test starts the programs together. llama.cpp's threads spin while they wait, so an engine test that shares its cores is an order
/// of magnitude slower, and tests that kill and restart processes become flaky. A project whose tests put models to work says so
/// (<c>ModelsAtWork</c> in its project file).
/// </remarks>
public sealed class OneAtATime : IDisposable
{
    static readonly TimeSpan s_patience = TimeSpan.FromMinutes(30);

    readonly FileStream _lock;

    public OneAtATime()
    {
        var models = typeof(OneAtATime).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Any(a => a.Key == "ModelsAtWork");
        var lane = Environment.GetEnvironmentVariable("CI") == "true" && !models ? "plain" : "tests";
        var path = Path.Combine(Path.GetTempPath(), $"localopinions-{lane}-{Environment.UserName}.lock");
        for (var waited = Stopwatch.StartNew(); ;)
        {
            try
            {
                _lock = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return;
            }
            catch (IOException) when (waited.Elapsed < s_patience)
            {
                Thread.Sleep(100);
            }
        }
    }

    public void Dispose() => _lock.Dispose();
}
