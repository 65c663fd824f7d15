using System.CommandLine;
using LocalOpinions.Report;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Store;

namespace LocalOpinions.Runner.Commands;

static class ReportCommand
{
    public static Command Create()
    {
        var file = Options.ResultsArgument();
        var output = new OutputOption(new Option<string?>("--out", "-o")
        {
            Description = "The HTML file to write.",
            DefaultValueFactory = _ => "report.html",
        });
        var command = new Command("report", """
            Write the results as one HTML page with a ranking and a world map. It works offline and asks nothing of any server.

            Example:
              localopinions report results.duckdb -o report.html
            """) { file };
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var target = output.Read(parsed);
            using var page = new MemoryStream();
            using (var results = ResultsFile.OpenReadOnly(parsed.GetRequiredValue(file)))
                HtmlReport.Write(results, page);
            target.Write(page.ToArray());
            Console.Out.WriteLine(Screen.Clean($"{target.Path}: {page.Length / 1024.0:N0} KB, open it in a browser."));
            return ExitCodes.Done;
        });
        return command;
    }
}
