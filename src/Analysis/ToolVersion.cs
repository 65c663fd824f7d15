namespace LocalOpinions.Analysis;

/// <summary>This program's version, as it stands in results.</summary>
public static class ToolVersion
{
    /// <summary>For example "0.1.0".</summary>
    public static string Text { get; } = typeof(ToolVersion).Assembly.GetName().Version!.ToString(3);
}
