namespace LocalOpinions.EndToEnd.Tests;

/// <summary>A demo where somebody has a file of the name that it would take; asked once for the tests that look at it.</summary>
static class DemoRun
{
    public const string Precious = "something of the user's", File = "demo-2.duckdb";

    public static Ended Make(Cli cli)
    {
        System.IO.File.WriteAllText(cli.PathOf("demo.duckdb"), Precious);
        return cli.RunOnce("demo", "--threads", Cli.Threads);
    }
}
