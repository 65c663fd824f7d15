using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LocalOpinions.Engine.Native;

/// <summary>Proves at start-up that the loaded library is the one these structs were written for.</summary>
/// <remarks>
/// A struct that drifted would not fail, it would put every field onto the wrong member: so versions, written sizes and
/// default values are all compared. See llama.h of llama.cpp 0.5.0.
/// </remarks>
static unsafe class AbiCheck
{
    public const string LlamaVersion = "0.5.0";
    public const string GgmlVersion = "0.25.1";

    internal const byte Sentinel = 0xCC;

    public static void Run()
    {
        LlamaLibrary.RequireExports();
        Versions(Marshal.PtrToStringUTF8((nint)LlamaNative.llama_version()) ?? "", Marshal.PtrToStringUTF8((nint)GgmlNative.ggml_version()) ?? "");
        // The return-by-pointer convention used to catch the written bytes is the one of x86-64.
        if (RuntimeInformation.ProcessArchitecture == Architecture.X64)
        {
            WrittenSize("llama_model_default_params", sizeof(LlamaModelParams), padding: 2);
            WrittenSize("llama_context_default_params", sizeof(LlamaContextParams), padding: 0);
            WrittenSize("llama_model_quantize_default_params", sizeof(LlamaQuantizeParams), padding: 0);
        }
        ModelDefaults(LlamaNative.llama_model_default_params());
        ContextDefaults(LlamaNative.llama_context_default_params());
        QuantizeDefaults(LlamaNative.llama_model_quantize_default_params());
    }

    internal static void Versions(string llama, string ggml)
    {
        if (llama != LlamaVersion && !llama.StartsWith(LlamaVersion + "-", StringComparison.Ordinal))
            throw Mismatch($"llama.cpp is {llama}, expected {LlamaVersion}");
        if (ggml != GgmlVersion)
            throw Mismatch($"ggml is {ggml}, expected {GgmlVersion}");
    }

    static void WrittenSize(string function, int size, int padding)
    {
        var buffer = stackalloc byte[size + 64];
        Unsafe.InitBlock(buffer, Sentinel, (uint)size + 64);
        ((delegate* unmanaged[Cdecl]<byte*, byte*>)LlamaLibrary.Export(function))(buffer);
        CheckWritten(function, new ReadOnlySpan<byte>(buffer, size + 64), size, padding);
    }

    internal static void CheckWritten(string function, ReadOnlySpan<byte> buffer, int size, int padding)
    {
        var written = buffer.LastIndexOfAnyExcept(Sentinel) + 1;
        if (written > size || written < size - padding)
            throw Mismatch($"{function} wrote {written} bytes, expected {size}");
    }

    internal static void ModelDefaults(in LlamaModelParams p)
    {
        Same("model", "devices", (nint)p.Devices, 0);
        Same("model", "tensor_buft_overrides", (nint)p.TensorBufferOverrides, 0);
        Same("model", "n_gpu_layers", p.GpuLayers, -1);
        Same("model", "split_mode", p.SplitMode, 1);
        Same("model", "load_mode", p.LoadMode, -1);
        Same("model", "lazy_mode", p.LazyMode, 1);
        Same("model", "main_gpu", p.MainGpu, 0);
        Same("model", "tensor_split", (nint)p.TensorSplit, 0);
        Same("model", "progress_callback", (nint)p.ProgressCallback, 0);
        Same("model", "kv_overrides", (nint)p.KvOverrides, 0);
        Same("model", "vocab_only..load_mtp", (p.VocabOnly, p.CheckTensors, p.UseExtraBuffers, p.NoHost, p.NoAlloc, p.LoadMtp), ((byte)0, (byte)0, (byte)1, (byte)0, (byte)0, (byte)0));
    }

    internal static void ContextDefaults(in LlamaContextParams p)
    {
        Same("context", "n_ctx..n_rs_seq", (p.ContextSize, p.BatchSize, p.MicroBatchSize, p.MaxSequences, p.RecurrentSnapshots), (512u, 2048u, 512u, 1u, 0u));
        Same("context", "n_outputs_max..", (p.MaxOutputs, p.MaxOutputsPerSequence), (0u, 1u));
        Same("context", "n_threads..", (p.Threads, p.BatchThreads), (4, 4));
        Same("context", "ctx_type..attention_type", (p.ContextType, p.RopeScalingType, p.PoolingType, p.AttentionType), (0, -1, -1, -1));
        Same("context", "flash_attn_type", p.FlashAttention, FlashAttention.Auto);
        Same("context", "rope_freq_base..", (p.RopeFrequencyBase, p.RopeFrequencyScale), (0f, 0f));
        Same("context", "yarn_ext_factor..yarn_orig_ctx", (p.YarnExtensionFactor, p.YarnAttentionFactor, p.YarnBetaFast, p.YarnBetaSlow, p.YarnOriginalContext), (-1f, -1f, -1f, -1f, 0u));
        Same("context", "defrag_thold", p.DefragThreshold, -1f);
        Same("context", "cb_eval..", ((nint)p.EvalCallback, (nint)p.EvalCallbackUserData), (0, 0));
        Same("context", "type_k, type_v", (p.KeyType, p.ValueType), (GgmlType.F16, GgmlType.F16));
        Same("context", "abort_callback..", ((nint)p.AbortCallback, (nint)p.AbortCallbackData), (0, 0));
        Same("context", "embeddings..kv_unified", (p.Embeddings, p.OffloadKqv, p.NoPerf, p.OpOffload, p.SwaFull, p.UnifiedKv), ((byte)0, (byte)1, (byte)1, (byte)1, (byte)1, (byte)0));
        Same("context", "samplers..ctx_other", ((nint)p.Samplers, p.SamplerCount, (nint)p.OtherContext), (0, 0u, 0));
    }

    internal static void QuantizeDefaults(in LlamaQuantizeParams p)
    {
        const int Q8_0 = 7, Count = 43;
        Same("quantize", "nthread", p.Threads, 0);
        Same("quantize", "ftype", p.FileType, Q8_0);
        Same("quantize", "output_tensor_type, token_embedding_type", (p.OutputTensorType, p.TokenEmbeddingType), (Count, Count));
        Same("quantize", "allow_requantize..dry_run", (p.AllowRequantize, p.QuantizeOutputTensor, p.OnlyCopy, p.Pure, p.KeepSplit, p.DryRun), ((byte)0, (byte)1, (byte)0, (byte)0, (byte)0, (byte)0));
    }

    static void Same<T>(string parameters, string field, T actual, T expected)
    {
        if (!EqualityComparer<T>.Default.Equals(actual, expected))
            throw Mismatch($"the default of {field} in the {parameters} parameters is {actual}, expected {expected}");
    }

    static EngineException Mismatch(string what) => new(EngineError.NativeLibrary,
        $"The llama.cpp library does not match this program: {what}. Build again to restore the pinned one, or put llama.cpp {LlamaVersion} (ggml {GgmlVersion}) into the folder that LOCALOPINIONS_NATIVE names.");
}
