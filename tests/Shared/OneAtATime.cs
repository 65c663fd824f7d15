using System.Diagnostics;

[assembly: AssemblyFixture(typeof(LocalOpinions.Tests.OneAtATime))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace LocalOpinions.Tests;

/// <summary>Lets one test program run at a time on this machine.</summary>
/// <remarks>
/// dotnet test starts the programs together. llama.cpp's threads spin while they wait, so an engine test that shares its cores is an order
/// of magnitude slower, and tests that kill and restart processes become flaky.
/// </remarks>
public sealed class OneAtATime : IDisposable
{
    static readonly TimeSpan s_patience = TimeSpan.FromMinutes(30);

    readonly FileStream _lock;

    public OneAtATime()
    {
        var path = Path.Combine(Path.GetTempPath(), $"localopinions-tests-{Environment.UserName}.lock");
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
