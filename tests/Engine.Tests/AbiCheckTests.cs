using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LocalOpinions.Engine.Native;

namespace LocalOpinions.Engine.Tests;

/// <summary>The start-up proof passes on the pinned library, and would not on another.</summary>
public class AbiCheckTests
{
    public AbiCheckTests() => EngineRuntime.Start(DeviceKind.Cpu);

    [Fact]
    public void The_pinned_library_passes() => AbiCheck.Run();

    [Theory]
    [InlineData("0.5.1", "0.25.1")]
    [InlineData("0.50.0", "0.25.1")]
    [InlineData("", "0.25.1")]
    [InlineData("0.5.0", "0.25.2")]
    public void Another_version_is_refused(string llama, string ggml) => Assert.Throws<EngineException>(() => AbiCheck.Versions(llama, ggml));

    [Theory]
    [InlineData(78, true)]
    [InlineData(80, true)]
    [InlineData(77, false)]
    [InlineData(72, false)]
    [InlineData(88, false)]
    public void A_struct_of_another_size_is_noticed(int written, bool passes)
    {
        var buffer = new byte[144];
        Array.Fill(buffer, AbiCheck.Sentinel);
        buffer.AsSpan(0, written).Clear();
        var error = Record.Exception(() => AbiCheck.CheckWritten("llama_model_default_params", buffer, 80, padding: 2));
        Assert.Equal(passes, error is null);
    }

    // A library whose fields moved would put its defaults onto other members: any changed byte that is a default must be noticed.
    [Fact]
    public void A_default_on_another_field_is_noticed()
    {
        var model = LlamaNative.llama_model_default_params();
        AbiCheck.ModelDefaults(model);
        model.LoadMode = 1;
        Assert.Contains("load_mode", Assert.Throws<EngineException>(() => AbiCheck.ModelDefaults(model)).Message);

        var context = LlamaNative.llama_context_default_params();
        AbiCheck.ContextDefaults(context);
        (context.SwaFull, context.UnifiedKv) = (context.UnifiedKv, context.SwaFull);
        Assert.Contains("kv_unified", Assert.Throws<EngineException>(() => AbiCheck.ContextDefaults(context)).Message);
    }

    [Fact]
    public void Every_field_of_the_parameters_is_compared()
    {
        EveryByteMatters(LlamaNative.llama_model_default_params(), p => AbiCheck.ModelDefaults(p), ignored: [.. Enumerable.Range(36, 4), .. Enumerable.Range(56, 8), 78, 79]);
        EveryByteMatters(LlamaNative.llama_context_default_params(), p => AbiCheck.ContextDefaults(p), ignored: [134, 135]);
    }

    static void EveryByteMatters<T>(T defaults, Action<T> check, int[] ignored) where T : unmanaged
    {
        for (var i = 0; i < Unsafe.SizeOf<T>(); i++)
        {
            var changed = defaults;
            MemoryMarshal.AsBytes(new Span<T>(ref changed))[i] ^= 0x55;
            if (!ignored.Contains(i))
                Assert.Throws<EngineException>(() => check(changed));
        }
    }
}
