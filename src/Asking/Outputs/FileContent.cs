using LocalOpinions.Store.Sql;
using LocalOpinions.Surveys.Formats;

namespace LocalOpinions.Asking.Outputs;

/// <summary>What a file is by what stands in it, whatever its name.</summary>
public static class FileContent
{
    const int HeadBytes = 4096;

    /// <summary>What is never replaced by something else, in words; null for anything else.</summary>
    public static string? Kind(string path)
    {
        var head = Head(path);
        return DatabaseFile.Kind(path, head)
            ?? (head.AsSpan().StartsWith("GGUF"u8) ? "a model" : null)
            ?? (SurveyLoader.IsSurvey(path) ? "a survey" : null);
    }

    /// <summary>Whether it is a report page.</summary>
    internal static bool IsPage(string path) => Head(path).AsSpan().IndexOf("<meta name=\"generator\" content=\"LocalOpinions\">"u8) >= 0;

    /// <summary>Whether it ends so.</summary>
    internal static bool EndsWith(string path, byte[] end)
    {
        using var file = File.OpenRead(path);
        if (file.Length < end.Length)
            return false;
        file.Seek(-end.Length, SeekOrigin.End);
        var tail = new byte[end.Length];
        file.ReadExactly(tail);
        return tail.AsSpan().SequenceEqual(end);
    }

    /// <summary>Whether it holds nothing else.</summary>
    internal static bool Is(string path, byte[]? content) =>
        content is not null && new FileInfo(path).Length == content.Length && EndsWith(path, content);

    static byte[] Head(string path)
    {
        using var file = File.OpenRead(path);
        var head = new byte[HeadBytes];
        return head[..file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)];
    }
}
