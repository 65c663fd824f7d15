using System.Diagnostics;
using Spectre.Console;

namespace LocalOpinions.Runner;

/// <summary>How far a run, or another long job, is, counted by the writer and shown on standard error: as a bar on a terminal, elsewhere as a line a minute.</summary>
sealed class RunProgress(string unit = "answers")
{
    static readonly TimeSpan s_refresh = TimeSpan.FromMilliseconds(500), s_nextLine = TimeSpan.FromMinutes(1);

    readonly Stopwatch _clock = new();
    long _answers, _allAnswers, _tokens;

    /// <summary>Prompts answered.</summary>
    public long Answers => Volatile.Read(ref _answers);

    /// <summary>The tokens of those prompts, shared ones counted for each.</summary>
    public long Tokens => Volatile.Read(ref _tokens);

    public double Seconds => _clock.Elapsed.TotalSeconds;

    public void Expect(long answers) => _allAnswers = answers;

    public void Start() => _clock.Start();

    public void Add(int answers, long tokens)
    {
        Interlocked.Add(ref _answers, answers);
        Interlocked.Add(ref _tokens, tokens);
    }

    public void Stop() => _clock.Stop();

    /// <summary>Waits for the work, showing it unless that is not wanted.</summary>
    public async Task ShowAsync(Task work, bool quiet)
    {
        if (!quiet && Console.IsErrorRedirected)
        {
            while (await Task.WhenAny(work, Task.Delay(s_nextLine)) != work)
                Console.Error.WriteLine(Describe());
        }
        else if (!quiet)
        {
            await Screen.Error.Progress().AutoClear(true)
                .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
                .StartAsync(async context =>
                {
                    var bar = context.AddTask("starting", maxValue: Math.Max(1, _allAnswers));
                    while (!work.IsCompleted)
                    {
                        bar.Value = Answers;
                        bar.Description = Describe();
                        await Task.WhenAny(work, Task.Delay(s_refresh));
                    }
                });
        }
        await work;
    }

    internal string Describe()
    {
        var seconds = Math.Max(Seconds, 1e-3);
        var rate = Answers / seconds;
        var left = rate > 0 ? Duration(TimeSpan.FromSeconds((_allAnswers - Answers) / rate)) + " left" : "measuring";
        return $"{Answers:N0}/{_allAnswers:N0} {unit}, {rate:N1}/s, {Tokens / seconds:N0} tokens/s, {left}";
    }

    internal static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => $"{Math.Ceiling(time.TotalSeconds):N0} s",
        { TotalMinutes: < 60 } => $"{time.Minutes} min {time.Seconds:D2} s",
        _ => $"{(int)time.TotalHours} h {time.Minutes:D2} min",
    };
}
