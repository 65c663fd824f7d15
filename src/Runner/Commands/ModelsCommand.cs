using System.CommandLine;
using LocalOpinions.Engine;
using Spectre.Console;

namespace LocalOpinions.Runner.Commands;

static class ModelsCommand
{
    public static Command Create()
    {
        var json = Options.Json();
        var command = new Command("models", """
            List the models that can be named without a path: those in models/ and in the folders of LOCALOPINIONS_MODELS.

            Example:
              LOCALOPINIONS_MODELS=/data/gguf localopinions models
            """) { json };
        command.SetAction(parsed =>
        {
            var folders = ModelFile.DefaultFolders();
            var models = ModelFile.List(folders).Select(Describe).ToList();
            if (parsed.GetValue(json))
                Json.Write(models);
            else
                Print(models, folders);
            return ExitCodes.Done;
        });
        return command;
    }

    // One bad file must not hide the others.
    static ListedModel Describe(ModelFile file)
    {
        try
        {
            var header = ModelHeader.Read(file);
            return new(file.Name, file.Path, file.Bytes, header.Architecture, header.Quantisation, header.ContextLength, null);
        }
        catch (EngineException e) when (e.Kind is EngineError.ModelUnusable)
        {
            return new(file.Name, file.Path, file.Bytes, null, null, null, e.Message);
        }
    }

    static void Print(List<ListedModel> models, IReadOnlyList<string> folders)
    {
        if (models.Count == 0)
        {
            Console.Out.WriteLine(Screen.Clean($"No models in {(folders.Count > 0 ? string.Join(", ", folders) : "any folder")}. Put GGUF files into models/ or name folders with {ModelFile.FoldersVariable}."));
            return;
        }
        var table = new Table().Border(TableBorder.Simple).AddColumns(
            new TableColumn("name"), new TableColumn("architecture"), new TableColumn("weights"), new TableColumn("size").RightAligned(), new TableColumn("context").RightAligned(), new TableColumn("path"));
        foreach (var m in models)
        {
            table.AddRow(Screen.Cell(m.Name), Screen.Cell(m.Architecture ?? "unusable"), Screen.Cell(m.Quantisation ?? ""),
                Screen.Cell($"{m.Bytes / 1e6:N0} MB"), Screen.Cell($"{m.ContextLength:N0}"), Screen.Cell(m.Problem ?? m.Path));
        }
        Screen.Out.Write(table);
    }

    sealed record ListedModel(string Name, string Path, long Bytes, string? Architecture, string? Quantisation, int? ContextLength, string? Problem);
}
