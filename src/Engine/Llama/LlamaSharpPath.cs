namespace LocalOpinions.Engine.Llama;

/// <summary>The functions of llama.h that this program reaches through LLamaSharp.</summary>
/// <remarks>A test holds each of them against the header's declaration.</remarks>
static class LlamaSharpPath
{
    public static IReadOnlyList<string> Functions { get; } =
    [
        "llama_backend_init", "llama_max_devices",
        "llama_model_default_params", "llama_context_default_params", "llama_model_quantize_default_params",
        "llama_model_load_from_file", "llama_model_free", "llama_model_quantize",
        "llama_model_desc", "llama_model_n_params", "llama_model_n_ctx_train",
        "llama_model_has_encoder", "llama_model_is_diffusion", "llama_model_is_recurrent",
        "llama_model_get_vocab", "llama_vocab_type", "llama_vocab_n_tokens", "llama_vocab_bos", "llama_vocab_eos",
        "llama_vocab_get_add_bos", "llama_vocab_get_add_eos", "llama_vocab_get_attr", "llama_vocab_is_eog", "llama_token_to_piece",
        "llama_init_from_model", "llama_free", "llama_get_memory",
        "llama_memory_clear", "llama_memory_seq_rm", "llama_memory_seq_cp",
        "llama_synchronize", "llama_get_logits_ith",
    ];
}
