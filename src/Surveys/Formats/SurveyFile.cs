using System.Security.Cryptography;
using System.Text;
using LocalOpinions.Common;

namespace LocalOpinions.Surveys.Formats;

/// <summary>A survey file's bytes, proved to be UTF-8: a wrong encoding must not turn into replacement characters.</summary>
static class SurveyFile
{
    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="path">The file.</param>
    /// <param name="whenEmpty">How one of its kind is begun.</param>
    public static byte[] Read(string path, SurveyStep whenEmpty = SurveyStep.None)
    {
        var bytes = ReadBytes(path, whenEmpty);
        const string remedy = "Save the file as UTF-8";
        // A zero byte is valid UTF-8, but what it shows in practice is UTF-16.
        var zero = bytes.IndexOf((byte)0);
        if (zero >= 0)
            throw new SurveyException(At(bytes, zero, path), "not text in UTF-8 (a zero byte)", remedy);
        try
        {
            StrictUtf8.GetCharCount(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new SurveyException(At(bytes, e.Index, path), "not text in UTF-8", remedy, e);
        }
        return bytes;
    }

    public static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    static byte[] ReadBytes(string path, SurveyStep whenEmpty)
    {
        var place = new SurveyPlace(path);
        if (string.IsNullOrWhiteSpace(path))
            throw new SurveyException(place, "no file is named", "Give the path of a survey file");
        if (Directory.Exists(path))
            throw new SurveyException(place, "this is a folder", "Name the file in it");
        if (!FileStat.IsOrdinary(path))
            throw new SurveyException(place, $"this {FileStat.NotOrdinary}", "Give the path of a file");
        try
        {
            var bytes = File.ReadAllBytes(path);
            return bytes.Length > 0
                ? bytes
                : throw new SurveyException(place, "the file is empty", "Write it, or get it again if it was whole before")
                {
                    Step = Path.GetExtension(path).ToLowerInvariant() is ".yaml" or ".yml" or ".json"
                        ? whenEmpty : SurveyStep.None,
                };
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SurveyException(place, "no such file", "Check the path", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SurveyException(place, $"the file cannot be read ({e.Message})", "Check the path and its permissions", e);
        }
    }

    static SurveyPlace At(byte[] bytes, int index, string path) => new(path, Line: bytes.AsSpan(0, index).Count((byte)'\n') + 1);
}
