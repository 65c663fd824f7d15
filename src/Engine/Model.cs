using System.Text;
using LocalOpinions.Engine.Native;

namespace LocalOpinions.Engine;

/// <summary>A loaded model: its weights, vocabulary and facts.</summary>
/// <remarks>Tokenising is thread-safe. Dispose it after every <see cref="PromptScorer"/> made from it.</remarks>
public sealed unsafe class Model : IDisposable
{
    // llama_split_mode.
    const int NoSplit = 0;

    readonly nint[] _devices;
    nint _model;

    Model(nint model, ModelFile file, ModelHeader header, bool onCpu, nint[] devices)
    {
        (_model, _devices) = (model, devices);
        OnCpu = onCpu;
        File = file;
        Header = header;
        Vocabulary = new Vocabulary(LlamaNative.llama_model_get_vocab(model));
    }

    /// <summary>Where it came from.</summary>
    public ModelFile File { get; }

    /// <summary>What the file says of itself.</summary>
    public ModelHeader Header { get; }

    /// <summary>Its tokens.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>llama.cpp's one-line description, as "llama 135M Q4_1".</summary>
    public string Description
    {
        get
        {
            var buffer = stackalloc byte[256];
            var length = LlamaNative.llama_model_desc(Handle, buffer, 256);
            return length < 0 ? Header.Architecture : Encoding.UTF8.GetString(buffer, Math.Min(length, 255));
        }
    }

    /// <summary>The number of parameters.</summary>
    public long Parameters => (long)LlamaNative.llama_model_n_params(Handle);

    /// <summary>Tokens the model was trained for: no prompt may be longer.</summary>
    public int ContextLength => LlamaNative.llama_model_n_ctx_train(Handle);

    internal bool OnCpu { get; }

    /// <exception cref="EngineException">A context needs more memory than is free where the model is.</exception>
    internal void RequireRoom(long cells, long rows, bool precise)
    {
        // A model that is spread over several devices, or over GPU and CPU, finds room somewhere; llama.cpp knows more of it.
        if (_devices.Length == 1)
            ContextMemory.Require(ContextMemory.Cache(Header, cells, precise) + ContextMemory.Logits(Header, rows), EngineRuntime.Now(_devices[0]), File.Name);
    }

    /// <summary>Whether sequences carry states of a fixed size (recurrent and hybrid models), which cost memory per sequence.</summary>
    internal bool HasStates => LlamaNative.llama_model_is_recurrent(Handle) != 0 || LlamaNative.llama_model_is_hybrid(Handle) != 0;

    internal nint Handle => _model != 0 ? _model : throw new ObjectDisposedException(nameof(Model));

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
        var parameters = LlamaNative.llama_model_default_params();
        var onCpu = runtime.DeviceName == "cpu";
        // An empty list of devices, not none: with none llama.cpp takes any GPU whose backend happens to be loaded.
        var devices = stackalloc nint[2] { 0, 0 };
        if (onCpu)
        {
            runtime.RequireNoGpu(placement);
            parameters.Devices = devices;
            parameters.GpuLayers = 0;
        }
        else
        {
            parameters.GpuLayers = placement?.GpuLayers ?? parameters.GpuLayers;
            if (placement?.Gpu is { } gpu)
            {
                devices[0] = runtime.Gpu(gpu);
                parameters.Devices = devices;
                parameters.SplitMode = NoSplit;
            }
        }
        NativeLog.Clear();
        var handle = LlamaNative.llama_model_load_from_file(file.Path, parameters);
        if (handle == 0)
            throw new EngineException(EngineError.ModelUnusable, $"{file.Path} cannot be loaded: {(NativeLog.Reason() is { Length: > 0 } reason ? reason : "llama.cpp gave no reason")}.");
        var model = new Model(handle, file, header, onCpu, placement is { GpuLayers: not null } && !onCpu ? [] : devices[0] != 0 ? [devices[0]] : [.. EngineRuntime.Handles(gpu: !onCpu)]);
        if (model.WhyUnusable() is { } why)
        {
            model.Dispose();
            throw new EngineException(EngineError.ModelUnusable, $"{file.Path} cannot be used: {why}.");
        }
        return model;
    }

    string? WhyUnusable() => this switch
    {
        _ when LlamaNative.llama_model_has_encoder(Handle) != 0 => $"it has an encoder ({Header.Architecture}); only decoder models have the next-token logits that answers are read from",
        _ when LlamaNative.llama_model_is_diffusion(Handle) != 0 => $"it is a diffusion model ({Header.Architecture}) and has no next-token logits",
        _ when Vocabulary.Kind == 0 => "it has no vocabulary",
        _ when Vocabulary.LacksItsEnds => "it wants a start or end token at every text and its vocabulary has none",
        _ => null,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_model == 0)
            return;
        LlamaNative.llama_model_free(_model);
        _model = 0;
    }
}
