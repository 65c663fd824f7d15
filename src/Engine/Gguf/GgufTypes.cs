namespace LocalOpinions.Engine.Gguf;

/// <summary>gguf_type: how a metadata value is stored.</summary>
enum GgufType { UInt8, Int8, UInt16, Int16, UInt32, Int32, Float32, Bool, String, Array, UInt64, Int64, Float64 }

/// <summary>What ggml 0.19.0 knows of each tensor type; a test holds it against the library.</summary>
static class TensorTypes
{
    // Elements per block, bytes per block.
    static readonly Dictionary<int, (int Elements, int Bytes)> s_blocks = new()
    {
        [0] = (1, 4),
        [1] = (1, 2),
        [2] = (32, 18),
        [3] = (32, 20),
        [6] = (32, 22),
        [7] = (32, 24),
        [8] = (32, 34),
        [9] = (32, 36),
        [10] = (256, 84),
        [11] = (256, 110),
        [12] = (256, 144),
        [13] = (256, 176),
        [14] = (256, 210),
        [15] = (256, 292),
        [16] = (256, 66),
        [17] = (256, 74),
        [18] = (256, 98),
        [19] = (256, 50),
        [20] = (32, 18),
        [21] = (256, 110),
        [22] = (256, 82),
        [23] = (256, 136),
        [24] = (1, 1),
        [25] = (1, 2),
        [26] = (1, 4),
        [27] = (1, 8),
        [28] = (1, 8),
        [29] = (256, 56),
        [30] = (1, 2),
        [34] = (256, 54),
        [35] = (256, 66),
        [39] = (32, 17),
        [40] = (64, 36),
        [41] = (128, 18),
        [42] = (64, 18),
    };

    /// <summary>Elements and bytes per block; null for a type that ggml does not know or has removed.</summary>
    public static (int Elements, int Bytes)? Block(int type) => s_blocks.TryGetValue(type, out var block) ? block : null;
}

/// <summary>
/// llama_ftype: how most of a model's weights are stored. The names are llama.cpp's; a test holds them against the library.
/// </summary>
static class FileTypes
{
    const int Guessed = 1024;

    static readonly Dictionary<int, string> s_names = new()
    {
        [0] = "all F32",
        [1] = "F16",
        [2] = "Q4_0",
        [3] = "Q4_1",
        [7] = "Q8_0",
        [8] = "Q5_0",
        [9] = "Q5_1",
        [10] = "Q2_K - Medium",
        [11] = "Q3_K - Small",
        [12] = "Q3_K - Medium",
        [13] = "Q3_K - Large",
        [14] = "Q4_K - Small",
        [15] = "Q4_K - Medium",
        [16] = "Q5_K - Small",
        [17] = "Q5_K - Medium",
        [18] = "Q6_K",
        [19] = "IQ2_XXS - 2.0625 bpw",
        [20] = "IQ2_XS - 2.3125 bpw",
        [21] = "Q2_K - Small",
        [22] = "IQ3_XS - 3.3 bpw",
        [23] = "IQ3_XXS - 3.0625 bpw",
        [24] = "IQ1_S - 1.5625 bpw",
        [25] = "IQ4_NL - 4.5 bpw",
        [26] = "IQ3_S - 3.4375 bpw",
        [27] = "IQ3_S mix - 3.66 bpw",
        [28] = "IQ2_S - 2.5 bpw",
        [29] = "IQ2_M - 2.7 bpw",
        [30] = "IQ4_XS - 4.25 bpw",
        [31] = "IQ1_M - 1.75 bpw",
        [32] = "BF16",
        [36] = "TQ1_0 - 1.69 bpw ternary",
        [37] = "TQ2_0 - 2.06 bpw ternary",
        [38] = "MXFP4 MoE",
        [39] = "NVFP4",
        [40] = "Q1_0",
        [41] = "Q2_0",
    };

    /// <summary>The name of a weight format, as "Q4_1"; "unknown" for a number without one.</summary>
    public static string Name(long? type) => type is >= 0 and < 2 * Guessed && s_names.TryGetValue((int)type & ~Guessed, out var name)
        ? name : "unknown";
}
