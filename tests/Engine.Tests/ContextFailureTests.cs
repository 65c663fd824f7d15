using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;

namespace LocalOpinions.Engine.Tests;

/// <summary>A context that cannot be made leaves nothing behind, wherever it fails.</summary>
public class ContextFailureTests
{
    // The batch's five arrays, the sequences' numbers and the flag that aborts.
    const int Blocks = 7;

    static readonly ContextShape s_shape = new(Tokens: 512, Cells: 512, Sequences: 4, Rows: 4, Ubatch: 512);

    [Fact]
    public void All_memory_is_freed_whichever_allocation_fails()
    {
        using var model = TinyModels.Load("llama-spm");
        for (var failing = 0; failing < Blocks; failing++)
        {
            var blocks = new CountedBlocks(failing);
            Assert.Throws<OutOfMemoryException>(() => new DecodeContext(model, s_shape, Arithmetic.Exact, threads: 1, blocks));
            Assert.Equal((failing, failing), (blocks.Allocated, blocks.Freed));
        }
    }

    [Fact]
    public void A_failed_context_does_not_keep_its_model()
    {
        var model = TinyModels.Load("llama-spm");
        var handle = model.Handle;
        for (var failing = 0; failing < Blocks; failing++)
            Assert.Throws<OutOfMemoryException>(
                () => new DecodeContext(model, s_shape, Arithmetic.Exact, threads: 1, new CountedBlocks(failing)));
        // One that is not released by its last user can still be borrowed after its disposal.
        model.Dispose();
        var borrowed = false;
        Assert.Throws<ObjectDisposedException>(() => handle.DangerousAddRef(ref borrowed));
        Assert.False(borrowed);
    }

    [Fact]
    public void A_context_frees_what_it_took()
    {
        using var model = TinyModels.Load("llama-spm");
        var blocks = new CountedBlocks(failing: null);
        new DecodeContext(model, s_shape, Arithmetic.Exact, threads: 1, blocks).Dispose();
        Assert.Equal((Blocks, Blocks), (blocks.Allocated, blocks.Freed));
    }

    [Fact]
    public void A_context_without_room_frees_what_it_took()
    {
        using var model = TinyModels.Load("llama-spm");
        var blocks = new CountedBlocks(failing: null);
        var cells = s_shape with { Cells = 1 << 30 };
        Assert.Throws<EngineException>(() => new DecodeContext(model, cells, Arithmetic.Exact, threads: 1, blocks));
        Assert.Equal(blocks.Allocated, blocks.Freed);
    }

    sealed class CountedBlocks(int? failing) : NativeBlocks
    {
        public int Allocated { get; private set; }

        public int Freed { get; private set; }

        protected override nint Allocate(nuint bytes)
        {
            if (Allocated == failing)
                throw new OutOfMemoryException();
            Allocated++;
            return base.Allocate(bytes);
        }

        protected override void Free(nint block)
        {
            Freed += block == 0 ? 0 : 1;
            base.Free(block);
        }
    }
}
