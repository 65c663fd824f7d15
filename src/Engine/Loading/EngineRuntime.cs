using System.Diagnostics;
using System.Runtime.InteropServices;
using LocalOpinions.Engine.Llama;

namespace LocalOpinions.Engine.Loading;

/// <summary>Which build of llama.cpp to load.</summary>
public enum DeviceKind
{
    /// <summary>A GPU if this build brought its libraries and one is there, else the CPU.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU; the build needs <c>-p:Gpu=cuda</c> or <c>cuda12</c>.</summary>
    Cuda,

    /// <summary>A GPU through Vulkan; the build needs <c>-p:Gpu=vulkan</c>.</summary>
    Vulkan,
}

/// <summary>One device that llama.cpp can compute on.</summary>
/// <param name="Name">Its short name, as "CPU" or "CUDA0".</param>
/// <param name="Description">Its description, as the processor's name.</param>
/// <param name="IsGpu">Whether it is a GPU.</param>
/// <param name="FreeBytes">Free memory in bytes.</param>
/// <param name="TotalBytes">All memory in bytes.</param>
public sealed record Device(string Name, string Description, bool IsGpu, long FreeBytes, long TotalBytes);

/// <summary>llama.cpp, loaded and proven: one per process.</summary>
public sealed unsafe class EngineRuntime
{
    static readonly Lock s_lock = new();
    static EngineRuntime? s_instance;

    readonly string _variant;

    /// <summary>The llama.cpp build, as "b10361".</summary>
    public string LlamaVersion { get; }

    /// <summary>The ggml version.</summary>
    public string GgmlVersion { get; }

    /// <summary>The file name of the CPU backend that llama.cpp chose for this processor.</summary>
    public string CpuBackend { get; }

    /// <summary>The devices found.</summary>
    public IReadOnlyList<Device> Devices { get; }

    /// <summary>The device kind in use, as stored with a run: "cpu", "cuda" or "vulkan".</summary>
    public string DeviceName => Devices.Any(d => d.IsGpu) ? _variant : "cpu";

    /// <summary>Names everything in the engine that numbers depend on: versions, commit, CPU backend and an NVIDIA card's driver.</summary>
    public string Build { get; }

    EngineRuntime(string variant, bool gpuRequired)
    {
        _variant = variant;
        NativeSettings.Apply();
        var folder = LlamaLibrary.Load(variant);
        AbiCheck.RequireFunctions();
        NativeLog.Install();
        // Before llama.cpp is initialised, which else looks for backends beside the dotnet host and in the working folder. Linked ones are
        // there already.
        if (GgmlNative.ggml_backend_dev_count() == 0)
            GgmlNative.ggml_backend_load_all_from_path(folder);
        LlamaLibrary.Initialise();
        AbiCheck.RequireLayout();

        GgmlVersion = Text(GgmlNative.ggml_version());
        LlamaVersion = AbiCheck.Builds[GgmlVersion];
        Devices = ReadDevices();
        if (Devices.Count == 0)
            throw new EngineException(EngineError.NativeLibrary,
                $"llama.cpp found no CPU backend in {folder} (libggml-cpu-*). Build again to restore it.");
        if (gpuRequired)
            RequireGpu();
        CpuBackend = FindCpuBackend();
        Build = $"llama.cpp {LlamaVersion}, ggml {GgmlVersion} ({Text(GgmlNative.ggml_commit())}), {CpuBackend}"
            + (DeviceName == "cuda" && NvidiaDriver.Describe() is { } driver ? $", {driver}" : "");
    }

    /// <summary>
    /// Where native code's complaints are written too, as they come: for a process that native code may end before anybody can ask why.
    /// </summary>
    public static TextWriter? Complaints
    {
        get => NativeLog.Echo;
        set => NativeLog.Echo = value;
    }

    /// <summary>Loads llama.cpp for a device, or returns what is loaded already.</summary>
    /// <exception cref="EngineException">A library is missing, damaged or of another version, or the device is not there. The message says
    /// the remedy.</exception>
    public static EngineRuntime Start(DeviceKind device = DeviceKind.Auto)
    {
        lock (s_lock)
        {
            var variant = VariantOf(device);
            s_instance ??= new EngineRuntime(variant, gpuRequired: device is DeviceKind.Cuda or DeviceKind.Vulkan);
            return s_instance._variant == variant
                ? s_instance
                : throw new InvalidOperationException(
                    $"This process has loaded the {s_instance._variant} build of llama.cpp and cannot load the {variant} one besides.");
        }
    }

    /// <summary>Whether a device would be a GPU, as far as can be told without loading llama.cpp.</summary>
    public static bool WouldUseGpu(DeviceKind device) => VariantOf(device) != "cpu";

    /// <summary>A device with its memory as it is now.</summary>
    internal static Device Now(nint device)
    {
        nuint free, total;
        GgmlNative.ggml_backend_dev_memory(device, &free, &total);
        var isGpu = IsGpu(device);
        // For the CPU ggml tells all memory as free.
        if (!isGpu && GC.GetGCMemoryInfo() is { MemoryLoadBytes: > 0 } memory)
            free = (nuint)Math.Max(0, memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes);
        return new(Text(GgmlNative.ggml_backend_dev_name(device)), Text(GgmlNative.ggml_backend_dev_description(device)), isGpu, (long)free,
            (long)total);
    }

    /// <summary>ggml's handles of the devices that a model on one GPU, on all of them or on the CPU has its cache on.</summary>
    internal static IEnumerable<nint> Handles(bool gpu)
    {
        for (nuint i = 0; i < GgmlNative.ggml_backend_dev_count(); i++)
        {
            var device = GgmlNative.ggml_backend_dev_get(i);
            if (IsGpu(device) == gpu)
                yield return device;
        }
    }

    /// <summary>ggml's handle of a GPU by its number.</summary>
    internal nint Gpu(int index)
    {
        var gpus = Devices.Count(d => d.IsGpu);
        if (index >= gpus)
            throw new EngineException(EngineError.Device, $"There is no {_variant}:{index}: "
                + $"{(gpus == 1 ? "the only GPU is" : $"the {gpus} GPUs are")} "
                + $"{string.Join(", ", Devices.Where(d => d.IsGpu).Select((d, i) => $"{_variant}:{i} ({d.Description})"))}.");
        return Handles(gpu: true).ElementAt(index);
    }

    /// <exception cref="EngineException">A GPU is asked for where there is none.</exception>
    internal void RequireNoGpu(Placement? placement)
    {
        if (placement?.Gpu is { } gpu)
            throw new EngineException(EngineError.Device, $"There is no GPU number {gpu}: llama.cpp found none at all. {LoaderReason()}");
    }

    static bool IsGpu(nint device) => GgmlNative.ggml_backend_dev_type(device) is BackendDeviceType.Gpu or BackendDeviceType.IntegratedGpu;

    static string VariantOf(DeviceKind device) => device switch
    {
        DeviceKind.Cpu => "cpu",
        DeviceKind.Cuda => "cuda",
        DeviceKind.Vulkan => "vulkan",
        _ => new[] { "cuda", "vulkan" }.FirstOrDefault(LlamaFiles.Exist) ?? "cpu",
    };

    // A release build of ggml drops a backend that fails to load without a word: load it by name to hear the reason.
    void RequireGpu()
    {
        if (!Devices.Any(d => d.IsGpu))
            throw new EngineException(EngineError.Device, $"No {_variant} device was found. {LoaderReason()}Check the driver and its "
                + $"run-time libraries (LD_LIBRARY_PATH), or use the processor.")
            {
                Remedy = EngineRemedy.UseProcessor,
            };
    }

    string LoaderReason()
    {
        if (_variant == "cpu")
            return "";
        var file = LlamaFiles.GpuBackend(_variant);
        using var call = NativeLog.Listen();
        if (GgmlNative.ggml_backend_load(file) != 0)
            return $"{file} loads and finds no device. ";
        if (call.Reason() is { Length: > 0 } reason)
            return $"{reason}. ";
        return LlamaLibrary.WhyNotLoaded(file) is { Length: > 0 } why ? $"{why}. " : "";
    }

    static List<Device> ReadDevices()
    {
        var devices = new List<Device>();
        for (nuint i = 0; i < GgmlNative.ggml_backend_dev_count(); i++)
            devices.Add(Now(GgmlNative.ggml_backend_dev_get(i)));
        return devices;
    }

    static string FindCpuBackend()
    {
        using var process = Process.GetCurrentProcess();
        var file = process.Modules.Cast<ProcessModule>().Select(m => m.FileName)
            .FirstOrDefault(f => Path.GetFileName(f).Contains("ggml-cpu", StringComparison.Ordinal));
        if (file is null)
            return "ggml-cpu built in";
        var name = Path.GetFileName(file);
        // One that is linked is the same file for each level of processor, in a folder of its own.
        return name.Contains("ggml-cpu-", StringComparison.Ordinal)
            ? name
            : $"{name} ({Path.GetFileName(Path.GetDirectoryName(file))})";
    }

    static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
