using System.Text;

namespace LocalOpinions.Store.Chunks;

static class Utf8
{
    /// <summary>Throws on half a surrogate pair: stored text must come back as it went in.</summary>
    public static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text's bytes and a NUL, so that empty text has an address too; the length leaves the NUL out.</summary>
    public static byte[] Terminated(string text, out ulong length)
    {
        var bytes = new byte[Strict.GetByteCount(text) + 1];
        length = (ulong)Strict.GetBytes(text, bytes);
        return bytes;
    }
}
