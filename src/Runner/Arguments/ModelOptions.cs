using System.CommandLine;
using System.CommandLine.Parsing;
using LocalOpinions.Asking.Models;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;
using LocalOpinions.Runner.Terminal;

namespace LocalOpinions.Runner.Arguments;

/// <summary>The options that say where a model is computed, and in how many processes; the same in every command that asks one.</summary>
/// <param name="several">Whether several workers can share the command's work.</param>
sealed class ModelOptions(bool several)
{
    public const int MostWorkers = 64;

    readonly Option<DeviceChoice> _device = DeviceOption();
    readonly Option<int?> _threads = Options.Threads();
    readonly Option<int?> _ubatch = Options.Whole("--ubatch",
        "Tokens that are computed at once, and the most of one decode: part of what makes a run. Default: 512 on the CPU, more on a GPU.",
        PlanShape.MostTokens);
    readonly Option<int?> _contexts = Options.Whole("--contexts",
        "Contexts that take turns in a process: a GPU computes in one while the host prepares another. Answers do not depend on it. "
            + "Default: one on the CPU, two on a GPU that has room for both.", ScorerOptions.MostContexts);
    readonly Option<int?> _workers = Options.Whole("--workers",
        "Engines, each in a process of its own with the whole model, that share the work. Default: one; with several GPUs that each "
            + "hold the model, one per GPU.", MostWorkers);
    readonly Option<bool> _isolate = new("--isolate")
    {
        Description = "Run the engine in a process of its own, which is replaced if native code ends it. The default on GPUs and for model "
            + "files that are new to the results file.",
    };
    readonly Option<bool> _noIsolate = new("--no-isolate") { Description = "Run the engine in this process, whatever the model file." };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All =>
        [_device, _threads, _ubatch, _contexts, .. several ? [_workers] : (Option[])[], _isolate, _noIsolate];

    public void AddTo(CheckedCommand command)
    {
        foreach (var option in All)
            command.Add(option);
        command.Check(Contradictions);
    }

    IEnumerable<string> Contradictions(ParseResult parsed)
    {
        if (parsed.GetValue(_ubatch) < DecodePlan.SmallestUbatch)
            yield return $"--ubatch takes {DecodePlan.SmallestUbatch} to {PlanShape.MostTokens} tokens.";
        var many = several && parsed.GetValue(_workers) > 1;
        if (parsed.GetValue(_noIsolate) && (parsed.GetValue(_isolate) || many))
            yield return $"--no-isolate keeps the engine in this process; leave out --isolate{(several ? " and --workers" : "")}.";
    }

    /// <summary>The options that were given, as they were typed: for a command line that does the same elsewhere.</summary>
    public IEnumerable<string> Given(ParseResult parsed) => parsed.Given(All);

    /// <summary>Whether all is to be computed on the processor.</summary>
    public bool OnProcessor(ParseResult parsed) => parsed.GetRequiredValue(_device).Kind == DeviceKind.Cpu;

    /// <param name="parsed">The command line.</param>
    /// <param name="name">The model, as it was typed.</param>
    public GgufModel Read(ParseResult parsed, string name) => new(ModelChoice.Find(name))
    {
        Device = parsed.GetRequiredValue(_device),
        Threads = parsed.GetValue(_threads),
        Ubatch = parsed.GetValue(_ubatch),
        Contexts = parsed.GetValue(_contexts),
        Workers = several ? parsed.GetValue(_workers) : 1,
        Isolate = parsed.GetValue(_isolate) ? true : parsed.GetValue(_noIsolate) ? false : null,
        Command = ThisProgram.Worker,
    };

    public static Option<DeviceChoice> DeviceOption() => new("--device")
    {
        Description = "Where to compute. A GPU needs a build with -p:Gpu=cuda or -p:Gpu=vulkan; auto takes it if it is there. :N names one "
            + "of several, by number from 0. Default: auto.",
        HelpName = "auto|cpu|cuda|vulkan[:N]",
        DefaultValueFactory = _ => new(DeviceKind.Auto),
        CustomParser = ReadDevice,
    };

    static DeviceChoice? ReadDevice(ArgumentResult result)
    {
        var token = result.Tokens[^1].Value;
        if (DeviceChoice.Parse(token) is not { } choice)
        {
            result.AddError(
                $"--device takes auto, cpu, cuda or vulkan, the last two also with the number of one device (cuda:0), not {token}.");
            return null;
        }
        return choice;
    }
}
