using System.CommandLine;
using LocalOpinions.Asking.Prompts;
using LocalOpinions.Asking.Running;
using LocalOpinions.Asking.Sharding;
using LocalOpinions.Asking.Sources;

namespace LocalOpinions.Runner.Arguments;

/// <summary>The options that say what a run asks of which model, and how it computes.</summary>
sealed class RunOptions
{
    readonly Option<string> _model = Options.Model();
    readonly Option<string> _survey = new("--survey", "-s") { Description = SurveyArgument.Description, Required = true };
    readonly Option<int?> _limit = Options.Limit();
    readonly ModelOptions _engine = new(several: true);
    readonly EndpointOptions _endpoint = new();
    readonly Option<int?> _gpuLayers = Options.Whole("--gpu-layers",
        "How many of the model's layers go onto the GPU, the last ones first; 0 computes on the CPU with the GPU's help. Default: "
            + "all.", least: 0);
    readonly Option<bool> _exact = new("--exact")
    {
        Description = "Each prompt alone in an emptied F32 cache without flash attention: an answer then depends on its own prompt alone, "
            + "to the last bit.",
    };
    readonly Option<bool> _probe = new("--probe")
    {
        Description = "Also measure llama.cpp's own 512-token rate before, during and after, and print the run's rate as a share of it.",
    };
    readonly Option<int?> _fewestQuestions = Options.FewestQuestions();
    readonly Option<Shard?> _shard = Options.Shard();
    readonly AskingOptions _asking = new();
    readonly WritingOptions _writing = new(WritingChoice.DefaultTokens);
    readonly PolicyOptions _policy = new();

    /// <summary>Adds the options; those that only the command itself has go in between.</summary>
    public void AddTo(CheckedCommand command, params Option[] own)
    {
        foreach (var option in (Option[])[_model, _survey, .. own, _limit])
            command.Add(option);
        _asking.AddTo(command);
        foreach (var option in _writing.All)
            command.Add(option);
        command.Check(Contradictions);
        _policy.AddTo(command);
        _endpoint.AddTo(command, [.. _engine.All, _gpuLayers, _exact, _probe]);
        command.Add(_gpuLayers);
        _engine.AddTo(command);
        foreach (var option in new Option[] { _exact, _probe, _fewestQuestions, _shard })
            command.Add(option);
        command.Check(parsed => parsed.GetValue(_gpuLayers) is not null && _engine.OnProcessor(parsed)
            ? ["--gpu-layers puts layers onto a GPU, and --device cpu uses none; leave one of them out."] : []);
    }

    IEnumerable<string> Contradictions(ParseResult parsed)
    {
        var (written, given, choice) = (
            _asking.Read(parsed).Reading == AnswerReading.Written, _writing.Given(parsed).ToList(), _writing.Read(parsed));
        if (!written && given.Count > 0)
            yield return $"{string.Join(", ", given)}: nothing is written, and nothing sampled, but with --reading written.";
        if (written && choice is { Texts: > 1, Temperature: 0 })
            yield return "--texts: at --temperature 0 all texts of a prompt are the same; leave one of the two out.";
    }

    IAskedModel Model(ParseResult parsed, string name, bool probe) => (IAskedModel?)_endpoint.Model(parsed, name)
        ?? _engine.Read(parsed, name) with { GpuLayers = parsed.GetValue(_gpuLayers), Probe = probe };

    public RunRequest Read(ParseResult parsed, string output, IWorkMonitor monitor)
    {
        var probe = parsed.GetValue(_probe);
        return new()
        {
            Model = Model(parsed, parsed.GetRequiredValue(_model), probe),
            Job = new()
            {
                Survey = parsed.GetRequiredValue(_survey),
                Design = _asking.Read(parsed) with { Writing = _writing.Read(parsed) },
                Policy = _policy.Read(parsed),
                Limit = parsed.GetValue(_limit),
                Exact = parsed.GetValue(_exact),
            },
            Output = output,
            FewestQuestions = parsed.GetValue(_fewestQuestions),
            Probe = probe,
            Shard = parsed.GetValue(_shard) is { } shard ? ShardRange.Of(shard) : null,
            Monitor = monitor,
        };
    }
}
