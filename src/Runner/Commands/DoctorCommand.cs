using System.CommandLine;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LocalOpinions.Asking.Models;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Sources;
using LocalOpinions.Asking.Tasks;
using LocalOpinions.Engine;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Store;
using LocalOpinions.Surveys;
using LocalOpinions.Surveys.Formats;
using Spectre.Console;

namespace LocalOpinions.Runner.Commands;

static class DoctorCommand
{
    const long LittleMemory = 1L << 30;

    public static Command Create()
    {
        var device = ModelOptions.DeviceOption();
        var json = Options.Json();
        var command = new Command("doctor", """
            Check this machine: native libraries, versions, CPU backend, SIMD, memory, model. Says what is missing and the remedy.

            Examples:
              localopinions doctor
              localopinions doctor --device cuda
            """) { device, json };
        command.SetAction(async parsed =>
        {
            using var interruption = new Interruption();
            var chosen = parsed.GetRequiredValue(device);
            var engine = Try("llama.cpp", () => Engine(chosen));
            List<Check> checks =
            [
                engine,
                .. engine.Ok ? await GpuAsync(chosen, interruption.Token) : [],
                Try("DuckDB", () => ResultsFile.LibraryVersion),
                Try("default model", DefaultModel),
                Models(),
                Surveys(),
                Try("sample survey", () => $"{SampleSurvey.Load().Questions.Count} questions"),
                new("processor", true,
                    $"{Environment.ProcessorCount} cores, {RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.OSDescription}"),
                new("SIMD", true, Simd()),
                Memory(),
                new(".NET", true, RuntimeInformation.FrameworkDescription),
            ];
            Json.WriteOr(parsed.GetValue(json), checks, Print);
            return checks.All(c => c.Ok) ? ExitCodes.Done : ExitCodes.Machine;
        });
        return command;
    }

    static string Engine(DeviceChoice device)
    {
        var runtime = EngineRuntime.Start(device.Kind);
        return $"{runtime.Build}; {string.Join(", ", runtime.Devices.Select(d => $"{d.Name}: {d.Description}"))}";
    }

    // That a card is found does not say that this build has code for it.
    static async Task<IEnumerable<Check>> GpuAsync(DeviceChoice device, CancellationToken cancellation)
    {
        if (!EngineRuntime.WouldUseGpu(device.Kind))
            return [];
        return [await TryAsync("GPU", async () =>
        {
            var model = new GgufModel(ModelChoice.Find(Options.DefaultModel))
            {
                Device = device,
                Isolate = true,
                Command = ThisProgram.Worker,
            };
            var work = AskingWork.Of(new() { Survey = SurveySource.Sample, Design = DesignChoice.Default });
            await using var source = await model.OpenAsync(work, SourceContext.None, cancellation);
            var rates = await source.RunAsync(RateTask.OfRun, null, cancellation);
            return $"the default model's 512 tokens at {Median.Of(rates):N0} tokens/s";
        })];
    }

    static string DefaultModel()
    {
        var file = ModelChoice.Find(Options.DefaultModel);
        var header = ModelHeader.Read(file);
        return $"{file.Path} ({header.Architecture}, {header.Quantisation}, {file.Bytes / 1e6:N0} MB)";
    }

    static Check Models()
    {
        if (ModelFile.MissingFolders() is { Count: > 0 } missing)
            return new("models", false, $"{ModelFile.FoldersVariable} names what is no folder: {string.Join(", ", missing)}. Make a folder "
                + "there, or name another one");
        var folders = ModelFile.DefaultFolders();
        return new("models", true, folders.Count == 0
            ? $"no models folder; 'localopinions pull --list' shows what could be there, {ModelFile.FoldersVariable} names folders"
            : $"{ModelFile.List(folders).Count} in {string.Join(", ", folders)}");
    }

    static Check Surveys()
    {
        if (SurveyFolders.Missing() is { Count: > 0 } missing)
            return new("surveys", false, $"{SurveyFolders.Variable} names what is no folder: {string.Join(", ", missing)}. Make a folder "
                + "there, or name another one");
        var folders = SurveyFolders.All();
        return new("surveys", true, folders.Count == 0
            ? $"no surveys folder; 'localopinions pull --list' shows what could be there, {SurveyFolders.Variable} names folders"
            : $"{SurveyFolders.List().Count} in {string.Join(", ", folders)}");
    }

    static string Simd()
    {
        var width = Vector512.IsHardwareAccelerated ? 512
            : Vector256.IsHardwareAccelerated ? 256
            : Vector128.IsHardwareAccelerated ? 128
            : 0;
        return width > 0 ? $"{width} bits" : "none: hardware intrinsics are off";
    }

    static Check Memory()
    {
        var (free, total) = MachineMemory.Measure();
        var remedy = free > LittleMemory ? "" : "; little: a run needs the model's size and about 400 MB: close other programs";
        return new("memory", true, $"{free / 1e9:N1} of {total / 1e9:N1} GB free{remedy}");
    }

    static Check Try(string name, Func<string> check) => TryAsync(name, () => Task.FromResult(check())).GetAwaiter().GetResult();

    static async Task<Check> TryAsync(string name, Func<Task<string>> check)
    {
        try
        {
            return new(name, true, await check());
        }
        catch (Exception e) when (e is EngineException or StoreException or SurveyException or IOException)
        {
            return new(name, false, RemedyText.Told(e));
        }
    }

    static void Print(List<Check> checks)
    {
        var table = new TextTable("", "", new("", ColumnKind.Prose));
        foreach (var check in checks)
            table.Add(new(check.Ok ? "ok" : "no", new Style(check.Ok ? Color.Green : Color.Red)), check.Name, check.Finding);
        table.Write();
    }

    sealed record Check(string Name, bool Ok, string Finding);
}
