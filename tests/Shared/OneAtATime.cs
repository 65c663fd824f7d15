using System.Diagnostics;
using System.Reflection;

[assembly: AssemblyFixture(typeof(LocalOpinions.Tests.OneAtATime))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace LocalOpinions.Tests;

/// <summary>
/// Lets one test program run at a time on this machine; in CI, where models compute with one thread, two, and one more without models.
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
        string[] lanes = Environment.GetEnvironmentVariable("CI") != "true" ? ["tests"] : models ? ["tests", "more"] : ["plain"];
        for (var waited = Stopwatch.StartNew(); ; Thread.Sleep(100))
        {
            foreach (var lane in lanes)
            {
                if (Enter(lane, mayFail: waited.Elapsed < s_patience) is { } entered)
                {
                    _lock = entered;
                    return;
                }
            }
        }
    }

    public void Dispose() => _lock.Dispose();

    static FileStream? Enter(string lane, bool mayFail)
    {
        try
        {
            return new FileStream(Path.Combine(Path.GetTempPath(), $"localopinions-{lane}-{Environment.UserName}.lock"),
                FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (mayFail)
        {
            return null;
        }
    }
}
