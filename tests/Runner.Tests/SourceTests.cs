using System.Text.RegularExpressions;
using LocalOpinions.Tests;

namespace LocalOpinions.Runner.Tests;

/// <summary>What holds for the text of the sources.</summary>
public partial class SourceTests
{
    const int LongestLine = 140;

    static readonly string[] s_libraries =
        ["Analysis", "Asking", "Endpoints", "Engine", "Hub", "Report", "Scoring.Simd", "Serve", "Store", "Study", "Surveys"];

    /// <summary>
    /// A library says what is wrong and offers a remedy; what it is called on the command line is said by the command alone, in RemedyText.
    /// </summary>
    [Fact]
    public void No_library_names_an_option_or_a_command_of_the_program()
    {
        var found = s_libraries.SelectMany(room => Texts(room)).SelectMany(file => Lines(file)
            .Where(l => !l.Text.TrimStart().StartsWith("//", StringComparison.Ordinal) && CommandLine().IsMatch(l.Text))
            .Select(l => $"{file}:{l.Number}: {l.Text.Trim()}"));
        Assert.Empty(found);
    }

    /// <summary>Whoever reads the page may have nothing but the page.</summary>
    [Fact]
    public void The_page_names_no_command_of_the_program()
    {
        var page = Path.Combine("src", "Report", "web");
        string[] texts = [.. Files(Path.Combine(page, "src"), "*.ts"), Path.Combine(page, "index.html")];
        Assert.True(texts.Length > 50, $"only {texts.Length} files were found");
        Assert.Empty(texts.SelectMany(file => Lines(file).Where(l => CommandOfPage().IsMatch(l.Text))
            .Select(l => $"{file}:{l.Number}: {l.Text}")));
    }

    [Fact]
    public void Lines_are_short_enough_to_be_read()
    {
        string[] all = [.. Files("", "*.cs"), .. Files("", "*.ts")];
        Assert.True(all.Length > 300, $"only {all.Length} files were found");
        var found = all.SelectMany(file => Lines(file).Where(l => l.Text.EnumerateRunes().Count() > LongestLine)
            .Select(l => $"{file}:{l.Number}: {l.Text.EnumerateRunes().Count()} characters"));
        Assert.Empty(found);
    }

    // The page speaks to readers who have no command line at hand but its own hints, and so is left to its tests.
    static IEnumerable<string> Texts(string room) =>
        new[] { "*.cs", "*.sql", "*.yaml", "*.json" }.SelectMany(kind => Files(Path.Combine("src", room), kind))
            .Where(file => !file.StartsWith(Path.Combine("src", "Report", "web"), StringComparison.Ordinal));

    // Twenty question marks in a row are counted by nobody.
    [Fact]
    public void Rows_are_written_by_name() => Assert.Empty(Files("src", "*.cs").SelectMany(file => Lines(file)
        .Where(l => l.Text.Contains("?, ?, ?, ?", StringComparison.Ordinal)).Select(l => $"{file}:{l.Number}: {l.Text.Trim()}")));

    // An option: two hyphens and a word, at the beginning of a string or behind a blank, an apostrophe or a parenthesis.
    [GeneratedRegex("""[ "'`(]--[a-z]|localopinions [a-z]""")]
    private static partial Regex CommandLine();

    // Two hyphens begin a style's own properties there.
    [GeneratedRegex("localopinions [a-z]")]
    private static partial Regex CommandOfPage();

    static IEnumerable<(int Number, string Text)> Lines(string file) =>
        File.ReadLines(Path.Combine(Repository.Root, file)).Select((text, index) => (index + 1, text));

    /// <summary>Sources below a folder, relative to the checkout; neither what a build wrote nor what npm brought.</summary>
    static IEnumerable<string> Files(string folder, string pattern) => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(Repository.Root, f))
        .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "artifacts" or "obj" or "bin" or "node_modules" or ".git"))
        .Order(StringComparer.Ordinal);

    // A child that hangs must fail its test, not hold up all others.
    [Fact]
    public void Tests_start_processes_that_are_killed_when_they_hang()
    {
        var found = Files("tests", "*.cs").Where(file => Path.GetFileName(file) is not ("ChildProcess.cs" or "SourceTests.cs"))
            .SelectMany(file => Lines(file).Where(l => l.Text.Contains("Process.Start(", StringComparison.Ordinal)
                && !l.Text.Contains("ChildProcess.Start(", StringComparison.Ordinal)).Select(l => $"{file}:{l.Number}"));
        Assert.Empty(found);
    }

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

    [GeneratedRegex(@"\((int|long|double|string|bool|DateTime|object\?\[\])\??\)"
        + @"(r|row|cells|[a-z]\w*(\.\w+|\[\d+\])+|place|nearest|own)\[\d+\]"
        + @"|\b\w+\[\d+\]!? (as|is) (string|int|long|double|bool|object)\b|Convert\.To\w+\(\w+(\.\w+)*\[\d+\]")]
    private static partial Regex OrdinalCast();
}
