using LocalOpinions.Engine;
using LocalOpinions.Store;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner.Workers;

/// <summary>Starts the engine of a run, in this process or in children.</summary>
static class EngineChoice
{
    /// <summary>SHA-256 of the bundled model.</summary>
    public const string Bundled = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53";

    const long LargeFile = 4L << 30;

    /// <param name="sha256">The model file's, being computed.</param>
    /// <exception cref="EngineException">The model or the device cannot be used.</exception>
    public static async Task<IPromptEngine> StartAsync(RunRequest request, ModelFile file, ModelHeader header, IReadOnlyList<Question> questions, ResultsFile results, Task<string> sha256)
    {
        if (request.Engines is not { } engines || !await IsolateAsync(request, engines, file, results, sha256))
        {
            var runtime = EngineRuntime.Start(request.Device.Kind);
            return await Task.Run(() => LocalEngine.Load(runtime, file, header, request, questions, new(request.Device.Index, request.GpuLayers), request.Threads));
        }
        var devices = EngineRuntime.WouldUseGpu(request.Device.Kind) ? await DevicesAsync(engines.Arguments) : [];
        var loads = WorkerLayout.Of(devices, request.Device.Index, engines.Workers, request.Threads, file.Bytes, Environment.ProcessorCount);
        return await WorkerEngine.StartAsync(engines.Arguments, loads, Tell);
    }

    static async Task<bool> IsolateAsync(RunRequest request, WorkerOptions.WorkerChoice engines, ModelFile file, ResultsFile results, Task<string> sha256)
    {
        if (engines.Isolate is { } wanted)
            return wanted;
        if (engines.Workers > 1 || EngineRuntime.WouldUseGpu(request.Device.Kind))
            return true;
        // A file is known when it has completed a run. A large one loads while it is hashed, so it is not waited for.
        if (file.Bytes > LargeFile)
            return true;
        var known = results.Runs().Where(r => r.Status == "complete").Select(r => r.ModelSha256).Append(Bundled).ToHashSet();
        return !known.Contains(await sha256);
    }

    static async Task<IReadOnlyList<Device>> DevicesAsync(IReadOnlyList<string> arguments)
    {
        await using var worker = WorkerProcess.Start(arguments);
        try
        {
            return (await WorkerSlot.ExpectAsync<HelloReply>(worker)).Devices;
        }
        catch (WorkerDiedException e)
        {
            throw new EngineException(EngineError.NativeLibrary, $"llama.cpp ended while it looked for devices: {e.Reason}.");
        }
    }

    static void Tell(string what) => Screen.Tell($"localopinions: {what}");
}
