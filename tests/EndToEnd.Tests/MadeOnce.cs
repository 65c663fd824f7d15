using System.Security.Cryptography;
using System.Text;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>What commands that several tests begin with left behind: each is run once, and its files are copied.</summary>
static class MadeOnce
{
    static readonly DirectoryInfo s_kept = Directory.CreateTempSubdirectory("localopinions-made-");
    static readonly Dictionary<string, Ended> s_ended = [];

    static MadeOnce() => AppDomain.CurrentDomain.ProcessExit += (_, _) => s_kept.Delete(recursive: true);

    /// <summary>Runs a command that succeeds and writes only new files, or copies what the same one made from the same files.</summary>
    public static Ended RunOnce(this Cli cli, params string[] arguments)
    {
        var before = Directory.GetFiles(cli.Folder).Order(StringComparer.Ordinal).ToList();
        var key = KeyOf(arguments, before);
        var kept = Path.Combine(s_kept.FullName, key);
        if (s_ended.TryGetValue(key, out var ended))
        {
            foreach (var file in Directory.GetFiles(kept))
                File.Copy(file, cli.PathOf(Path.GetFileName(file)));
            return ended;
        }

        ended = cli.Run(arguments).Succeeded();
        Directory.CreateDirectory(kept);
        foreach (var file in Directory.GetFiles(cli.Folder).Except(before))
            File.Copy(file, Path.Combine(kept, Path.GetFileName(file)));
        return s_ended[key] = ended;
    }

    static string KeyOf(string[] arguments, IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var argument in arguments)
            hash.AppendData(Encoding.UTF8.GetBytes(argument + "\n"));
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file) + "\n"));
            hash.AppendData(File.ReadAllBytes(file));
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
