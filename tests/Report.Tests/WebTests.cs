using LocalOpinions.Tests;

namespace LocalOpinions.Report.Tests;

public sealed class WebTests
{
    [Fact]
    public void The_unit_tests_of_the_page_pass()
    {
        var web = Path.Combine(Repository.Root, "src", "Report", "web");
        var (exitCode, output, error) = Tool.Run("node", web, "test.mjs");

        Assert.True(exitCode == 0, output + error);
        Assert.Matches(@"pass [1-9]\d*", output);
    }
}
