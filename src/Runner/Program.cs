using LocalOpinions.Runner;
using LocalOpinions.Runner.Commands;
using LocalOpinions.Runner.Terminal;

using var limit = FileSizeLimit.Heed();
return await Dispatcher.RunAsync(CommandTree.Create(), args);
