using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LocalOpinions.Endpoints;

/// <summary>
/// Tells a served model from others by its answers to fixed probes. A server's arithmetic depends a little on what it computes beside, so
/// two fingerprints of one model may differ a little; <see cref="IsSame"/> tells that from another model.
/// </summary>
/// <remarks>As text: SHA-256 of all that follows, a digest of what is exact, and the log-probabilities.</remarks>
public sealed class Fingerprint
{
    // What is computed together moves a quantised model's log-probabilities by some hundredths, and those of rare tokens by more. Another
    // model moves most by tenths; one in another format has another size besides.
    const double MostMeanDifference = 0.1, MostDifference = 0.6;
    // Of rarer tokens rounding decides.
    const double Rare = -12;

    readonly string _exact;
    readonly double[] _values;

    Fingerprint(string exact, double[] values) => (_exact, _values) = (exact, values);

    internal Fingerprint(IServer server, IEnumerable<int[]> prompts, IEnumerable<double> values)
    {
        var model = server.Model;
        var exact = string.Join('\n', [server.Kind, model.Name, Text(model.VocabularySize), Text(model.Parameters), Text(model.Bytes),
            .. prompts.Select(p => string.Join(' ', p))]);
        (_exact, _values) = (Digest(exact)[..16], [.. values.Select(v => Math.Round(v, 3))]);
    }

    /// <summary>Reads one that was stored.</summary>
    /// <returns>Null for what is none, as a file's SHA-256.</returns>
    public static Fingerprint? Parse(string text)
    {
        if (text.Split(':') is not [_, var exact, var numbers])
            return null;
        var values = numbers.Split(',').Select(n => double.TryParse(n, CultureInfo.InvariantCulture, out var v) ? v : double.NaN).ToArray();
        return values.Any(double.IsNaN) ? null : new(exact, values);
    }

    /// <summary>Whether another is of the same model.</summary>
    public bool IsSame(Fingerprint other) => _exact == other._exact && AreSame(_values, other._values);

    /// <summary>Whether some numbers are the same but for the noise of arithmetic.</summary>
    internal static bool AreSame(IReadOnlyList<double> values, IReadOnlyList<double> known)
    {
        if (values.Count != known.Count)
            return false;
        var differences = values.Zip(known, (v, k) => Math.Abs(Math.Max(v, Rare) - Math.Max(k, Rare))).ToList();
        return differences.Average() <= MostMeanDifference && differences.Max() <= MostDifference;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var numbers = string.Join(',', _values.Select(v => v.ToString("0.###", CultureInfo.InvariantCulture)));
        return $"{Digest($"{_exact}:{numbers}")}:{_exact}:{numbers}";
    }

    static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
