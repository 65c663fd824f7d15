using System.CommandLine;
using LocalOpinions.Engine;
using LocalOpinions.Engine.Chat;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;

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
            """) { json, ModelsRenameCommand.Create() };
        command.SetAction(parsed =>
        {
            var folders = ModelFile.DefaultFolders();
            var memory = MachineMemory.Measure();
            var models = ModelFile.List(folders).Select(f => Describe(f, memory)).ToList();
            foreach (var missing in ModelFile.MissingFolders())
                Screen.Tell($"localopinions: {ModelFile.FoldersVariable} names {missing}, which is no folder.");
            if (parsed.GetValue(json))
                Json.Write(models);
            else
                Print(models, folders, memory);
            return ExitCodes.Done;
        });
        return command;
    }

    // One bad file must not hide the others.
    static ListedModel Describe(ModelFile file, MachineMemory memory)
    {
        try
        {
            var header = ModelHeader.Read(file);
            var (chat, chatProblem) = Chat(file, header);
            var need = RunMemory.Estimate(file, header).Total;
            return new()
            {
                Name = file.Name,
                Path = file.Path,
                Parts = file.Parts.Count,
                Bytes = file.Bytes,
                Title = header.Title,
                Architecture = header.Architecture,
                Quantisation = header.Quantisation,
                ContextLength = header.ContextLength,
                VocabularySize = header.VocabularySize,
                Chat = chat,
                ChatProblem = chatProblem,
                Warnings = header.Warnings,
                MemoryBytes = need,
                FreeBytes = memory.Free,
                Fit = memory.Fit(need),
                Problem = null,
            };
        }
        catch (EngineException e)
        {
            return new()
            {
                Name = file.Name,
                Path = file.Path,
                Parts = file.Parts.Count,
                Bytes = file.Bytes,
                Title = null,
                Architecture = null,
                Quantisation = null,
                ContextLength = null,
                VocabularySize = null,
                Chat = null,
                Warnings = [],
                MemoryBytes = null,
                FreeBytes = memory.Free,
                Fit = null,
                Problem = RemedyText.Told(e),
            };
        }
    }

    static (string Chat, string? Problem) Chat(ModelFile file, ModelHeader header)
    {
        if (header.ChatTemplate is null or "")
            return ("none", null);
        try
        {
            header.ChatFormat(file);
            return ("own", null);
        }
        catch (EngineException e) when (e.Kind == EngineError.ModelUnusable)
        {
            return (e.Remedy == EngineRemedy.NameDate ? "needs a date" : "unusable", RemedyText.Told(e));
        }
    }

    static void Print(List<ListedModel> models, IReadOnlyList<string> folders, MachineMemory memory)
    {
        if (models.Count == 0)
        {
            Console.Out.WriteLine(Screen.Clean($"No models in {(folders.Count > 0 ? string.Join(", ", folders) : "any folder")}. Put GGUF "
                + $"files into models/, name folders with {ModelFile.FoldersVariable}, or download one: {ThisProgram.Command} pull "
                    + $"--list"));
            return;
        }
        var table = new TextTable(new("name", ColumnKind.Prose), "architecture", "weights", new("size", ColumnKind.Number),
            new("memory", ColumnKind.Number), "fit", new("context", ColumnKind.Number), "chat", new("path", ColumnKind.Prose));
        foreach (var m in models)
        {
            table.Add(m.Name, m.Architecture ?? "unusable", m.Quantisation ?? "", TransferProgress.Size(m.Bytes),
                m.MemoryBytes is { } bytes ? TransferProgress.Size(bytes) : "", m.Fit ?? "", $"{m.ContextLength:N0}", m.Chat ?? "",
                m.Problem ?? m.Path);
        }
        table.Write();
        foreach (var m in models)
        {
            foreach (var warning in m.Warnings)
                Screen.Say($"{m.Name}: {warning}");
            if (m.ChatProblem is { } problem)
                Screen.Say(problem);
        }
        Screen.Say($"{memory.Free / 1e9:N1} of {memory.Total / 1e9:N1} GB are free. memory: about what a run takes on the CPU: "
            + $"weights, cache, logits, the program.");
    }

    sealed record ListedModel
    {
        public required string Name { get; init; }

        public required string Path { get; init; }

        public required int Parts { get; init; }

        public required long Bytes { get; init; }

        public required string? Title { get; init; }

        public required string? Architecture { get; init; }

        public required string? Quantisation { get; init; }

        public required int? ContextLength { get; init; }

        public required int? VocabularySize { get; init; }

        /// <summary>"own" for a chat layout; "none" for a file without a template, "needs a date" for one that has to be told the day,
        /// "unusable" for any other that cannot be run.</summary>
        public required string? Chat { get; init; }

        /// <summary>Why the chat layout cannot be had, and what to do; null where it can, and for a file without a template.</summary>
        public string? ChatProblem { get; init; }

        /// <summary>What is wrong with it although it can be asked.</summary>
        public required IReadOnlyList<string> Warnings { get; init; }

        /// <summary>About what a run takes.</summary>
        public required long? MemoryBytes { get; init; }

        public required long FreeBytes { get; init; }

        /// <summary>"fits", "tight" (more than 80 % of the free memory) or "too large".</summary>
        public required string? Fit { get; init; }

        public required string? Problem { get; init; }
    }
}
