using System.Runtime.InteropServices;

namespace LocalOpinions.Engine.Native;

/// <summary>llama.h: context, memory, decoding.</summary>
static unsafe partial class LlamaNative
{
    [LibraryImport(Library)] internal static partial LlamaContextParams llama_context_default_params();
    [LibraryImport(Library)] internal static partial nint llama_init_from_model(nint model, LlamaContextParams parameters);
    [LibraryImport(Library)] internal static partial void llama_free(nint context);
    [LibraryImport(Library)] internal static partial nint llama_get_memory(nint context);
    [LibraryImport(Library)] internal static partial void llama_memory_clear(nint memory, byte data);
    [LibraryImport(Library)] internal static partial byte llama_memory_seq_rm(nint memory, int sequence, int from, int to);
    [LibraryImport(Library)] internal static partial void llama_memory_seq_cp(nint memory, int source, int target, int from, int to);
    [LibraryImport(Library)] internal static partial int llama_decode(nint context, LlamaBatch batch);
    [LibraryImport(Library)] internal static partial void llama_synchronize(nint context);
    [LibraryImport(Library)] internal static partial float* llama_get_logits_ith(nint context, int index);
}
