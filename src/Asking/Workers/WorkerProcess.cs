using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine;

namespace LocalOpinions.Asking.Workers;

/// <summary>The runner's end of one worker: a child process, its conversation, and why it ended.</summary>
sealed class WorkerProcess : IWorker
{
    const int LinesKept = 20;
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    static readonly Dictionary<int, string> s_signals = new()
    {
        [4] = "SIGILL",
        [6] = "SIGABRT",
        [7] = "SIGBUS",
        [8] = "SIGFPE",
        [9] = "SIGKILL, as from a system that is out of memory",
        [11] = "SIGSEGV",
        [15] = "SIGTERM",
    };

    readonly Process _process;
    readonly StreamWriter _input;
    readonly Queue<string> _complaints = new();
    readonly ConcurrentDictionary<int, TaskCompletionSource<BatchPlan>> _plans = [];
    readonly Channel<WorkerReply> _replies = Channel.CreateBounded<WorkerReply>(256);
    readonly Lock _sending = new();
    readonly Task _reading;
    readonly Task _listening;
    Task<bool> _sent = Task.FromResult(true);
    bool _ended;
    volatile WorkingReply? _at;

    WorkerProcess(Process process)
    {
        (_process, _input) = (process, process.StandardInput);
        _listening = Task.Run(ListenAsync);
        _reading = Task.Run(ReadAsync);
    }

    public int Id => _process.Id;

    public int? LastRow => _at?.Row;

    public bool HasEnded => Volatile.Read(ref _ended);

    /// <summary>Starts a worker.</summary>
    public static WorkerProcess Start(WorkerCommand command) => new(Process.Start(new ProcessStartInfo(command.File, command.Arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!);

    public async Task SendAsync(WorkerRequest request)
    {
        if (!await TrySendAsync(request))
            throw new WorkerDiedException(await ReasonAsync());
    }

    public Task<bool> TrySendAsync(WorkerRequest request)
    {
        // One after the other, in the order of the calls.
        lock (_sending)
            return _sent = WriteAsync(_sent, request);
    }

    async Task<bool> WriteAsync(Task before, WorkerRequest request)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        try
        {
            await _input.WriteLineAsync(WorkerJson.Write(request));
            await _input.FlushAsync();
            return true;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    public async Task<WorkerReply> ReceiveAsync()
    {
        try
        {
            return await _replies.Reader.ReadAsync();
        }
        catch (ChannelClosedException e)
        {
            throw e.InnerException ?? new WorkerDiedException(await ReasonAsync());
        }
    }

    public async Task<BatchPlan> PlanAsync(PlanRequest request)
    {
        var planned = new TaskCompletionSource<BatchPlan>(TaskCreationOptions.RunContinuationsAsynchronously);
        _plans[request.Batch] = planned;
        await SendAsync(request);
        if (await Task.WhenAny(planned.Task, _reading) != planned.Task && !planned.Task.IsCompleted)
            await _reading;
        return await planned.Task;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _input.Close();
        }
        catch (IOException)
        {
            // It has ended already.
        }
        // Unread replies must not keep it from seeing the end of its input.
        var draining = Task.Run(async () =>
        {
            while (await _replies.Reader.WaitToReadAsync())
                _replies.Reader.TryRead(out _);
        });
        if (await Task.WhenAny(_reading, Task.Delay(s_patience)) != _reading)
            _process.Kill();
        await _reading;
        await draining.ContinueWith(_ => { }, TaskScheduler.Default);
        _process.Dispose();
    }

    async Task ReadAsync()
    {
        try
        {
            while (await _process.StandardOutput.ReadLineAsync() is { } line)
            {
                var reply = WorkerJson.Read<WorkerReply>(line);
                _at = reply as WorkingReply;
                if (reply is PlannedReply planned)
                    _plans[planned.Plan.Batch].TrySetResult(planned.Plan);
                else if (reply is FailedReply failed)
                    End(failed.Kind is { } kind
                        ? new EngineException(kind, failed.Message) { Remedy = failed.Remedy }
                        : new InvalidOperationException(failed.Message));
                else if (reply is not WorkingReply { Row: not null })
                    // Rows are for LastRow alone: nobody receives while a worker tokenises, and more rows than the channel holds would wait
                    // forever.
                    await _replies.Writer.WriteAsync(reply);
            }
        }
        catch (Exception e) when (e is IOException or System.Text.Json.JsonException)
        {
            // Cut off in the midst of a line.
        }
        catch (ChannelClosedException)
        {
            // It failed and said so; what it says behind that is of no use.
        }
        End(new WorkerDiedException(await ReasonAsync()));
    }

    void End(Exception failure)
    {
        // Before anybody learns of it: who asks for a worker next gets another.
        Volatile.Write(ref _ended, true);
        _replies.Writer.TryComplete(failure);
        foreach (var waiting in _plans.Values)
            waiting.TrySetException(failure);
    }

    async Task ListenAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_complaints)
            {
                _complaints.Enqueue(line);
                if (_complaints.Count > LinesKept)
                    _complaints.Dequeue();
            }
        }
    }

    async Task<string> ReasonAsync()
    {
        if (await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(s_patience)) is var first && !_process.HasExited)
        {
            await first;
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        await Task.WhenAny(_listening, Task.Delay(s_patience));
        var how = _process.ExitCode is > 128 and < 192 and var code ? s_signals.GetValueOrDefault(code - 128, $"signal {code - 128}")
            : $"exit code {_process.ExitCode}";
        lock (_complaints)
            return LastWords.Of(_complaints) is { } said ? $"{how}: {said}" : how;
    }
}
