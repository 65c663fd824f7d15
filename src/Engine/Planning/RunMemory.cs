using LocalOpinions.Engine.Loading;

namespace LocalOpinions.Engine.Planning;

/// <summary>About how much memory a run with a model takes, told from the model's header.</summary>
/// <param name="Weights">Bytes of the weights.</param>
/// <param name="Cache">Bytes of the key-value cache of the largest usual plan; 0 where the header does not tell (recurrent models).</param>
/// <param name="Logits">Bytes of the rows of logits of one decode.</param>
public sealed record RunMemory(long Weights, long Cache, long Logits)
{
    /// <summary>
    /// Bytes of the program, its libraries and llama.cpp's working space: what a small model takes, and some room for a larger one.
    /// </summary>
    public const long Program = 300_000_000;

    /// <summary>Bytes of all.</summary>
    public long Total => Weights + Cache + Logits + Program;

    /// <summary>Estimates it for prompts of a survey's usual length, which is below one decode of 512 tokens.</summary>
    /// <param name="file">The model.</param>
    /// <param name="header">What it says of itself.</param>
    public static RunMemory Estimate(ModelFile file, ModelHeader header)
    {
        var shape = new PlanShape();
        var cells = (long)shape.DecodeTokens * (shape.Height + 1);
        return new(file.Bytes, ContextMemory.Cache(header, cells, Arithmetic.Usual), ContextMemory.Logits(header, shape.Prompts));
    }
}
