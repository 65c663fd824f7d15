using System.Text.Json;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Tests;

namespace LocalOpinions.Engine.Tests;

/// <summary>The tiny models and what Hugging Face transformers computes for them.</summary>
static class TinyModels
{
    public static readonly string[] Names = ["llama-spm", "qwen3-bpe", "gemma3-swa-spm", "lfm2-hybrid-bpe"];

    // llama.cpp's threads spin; on a machine whose cores are busy two of them are slower than one.
    public static int Threads => Environment.GetEnvironmentVariable("CI") == "true" ? 1 : Math.Min(2, Environment.ProcessorCount);

    /// <summary>gemma3's activation works from a half-precision table in ggml.</summary>
    public static double Tolerance(string name) => name.StartsWith("gemma3", StringComparison.Ordinal) ? 5e-3 : 1e-4;

    public static Model Load(string name) => Model.Load(
        EngineRuntime.Start(DeviceKind.Cpu), ModelFile.Find(Repository.Fixture($"tiny/{name}.gguf"), []));

    public static References References(string name) =>
        JsonSerializer.Deserialize<References>(File.ReadAllText(Repository.Fixture($"tiny/{name}.json")), JsonSerializerOptions.Web)!;
}

sealed record References(string[] Prompts, Reference[] Refs);

sealed record Reference(int Prompt, int[] Tokens, double[] Logprobs);
