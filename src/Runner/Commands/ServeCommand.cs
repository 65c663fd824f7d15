using System.CommandLine;
using LocalOpinions.Report;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Serve;
using LocalOpinions.Store;

namespace LocalOpinions.Runner.Commands;

static class ServeCommand
{
    const int MostPort = 65_535;

    public static Command Create()
    {
        var file = Options.ResultsArgument();
        var port = Options.Whole("--port", "The port to listen on. Default: a free one.", MostPort);
        var command = new Command("serve", """
            Show the report page in a browser on this machine, made anew whenever the results have changed. Nothing outside this machine can
            connect, and nobody on it without the address that is printed. Ends with Ctrl-C.

            Example:
              localopinions serve results.duckdb
            """) { file, port };
        command.SetAction(async parsed =>
        {
            using var interruption = new Interruption();
            var path = Path.GetFullPath(parsed.GetRequiredValue(file));
            var page = new WatchedPage([path, path + ".wal"], () => Page(path));
            page.Made += bytes => Tell($"the results changed: a new page of {bytes / 1024.0:N0} KB");
            page.Kept += e => Tell($"the results changed, and the page before is shown still: {RemedyText.Told(e)}");
            page.Make();
            await using (var server = await PageServer.StartAsync(page, parsed.GetValue(port) ?? 0, interruption.Token))
            {
                Console.Out.WriteLine(server.Address);
                Tell("open this address in a browser on this machine; reload it after a run; Ctrl-C ends");
                await Task.Delay(Timeout.Infinite, interruption.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
            return ExitCodes.Interrupted;
        });
        return command;
    }

    // Open only while the page is made, so that a run can write in between.
    static byte[] Page(string path)
    {
        using var page = new MemoryStream();
        using (var results = ResultsFile.OpenReadOnly(path))
            HtmlReport.Write(results, page);
        return page.ToArray();
    }

    static void Tell(string what) => Console.Error.WriteLine(Screen.Clean($"{DateTime.Now:HH:mm:ss} {what}"));
}
