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
            () => times.AddDecode(3, one), () => times.AddDecode(3, one), () => times.AddReading(one), () => times.AddTotal(one),
            () => times.Add(new(3, one, one, one, one, [1])),
        ];
        var done = false;
        var reader = Task.Run(() =>
        {
            while (!Volatile.Read(ref done))
            {
                var now = times.Snapshot();
                Assert.Equal(3 * now.Decoding.Ticks, now.Tokens);
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
        Assert.Equal(9 * Rounds, times.Tokens);
        Assert.Equal((3 * Rounds, 2 * Rounds, 2 * Rounds, Rounds),
            (times.Decoding.Ticks, times.Reading.Ticks, times.Total.Ticks, times.Probing.Ticks));
        Assert.Equal(Rounds, times.Probes.Count);
    }

    [Fact]
    public void What_was_added_since_a_moment_is_told_apart()
    {
        var times = new EngineTimes();
        times.AddDecode(5, TimeSpan.FromSeconds(1));
        times.AddProbe(100, TimeSpan.FromSeconds(2));
        var before = times.Snapshot();
        times.AddDecode(7, TimeSpan.FromSeconds(3));
        times.AddProbe(200, TimeSpan.FromSeconds(4));
        times.AddTotal(TimeSpan.FromSeconds(10));
        var since = times.Since(before);
        Assert.Equal((7, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4), TimeSpan.Zero),
            (since.Tokens, since.Total, since.Decoding, since.Probing, since.Reading));
        Assert.Equal([200.0], since.Probes);
        // 4 s of decoding in 10 s, of which 6 s went to the probes.
        Assert.Equal(1, times.BusyShare, 12);
    }
}
