using System.Text.RegularExpressions;
using LocalOpinions.Tests;

namespace LocalOpinions.Runner.Tests;

/// <summary>What the sources of the program must not hold.</summary>
public sealed partial class SourceTests
{
    // Ordinals say nothing to a reader, and a column put between others moves them all.
    [Fact]
    public void Cells_of_a_query_are_read_by_name() => Assert.Empty(
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(path => File.ReadLines(path).Select((line, i) => (Line: line, Place: $"{path}:{i + 1}: {line.Trim()}")))
            .Where(source => OrdinalCast().IsMatch(source.Line)).Select(source => source.Place));

    [Theory]
    [InlineData("var n = (int)row[0]!;")]
    [InlineData("return (double?)query.Rows[0][1] ?? 0;")]
    [InlineData("Label = r[3] as string,")]
    [InlineData("if (cells[4] is double offMenu)")]
    [InlineData("Convert.ToInt64(place[1])")]
    [InlineData("Array.ConvertAll((object?[])row[2]!, p => (double)p!)")]
    public void An_ordinal_cast_is_known_when_it_is_met(string line) => Assert.Matches(OrdinalCast(), line);

    [GeneratedRegex(@"\((int|long|double|string|bool|DateTime|object\?\[\])\??\)(r|row|cells|[a-z]\w*(\.\w+|\[\d+\])+|place|nearest|own)\[\d+\]"
        + @"|\b\w+\[\d+\]!? (as|is) (string|int|long|double|bool|object)\b|Convert\.To\w+\(\w+(\.\w+)*\[\d+\]")]
    private static partial Regex OrdinalCast();
}
