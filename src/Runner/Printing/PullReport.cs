using LocalOpinions.Engine.Loading;
using LocalOpinions.Hub;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Surveys.Formats;

namespace LocalOpinions.Runner.Printing;

/// <summary>What a pull says.</summary>
static class PullReport
{
    public static int PrintCatalogue(bool json)
    {
        if (json)
        {
            Json.Write(Catalogue.Entries);
            return ExitCodes.Done;
        }
        var table = new TextTable(new("name", ColumnKind.Prose), "kind", new("parameters", ColumnKind.Number), "licence", "SHA-256",
            new("repository and file", ColumnKind.Prose));
        foreach (var e in Catalogue.Entries)
            table.Add(e.Name, Word(e.Kind), e.Parameters ?? "", e.Licence, e.Sha256 is null ? "unknown" : $"{e.Sha256[..8]}...",
                $"{e.Repository}/{e.File}");
        table.Write();
        Screen.Say(
            "Where the SHA-256 is unknown here, a pull is held to the hash that the hub states. Read the licence before you use anything.");
        return ExitCodes.Done;
    }

    /// <summary>What is going to come, before it comes.</summary>
    public static void Print(PullPlan plan)
    {
        Console.Out.WriteLine(Screen.Clean($"from      {plan.Source}"));
        Console.Out.WriteLine(Screen.Clean($"licence   {plan.Licence ?? $"not stated: look it up before you use the {Word(plan.Kind)}"}"));
        if (plan.Citation is { } citation)
            Console.Out.WriteLine(Screen.Clean($"cite      {citation}"));
        foreach (var file in plan.Files)
        {
            var size = file.Bytes is { } bytes ? TransferProgress.Size(bytes) : "size not stated";
            Console.Out.WriteLine(Screen.Clean($"file      {file.Path}: {size}{State(file)}"));
            Console.Out.WriteLine(file is { Sha256: null, GitId: { } id }
                ? $"git blob  {id} ({Origin(file.HashFrom)})"
                : $"SHA-256   {file.Sha256 ?? "not stated"} ({Origin(file.HashFrom)})");
        }
    }

    /// <summary>What came; null hashes mean that nothing was to come.</summary>
    public static int PrintEnd(PullPlan plan, IReadOnlyList<string>? hashes, bool json)
    {
        if (json)
        {
            Json.Write(new
            {
                plan.Name,
                plan.Kind,
                plan.Source,
                plan.Licence,
                plan.Citation,
                plan.Bytes,
                Pulled = hashes is not null,
                Files = plan.Files.Select((f, i) => new
                {
                    f.Path,
                    f.Bytes,
                    Sha256 = hashes?[i] ?? f.Sha256,
                    f.GitId,
                    HashFrom = f.HashFrom,
                    WasThere = f.IsThere,
                    f.Left
                }),
            });
            return ExitCodes.Done;
        }
        if (hashes is null)
        {
            Console.Out.WriteLine(plan.Missing is { } missing
                ? $"{TransferProgress.Size(missing)} would come."
                : "How much would come is not stated.");
            return ExitCodes.Done;
        }
        foreach (var (file, hash) in plan.Files.Zip(hashes).Where(f => f.First.HashFrom is HashOrigin.Nobody))
            Console.Out.WriteLine(Screen.Clean($"{file.Path} could not be verified: nobody stated its hash. It is {hash}."));
        var done = plan.Files.All(f => f.IsThere) ? "was there already, verified" : plan.Files.Any(f => f.HashFrom is HashOrigin.Nobody)
            ? "is there" : "is there, verified";
        Console.Out.WriteLine(
            Screen.Clean($"{plan.Name} {done}. {(plan.Kind is PulledKind.Survey
                ? $"Look at it: {ThisProgram.Command} surveys {ThisProgram.Quote(NameToUse(plan))}"
                : $"Ask it: {ThisProgram.Command} run --model {ThisProgram.Quote(NameToUse(plan))} --survey sample")}"));
        return ExitCodes.Done;
    }

    // In a folder that is not looked at a name leads nowhere.
    static string NameToUse(PullPlan plan) => FoldersOf(plan.Kind).Any(f => Path.GetFullPath(f) == plan.Folder) ? plan.Name
        : Path.GetRelativePath(Environment.CurrentDirectory, plan.Files[0].Path);

    static IReadOnlyList<string> FoldersOf(PulledKind kind) =>
        kind is PulledKind.Survey ? SurveyFolders.All() : ModelFile.DefaultFolders();

    static string Word(PulledKind kind) => kind is PulledKind.Survey ? "survey" : "model";

    static string State(PlannedFile file) => file.IsThere ? ", there already" : file.Left > 0
        ? $", {TransferProgress.Size(file.Left)} of it there" : "";

    static string Origin(HashOrigin from) => from switch
    {
        HashOrigin.User => "as you gave it",
        HashOrigin.Catalogue => "from the catalogue",
        HashOrigin.Hub => "as the hub states it",
        _ => "the file cannot be verified",
    };
}
