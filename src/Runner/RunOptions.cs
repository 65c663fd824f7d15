using System.CommandLine;
using LocalOpinions.Runner.Workers;

namespace LocalOpinions.Runner;

/// <summary>The options that say what a run asks of which model, and how it computes: run's own, and those of the workers that it starts.</summary>
sealed class RunOptions
{
    readonly Option<string> _model = Options.Model();
    readonly Option<string> _survey = new("--survey", "-s") { Description = SurveySource.Description, Required = true };
    readonly Option<int?> _limit = Options.Limit();
    readonly Option<DeviceChoice> _device = DeviceChoice.Option();
    readonly Option<int?> _gpuLayers = new("--gpu-layers")
    {
        Description = "How many of the model's layers go onto the GPU, the last ones first; 0 computes on the CPU with the GPU's help. Default: all.",
        HelpName = "N",
        CustomParser = result => Options.Within(result, int.MaxValue, least: 0),
    };
    readonly Option<int?> _threads = Options.Threads();
    readonly Option<bool> _exact = new("--exact") { Description = "Each prompt alone in an emptied F32 cache without flash attention: an answer then depends on its own prompt alone, to the last bit." };
    readonly Option<bool> _probe = new("--probe") { Description = "Also measure llama.cpp's own 512-token rate before, during and after, and print the run's rate as a share of it." };
    readonly AskingOptions _asking = new();
    readonly PolicyOptions _policy = new();

    /// <summary>Adds the options; those that only the command itself has go in between.</summary>
    public void AddTo(Command command, params Option[] own)
    {
        foreach (var option in (Option[])[_model, _survey, .. own, _limit])
            command.Add(option);
        _asking.AddTo(command);
        _policy.AddTo(command);
        foreach (var option in new Option[] { _device, _gpuLayers, _threads, _exact, _probe })
            command.Add(option);
    }

    public RunRequest Read(ParseResult parsed, string output = "", bool quiet = true, WorkerOptions.WorkerChoice? engines = null) => new(
        parsed.GetRequiredValue(_model), parsed.GetRequiredValue(_survey), output, parsed.GetValue(_limit), parsed.GetRequiredValue(_device),
        parsed.GetValue(_threads), parsed.GetValue(_exact), _asking.Read(parsed), parsed.GetValue(_probe), quiet)
    { GpuLayers = parsed.GetValue(_gpuLayers), Engines = engines, Policy = _policy.Read(parsed) };
}
