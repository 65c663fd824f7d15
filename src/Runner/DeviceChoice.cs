using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LocalOpinions.Engine;

namespace LocalOpinions.Runner;

/// <summary>Where to compute: a kind of device, and which of that kind.</summary>
/// <param name="Index">Its number; null for all there are.</param>
sealed record DeviceChoice(DeviceKind Kind, int? Index = null)
{
    public static DeviceChoice Cpu { get; } = new(DeviceKind.Cpu);

    public override string ToString() => Index is { } index ? $"{Name(Kind)}:{index}" : Name(Kind);

    /// <summary>Reads "auto", "cpu", "cuda" or "vulkan", the last two with ":1" for one device of several; null for anything else.</summary>
    public static DeviceChoice? Parse(string text)
    {
        var parts = text.Split(':');
        if (parts.Length > 2 || Array.Find(Enum.GetValues<DeviceKind>(), k => Name(k) == parts[0]) is var kind && Name(kind) != parts[0])
            return null;
        if (parts.Length == 1)
            return new(kind);
        return kind is DeviceKind.Cuda or DeviceKind.Vulkan && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? new(kind, index) : null;
    }

    public static Option<DeviceChoice> Option() => new("--device")
    {
        Description = "Where to compute. A GPU needs a build with -p:Gpu=cuda or -p:Gpu=vulkan; auto takes it if it is there. :N names one of several, by number from 0. Default: auto.",
        HelpName = "auto|cpu|cuda|vulkan[:N]",
        DefaultValueFactory = _ => new(DeviceKind.Auto),
        CustomParser = ReadToken,
    };

    static DeviceChoice? ReadToken(ArgumentResult result)
    {
        var token = result.Tokens[^1].Value;
        if (Parse(token) is not { } choice)
            result.AddError($"--device takes auto, cpu, cuda or vulkan, the last two also with the number of one device (cuda:0), not {token}.");
        else
            return choice;
        return null;
    }

    static string Name(DeviceKind kind) => kind.ToString().ToLowerInvariant();
}
