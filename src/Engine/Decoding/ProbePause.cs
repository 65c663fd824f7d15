using System.Diagnostics;

namespace LocalOpinions.Engine.Decoding;

/// <summary>Times llama.cpp's own rate every so often while nothing else is decoded.</summary>
/// <param name="probe">What times it; null for never.</param>
/// <param name="times">Where the rates and the time go.</param>
sealed class ProbePause(PromptRate? probe, EngineTimes times) : IDisposable
{
    // Decodes share it; a probe has it alone.
    readonly ReaderWriterLockSlim _device = new();
    long _probed = Stopwatch.GetTimestamp();

    /// <summary>Does something on the device that no probe is to be beside.</summary>
    public bool Outside(Func<bool> work)
    {
        if (probe is null)
            return work();
        _device.EnterReadLock();
        try
        {
            return work();
        }
        finally
        {
            _device.ExitReadLock();
        }
    }

    /// <summary>Measures, if the last time is long enough ago.</summary>
    public void ProbeIfDue()
    {
        if (probe is null || Stopwatch.GetElapsedTime(Volatile.Read(ref _probed)) <= times.ProbeInterval)
            return;
        _device.EnterWriteLock();
        try
        {
            // Another engine may have been first.
            if (Stopwatch.GetElapsedTime(_probed) <= times.ProbeInterval)
                return;
            var start = Stopwatch.GetTimestamp();
            var rate = probe.Measure();
            Volatile.Write(ref _probed, Stopwatch.GetTimestamp());
            times.AddProbe(rate, Stopwatch.GetElapsedTime(start, _probed));
        }
        finally
        {
            _device.ExitWriteLock();
        }
    }

    public void Dispose() => _device.Dispose();
}
