using LocalOpinions.Runner.Terminal;

namespace LocalOpinions.Runner.Tests;

/// <summary>What a log file shows of a long command.</summary>
public sealed class LogLinesTests
{
    readonly MinuteClock _clock = new();
    readonly List<string> _lines = [];

    [Fact]
    public async Task A_minute_is_a_line_which_says_what_the_work_under_way_says()
    {
        using (new LogLines("score", _clock, _lines.Add))
        {
            _clock.Tick();
            var work = new TaskCompletionSource();
            var described = LogLines.DescribeAsync(() => "5/10 answers", work.Task);
            _clock.Tick();
            work.SetException(new InvalidOperationException());
            await Assert.ThrowsAsync<InvalidOperationException>(() => described);
            _clock.Tick();
        }
        _clock.Tick();
        Assert.Equal(["score: at work for 1 min 00 s", "5/10 answers", "score: at work for 3 min 00 s"], _lines);
    }

    [Theory]
    [InlineData("run", true)]
    [InlineData("serve", false)]
    [InlineData("worker", false)]
    public void Who_wants_none_gets_none(string command, bool quiet) => Assert.Null(LogLines.Begin(command, quiet));

    sealed class MinuteClock : TimeProvider
    {
        readonly List<(TimerCallback Callback, object? State)> _timers = [];
        int _minutes;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _minutes * TimeSpan.TicksPerMinute;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Assert.Equal((TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)), (dueTime, period));
            _timers.Add((callback, state));
            return new Timer(_timers.Clear);
        }

        public void Tick()
        {
            _minutes++;
            foreach (var (callback, state) in _timers)
                callback(state);
        }

        sealed class Timer(Action stop) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => false;

            public void Dispose() => stop();

            public ValueTask DisposeAsync()
            {
                stop();
                return default;
            }
        }
    }
}
