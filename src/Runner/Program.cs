using LocalOpinions.Runner;
using LocalOpinions.Runner.Commands;
using LocalOpinions.Runner.Terminal;

using var limit = FileSizeLimit.Heed();
using var end = Termination.Heed();
return await Dispatcher.RunAsync(CommandTree.Create(), args);
