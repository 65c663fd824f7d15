using System.Text;
using System.Text.RegularExpressions;
using LLama.Exceptions;
using LLama.Native;
using LocalOpinions.Engine.Llama;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Engine.Loading;

/// <summary>A loaded model: its weights, vocabulary and facts.</summary>
/// <remarks>Tokenising is thread-safe. Dispose it after every <see cref="Decoding.PromptScorer"/> made from it.</remarks>
public sealed unsafe partial class Model : IDisposable
{
    readonly nint[] _devices;
    readonly Placement? _placement;
    readonly SafeLlamaModelHandle _model;

    Model(SafeLlamaModelHandle model, ModelFile file, ModelHeader header, bool onCpu, Placement? placement, nint[] devices)
    {
        (_model, _placement, _devices) = (model, placement, devices);
        OnCpu = onCpu;
        File = file;
        Header = header;
        Vocabulary = new Vocabulary(model);
    }

    /// <summary>Where it came from.</summary>
    public ModelFile File { get; }

    /// <summary>What the file says of itself.</summary>
    public ModelHeader Header { get; }

    /// <summary>Its tokens.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>llama.cpp's one-line description, as "llama 135M Q4_1".</summary>
    public string Description => Handle.Description;

    /// <summary>What is wrong with it although it can be asked: what its header shows, and what llama.cpp warned of.</summary>
    public IReadOnlyList<string> Warnings { get; private init; } = [];

    /// <summary>The number of parameters.</summary>
    public long Parameters => (long)Handle.ParameterCount;

    /// <summary>Tokens the model was trained for: no prompt may be longer.</summary>
    public int ContextLength => Handle.ContextSize;

    internal bool OnCpu { get; }

    /// <summary>Whether one GPU has all its layers, as far as was asked for.</summary>
    internal bool WhollyOnOneGpu => !OnCpu && _devices.Length == 1;

    /// <summary>Free memory now where the model is, in bytes; 0 where that is several devices.</summary>
    internal long FreeBytes => _devices.Length == 1 ? EngineRuntime.Now(_devices[0]).FreeBytes : 0;

    /// <summary>Bytes that the weights leave on the GPU that has them all; null where there is no such GPU.</summary>
    internal long? RoomBesideWeights => WhollyOnOneGpu ? Math.Max(0, EngineRuntime.Now(_devices[0]).TotalBytes - File.Bytes) : null;

    /// <param name="cells">Cells of the cache.</param>
    /// <param name="rows">Rows of logits.</param>
    /// <param name="arithmetic">Whether the cache is F16 or F32.</param>
    /// <param name="tokens">Tokens per decode, in proportion to which a plan takes cells.</param>
    /// <exception cref="EngineException">A context needs more memory than is free where the model is.</exception>
    internal void RequireRoom(long cells, long rows, Arithmetic arithmetic, int tokens)
    {
        // A model that is spread over several devices, or over GPU and CPU, finds room somewhere; llama.cpp knows more of it.
        if (_devices.Length != 1)
            return;
        var device = EngineRuntime.Now(_devices[0]);
        ContextMemory.Require(Needed(cells), device, File.Name, () =>
        {
            for (var fewer = tokens / 2; fewer >= DecodePlan.SmallestUbatch; fewer /= 2)
            {
                if (Needed(cells * fewer / tokens) <= device.FreeBytes)
                    return fewer;
            }
            return null;
        });

        long Needed(long most) => ContextMemory.Cache(Header, most, arithmetic) + ContextMemory.Logits(Header, rows);
    }

    /// <summary>Whether sequences carry states of a fixed size (recurrent and hybrid models), which cost memory per sequence.</summary>
    internal bool HasStates => Handle.IsRecurrent || LlamaNative.llama_model_is_hybrid(Handle) != 0;

    internal SafeLlamaModelHandle Handle => !_model.IsClosed ? _model : throw new ObjectDisposedException(nameof(Model));

    /// <summary>
    /// Bytes for other weights where these are; null where they are parted between GPUs and CPU, so that nobody knows.
    /// </summary>
    public long? FreeForWeights => OnCpu ? MachineMemory.Measure().Free
        : _devices.Length == 0 ? null : _devices.Sum(d => EngineRuntime.Now(d).FreeBytes);

    /// <summary>Loads other weights to where these are.</summary>
    /// <param name="runtime">The engine.</param>
    /// <param name="file">Their file.</param>
    /// <exception cref="EngineException">They cannot be used; the message names the file and says why.</exception>
    public Model LoadBeside(EngineRuntime runtime, ModelFile file) => Load(runtime, file, ModelHeader.Read(file), _placement);

    /// <summary>Loads a model.</summary>
    /// <exception cref="EngineException">It cannot be used; the message names the file and says why.</exception>
    public static Model Load(EngineRuntime runtime, ModelFile file) => Load(runtime, file, ModelHeader.Read(file));

    /// <summary>Loads a model whose header was read, and so checked, already.</summary>
    /// <param name="runtime">The engine.</param>
    /// <param name="file">The file.</param>
    /// <param name="header">What <see cref="ModelHeader.Read"/> gave for it.</param>
    /// <param name="placement">Which GPU, and how much of the model on it; everything on every GPU if absent.</param>
    /// <exception cref="EngineException">It cannot be used, or there is no such GPU; the message names the file and says why.</exception>
    public static Model Load(EngineRuntime runtime, ModelFile file, ModelHeader header, Placement? placement = null)
    {
        var parameters = LLamaModelParams.Default();
        var onCpu = runtime.DeviceName == "cpu";
        // An empty list of devices, not none: with none llama.cpp takes any GPU whose backend happens to be loaded.
        var devices = stackalloc nint[2] { 0, 0 };
        if (onCpu)
        {
            runtime.RequireNoGpu(placement);
            parameters.devices = devices;
            parameters.n_gpu_layers = 0;
        }
        else
        {
            parameters.n_gpu_layers = placement?.GpuLayers ?? parameters.n_gpu_layers;
            if (placement?.Gpu is { } gpu)
            {
                devices[0] = runtime.Gpu(gpu);
                parameters.devices = devices;
                parameters.split_mode = GPUSplitMode.None;
            }
            nint[] gpus = devices[0] != 0 ? [devices[0]] : [.. EngineRuntime.Handles(gpu: true)];
            ContextMemory.RequireWeights(
                file.Path, file.Bytes, header.Layers, placement?.GpuLayers, [.. gpus.Select(EngineRuntime.Now)]);
        }
        // LLamaSharp hands it over in the system's code page.
        if (OperatingSystem.IsWindows() && !Ascii.IsValid(file.Path))
            throw new EngineException(EngineError.ModelUnusable, $"{file.Path} cannot be loaded: on Windows llama.cpp gets no letters "
                + $"beyond ASCII. Rename the file, or move it to another folder.");
        using var call = NativeLog.Listen();
        SafeLlamaModelHandle handle;
        try
        {
            handle = SafeLlamaModelHandle.LoadFromFile(file.Path, parameters);
        }
        catch (Exception e) when (e is LoadWeightsFailedException or IOException or UnauthorizedAccessException)
        {
            var reason = e is not LoadWeightsFailedException ? e.Message
                : call.Reason() is { Length: > 0 } log ? log
                : "llama.cpp gave no reason";
            throw new EngineException(EngineError.ModelUnusable, $"{file.Path} cannot be loaded: {reason}.", e);
        }
        var model = new Model(handle, file, header, onCpu, placement, placement is { GpuLayers: not null } && !onCpu ? []
            : devices[0] != 0 ? [devices[0]] : [.. EngineRuntime.Handles(gpu: !onCpu)])
        {
            Warnings = [.. header.Warnings, .. LoadWarnings(call)],
        };
        if (model.WhyUnusable() is { } why)
        {
            model.Dispose();
            throw new EngineException(EngineError.ModelUnusable, $"{file.Path} cannot be used: {why}.");
        }
        return model;
    }

    // Their lines begin with the name of a function, and some only draw a frame.
    static IEnumerable<string> LoadWarnings(NativeCall call)
    {
        string[] lines = [.. call.Warnings().Select(w => LogPrefix().Replace(w, "")).Where(w => w.Any(char.IsLetter))];
        return lines.Length == 0 ? [] : [$"llama.cpp warns: {string.Join("; ", lines)}"];
    }

    [GeneratedRegex(@"^\w+: ?")]
    private static partial Regex LogPrefix();

    string? WhyUnusable() => this switch
    {
        _ when Handle.HasEncoder =>
            $"it has an encoder ({Header.Architecture}); only decoder models have the next-token logits that answers are read from",
        _ when Handle.IsDiffusion => $"it is a diffusion model ({Header.Architecture}) and has no next-token logits",
        _ when Vocabulary.Kind == LLamaVocabType.None => "it has no vocabulary",
        _ when Vocabulary.LacksItsEnds => "it wants a start or end token at every text and its vocabulary has none",
        _ => null,
    };

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();
}
