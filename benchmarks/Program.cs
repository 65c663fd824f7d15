using BenchmarkDotNet.Running;
using LocalOpinions.Benchmarks;

// "results" rewrites benchmarks/results/ for this machine, "limits" prints their first page; anything else goes to BenchmarkDotNet.
switch (args)
{
    case ["results", .. var patterns]:
        Results.Write(patterns);
        break;
    case ["limits", var script]:
        Console.Write(Results.LimitsPage(script));
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
