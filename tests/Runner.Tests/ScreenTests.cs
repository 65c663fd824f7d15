using LocalOpinions.Asking.Running;
using LocalOpinions.Runner.Terminal;


namespace LocalOpinions.Runner.Tests;

public class ScreenTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\u001b[2Jgone\u0007", " [2Jgone ")]
    [InlineData("two\nlines\tand more", "two\nlines\tand more")]
    [InlineData("\u009b31m", " 31m")]
    public void Text_cannot_steer_the_terminal(string text, string expected) => Assert.Equal(expected, Screen.Clean(text));

    [Theory]
    [InlineData(0.2, "1 s")]
    [InlineData(59, "59 s")]
    [InlineData(61, "1 min 01 s")]
    [InlineData(3_725, "1 h 02 min")]
    public void Time_left_reads_as_a_person_says_it(double seconds, string expected) =>
        Assert.Equal(expected, WorkProgress.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Progress_tells_rate_and_time_left()
    {
        var progress = new WorkProgress();
        progress.Expect(200);
        progress.Start();
        Assert.Contains("measuring", progress.Describe());
        Thread.Sleep(20);
        progress.Add(50, 5_000);
        progress.Stop();
        var text = progress.Describe();
        Assert.StartsWith("50/200 answers", text);
        Assert.Contains("tokens/s", text);
        Assert.EndsWith("left", text);
    }

    [Theory]
    [InlineData("results.duckdb", "results.duckdb")]
    [InlineData("my results.duckdb", "'my results.duckdb'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("", "''")]
    public void A_suggested_command_can_be_pasted(string argument, string expected) => Assert.Equal(expected, ThisProgram.Quote(argument));
}
