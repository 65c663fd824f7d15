using BenchmarkDotNet.Running;
using LocalOpinions.Benchmarks;

// "results" rewrites benchmarks/results/ for this machine, "limits" prints its first table; anything else goes to BenchmarkDotNet.
switch (args)
{
    case ["results"]:
        Results.Write();
        break;
    case ["limits", var script]:
        Console.Write(Limits.Table(script));
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
