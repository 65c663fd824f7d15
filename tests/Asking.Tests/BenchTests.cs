using LocalOpinions.Asking.Measuring;

namespace LocalOpinions.Asking.Tests;

public sealed class BenchTests
{
    // A GPU's driver compiles what a condition's decodes need when they first need it.
    [Theory]
    [InlineData("cpu", 1)]
    [InlineData("cuda", 2)]
    public async Task A_condition_is_asked_once_unmeasured_where_a_driver_may_have_to_compile(string device, int times)
    {
        var model = new MadeUpModel { Device = device, Abilities = new() { WholeOffMenu = true, Rate = true } };
        var bench = await new BenchJob(new() { Model = model, Survey = "sample", Questions = 6, Cases = [BenchJob.Cases[0]] })
            .ExecuteAsync(CancellationToken.None);
        Assert.Equal(6, Assert.Single(bench.Conditions).Run.Answered);
        Assert.Equal(6 * times, model.Scored.Count);
    }
}
