using System.Runtime.InteropServices;

namespace LocalOpinions.Engine.Native;

// Layouts of llama.cpp 0.5.0 on 64-bit platforms. AbiCheck holds them against the loaded library at start-up.

enum FlashAttention { Auto = -1, Off = 0, On = 1 }

enum GgmlType { F32 = 0, F16 = 1 }

enum BackendDeviceType { Cpu = 0, Gpu = 1, IntegratedGpu = 2, Accelerator = 3, Meta = 4 }

[Flags]
enum TokenAttributes { None = 0, Unknown = 1, Unused = 2, Normal = 4, Control = 8, UserDefined = 16, Byte = 32, LeftStrip = 128, RightStrip = 256 }

[StructLayout(LayoutKind.Sequential)]
unsafe struct LlamaModelParams
{
    public nint* Devices;
    public void* TensorBufferOverrides;
    public int GpuLayers;
    public int SplitMode;
    public int LoadMode;
    public int LazyMode;
    public int MainGpu;
    public float* TensorSplit;
    public delegate* unmanaged[Cdecl]<float, void*, byte> ProgressCallback;
    public void* ProgressCallbackUserData;
    public void* KvOverrides;
    public byte VocabOnly;
    public byte CheckTensors;
    public byte UseExtraBuffers;
    public byte NoHost;
    public byte NoAlloc;
    public byte LoadMtp;
}

[StructLayout(LayoutKind.Sequential)]
unsafe struct LlamaContextParams
{
    public uint ContextSize;
    public uint BatchSize;
    public uint MicroBatchSize;
    public uint MaxSequences;
    public uint RecurrentSnapshots;
    public uint MaxOutputs;
    public uint MaxOutputsPerSequence;
    public int Threads;
    public int BatchThreads;
    public int ContextType;
    public int RopeScalingType;
    public int PoolingType;
    public int AttentionType;
    public FlashAttention FlashAttention;
    public float RopeFrequencyBase;
    public float RopeFrequencyScale;
    public float YarnExtensionFactor;
    public float YarnAttentionFactor;
    public float YarnBetaFast;
    public float YarnBetaSlow;
    public uint YarnOriginalContext;
    public float DefragThreshold;
    public void* EvalCallback;
    public void* EvalCallbackUserData;
    public GgmlType KeyType;
    public GgmlType ValueType;
    public delegate* unmanaged[Cdecl]<void*, byte> AbortCallback;
    public void* AbortCallbackData;
    public byte Embeddings;
    public byte OffloadKqv;
    public byte NoPerf;
    public byte OpOffload;
    public byte SwaFull;
    public byte UnifiedKv;
    public void* Samplers;
    public nuint SamplerCount;
    public void* OtherContext;
}

/// <summary>llama_model_quantize_params, 64 bytes.</summary>
unsafe struct LlamaQuantizeParams
{
    public int Threads;
    public int FileType;
    public int OutputTensorType;
    public int TokenEmbeddingType;
    public byte AllowRequantize;
    public byte QuantizeOutputTensor;
    public byte OnlyCopy;
    public byte Pure;
    public byte KeepSplit;
    public byte DryRun;
    public void* ImportanceMatrix;
    public void* KvOverrides;
    public void* TensorTypeOverrides;
    public void* PruneLayers;
    public nuint MaxBufferSize;
}

[StructLayout(LayoutKind.Sequential)]
unsafe struct LlamaBatch
{
    public int TokenCount;
    public int* Token;
    public float* Embedding;
    public int* Position;
    public int* SequenceCount;
    public int** SequenceId;
    public sbyte* Output;
}

[StructLayout(LayoutKind.Sequential)]
unsafe struct LlamaChatMessage
{
    public byte* Role;
    public byte* Content;
}
