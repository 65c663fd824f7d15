using LocalOpinions.Engine.Llama;

namespace LocalOpinions.Engine.Tests;

public class NvidiaDriverTests
{
    [Theory]
    [InlineData("580.159.04", 13000, "NVIDIA driver 580.159.04 (CUDA 13.0)")]
    [InlineData("535.86", 12020, "NVIDIA driver 535.86 (CUDA 12.2)")]
    [InlineData("470", null, "NVIDIA driver 470")]
    public void A_driver_is_told_with_its_CUDA(string driver, int? cuda, string expected) =>
        Assert.Equal(expected, NvidiaDriver.Text(driver, cuda));

    [Fact]
    public void Where_there_is_none_nothing_is_said_and_nothing_fails()
    {
        var found = NvidiaDriver.Describe();
        Assert.True(found is null || found.StartsWith("NVIDIA driver ", StringComparison.Ordinal), found);
    }
}
