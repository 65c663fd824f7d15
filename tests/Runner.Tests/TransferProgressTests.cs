using LocalOpinions.Hub;
using LocalOpinions.Runner.Terminal;

namespace LocalOpinions.Runner.Tests;

public class TransferProgressTests
{
    [Fact]
    public void A_download_tells_size_rate_and_time_left()
    {
        var progress = new PullProgress();
        progress.Begin("m.gguf");
        progress.Skip(1_000_000_000);
        var shown = new TransferProgress(progress, 2_000_000_000);
        Assert.Equal("m.gguf: 1.00 GB/2.00 GB, 0.0 MB/s, measuring", shown.Describe(10));
        progress.Receive(500_000_000);
        // What an earlier pull brought is no part of the rate.
        Assert.Equal("m.gguf: 1.50 GB/2.00 GB, 50.0 MB/s, 10 s left", shown.Describe(10));
        Assert.Equal("m.gguf: 1.50 GB, 50.0 MB/s", new TransferProgress(progress, null).Describe(10));
        progress.Wait("busy\u001b[2J");
        Assert.Equal("busy [2J", shown.Describe(10));
    }
}
