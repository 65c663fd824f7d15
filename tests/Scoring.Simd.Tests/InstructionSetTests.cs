using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LocalOpinions.Tests;

namespace LocalOpinions.Scoring.Simd.Tests;

/// <summary>Runs all the other tests again in child processes in which the runtime may not use some instructions.</summary>
public class InstructionSetTests
{
    // Set in the children only: it names the switch that they run under, and keeps them from having children.
    const string Marker = "LOCALOPINIONS_TEST_SWITCHED_OFF";

    /// <summary>Whether this is one of the children.</summary>
    public static bool IsChild => Environment.GetEnvironmentVariable(Marker) is not null;

    /// <summary>A number of cases: all in the parent, a quarter in each child.</summary>
    public static int Cases(int all) => IsChild ? all / 4 : all;

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public void Everything_holds_without(string instructions)
    {
        Assert.SkipWhen(IsChild, "runs in the parent process only");

        // A folder of temporary files of its own: the parent holds the lock that lets one test program run at a time.
        var temporary = Directory.CreateTempSubdirectory("localopinions-scoring-");
        try
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
            if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
                start.ArgumentList.Add(typeof(InstructionSetTests).Assembly.Location);
            start.ArgumentList.Add("-method-");
            start.ArgumentList.Add($"*.{nameof(Everything_holds_without)}");
            start.ArgumentList.Add("-noColor");
            start.Environment[instructions] = "0";
            start.Environment[Marker] = instructions;
            start.Environment["TMPDIR"] = start.Environment["TMP"] = start.Environment["TEMP"] = temporary.FullName;

            using var child = ChildProcess.Start(start);
            var output = child.StandardOutput.ReadToEnd();
            child.WaitForExit();
            Assert.True(child.ExitCode == 0, $"exit code {child.ExitCode} with {instructions}=0:\n{output}");
            Assert.Matches(@"Total: \d{3,}", output); // It did run the tests.
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_child_process_lacks_what_was_switched_off()
    {
        switch (Environment.GetEnvironmentVariable(Marker))
        {
            case null:
                Assert.Skip("runs in the child processes only");
                break;
            case "DOTNET_EnableAVX512":
                Assert.False(Vector512.IsHardwareAccelerated);
                Assert.Equal(Avx2.IsSupported, Vector256.IsHardwareAccelerated);
                break;
            case "DOTNET_EnableAVX2":
                Assert.False(Vector256.IsHardwareAccelerated);
                break;
            case "DOTNET_EnableHWIntrinsic":
                Assert.False(Vector128.IsHardwareAccelerated);
                break;
            case var unknown:
                Assert.Fail($"{Marker} is {unknown}");
                break;
        }
    }
}
