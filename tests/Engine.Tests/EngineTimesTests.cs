using System.Diagnostics;
using LocalOpinions.Engine.Decoding;

namespace LocalOpinions.Engine.Tests;

/// <summary>Times are added by several threads and read by others.</summary>
public class EngineTimesTests
{
    [Fact]
    public async Task Nothing_is_lost_and_every_snapshot_is_of_one_moment()
    {
        const int Rounds = 20_000;
        var times = new EngineTimes();
        var one = TimeSpan.FromTicks(1);
        Action[] writers =
        [
            () => times.AddProbe(1, one), () => times.AddReading(one),
            () => times.Add(new(3, one, one, one, one, [1])),
        ];
        var done = false;
        var reader = Task.Run(() =>
        {
            while (!Volatile.Read(ref done))
            {
                var now = times.Snapshot();
                Assert.Equal(3 * now.Decoding.Ticks, now.Tokens);
                Assert.Equal(now.Decoding, now.Total);
                Assert.Equal(now.Probing.Ticks, now.Probes.Count);
                Assert.InRange(times.BusyShare, 0, double.MaxValue);
            }
        });
        var threads = writers.Select(write => new Thread(() =>
        {
            for (var i = 0; i < Rounds; i++)
                write();
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        Volatile.Write(ref done, true);
        await reader;
        Assert.Equal(3 * Rounds, times.Tokens);
        Assert.Equal((Rounds, 2 * Rounds, Rounds, 2 * Rounds),
            (times.Decoding.Ticks, times.Reading.Ticks, times.Total.Ticks, times.Probing.Ticks));
        Assert.Equal(2 * Rounds, times.Probes.Count);
    }

    [Fact]
    public void What_was_added_since_a_moment_is_told_apart()
    {
        var times = new EngineTimes();
        times.Begin(At(0));
        Decode(0, 1, 5);
        times.AddProbe(100, TimeSpan.FromSeconds(2));
        var before = times.Snapshot();
        Decode(3, 6, 7);
        times.AddProbe(200, TimeSpan.FromSeconds(4));
        times.End(At(10));
        var since = times.Since(before);
        Assert.Equal((7, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4), TimeSpan.Zero),
            (since.Tokens, since.Total, since.Decoding, since.Probing, since.Reading));
        Assert.Equal([200.0], since.Probes);
        // 4 s of decoding in 10 s, of which 6 s went to the probes.
        Assert.Equal(1, times.BusyShare, 12);

        void Decode(int from, int to, int tokens)
        {
            times.BeginDecode(At(from));
            times.EndDecode(At(to), tokens);
        }
    }

    // Two engines: one decodes from 1 to 4 s, the other from 3 to 6 and from 8 to 9; they are at work from 0 to 7 and from 2 to 10.
    [Fact]
    public void A_moment_in_which_several_engines_are_at_work_counts_once()
    {
        var times = new EngineTimes();
        times.Begin(At(0));
        times.BeginDecode(At(1));
        times.Begin(At(2));
        times.BeginDecode(At(3));
        times.EndDecode(At(4), 10);
        times.EndDecode(At(6), 20);
        times.End(At(7));
        times.BeginDecode(At(8));
        times.EndDecode(At(9), 5);
        times.End(At(10));
        Assert.Equal((35, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(6)), (times.Tokens, times.Total, times.Decoding));
        Assert.Equal(0.6, times.BusyShare, 12);
    }

    static long At(int second) => second * Stopwatch.Frequency;
}
