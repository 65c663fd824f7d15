using System.Runtime.InteropServices;
using LLama.Native;

namespace LocalOpinions.Engine.Llama;

/// <summary>Where a llama.cpp keeps the parameters of a context: as LLamaSharp's struct has them, or as b10361 does.</summary>
/// <remarks>
/// b10361 has one field more, n_outputs_max_per_seq, where LLamaSharp goes on with n_threads. What follows lies four bytes further, up to
/// the padding before the first pointer, so the size is the same. Parameters are set by LLamaSharp's names and moved when they are handed
/// over.
/// </remarks>
/// <param name="HasRowsPerSequence">Whether it is b10361's.</param>
readonly record struct ContextLayout(bool HasRowsPerSequence)
{
    const int Inserted = 24, Moved = 28, FirstPointer = 88;
    const int RowsPerSequence = 1, Threads = 4;

    /// <summary>The loaded library's, once <see cref="AbiCheck"/> has proven it.</summary>
    public static ContextLayout Loaded { get; set; }

    /// <summary>Tells by the default parameters, as a library wrote them, which layout it has; null where it is neither.</summary>
    public static ContextLayout? Of(LLamaContextParams written)
    {
        var bytes = Bytes(ref written);
        return (MemoryMarshal.Read<int>(bytes[Inserted..]), MemoryMarshal.Read<int>(bytes[Moved..])) switch
        {
            (RowsPerSequence, Threads) => new(true),
            (Threads, Threads) => new(false),
            _ => null,
        };
    }

    /// <summary>What a library of this layout wrote, by LLamaSharp's names.</summary>
    public LLamaContextParams FromLibrary(LLamaContextParams written)
    {
        if (HasRowsPerSequence)
            Bytes(ref written)[Moved..FirstPointer].CopyTo(Bytes(ref written)[Inserted..]);
        return written;
    }

    /// <summary>The same parameters as a library of this layout wants them; only to be handed over.</summary>
    public LLamaContextParams ForLibrary(LLamaContextParams parameters)
    {
        if (HasRowsPerSequence)
        {
            var bytes = Bytes(ref parameters);
            bytes[Inserted..(FirstPointer - sizeof(int))].CopyTo(bytes[Moved..]);
            MemoryMarshal.Write(bytes[Inserted..], RowsPerSequence);
        }
        return parameters;
    }

    static Span<byte> Bytes(ref LLamaContextParams parameters) => MemoryMarshal.AsBytes(new Span<LLamaContextParams>(ref parameters));
}
