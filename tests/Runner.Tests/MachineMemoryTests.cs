using LocalOpinions.Engine.Loading;

namespace LocalOpinions.Runner.Tests;

public class MachineMemoryTests
{
    [Theory]
    [InlineData(0, "fits")]
    [InlineData(800, "fits")]
    [InlineData(801, "tight")]
    [InlineData(1000, "tight")]
    [InlineData(1001, "too large")]
    public void How_something_fits_is_one_of_three(long bytes, string expected) =>
        Assert.Equal(expected, new MachineMemory(1000, 4000).Fit(bytes));

    [Fact]
    public void This_machine_has_some()
    {
        var memory = MachineMemory.Measure();
        Assert.InRange(memory.Free, 1, memory.Total);
    }
}
