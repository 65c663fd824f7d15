using System.Diagnostics;

namespace LocalOpinions.Faults.Tests;

/// <summary>The log in which DuckDB keeps what a run commits.</summary>
static class RunLog
{
    /// <summary>Waits until a run has stored the survey, loaded the model and then stored some answers.</summary>
    /// <param name="run">The process.</param>
    /// <param name="results">Its results file.</param>
    public static void WaitForAnswers(Process run, string results)
    {
        var (log, stored, still) = (results + ".wal", 0L, Stopwatch.StartNew());
        for (var clock = Stopwatch.StartNew(); ; Thread.Sleep(5))
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60) && !run.HasExited, "The run stored nothing.");
            var length = File.Exists(log) ? new FileInfo(log).Length : 0;
            if (length > stored && stored > 0 && still.Elapsed > TimeSpan.FromSeconds(1))
                return;
            if (length > stored)
                (stored, still) = (length, Stopwatch.StartNew());
        }
    }
}
