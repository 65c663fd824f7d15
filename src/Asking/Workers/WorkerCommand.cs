namespace LocalOpinions.Asking.Workers;

/// <summary>How to start this program's command as a worker.</summary>
/// <param name="File">The program.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record WorkerCommand(string File, IReadOnlyList<string> Arguments);
