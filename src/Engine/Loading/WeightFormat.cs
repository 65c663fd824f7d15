using LLama.Native;
using LocalOpinions.Engine.Llama;

namespace LocalOpinions.Engine.Loading;

/// <summary>
/// Ways of storing weights that every model can be converted to without a calibration file. The values are llama.h's llama_ftype.
/// </summary>
public enum WeightFormat
{
    /// <summary>32-bit floating point: what any weights say, without more rounding.</summary>
    F32 = 0,

    /// <summary>4 bits and a scale per 32 weights.</summary>
    Q4_0 = 2,

    /// <summary>4 bits, a scale and an offset per 32 weights.</summary>
    Q4_1 = 3,

    /// <summary>8 bits and a scale per 32 weights.</summary>
    Q8_0 = 7,
}

/// <summary>Converts a model's weights, to find out which format a processor computes fastest, or what the arithmetic is worth.</summary>
/// <remarks>Weights that were quantised before lose precision, except in F32: a file converted to another format is for timing, not for
/// answers.</remarks>
public static class WeightConversion
{
    /// <summary>Writes a model with its weights in another format.</summary>
    /// <param name="runtime">The engine.</param>
    /// <param name="source">The model; unsplit.</param>
    /// <param name="target">The file to write.</param>
    /// <param name="format">The format of the weights.</param>
    /// <param name="threads">Native threads.</param>
    /// <exception cref="EngineException">llama.cpp could not convert it.</exception>
    public static void Write(EngineRuntime runtime, ModelFile source, string target, WeightFormat format, int threads)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        var parameters = LLamaModelQuantizeParams.Default();
        parameters.ftype = (LLamaFtype)format;
        parameters.allow_requantize = true;
        parameters.nthread = threads;
        using var call = NativeLog.Listen();
        if (NativeApi.llama_model_quantize(source.Path, target, ref parameters) != 0)
            throw new EngineException(EngineError.ModelUnusable, $"{source.Path} cannot be converted to {format}: {call.Reason()}");
    }
}
