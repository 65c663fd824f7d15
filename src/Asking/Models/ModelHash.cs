using System.Collections.Concurrent;
using LocalOpinions.Engine.Loading;

namespace LocalOpinions.Asking.Models;

/// <summary>Hashes model files once: a study asks for the hash at each of its parts, and a large file takes minutes to read.</summary>
static class ModelHash
{
    static readonly ConcurrentDictionary<string, string> s_known = [];

    /// <summary>The SHA-256 of a model's bytes. A file is read again when its path, length or time of writing is another.</summary>
    public static string Of(ModelFile file, CancellationToken cancellation)
    {
        // Model caches are folders of links: what counts is the file behind.
        var parts = file.Parts.Select(p => File.ResolveLinkTarget(p, returnFinalTarget: true) as FileInfo ?? new FileInfo(p));
        var state = string.Join('\n', parts.Select(p => $"{p.FullName}|{p.Length}|{p.LastWriteTimeUtc.Ticks}"));
        return s_known.TryGetValue(state, out var known) ? known : s_known[state] = file.ComputeSha256(cancellation);
    }
}
