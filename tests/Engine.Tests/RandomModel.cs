namespace LocalOpinions.Engine.Tests;

/// <summary>
/// Fills a GGUF file with hyperparameters and random F32 weights, sized so that activations and logits keep an rms near 1.
/// </summary>
sealed class RandomModel
{
    /// <summary>All tiny tokenizers have this many tokens.</summary>
    const int Vocabulary = 1024;

    readonly Random _random = new(20260928);
    readonly GgufFile _file;
    readonly string _architecture;

    public RandomModel(GgufFile file, string architecture)
    {
        (_file, _architecture) = (file, architecture);
        file.Add("general.architecture", architecture);
        file.Add("general.file_type", 0u);
        Set("context_length", 4096u);
    }

    public void Set(string key, uint value) => _file.Add($"{_architecture}.{key}", value);

    public void Set(string key, float value) => _file.Add($"{_architecture}.{key}", value);

    /// <summary>The first and the last matrix, and the norm before the latter.</summary>
    public void Ends(int embedding)
    {
        Values("token_embd.weight", [embedding, Vocabulary], Normal);
        Near("output_norm.weight", 1, embedding);
        // A softmax over normally distributed logits of this spread keeps some 9/10 of the uniform one's entropy.
        Values("output.weight", [embedding, Vocabulary], () => 1.2 * Normal() / Math.Sqrt(embedding));
    }

    /// <summary>A matrix, or a stack of them, that turns inputs of rms 1 into outputs of rms <paramref name="gain"/>.</summary>
    public void Matrix(string name, double gain, params long[] shape) => Values(name, shape, () => gain * Normal() / Math.Sqrt(shape[0]));

    /// <summary>Norm weights, biases and the like: a constant, a little disturbed.</summary>
    public void Near(string name, double value, params long[] shape) => Values(name, shape, () => value + (0.1 * Normal()));

    public void Uniform(string name, double from, double to, params long[] shape) =>
        Values(name, shape, () => from + ((to - from) * _random.NextDouble()));

    public void Values(string name, long[] shape, Func<double> next)
    {
        var values = new float[shape.Aggregate(1L, (product, n) => product * n)];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)next();
        _file.Add(name, shape, values);
    }

    // Box and Muller.
    double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(Math.Tau * _random.NextDouble());
}
