using LocalOpinions.Asking.Models;
using LocalOpinions.Asking.Workers;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Runner.Tests;

/// <summary>How many workers there are and what each computes on, for made-up devices.</summary>
public class WorkerLayoutTests
{
    const long Gigabyte = 1 << 30;

    static readonly Device s_cpu = new("CPU", "a processor", false, 16 * Gigabyte, 32 * Gigabyte);

    [Fact]
    public void Without_a_gpu_there_is_one_worker_that_chooses_its_threads() =>
        Assert.Equal([new LoadRequest(null, null)], WorkerLayout.Of([s_cpu], null, null, null, Gigabyte, 8));

    [Fact]
    public void Workers_on_the_cpu_part_its_processors()
    {
        Assert.Equal(Enumerable.Repeat(new LoadRequest(null, 2), 4), WorkerLayout.Of([s_cpu], null, 4, null, Gigabyte, 8));
        Assert.Equal(Enumerable.Repeat(new LoadRequest(null, 1), 4), WorkerLayout.Of([s_cpu], null, 4, null, Gigabyte, 2));
        Assert.Equal(Enumerable.Repeat(new LoadRequest(null, 3), 2), WorkerLayout.Of([s_cpu], null, 2, threads: 3, Gigabyte, 8));
    }

    [Fact]
    public void Several_gpus_that_each_hold_the_model_get_a_worker_each() =>
        Assert.Equal([0, 1, 2, 3], WorkerLayout.Of([.. Gpus(4, 80), s_cpu], null, null, null, 40 * Gigabyte, 16).Select(l => l.Gpu));

    [Fact]
    public void A_model_too_large_for_one_gpu_is_spread_over_all_by_one_worker() =>
        Assert.Equal([new LoadRequest(null, null)], WorkerLayout.Of([.. Gpus(4, 80), s_cpu], null, null, null, 70 * Gigabyte, 16));

    // What one device does is measured on one device.
    [Fact]
    public void A_single_worker_is_on_one_gpu_where_that_holds_the_model()
    {
        Assert.Equal([new LoadRequest(0, null)], WorkerLayout.Of([.. Gpus(4, 80), s_cpu], null, 1, null, 40 * Gigabyte, 16));
        Assert.Equal([new LoadRequest(null, null)], WorkerLayout.Of([.. Gpus(4, 80), s_cpu], null, 1, null, 70 * Gigabyte, 16));
    }

    [Fact]
    public void The_smallest_gpu_decides() =>
        Assert.Single(WorkerLayout.Of([.. Gpus(1, 80), .. Gpus(1, 24), s_cpu], null, null, null, 40 * Gigabyte, 16));

    [Fact]
    public void A_gpu_named_by_number_is_the_only_one() =>
        Assert.Equal([new LoadRequest(2, null)], WorkerLayout.Of([.. Gpus(4, 80), s_cpu], device: 2, null, null, 40 * Gigabyte, 16));

    [Fact]
    public void More_workers_than_gpus_go_round() =>
        Assert.Equal([0, 1, 0, 1], WorkerLayout.Of([.. Gpus(2, 80), s_cpu], null, 4, null, 10 * Gigabyte, 16).Select(l => l.Gpu));

    [Theory]
    [InlineData("auto", "auto")]
    [InlineData("cpu", "cpu")]
    [InlineData("cuda", "cuda")]
    [InlineData("cuda:0", "cuda:0")]
    [InlineData("vulkan:12", "vulkan:12")]
    [InlineData("cpu:0", null)]
    [InlineData("auto:1", null)]
    [InlineData("cuda:", null)]
    [InlineData("cuda:-1", null)]
    [InlineData("cuda:1:2", null)]
    [InlineData("CUDA", null)]
    [InlineData("2", null)]
    [InlineData("", null)]
    public void A_device_is_read_or_refused(string text, string? read) => Assert.Equal(read, DeviceChoice.Parse(text)?.ToString());

    [Fact]
    public void Shares_keep_together_what_branches_from_one_prefix_and_hold_everything_once()
    {
        var random = new Random(3);
        var key = 0;
        var groups = Enumerable.Range(0, 400).Select(i =>
            new DecodeGroup(i / (1 + i % 7), [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => key++)])).ToList();
        foreach (var workers in new[] { 1, 2, 4, 64 })
        {
            var shares = Shares.Of(groups, workers);
            Assert.Equal(groups, shares.SelectMany(s => s));
            foreach (var (a, b) in shares.Zip(shares.Skip(1)))
                Assert.NotEqual(a[^1].Root, b[0].Root);
            Assert.InRange(shares.Count, workers == 1 ? 1 : workers, Math.Max(1, workers * 8));
        }
        Assert.Empty(Shares.Of([], 4));
    }

    static IEnumerable<Device> Gpus(int count, long gigabytes) =>
        Enumerable.Range(0, count).Select(i => new Device($"CUDA{i}", "a GPU", true, gigabytes * Gigabyte, gigabytes * Gigabyte));
}
