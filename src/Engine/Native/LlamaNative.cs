using System.Runtime.InteropServices;

namespace LocalOpinions.Engine.Native;

/// <summary>llama.h: library, model, vocabulary.</summary>
static unsafe partial class LlamaNative
{
    internal const string Library = "llama";

    [LibraryImport(Library)] internal static partial byte* llama_version();
    [LibraryImport(Library)] internal static partial void llama_log_set(delegate* unmanaged[Cdecl]<int, byte*, void*, void> callback, void* userData);
    [LibraryImport(Library)] internal static partial void llama_backend_init();
    [LibraryImport(Library)] internal static partial byte* llama_ftype_name(int fileType);

    [LibraryImport(Library)] internal static partial LlamaModelParams llama_model_default_params();
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial nint llama_model_load_from_file(string path, LlamaModelParams parameters);
    [LibraryImport(Library)] internal static partial void llama_model_free(nint model);
    [LibraryImport(Library)] internal static partial LlamaQuantizeParams llama_model_quantize_default_params();
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] internal static partial uint llama_model_quantize(string source, string target, LlamaQuantizeParams* parameters);
    [LibraryImport(Library)] internal static partial nint llama_model_get_vocab(nint model);
    [LibraryImport(Library)] internal static partial byte* llama_model_chat_template(nint model, byte* name);
    [LibraryImport(Library)] internal static partial int llama_chat_apply_template(byte* template, LlamaChatMessage* messages, nuint count, byte addAssistant, byte* buffer, int capacity);
    [LibraryImport(Library)] internal static partial int llama_model_desc(nint model, byte* buffer, nuint size);
    [LibraryImport(Library)] internal static partial ulong llama_model_n_params(nint model);
    [LibraryImport(Library)] internal static partial int llama_model_n_ctx_train(nint model);
    [LibraryImport(Library)] internal static partial byte llama_model_has_encoder(nint model);
    [LibraryImport(Library)] internal static partial byte llama_model_is_diffusion(nint model);
    [LibraryImport(Library)] internal static partial byte llama_model_is_recurrent(nint model);
    [LibraryImport(Library)] internal static partial byte llama_model_is_hybrid(nint model);

    [LibraryImport(Library)] internal static partial int llama_vocab_type(nint vocab);
    [LibraryImport(Library)] internal static partial int llama_vocab_n_tokens(nint vocab);
    [LibraryImport(Library)] internal static partial int llama_vocab_bos(nint vocab);
    [LibraryImport(Library)] internal static partial int llama_vocab_eos(nint vocab);
    [LibraryImport(Library)] internal static partial byte llama_vocab_is_eog(nint vocab, int token);
    [LibraryImport(Library)] internal static partial byte llama_vocab_get_add_bos(nint vocab);
    [LibraryImport(Library)] internal static partial byte llama_vocab_get_add_eos(nint vocab);
    [LibraryImport(Library)] internal static partial byte* llama_vocab_get_text(nint vocab, int token);
    [LibraryImport(Library)] internal static partial TokenAttributes llama_vocab_get_attr(nint vocab, int token);
    [LibraryImport(Library)] internal static partial int llama_tokenize(nint vocab, byte* text, int textLength, int* tokens, int capacity, byte addSpecial, byte parseSpecial);
    [LibraryImport(Library)] internal static partial int llama_token_to_piece(nint vocab, int token, byte* buffer, int capacity, int leftStrip, byte special);
}
