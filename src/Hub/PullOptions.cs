namespace LocalOpinions.Hub;

/// <summary>How to pull.</summary>
/// <param name="Folder">The folder to pull into; made if it is not there.</param>
/// <param name="Name">The name for the file, without folder; null for the server's. A split model's parts get their numbers behind
/// it.</param>
/// <param name="Sha256">The hashes that the user expects: none, or one for each file in the order of its parts.</param>
public sealed record PullOptions(string Folder, string? Name = null, IReadOnlyList<string>? Sha256 = null)
{
    /// <summary>How long a server may be silent before it counts as lost.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    internal Func<TimeSpan, CancellationToken, Task> Wait { get; init; } = Task.Delay;

    internal Func<string, long> FreeSpace { get; init; } = folder => new DriveInfo(folder).AvailableFreeSpace;
}
