using System.Runtime.InteropServices;
using LLama.Native;

namespace LocalOpinions.Engine.Llama;

/// <summary>The functions of llama.h that LLamaSharp 0.30.0 lacks, or has in a way that would not do here; each with its reason.</summary>
static unsafe partial class LlamaNative
{
    internal const string Library = "llama";

    // LLamaSharp sets a log only after llama.cpp is initialised, and makes a string of every message.
    [LibraryImport(Library)]
    internal static partial void llama_log_set(delegate* unmanaged[Cdecl]<LLamaLogLevel, byte*, void*, void> callback, void* userData);

    // Not there.
    [LibraryImport(Library)]
    internal static partial byte llama_model_is_hybrid(SafeLlamaModelHandle model);

    // Private there, and what the next two work on.
    [LibraryImport(Library)]
    internal static partial nint llama_model_get_vocab(SafeLlamaModelHandle model);

    // Private there; a token's text as the vocabulary spells it, not as it is printed.
    [LibraryImport(Library)]
    internal static partial byte* llama_vocab_get_text(nint vocab, LLamaToken token);

    // SafeLlamaModelHandle.Tokenize runs every text through the tokenizer twice.
    [LibraryImport(Library)]
    internal static partial int llama_tokenize(
        nint vocab, byte* text, int length, LLamaToken* tokens, int capacity, byte addSpecial, byte parseSpecial);

    // SafeLLamaContextHandle.Decode pins an array for every token of every call.
    [LibraryImport(Library)]
    internal static partial int llama_decode(SafeLLamaContextHandle context, LLamaNativeBatch batch);

    // Private there, and MemorySequenceRemove drops what llama_memory_seq_rm answers.
    [LibraryImport(Library)]
    internal static partial nint llama_get_memory(SafeLLamaContextHandle context);
}
