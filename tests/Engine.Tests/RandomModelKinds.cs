namespace LocalOpinions.Engine.Tests;

// Names, shapes and order of dimensions are those that llama.cpp b10361 asks for (src/models of its source).

/// <summary>A transformer whose feed-forward layers have four experts, two of which answer each token (qwen3moe).</summary>
static class Experts
{
    const int Layers = 3, Embedding = 64, Heads = 4, KeyHeads = 2, Head = 16, Hidden = 64, All = 4, Used = 2;

    public static void Describe(RandomModel m)
    {
        m.Set("block_count", Layers);
        m.Set("embedding_length", Embedding);
        m.Set("feed_forward_length", Hidden);
        m.Set("expert_feed_forward_length", Hidden);
        m.Set("expert_count", All);
        m.Set("expert_used_count", Used);
        m.Set("attention.head_count", Heads);
        m.Set("attention.head_count_kv", KeyHeads);
        m.Set("attention.key_length", Head);
        m.Set("attention.value_length", Head);
        m.Set("attention.layer_norm_rms_epsilon", 1e-5f);
        m.Set("rope.freq_base", 10000f);
        m.Ends(Embedding);
        for (var i = 0; i < Layers; i++)
        {
            var p = $"blk.{i}.";
            m.Near(p + "attn_norm.weight", 1, Embedding);
            m.Matrix(p + "attn_q.weight", 1, Embedding, Heads * Head);
            m.Matrix(p + "attn_k.weight", 1, Embedding, KeyHeads * Head);
            m.Matrix(p + "attn_v.weight", 1, Embedding, KeyHeads * Head);
            m.Near(p + "attn_q_norm.weight", 1, Head);
            m.Near(p + "attn_k_norm.weight", 1, Head);
            m.Matrix(p + "attn_output.weight", 1, Heads * Head, Embedding);
            m.Near(p + "ffn_norm.weight", 1, Embedding);
            m.Matrix(p + "ffn_gate_inp.weight", 1, Embedding, All);
            m.Matrix(p + "ffn_gate_exps.weight", 1, Embedding, Hidden, All);
            m.Matrix(p + "ffn_up_exps.weight", 1, Embedding, Hidden, All);
            m.Matrix(p + "ffn_down_exps.weight", 1, Hidden, Embedding, All);
        }
    }
}

/// <summary>A state-space model: no attention, one state per sequence (mamba).</summary>
static class Mamba
{
    // ggml's kernels ask for a state of 16, and on CUDA for an inner size that is a multiple of 128.
    const int Layers = 3, Embedding = 64, Inner = 2 * Embedding, State = 16, Convolution = 4, StepRank = 4;

    public static void Describe(RandomModel m)
    {
        m.Set("block_count", Layers);
        m.Set("embedding_length", Embedding);
        m.Set("feed_forward_length", 0u);
        m.Set("attention.head_count", 0u);
        m.Set("attention.layer_norm_rms_epsilon", 1e-5f);
        m.Set("ssm.conv_kernel", Convolution);
        m.Set("ssm.inner_size", Inner);
        m.Set("ssm.state_size", State);
        m.Set("ssm.time_step_rank", StepRank);
        m.Ends(Embedding);
        var step = new Random(1);
        for (var i = 0; i < Layers; i++)
        {
            var p = $"blk.{i}.";
            m.Near(p + "attn_norm.weight", 1, Embedding);
            m.Matrix(p + "ssm_in.weight", 1, Embedding, 2 * Inner);
            m.Matrix(p + "ssm_conv1d.weight", 1, Convolution, Inner);
            m.Near(p + "ssm_conv1d.bias", 0, Inner);
            m.Matrix(p + "ssm_x.weight", 2, Inner, StepRank + (2 * State));
            m.Matrix(p + "ssm_dt.weight", 0.5, StepRank, Inner);
            // As Mamba's own initialisation: after softplus the steps lie between 0.001 and 0.1, evenly in the logarithm,
            m.Values(p + "ssm_dt.bias", [Inner], () => Math.Log(Math.Exp(0.001 * Math.Pow(100, step.NextDouble())) - 1));
            // and A is -1, -2, ... -State in every channel.
            var n = 0;
            m.Values(p + "ssm_a", [State, Inner], () => -(n++ % State + 1));
            m.Near(p + "ssm_d", 1, Inner);
            m.Matrix(p + "ssm_out.weight", 2, Inner, Embedding);
        }
    }
}

/// <summary>A recurrent model whose state is a matrix per head, with token shift (rwkv7).</summary>
static class Rwkv7
{
    // ggml's CUDA kernel knows heads of 64 and 128 only.
    const int Layers = 3, Embedding = 64, Head = 64, Hidden = 128, Rank = 8;

    public static void Describe(RandomModel m)
    {
        m.Set("block_count", Layers);
        m.Set("embedding_length", Embedding);
        m.Set("feed_forward_length", Hidden);
        m.Set("attention.head_count", 0u);
        m.Set("attention.layer_norm_epsilon", 1e-5f);
        m.Set("wkv.head_size", Head);
        m.Set("token_shift_count", 2u);
        foreach (var use in new[] { "decay", "iclr", "value_residual_mix", "gate" })
            m.Set($"attention.{use}_lora_rank", Rank);
        m.Ends(Embedding);
        m.Near("output_norm.bias", 0, Embedding);
        Norm(m, "token_embd_norm");
        for (var i = 0; i < Layers; i++)
        {
            var p = $"blk.{i}.";
            Norm(m, p + "attn_norm");
            Norm(m, p + "attn_norm_2");
            Norm(m, p + "time_mix_ln");
            // The decay is exp(-0.6 sigmoid(w0 + ...)): memories from a few tokens to some hundreds.
            m.Uniform(p + "time_mix_w0.weight", -6, 0, Embedding);
            foreach (var low in "avg")
            {
                // The gate alone has no bias.
                if (low != 'g')
                    m.Near($"{p}time_mix_{low}0.weight", 0, Embedding);
                LowRank(m, p, low);
            }
            LowRank(m, p, 'w');
            m.Uniform(p + "time_mix_lerp_fused.weight", 0, 1, Embedding, 1, 1, 6);
            m.Near(p + "time_mix_k_k.weight", 0.85, Embedding);
            m.Near(p + "time_mix_k_a.weight", 1, Embedding);
            m.Near(p + "time_mix_r_k.weight", 0, Embedding);
            foreach (var matrix in new[] { "key", "value", "receptance" })
                m.Matrix($"{p}time_mix_{matrix}.weight", 1, Embedding, Embedding);
            m.Matrix(p + "time_mix_output.weight", 2, Embedding, Embedding);
            m.Uniform(p + "channel_mix_lerp_k.weight", 0, 1, Embedding, 1, 1);
            m.Matrix(p + "channel_mix_key.weight", 1, Embedding, Hidden);
            m.Matrix(p + "channel_mix_value.weight", 1, Hidden, Embedding);
        }
    }

    static void Norm(RandomModel m, string name)
    {
        m.Near(name + ".weight", 1, Embedding);
        m.Near(name + ".bias", 0, Embedding);
    }

    static void LowRank(RandomModel m, string p, char name)
    {
        m.Matrix($"{p}time_mix_{name}1.weight", 1, Embedding, Rank);
        m.Matrix($"{p}time_mix_{name}2.weight", 1, Rank, Embedding);
    }
}
