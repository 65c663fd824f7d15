using System.Globalization;
using LocalOpinions.Engine.Loading;

namespace LocalOpinions.Asking.Models;

/// <summary>Where to compute: a kind of device, and which of that kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Index">Its number, from 0; null for all there are.</param>
public sealed record DeviceChoice(DeviceKind Kind, int? Index = null)
{
    /// <summary>The processor.</summary>
    public static DeviceChoice Cpu { get; } = new(DeviceKind.Cpu);

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => Index is { } index ? $"{Name(Kind)}:{index}" : Name(Kind);

    /// <summary>
    /// Reads "auto", "cpu", "cuda" or "vulkan", the last two with ":1" for one device of several; null for anything else.
    /// </summary>
    public static DeviceChoice? Parse(string text)
    {
        var parts = text.Split(':');
        if (parts.Length > 2 || Array.Find(Enum.GetValues<DeviceKind>(), k => Name(k) == parts[0]) is var kind && Name(kind) != parts[0])
            return null;
        if (parts.Length == 1)
            return new(kind);
        var numbered = kind is DeviceKind.Cuda or DeviceKind.Vulkan;
        return numbered && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? new(kind, index) : null;
    }

    static string Name(DeviceKind kind) => kind.ToString().ToLowerInvariant();
}
