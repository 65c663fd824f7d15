using LocalOpinions.Common;

namespace LocalOpinions.Hub;

/// <summary>Pulls one model or survey: plans, then transfers, then puts the files in place, whole or not at all.</summary>
public sealed class Pull : IDisposable
{
    // Room for what else the disk is needed for meanwhile.
    const long Spare = 64 << 20;

    readonly Fetcher _fetcher;
    readonly PullReference _reference;
    readonly PullOptions _options;

    /// <param name="hub">The hub.</param>
    /// <param name="name">A catalogue name, owner/repository, owner/repository/file.gguf, or an address.</param>
    /// <param name="options">How.</param>
    /// <exception cref="PullException">Nothing can be meant by that.</exception>
    public Pull(HubEndpoint hub, string name, PullOptions options)
    {
        _options = options;
        _reference = PullReference.Parse(name, hub);
        _fetcher = new(hub, options.Patience);
        if (options.Sha256?.FirstOrDefault(h => Hash.Parse(h) is null) is { } wrong)
            throw new PullException(PullError.Argument, $"{wrong} is no SHA-256: that has 64 hexadecimal digits.");
    }

    /// <summary>How far it is.</summary>
    public PullProgress Progress { get; } = new();

    /// <summary>Finds out what there is to pull and whether it can be. Transfers nothing large and changes nothing.</summary>
    /// <exception cref="PullException">It cannot be pulled; the message says why.</exception>
    public async Task<PullPlan> PlanAsync(CancellationToken cancellation)
    {
        var retry = new Retry(Progress, _options.Wait);
        var resolver = new Resolver(_fetcher, _options);
        var resolved = await retry.RunAsync(() => resolver.ResolveAsync(_reference, cancellation), cancellation);
        var files = new List<PlannedFile>();
        foreach (var remote in resolved.Files)
            files.Add(Plan(remote, cancellation));
        return new(_options.Folder, resolved, files);
    }

    /// <summary>Carries a plan out. What came before a failure is kept and continued by the next pull.</summary>
    /// <returns>The SHA-256 of each file.</returns>
    /// <exception cref="PullException">It failed; the message says why.</exception>
    public async Task<IReadOnlyList<string>> ExecuteAsync(PullPlan plan, CancellationToken cancellation)
    {
        Directory.CreateDirectory(plan.Folder);
        CheckSpace(plan);
        var parts = new List<(PartFile Part, PlannedFile File)>();
        try
        {
            var retry = new Retry(Progress, _options.Wait);
            var hashes = new List<string>();
            foreach (var file in plan.Files)
            {
                if (file.IsThere)
                {
                    Progress.Skip(file.Bytes ?? 0);
                    hashes.Add(file.Sha256 ?? FileSha256.Of([file.Path], cancellation));
                    continue;
                }
                var part = PartFile.Open(plan.Folder, file.Remote, cancellation);
                parts.Add((part, file));
                await new Download(_fetcher, file.Remote, part, retry, Progress).RunAsync(cancellation);
                hashes.Add(part.Sha256());
            }
            KeepHashes(plan, hashes);
            // From the last part to the first, by which a model is found: a split model appears when it is whole.
            foreach (var (part, file) in parts.AsEnumerable().Reverse())
            {
                part.Dispose();
                Place(part.Path, file.Path);
            }
            return hashes;
        }
        finally
        {
            foreach (var (part, _) in parts)
                part.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _fetcher.Dispose();

    PlannedFile Plan(RemoteFile remote, CancellationToken cancellation)
    {
        var path = Path.Combine(_options.Folder, remote.Name);
        if (!Path.Exists(path))
            return new(remote, path, isThere: false, PartFile.LeftOf(_options.Folder, remote));
        if (!FileHash.IsStated(remote))
            throw new PullException(
                PullError.Exists,
                $"{path} is there already, and nobody states a hash to tell whether it is the same. Give its SHA-256, or another name.")
            {
                Remedy = PullRemedy.HashOrOtherName,
            };
        return FileHash.Matches(path, remote, cancellation)
            ? new(remote, path, isThere: true, 0)
            : throw new PullException(
                PullError.Exists, $"{path} is there already with other content. Move it away, or give another name.")
            {
                Remedy = PullRemedy.OtherName,
            };
    }

    // Before the file is there: whoever finds it finds its hash.
    static void KeepHashes(PullPlan plan, List<string> hashes)
    {
        foreach (var (file, hash) in plan.Files.Zip(hashes).Where(f => f.First.Remote.Kind.KeepsHash))
            File.WriteAllText(file.Path + Sha256Sum.Extension,
                Sha256Sum.Text(file.Path, hash, $"{plan.Source}; licence: {plan.Licence ?? "not stated"}".ReplaceLineEndings(" ")));
    }

    void CheckSpace(PullPlan plan)
    {
        var free = _options.FreeSpace(plan.Folder);
        if (plan.Missing > free - Spare)
            throw new PullException(PullError.Space, $"{plan.Folder} has {free / 1e9:N1} GB free, and {plan.Missing / 1e9:N1} GB are to "
                + $"come. Make room, or give another folder.")
            {
                Remedy = PullRemedy.OtherFolder,
            };
    }

    static void Place(string part, string target)
    {
        try
        {
            File.Move(part, target, overwrite: false);
        }
        catch (IOException e) when (File.Exists(target))
        {
            throw new PullException(
                PullError.Exists, $"{target} appeared while it was pulled. It is left as it is; what was pulled is {part}.", e);
        }
    }
}
