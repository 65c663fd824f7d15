using LLama.Native;
using LocalOpinions.Engine.Llama;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Tests;

namespace LocalOpinions.Engine.Tests;

/// <summary>What llama.cpp complains of belongs to the call that it concerns.</summary>
public sealed class NativeLogTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("localopinions-log-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Calls_that_fail_at_the_same_time_each_name_their_own_file()
    {
        var runtime = EngineRuntime.Start(DeviceKind.Cpu);
        var failures = new string[2][];
        using var together = new Barrier(2);
        var threads = Enumerable.Range(0, 2).Select(i => new Thread(() =>
        {
            var gone = Gone($"model-{i}.gguf");
            failures[i] = [.. Enumerable.Range(0, 50).Select(_ =>
            {
                together.SignalAndWait();
                return Failure(runtime, gone);
            })];
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        for (var i = 0; i < 2; i++)
        {
            // The message's own words come before the colon, llama.cpp's behind it.
            Assert.All(failures[i], f => Assert.Contains($"model-{i}.gguf", f.Split(" converted to ")[1], StringComparison.Ordinal));
            Assert.All(failures[i], f => Assert.DoesNotContain($"model-{1 - i}.gguf", f, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Another_threads_failure_does_not_explain_ones_own()
    {
        var runtime = EngineRuntime.Start(DeviceKind.Cpu);
        var gone = Gone("other.gguf");
        using var mine = NativeLog.Listen();
        var failure = "";
        var thread = new Thread(() => failure = Failure(runtime, gone));
        thread.Start();
        thread.Join();
        Assert.Contains("other.gguf", failure.Split(" converted to ")[1], StringComparison.Ordinal);
        Assert.Equal("", mine.Reason());
    }

    [Fact]
    public void An_earlier_failure_does_not_explain_a_later_one()
    {
        Failure(EngineRuntime.Start(DeviceKind.Cpu), Gone("earlier.gguf"));
        using var later = NativeLog.Listen();
        Assert.Equal("", later.Reason());
    }

    [Fact]
    public void A_native_threads_complaint_goes_to_the_one_open_call_and_to_none_of_several()
    {
        using (var only = NativeLog.Listen())
        {
            OnThread(() => NativeLog.Take(LLamaLogLevel.Error, "out of memory\n"));
            Assert.Equal("out of memory", only.Reason());
        }
        using var one = NativeLog.Listen();
        OnThread(() =>
        {
            using var other = NativeLog.Listen();
            OnThread(() => NativeLog.Take(LLamaLogLevel.Error, "out of memory\n"));
            Assert.Equal("", other.Reason());
        });
        Assert.Equal("", one.Reason());
    }

    [Fact]
    public void Parts_of_two_threads_messages_are_not_mixed()
    {
        using var mine = NativeLog.Listen();
        NativeLog.Take(LLamaLogLevel.Error, "my own ");
        OnThread(() =>
        {
            using var other = NativeLog.Listen();
            NativeLog.Take(LLamaLogLevel.Info, "nothing to complain of\n");
            NativeLog.Take(LLamaLogLevel.Error, "another's\n");
            Assert.Equal("another's", other.Reason());
        });
        NativeLog.Take(LLamaLogLevel.Continue, "complaint\n");
        Assert.Equal("my own complaint", mine.Reason());
    }

    [Fact]
    public void A_call_within_a_call_keeps_its_complaints_to_itself()
    {
        using var outer = NativeLog.Listen();
        using (var inner = NativeLog.Listen())
        {
            NativeLog.Take(LLamaLogLevel.Error, "inner\n");
            Assert.Equal("inner", inner.Reason());
        }
        NativeLog.Take(LLamaLogLevel.Error, "outer\n");
        Assert.Equal("outer", outer.Reason());
    }

    ModelFile Gone(string name)
    {
        var path = Path.Combine(_folder, name);
        File.Copy(Repository.Fixture("tiny/llama-spm.gguf"), path);
        var file = ModelFile.Find(path, []);
        File.Delete(path);
        return file;
    }

    string Failure(EngineRuntime runtime, ModelFile gone) => Assert.Throws<EngineException>(
        () => WeightConversion.Write(runtime, gone, Path.Combine(_folder, "converted.gguf"), WeightFormat.Q8_0, 1)).Message;

    static void OnThread(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(action));
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
