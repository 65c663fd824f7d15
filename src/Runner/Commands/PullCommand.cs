using System.CommandLine;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Hub;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Surveys.Formats;

namespace LocalOpinions.Runner.Commands;

static class PullCommand
{
    public static Command Create()
    {
        var model = new Argument<string?>("model")
        {
            Description =
                "A name of the catalogue (of a model or a survey), "
                + "owner/repository, owner/repository:Q4_K_M, owner/repository/file.gguf, or an address (https).",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var list = new Option<bool>("--list") { Description = "Show the catalogue; nothing is asked of any server." };
        var folder = new Option<string?>("--folder")
        {
            Description = $"The folder to put it into. Default: the first of {ModelFile.FoldersVariable}, else the models/ that is looked "
                + $"at or is here, else the user's own; for a survey {SurveyFolders.Variable} and surveys/."
        };
        var name = new Option<string?>("--name") { Description = "Another name for the file." };
        var sha256 = new Option<string[]>("--sha256")
        {
            Description = "The hash the file must have; for a split model one for each part, in order.",
            AllowMultipleArgumentsPerToken = true,
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Ask what there is to pull, say it, and end." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Show no progress." };
        var json = Options.Json();
        var command = new CheckedCommand("pull", $"""
            Download a model from the Hugging Face hub or from an address, or a survey of the catalogue, verified by its SHA-256. An
            interrupted pull goes on when called again.

            The environment variable {HubEndpoint.TokenVariable} holds the access token for models that need one; it is sent to the
            hub alone. {HubEndpoint.AddressVariable} names another hub.

            Examples:
              localopinions pull --list
              localopinions pull Qwen3-0.6B
              localopinions pull Qwen/Qwen2.5-0.5B-Instruct-GGUF:Q8_0
              localopinions pull global-opinions
              localopinions pull https://huggingface.co/Qwen/Qwen3-0.6B-GGUF/blob/main/Qwen3-0.6B-Q8_0.gguf
            """) { model, list, folder, name, sha256, dryRun, quiet, json };
        command.Check(parsed => string.IsNullOrWhiteSpace(parsed.GetValue(model)) && !parsed.GetValue(list)
            ? ["pull takes the model or survey to download, or --list."] : []);
        command.SetAction(async parsed =>
        {
            if (parsed.GetValue(list))
                return PullReport.PrintCatalogue(parsed.GetValue(json));
            using var interruption = new Interruption();
            var wanted = parsed.GetRequiredValue(model)!;
            var options = new PullOptions(Path.GetFullPath(parsed.GetValue(folder) ?? DefaultFolder(wanted)), parsed.GetValue(name),
                parsed.GetValue(sha256));
            var job = new PullJob(wanted, options, parsed.GetValue(dryRun), parsed.GetValue(quiet)
                || parsed.GetValue(json), parsed.GetValue(json));
            return await job.ExecuteAsync(interruption.Token);
        });
        return command;
    }

    static string DefaultFolder(string wanted) => Catalogue.Find(wanted.Trim()) is { Kind: PulledKind.Survey }
        ? SurveyFolders.ForNew() : ModelFile.FolderForNew();
}
