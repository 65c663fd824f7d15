using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Workers;
using LocalOpinions.Engine;
using LocalOpinions.Engine.Loading;

namespace LocalOpinions.Asking.Tests;

/// <summary>What becomes of the work when workers die, without a process.</summary>
public sealed class IsolationTests
{
    const int Prompts = ScriptedWorker.Rows * ScriptedWorker.PerRow;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task All_is_scored_once_whatever_the_number_of_workers(int workers)
    {
        var accidents = new Accidents();
        var (scored, incidents) = await ScoreAsync(accidents, workers);
        Assert.Equal(Enumerable.Range(0, Prompts), scored.Order());
        Assert.Equal((0, workers), (incidents.Ends.Count, accidents.Started));
    }

    // An accident must change no number: the decode is tried again as it was.
    [Fact]
    public async Task A_decode_that_a_worker_died_on_is_tried_again_as_it_was()
    {
        var accidents = new Accidents { Early = 1 };
        var (scored, incidents) = await ScoreAsync(accidents, 1);
        Assert.Equal(Enumerable.Range(0, Prompts), scored.Order());
        Assert.Equal((1, 0, 2), (incidents.Ends.Count, incidents.SetAside.Count, accidents.Started));
        Assert.Equal(accidents.Decodes[0], accidents.Decodes[1]);
        Assert.All(accidents.Decodes, d => Assert.Equal(3, d.Length));
    }

    [Fact]
    public async Task The_prompt_that_no_worker_survives_is_set_aside_alone()
    {
        var accidents = new Accidents { Poison = [4] };
        var (scored, incidents) = await ScoreAsync(accidents, 1);
        Assert.Equal(Enumerable.Range(0, Prompts).Except([4]), scored.Order());
        Assert.Equal([4], incidents.SetAside.Select(s => s.Key));
        Assert.Contains("3 times while decoding it (SIGABRT: made up)", incidents.SetAside[0].Reason);
        // Its neighbours were decoded by themselves once.
        Assert.Contains(accidents.Decodes, d => d.SequenceEqual([3]));
        Assert.Contains(accidents.Decodes, d => d.SequenceEqual([5]));
    }

    // Two decodes are under way when a worker dies, and only one of them is to blame.
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Of_decodes_that_were_under_way_together_only_the_culprit_is_taken_apart(int poison)
    {
        var accidents = new Accidents { Poison = [poison], Contexts = 2 };
        var (scored, incidents) = await ScoreAsync(accidents, 1);
        Assert.Equal(Enumerable.Range(0, Prompts).Except([poison]), scored.Order());
        Assert.Equal([poison], incidents.SetAside.Select(s => s.Key));
        var neighbours = Enumerable.Range(poison / 3 * 3, 3);
        Assert.Equal(neighbours, accidents.Decodes.Where(d => d.Length == 1).SelectMany(d => d).Distinct().Order());
        // After the first end nothing is under way beside a decode.
        Assert.Equal([false, .. Enumerable.Repeat(true, accidents.Singly.Count - 1)], accidents.Singly);
    }

    [Fact]
    public async Task The_row_that_no_worker_can_tokenise_is_left_out_with_its_reason()
    {
        await using var source = await StartAsync(new() { PoisonRows = [2] }, 2);
        var plan = await source.PlanAsync(0, default);
        Assert.Equal([2], plan.Unasked.Select(u => u.SourceRow));
        Assert.Contains("ended twice while tokenising", plan.Unasked[0].Reason);
        Assert.Equal(Prompts - ScriptedWorker.PerRow, source.Score(plan, _ => false, default).Sum(s => s.Count));
    }

    [Fact]
    public async Task A_worker_that_dies_while_loading_has_one_more_try()
    {
        await using (await StartAsync(new() { Loads = 1 }, 1))
        {
        }
        var error = await Assert.ThrowsAsync<EngineException>(() => StartAsync(new() { Loads = 2 }, 1));
        Assert.Equal(EngineError.ModelUnusable, error.Kind);
        Assert.Contains("ended 2 times while loading it (SIGABRT: made up)", error.Message);
    }

    [Fact]
    public async Task A_driver_that_cannot_compile_for_its_card_is_told_with_its_remedy()
    {
        const string Words = "SIGABRT: CUDA error: the provided PTX was compiled with an unsupported toolchain.";
        var error = await Assert.ThrowsAsync<EngineException>(() => StartAsync(new() { Loads = 2, Words = Words }, 1));
        Assert.Equal((EngineError.Device, EngineRemedy.NewerDriver), (error.Kind, error.Remedy));
        Assert.Contains(Words, error.Message);
    }

    // As ggml's CUDA backend ends.
    [Theory]
    [InlineData("ggml-cuda.cu:106: CUDA error", "CUDA error: out of memory",
        "CUDA error: out of memory", "  current device: 0, in function alloc at ggml-cuda.cu:400", "ggml-cuda.cu:106: CUDA error")]
    [InlineData("ggml-cuda.cu:106: CUDA error", "ggml-cuda.cu:106: CUDA error", "something else", "ggml-cuda.cu:106: CUDA error")]
    [InlineData("GGML_ASSERT(n > 0)", "x.c:1: GGML_ASSERT(n > 0) failed",
        "error: before", "x.c:1: GGML_ASSERT(n > 0) failed", "aborted")]
    public void The_last_words_of_a_process_are_those_that_say_why(string held, string expected, params string[] lines)
    {
        Assert.Contains(lines, l => l.Contains(held, StringComparison.Ordinal));
        Assert.Equal(expected, LastWords.Of(lines));
    }

    [Fact]
    public async Task Deaths_without_an_answer_in_between_end_the_work()
    {
        await using var source = await StartAsync(new() { Early = int.MaxValue }, 1);
        var plan = await source.PlanAsync(0, default);
        var error = Assert.Throws<EngineException>(() => source.Score(plan, _ => false, default).Count());
        Assert.Contains("8 times without an answer in between", error.Message);
    }

    [Fact]
    public async Task What_is_answered_is_not_decoded_again()
    {
        var accidents = new Accidents();
        await using var source = await StartAsync(accidents, 1);
        var plan = await source.PlanAsync(0, default);
        Assert.Equal([6, 7, 8], source.Score(plan, key => key is < 6 or > 8, default).SelectMany(s => s).Select(s => s.Key));
        Assert.Single(accidents.Decodes);
    }

    static async Task<(List<int> Scored, SourceIncidents Incidents)> ScoreAsync(Accidents accidents, int workers)
    {
        await using var source = await StartAsync(accidents, workers);
        var plan = await source.PlanAsync(0, default);
        List<int> scored = [.. source.Score(plan, _ => false, default).SelectMany(s => s).Select(s => s.Key)];
        return (scored, source.TakeIncidents());
    }

    internal static Task<WorkerSource> StartAsync(Accidents accidents, int workers)
    {
        var asking = new AskingJob { Survey = "sample", Design = DesignChoice.Default };
        var job = new JobRequest("m.gguf", DeviceKind.Cpu, null, null, null, false, asking);
        return WorkerSource.StartAsync(
            () => new ScriptedWorker(accidents), job, [.. Enumerable.Repeat(new LoadRequest(null, 1), workers)], _ => { },
            () => throw new NotSupportedException());
    }
}
