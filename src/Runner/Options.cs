using System.CommandLine;
using LocalOpinions.Engine;
using LocalOpinions.Surveys;

namespace LocalOpinions.Runner;

/// <summary>The options that several commands share.</summary>
static class Options
{
    public const string DefaultModel = "SmolLM2-135M-Instruct.Q4_1";

    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON on standard output, for programs." };

    public static Option<DeviceKind> Device() => new("--device")
    {
        Description = "Where to compute: auto, cpu, cuda or vulkan. A GPU needs a build with -p:Gpu=cuda or -p:Gpu=vulkan.",
        DefaultValueFactory = _ => DeviceKind.Auto,
        HelpName = "auto|cpu|cuda|vulkan",
    };

    public static Option<int> Threads()
    {
        var option = new Option<int>("--threads") { Description = "Native threads; one per core is fastest when nothing else runs.", DefaultValueFactory = _ => Environment.ProcessorCount };
        AtLeastOne(option);
        return option;
    }

    public static Option<PromptEnding> Ending() => new("--ending")
    {
        Description = "How the prompt ends: paren (\" (\", the next token is the letter) or space (the next token is blank + letter).",
        DefaultValueFactory = _ => PromptEnding.Paren,
        HelpName = "paren|space",
    };

    public static Argument<string> ResultsFile() => new("file") { Description = "A results file made by run or demo (DuckDB)." };

    /// <summary>Opens a results file for writing that must be there already.</summary>
    public static Store.ResultsFile OpenExisting(string path) => File.Exists(path)
        ? Store.ResultsFile.Open(path)
        : throw new FileNotFoundException($"No results file {path}. Make one with: localopinions run --out {path} ...");

    /// <summary>Refuses numbers below one when the command line is parsed.</summary>
    public static void AtLeastOne<T>(Option<T> option) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<T>() is int and < 1)
            result.AddError($"{option.Name} must be 1 or more.");
    });
}
