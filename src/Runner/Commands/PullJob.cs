using LocalOpinions.Hub;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;

namespace LocalOpinions.Runner.Commands;

/// <summary>Pulls a model or a survey and says what is pulled, under which licence, and how far it is.</summary>
sealed class PullJob(string name, PullOptions options, bool dryRun, bool quiet, bool json)
{
    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        using var pull = new Pull(HubEndpoint.FromEnvironment(), name, options);
        try
        {
            var plan = await pull.PlanAsync(cancellation);
            if (!json)
                PullReport.Print(plan);
            if (dryRun)
                return PullReport.PrintEnd(plan, null, json);
            var pulling = pull.ExecuteAsync(plan, cancellation);
            await new TransferProgress(pull.Progress, plan.Bytes).ShowAsync(pulling, quiet);
            return PullReport.PrintEnd(plan, await pulling, json);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Console.Error.WriteLine("localopinions: interrupted; what came is kept, run the same command to go on.");
            return ExitCodes.Interrupted;
        }
    }
}
