using System.Runtime.InteropServices;

namespace LocalOpinions.Engine.Decoding;

/// <summary>Native memory that is freed together.</summary>
class NativeBlocks : IDisposable
{
    readonly List<nint> _blocks = [];

    /// <summary>Room for so many values, of any content; the owner's until <see cref="Dispose"/>.</summary>
    /// <exception cref="OutOfMemoryException">There is none.</exception>
    public unsafe T* Allocate<T>(int count) where T : unmanaged
    {
        // First the place to remember it in: that may fail too.
        _blocks.Add(0);
        _blocks[^1] = Allocate((nuint)count * (nuint)sizeof(T));
        return (T*)_blocks[^1];
    }

    public void Dispose()
    {
        foreach (var block in _blocks)
            Free(block);
        _blocks.Clear();
    }

    protected virtual unsafe nint Allocate(nuint bytes) => (nint)NativeMemory.Alloc(bytes);

    protected virtual unsafe void Free(nint block) => NativeMemory.Free((void*)block);
}
