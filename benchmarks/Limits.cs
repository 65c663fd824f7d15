using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using LocalOpinions.Scoring.Simd;
using LocalOpinions.Scoring.Simd.Kernels;

namespace LocalOpinions.Benchmarks;

/// <summary>
/// One table from one run on one thread: every way to compare one distribution with n, beside the machine's limits and beside Python on the
/// same arrays.
/// </summary>
static class Limits
{
    // In the first two levels of the cache for every K, and far outside the last one.
    const int Cached = 2048;
    const int FromMemory = 10_000_000;

    // What the fused kernels compute for a pair and option (an addition, the subtraction and eight fused multiply-adds of the logarithm,
    // one for the sum), and for a pair.
    const int FlopsPerOption = 20;
    const int FlopsPerPair = 5;

    const string Header = "| K | n | way | ns per pair | million pairs/s | against scalar double | of the log2 limit | GB/s | of the "
        + "bandwidth | GFLOP/s | of the peak |";

    public static string Table(string pythonScript)
    {
        var peak = Peak.Measure();
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            One thread. The limits of this core, measured in the same run: TensorPrimitives.Log2 takes {peak.LibraryLog2:f3} ns for a
            float from the cache; {peak.Flops:f0} GFLOP/s of fused multiply-adds; {peak.Bandwidth:f1} GB/s read from memory. "log2 limit"
            is 1 / (K × the first), "of it" the share that a variant reaches. A pair moves 4K + 8 bytes. Python runs on the same arrays.
            Times are the shortest of many runs.

            {Header}
            |--|--|--|--|--|--|--|--|--|--|--|
            """);
        foreach (var options in new[] { 2, 4, 5, 10 })
            foreach (var count in new[] { Cached, FromMemory })
                Rows(text, peak, options, count, pythonScript);
        return text.ToString();
    }

    static void Rows(StringBuilder text, Peak peak, int options, int count, string pythonScript)
    {
        var (p, rows) = Data.Create(options, count);
        var block = Data.Block(options, rows);
        var floats = new float[count];
        var doubles = new double[count];

        // The oracle takes the same time wherever its rows are, so that some are enough.
        var few = Math.Min(count, 100_000);
        var oracle = Peak.Best(() =>
        {
            for (var i = 0; i < few; i++)
                doubles[i] = ScalarOracle.DivergenceBits(p, rows.AsSpan(i * options, options));
        }) / few;
        Row("scalar double", oracle);
        foreach (var kernel in Kernel.All)
            if (IsFast(kernel.Name))
                Row(kernel.Name, Time(() => JensenShannon.OneToMany<float, InFloat>(kernel, p, block, floats)), kernel.Name[0] == 'v');
        Row("into doubles", Time(() => JensenShannon.OneToMany(p, block, doubles)));
        foreach (var (name, nanoseconds) in Python(pythonScript, p, block, floats))
            Row(name, nanoseconds);

        double Time(Action run)
        {
            var repeats = Math.Max(1, 40_000 / count);
            return Peak.Best(() =>
            {
                for (var i = 0; i < repeats; i++)
                    run();
            }) / repeats / count;
        }

        void Row(string way, double nanoseconds, bool fused = false)
        {
            var bytes = (4 * options + 8) / nanoseconds;
            var flops = (FlopsPerOption * options + FlopsPerPair) / nanoseconds;
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {options} | {count:n0} | {way} | {nanoseconds:f2} | {1000 / nanoseconds:f0} | {oracle / nanoseconds:f1} × | "
                    + $"{options * peak.LibraryLog2 / nanoseconds:p0} | {bytes:f1} | {bytes / peak.Bandwidth:p0} | "
                    + $"{(fused ? $"{flops:f0} | {flops / peak.Flops:p0}" : "| ")} |");
        }
    }

    // A vector wider than the machine's would say nothing about any machine.
    static bool IsFast(string variant) => variant switch
    {
        "v256" => Vector256.IsHardwareAccelerated,
        "v512" => Vector512.IsHardwareAccelerated,
        _ => true,
    };

    static List<(string Name, double Nanoseconds)> Python(string script, double[] p, DistributionBlock block, float[] expected)
    {
        var folder = Directory.CreateTempSubdirectory("localopinions-compare-");
        try
        {
            var (options, count) = (block.Options, block.Count);
            var left = new float[options];
            NormalisedRow.Normalise(p, left);
            Write("p", left);
            Write("expected", expected);
            using (var file = File.Create(Path.Combine(folder.FullName, "q")))
                for (var k = 0; k < options; k++)
                    file.Write(MemoryMarshal.AsBytes(block.Rows.Shares.Slice(k * block.Rows.Stride, count)));

            // Debian's interpreter: the first of the path may be another one, without scipy.
            var python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
            var start = new ProcessStartInfo(python, [script, folder.FullName, $"{options}", $"{count}"]) { RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{script} failed; it needs numpy and scipy (apt-get install python3-scipy).");
            return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))
                .Select(cells => (cells[0], double.Parse(cells[1], CultureInfo.InvariantCulture)))];

            void Write(string name, float[] values) =>
                File.WriteAllBytes(Path.Combine(folder.FullName, name), MemoryMarshal.AsBytes<float>(values).ToArray());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
