using BenchmarkDotNet.Running;
using LocalOpinions.Benchmarks;

// "results" rewrites benchmarks/results/ for this machine, "limits" prints their first page, "store SURVEY" rewrites that of the store;
// anything else goes to BenchmarkDotNet.
switch (args)
{
    case ["results", .. var patterns]:
        Results.Write(patterns);
        break;
    case ["limits", var script]:
        Console.Write(Results.LimitsPage(script));
        break;
    case ["store", var survey]:
        Results.WriteStore(survey, models: 2000);
        break;
    case ["store", var survey, var models]:
        Results.WriteStore(survey, int.Parse(models, System.Globalization.CultureInfo.InvariantCulture));
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
