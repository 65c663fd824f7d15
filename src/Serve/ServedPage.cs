using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace LocalOpinions.Serve;

/// <summary>A whole HTML page, ready to be sent.</summary>
sealed partial class ServedPage
{
    // The page's head is short; its data are not.
    const int HeadBytes = 1 << 16;

    public ServedPage(byte[] html)
    {
        Html = html;
        ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(html))[..32]}\"";
        var head = Encoding.UTF8.GetString(html.AsSpan(0, Math.Min(html.Length, HeadBytes)));
        // What the page allows itself, and nobody may frame it: that alone cannot be said within a page.
        Policy = Meta().Match(head) is { Success: true } m
            ? $"{WebUtility.HtmlDecode(m.Groups[1].Value)}; frame-ancestors 'none'"
            : throw new ArgumentException("The page has no Content-Security-Policy, and without one it is not served.", nameof(html));
    }

    public byte[] Html { get; }

    public string ETag { get; }

    /// <summary>The Content-Security-Policy header.</summary>
    public string Policy { get; }

    [GeneratedRegex("""<meta http-equiv="Content-Security-Policy" content="([^"]+)">""")]
    private static partial Regex Meta();
}
