using System.Runtime.InteropServices;
using LLama.Native;
using LocalOpinions.Engine.Llama;
using LocalOpinions.Engine.Loading;

namespace LocalOpinions.Engine.Tests;

/// <summary>The start-up proof passes on the pinned library, and would not on another.</summary>
public class AbiCheckTests
{
    public AbiCheckTests() => EngineRuntime.Start(DeviceKind.Cpu);

    [Fact]
    public void The_pinned_library_passes()
    {
        AbiCheck.RequireFunctions();
        AbiCheck.RequireLayout();
        // What other processors than x64 must do with.
        Assert.Equal(ContextLayout.Loaded, AbiCheck.CheckDefaults());
    }

    [Theory]
    [InlineData("0.19.1")]
    [InlineData("0.190.0")]
    [InlineData("0.25.1")]
    [InlineData("")]
    public void Another_version_is_refused(string ggml) => Assert.Throws<EngineException>(() => AbiCheck.Version(ggml));

    [Theory]
    [InlineData(70, true)]
    [InlineData(72, true)]
    [InlineData(65, true)]
    [InlineData(64, false)]
    [InlineData(73, false)]
    [InlineData(80, false)]
    public void A_struct_of_another_size_is_noticed(int written, bool passes)
    {
        var buffer = new byte[136];
        Array.Fill(buffer, AbiCheck.Sentinel);
        buffer.AsSpan(0, written).Clear();
        var error = Record.Exception(() => AbiCheck.CheckWritten("llama_model_default_params", buffer, 72));
        Assert.Equal(passes, error is null);
    }

    // A library whose fields moved would put its defaults onto other members: any changed byte that is a default must be noticed.
    [Fact]
    public void A_default_on_another_field_is_noticed()
    {
        var model = AbiCheck.Written(AbiCheck.ModelFunction, AbiCheck.ModelSize);
        model[24] = 2;
        Assert.Contains("load_mode", Assert.Throws<EngineException>(() => AbiCheck.CheckModel(model)).Message);

        var context = Context();
        var bytes = MemoryMarshal.AsBytes(new Span<LLamaContextParams>(ref context));
        (bytes[132], bytes[133]) = (bytes[133], bytes[132]);
        Assert.Contains("swa_full", Assert.Throws<EngineException>(() => AbiCheck.Check(context)).Message);
    }

    [Fact]
    public void Every_field_of_the_parameters_is_compared()
    {
        EveryByteMatters(AbiCheck.Written(AbiCheck.ModelFunction, AbiCheck.ModelSize), p => AbiCheck.CheckModel(p), padding: [70, 71]);
        EveryByteMatters(AbiCheck.Written(AbiCheck.QuantizeFunction, Marshal.SizeOf<LLamaModelQuantizeParams>()), p =>
            AbiCheck.CheckQuantize(p), padding: [22, 23]);
        EveryByteMatters(Bytes(Context()), p => AbiCheck.Check(MemoryMarshal.Read<LLamaContextParams>(p)), padding: [134, 135]);
    }

    [Fact]
    public void Both_layouts_of_a_context_are_told_apart_and_held_as_strictly()
    {
        var written = Context();
        var loaded = AbiCheck.Check(written);
        var named = loaded.FromLibrary(written);
        foreach (var layout in new[] { new ContextLayout(true), new ContextLayout(false) })
        {
            var image = Bytes(layout.ForLibrary(named));
            Assert.Equal(layout, AbiCheck.Check(MemoryMarshal.Read<LLamaContextParams>(image)));
            int[] padding = layout.HasRowsPerSequence ? [134, 135] : [84, 85, 86, 87, 134, 135];
            EveryByteMatters(image, p => AbiCheck.Check(MemoryMarshal.Read<LLamaContextParams>(p)), padding);
        }
    }

    // What llama.cpp itself says it was given: each lies on another side of the inserted field.
    [Fact]
    public void Parameters_arrive_on_their_fields()
    {
        using var model = TinyModels.Load("llama-spm");
        var parameters = ContextLayout.Loaded.FromLibrary(LLamaContextParams.Default());
        (parameters.n_ctx, parameters.n_batch, parameters.n_ubatch, parameters.n_seq_max) = (1024, 96, 48, 3);
        (parameters.n_threads, parameters.n_threads_batch) = (5, 7);
        parameters.llama_pooling_type = LLamaPoolingType.Last;
        parameters.embeddings = true;
        using var context = SafeLLamaContextHandle.Create(model.Handle, ContextLayout.Loaded.ForLibrary(parameters));
        Assert.Equal((96u, 48u, 3u), (context.BatchSize, context.UBatchSize, context.MaxSeq));
        Assert.Equal((5, 7), (context.GenerationThreads, context.BatchThreads));
        Assert.Equal(LLamaPoolingType.Last, context.PoolingType);
    }

    static LLamaContextParams Context() => MemoryMarshal.Read<LLamaContextParams>(
        AbiCheck.Written(AbiCheck.ContextFunction, Marshal.SizeOf<LLamaContextParams>()));

    static byte[] Bytes(LLamaContextParams parameters) => MemoryMarshal.AsBytes(new Span<LLamaContextParams>(ref parameters)).ToArray();

    static void EveryByteMatters(byte[] defaults, Action<byte[]> check, int[] padding)
    {
        check(defaults);
        for (var i = 0; i < defaults.Length; i++)
        {
            byte[] changed = [.. defaults];
            changed[i] ^= 0x55;
            if (padding.Contains(i))
                check(changed);
            else
                Assert.Throws<EngineException>(() => check(changed));
        }
    }
}
