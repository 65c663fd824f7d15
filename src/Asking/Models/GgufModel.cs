using LocalOpinions.Asking.Local;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Workers;
using LocalOpinions.Engine;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Asking.Models;

/// <summary>
/// A model file, asked through llama.cpp: in this process where it is known to behave, else in processes of its own, which are replaced if
/// native code ends them.
/// </summary>
/// <param name="File">The model.</param>
public sealed record GgufModel(ModelFile File) : IAskedModel
{
    /// <summary>SHA-256 of the bundled model.</summary>
    public const string Bundled = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53";

    /// <summary>What sources of this kind are called.</summary>
    public const string Kind = GgufSource.Kind;

    const long LargeFile = 4L << 30;

    /// <inheritdoc/>
    public string Name => File.Name;

    /// <inheritdoc/>
    public long Bytes => File.Bytes;

    /// <summary>Where to compute.</summary>
    public DeviceChoice Device { get; init; } = new(DeviceKind.Auto);

    /// <summary>Layers on the GPU; null for all.</summary>
    public int? GpuLayers { get; init; }

    /// <summary>Native threads; null to choose.</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// Tokens per decode, from <see cref="DecodePlan.SmallestUbatch"/> to <see cref="PlanShape.MostTokens"/>; null to choose.
    /// </summary>
    public int? Ubatch { get; init; }

    /// <summary>
    /// Contexts that take turns, 1 to <see cref="ScorerOptions.MostContexts"/>; null to choose. Answers do not depend on it.
    /// </summary>
    public int? Contexts { get; init; }

    /// <summary>Whether llama.cpp's own prompt rate is timed between decodes.</summary>
    public bool Probe { get; init; }

    /// <summary>How workers are started; null where there can be none: then all is computed in this process.</summary>
    public WorkerCommand? Command { get; init; }

    /// <summary>How many workers share the work; null to choose.</summary>
    public int? Workers { get; init; }

    /// <summary>Whether there must, or must not, be workers; null to choose.</summary>
    public bool? Isolate { get; init; }

    /// <inheritdoc/>
    public void Require(PromptDesign design)
    {
        var header = ModelHeader.Read(File);
        _ = GgufSource.ChatOf(File, header, design, start: null);
        // What is certain to be computed here needs its libraries; otherwise it is for the worker to say.
        if (Command is null || Isolate is false)
            EngineRuntime.Start(Device.Kind);
    }

    /// <inheritdoc/>
    public Task<string> FingerprintAsync(CancellationToken cancellation) =>
        Task.Run(() => ModelHash.Of(File, cancellation), cancellation);

    /// <inheritdoc/>
    public async Task<IAnswerSource> OpenAsync(AskingWork work, SourceContext context, CancellationToken cancellation)
    {
        if (GpuLayers is not null && !EngineRuntime.WouldUseGpu(Device.Kind))
            context.Warn("A number of layers for a GPU was given, but no GPU is used here: everything is computed on the CPU.");
        // A large file takes minutes to hash: it is loaded meanwhile.
        var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var hashing = Task.Run(() => ModelHash.Of(File, ending.Token), ending.Token);
        try
        {
            if (Command is not { } command || !await IsolateAsync(context, hashing))
            {
                var runtime = EngineRuntime.Start(Device.Kind);
                var load = new LoadChoice(new(Device.Index, GpuLayers), Threads, Ubatch, Contexts, Probe);
                return await Task.Run(() => GgufSource.Load(runtime, File, work, load, () => hashing), cancellation);
            }
            var job = new JobRequest(File.Path, Device.Kind, GpuLayers, Ubatch, Contexts, Probe, work.Job.WithFullPaths());
            var devices = EngineRuntime.WouldUseGpu(Device.Kind) ? await DevicesAsync(command, job) : [];
            var loads = WorkerLayout.Of(devices, Device.Index, Workers, Threads, File.Bytes, Environment.ProcessorCount);
            return await WorkerSource.StartAsync(
                () => WorkerProcess.Start(command), job, loads, context.Warn, async () => GgufSource.Identity(File, await hashing));
        }
        catch
        {
            // What is wrong with the model is told at once, and not when its last byte has been read.
            await ending.CancelAsync();
            await hashing.ContinueWith(_ => { }, TaskScheduler.Default);
            ending.Dispose();
            throw;
        }
    }

    async Task<bool> IsolateAsync(SourceContext context, Task<string> sha256)
    {
        if (Isolate is { } wanted)
            return wanted;
        if (Workers > 1 || EngineRuntime.WouldUseGpu(Device.Kind))
            return true;
        // A file is known when it has completed a run. A large one loads while it is hashed, so it is not waited for.
        if (File.Bytes > LargeFile)
            return true;
        var hash = await sha256;
        return hash != Bundled && !context.Known().Contains(hash);
    }

    static async Task<IReadOnlyList<Device>> DevicesAsync(WorkerCommand command, JobRequest job)
    {
        await using var worker = WorkerProcess.Start(command);
        try
        {
            await worker.SendAsync(job);
            return (await WorkerSlot.ExpectAsync<HelloReply>(worker)).Devices;
        }
        catch (WorkerDiedException e)
        {
            throw new EngineException(EngineError.NativeLibrary, $"llama.cpp ended while it looked for devices: {e.Reason}.");
        }
    }
}
