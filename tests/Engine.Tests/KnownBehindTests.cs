using LocalOpinions.Engine.Reading;

namespace LocalOpinions.Engine.Tests;

/// <summary>Texts behind a prompt are asked about at the same time, and none is still asked about when the reader has answered.</summary>
public class KnownBehindTests
{
    static readonly int[] s_prompt = [1, 2, 3];

    int _running, _asked;

    [Fact]
    public void Nothing_runs_on_when_one_text_has_failed()
    {
        var known = new KnownBehind<string>((_, _, text) => Slowly(text));
        var failed = Assert.Throws<EngineException>(() => known.Read("", s_prompt, ["no", "b", "c", "no, not", "d"]));
        Assert.Equal(0, Volatile.Read(ref _running));
        Assert.Equal("no", failed.Message);
        Assert.Equal(5, _asked);

        string Slowly(string text)
        {
            Interlocked.Increment(ref _running);
            try
            {
                Interlocked.Increment(ref _asked);
                if (text.StartsWith("no", StringComparison.Ordinal))
                    throw new EngineException(EngineError.Prompt, text);
                Thread.Sleep(100);
                return text;
            }
            finally
            {
                Interlocked.Decrement(ref _running);
            }
        }
    }

    [Fact]
    public void All_are_asked_about_at_the_same_time()
    {
        // Each waits for the other two.
        using var all = new Barrier(3);
        var known = new KnownBehind<bool>((_, _, _) => all.SignalAndWait(TimeSpan.FromMinutes(1)));
        Assert.All(known.Read("", s_prompt, ["a", "b", "c"]), Assert.True);
    }

    [Fact]
    public void What_is_known_is_not_asked_again_and_what_failed_is()
    {
        var fails = true;
        var known = new KnownBehind<int>((_, _, text) => text == "b" && fails
            ? throw new EngineException(EngineError.Prompt, text) : Interlocked.Increment(ref _asked));
        Assert.Throws<EngineException>(() => known.Read("", s_prompt, ["a", "b"]));
        fails = false;
        Assert.Equal([1, 2], known.Read("", s_prompt, ["a", "b"]));
        Assert.Equal([2, 1], known.Read("", s_prompt, ["b", "a"]));
        Assert.Equal([3], known.Read("", [1, 2, 4], ["a"]));
    }
}
