using System.CommandLine;
using LocalOpinions.Report;
using LocalOpinions.Store;

namespace LocalOpinions.Runner.Commands;

static class ReportCommand
{
    public static Command Create()
    {
        var file = Options.ResultsArgument();
        var output = new Option<string>("--out", "-o") { Description = "The HTML file to write.", DefaultValueFactory = _ => "report.html" };
        var command = new Command("report", """
            Write the results as one HTML page with a ranking and a world map. It works offline and asks nothing of any server.

            Example:
              localopinions report results.duckdb -o report.html
            """) { file, output };
        command.SetAction(parsed =>
        {
            var target = parsed.GetRequiredValue(output);
            if (WhyNot(target) is { } why)
                throw new IOException($"{why} Name another file for the page with --out.");
            using var page = new MemoryStream();
            using (var results = ResultsFile.OpenReadOnly(parsed.GetRequiredValue(file)))
                HtmlReport.Write(results, page);
            // Whole or not at all: a failed report leaves an earlier page as it was.
            var unfinished = target + ".part";
            File.WriteAllBytes(unfinished, page.ToArray());
            File.Move(unfinished, target, overwrite: true);
            Console.Out.WriteLine(Screen.Clean($"{target}: {page.Length / 1024.0:N0} KB, open it in a browser."));
            return ExitCodes.Done;
        });
        return command;
    }

    static string? WhyNot(string target)
    {
        if (string.IsNullOrWhiteSpace(target))
            return "The page's file name is empty.";
        if (Directory.Exists(target))
            return $"{target} is a folder.";
        if (Path.GetDirectoryName(Path.GetFullPath(target)) is { } folder && !Directory.Exists(folder))
            return $"The folder {folder} does not exist.";
        return File.Exists(target) && IsDatabase(target) ? $"{target} is a DuckDB file, which the page would overwrite." : null;
    }

    // "DUCK" stands behind an eight-byte checksum.
    static bool IsDatabase(string path)
    {
        Span<byte> start = stackalloc byte[12];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start[8..].SequenceEqual("DUCK"u8);
    }
}
