using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LLama.Native;

namespace LocalOpinions.Engine.Llama;

/// <summary>Proves at start-up that the loaded library is one that LLamaSharp's structs fit.</summary>
/// <remarks>
/// A struct that drifted would not fail, it would put every field onto the wrong member: so versions, written sizes and default values are
/// all compared, field by field. See llama.h of llama.cpp b10361 and of commit 815a2a591, which LLamaSharp 0.30.0 was written for.
/// </remarks>
static unsafe class AbiCheck
{
    /// <summary>The builds that fit: ggml's version, and what llama.cpp calls that build.</summary>
    public static IReadOnlyDictionary<string, string> Builds { get; } = new Dictionary<string, string>
    {
        ["0.19.0"] = LlamaFiles.Release,
        ["0.18.0"] = "815a2a591",
    };

    public const string Remedy =
        "Build again to restore the pinned ones, or put llama.cpp b10361 (ggml 0.19.0) or LLamaSharp.Backend.Cpu 0.30.0 "
        + "into the folder that LOCALOPINIONS_NATIVE names.";

    internal const byte Sentinel = 0xCC;
    internal const string ModelFunction = "llama_model_default_params";
    internal const string ContextFunction = "llama_context_default_params";
    internal const string QuantizeFunction = "llama_model_quantize_default_params";

    /// <summary>What the default functions must write, by LLamaSharp's names.</summary>
    static LLamaModelParams Model => new()
    {
        n_gpu_layers = -1,
        split_mode = GPUSplitMode.Layer,
        load_mode = LLamaLoadMode.MemoryMap,
        use_extra_bufts = true,
    };

    static LLamaContextParams Context => new()
    {
        n_ctx = 512,
        n_batch = 2048,
        n_ubatch = 512,
        n_seq_max = 1,
        n_threads = 4,
        n_threads_batch = 4,
        rope_scaling_type = RopeScalingType.Unspecified,
        llama_pooling_type = LLamaPoolingType.Unspecified,
        attention_type = LLamaAttentionType.Unspecified,
        llama_flash_attn_type = LLamaFlashAttentionType.LLAMA_FLASH_ATTENTION_TYPE_AUTO,
        yarn_ext_factor = -1,
        yarn_attn_factor = -1,
        yarn_beta_fast = -1,
        yarn_beta_slow = -1,
        defrag_threshold = -1,
        type_k = GGMLType.GGML_TYPE_F16,
        type_v = GGMLType.GGML_TYPE_F16,
        offload_kqv = true,
        no_perf = true,
        op_offload = true,
        swa_full = true,
    };

    // LLamaSharp's GGML_TYPE_COUNT is an older one.
    static LLamaModelQuantizeParams Quantize => new()
    {
        ftype = LLamaFtype.MOSTLY_Q8_0,
        output_tensor_type = (GGMLType)43,
        token_embedding_type = (GGMLType)43,
        quantize_output_tensor = true,
    };

    /// <summary>Checks that every function that is called is there, and the version. Calls nothing that takes or gives a struct.</summary>
    /// <exception cref="EngineException">The library is another one; the message says in what and the remedy.</exception>
    public static void RequireFunctions()
    {
        LlamaLibrary.RequireExports();
        Version(Marshal.PtrToStringUTF8((nint)GgmlNative.ggml_version()) ?? "");
    }

    /// <summary>Checks the structs.</summary>
    /// <exception cref="EngineException">The library is another one; the message says in what and the remedy.</exception>
    public static void RequireLayout()
    {
        // The return-by-pointer convention used to catch the written bytes is the one of x86-64.
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            ContextLayout.Loaded = CheckDefaults();
            return;
        }
        CheckModel(Written(ModelFunction, ModelSize));
        CheckQuantize(Written(QuantizeFunction, sizeof(LLamaModelQuantizeParams)));
        ContextLayout.Loaded = Check(MemoryMarshal.Read<LLamaContextParams>(Written(ContextFunction, sizeof(LLamaContextParams))));
    }

    internal static void Version(string ggml)
    {
        if (!Builds.ContainsKey(ggml))
            throw Mismatch($"ggml is {ggml}, expected {string.Join(" or ", Builds.Keys)}");
    }

    /// <summary>Checks what the structs hold once LLamaSharp has read them; where they end is not seen this way.</summary>
    internal static ContextLayout CheckDefaults()
    {
        CheckModel(Image(LLamaModelParams.Default()));
        CheckQuantize(Image(LLamaModelQuantizeParams.Default()));
        return Check(LLamaContextParams.Default());
    }

    internal static void CheckModel(ReadOnlySpan<byte> written) => Same(ModelFunction, written, Model);

    internal static void CheckQuantize(ReadOnlySpan<byte> written) => Same(QuantizeFunction, written, Quantize);

    internal static ContextLayout Check(LLamaContextParams written)
    {
        var layout = ContextLayout.Of(written)
            ?? throw Mismatch("the parameters of a context are laid out otherwise than in either of the builds that fit");
        var named = layout.FromLibrary(written);
        Same(ContextFunction, MemoryMarshal.AsBytes(new ReadOnlySpan<LLamaContextParams>(in named)), Context);
        return layout;
    }

    internal static byte[] Written(string function, int size)
    {
        var buffer = stackalloc byte[size + 64];
        Unsafe.InitBlock(buffer, Sentinel, (uint)size + 64);
        ((delegate* unmanaged[Cdecl]<byte*, byte*>)LlamaLibrary.Export(function))(buffer);
        CheckWritten(function, new ReadOnlySpan<byte>(buffer, size + 64), size);
        return new ReadOnlySpan<byte>(buffer, size).ToArray();
    }

    internal static void CheckWritten(string function, ReadOnlySpan<byte> buffer, int size)
    {
        // A struct may end with padding that nobody writes, less than its alignment.
        var written = buffer.LastIndexOfAnyExcept(Sentinel) + 1;
        if (written > size || written <= size - sizeof(long))
            throw Mismatch($"{function} wrote {written} bytes, expected {size}");
    }

    // By LLamaSharp's own offsets: a field that it has elsewhere than the library shows another default.
    // Its structs are marshalled, whatever this assembly does.
#pragma warning disable CA1421
    static void Same<T>(string function, ReadOnlySpan<byte> written, T expected) where T : struct
    {
        var image = Image(expected);
        foreach (var field in typeof(T).GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            var (offset, size) = ((int)Marshal.OffsetOf<T>(field.Name), SizeOf(field.FieldType));
            var actual = written.Slice(offset, size);
            var wanted = image.AsSpan(offset, size);
            if (!actual.SequenceEqual(wanted))
            {
                throw Mismatch(
                    $"{function} has {Convert.ToHexString(actual)} for {field.Name.TrimStart('_')}, expected "
                        + $"{Convert.ToHexString(wanted)}");
            }
        }
    }

    static byte[] Image<T>(T value) where T : struct
    {
        var image = new byte[Marshal.SizeOf<T>()];
        fixed (byte* target = image)
            Marshal.StructureToPtr(value, (nint)target, false);
        return image;
    }

    internal static int ModelSize => Marshal.SizeOf<LLamaModelParams>();

    static int SizeOf(Type field) => field.IsEnum ? Marshal.SizeOf(field.GetEnumUnderlyingType())
        : field.IsValueType ? Marshal.SizeOf(field) : sizeof(nint);
#pragma warning restore CA1421

    static EngineException Mismatch(string what) => new(
        EngineError.NativeLibrary, $"The llama.cpp library does not match this program: {what}. {Remedy}");
}
