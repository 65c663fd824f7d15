using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Loading;

namespace LocalOpinions.Asking.Tasks;

/// <summary>
/// A model's own weights in F32: llama.cpp then rounds nothing but as float does, where it else rounds activations to 8 bits for weights
/// that are quantised.
/// </summary>
static class FloatWeights
{
    const string Already = "all F32";

    /// <summary>Why there is no use or no room for it; null where there is.</summary>
    public static string? WhyNot(Model model)
    {
        var bytes = model.Parameters * sizeof(float);
        if (model.Header.Quantisation == Already)
            return "the weights are in F32 already, so that exact is float";
        if (model.FreeForWeights is not { } memory)
            return "the model is parted between GPU and CPU";
        if (bytes > memory)
            return $"the weights in F32 need {bytes / 1e9:N1} GB of memory and {memory / 1e9:N1} GB are free";
        var free = new DriveInfo(Path.GetTempPath()).AvailableFreeSpace;
        return bytes <= free ? null
            : $"the weights in F32 need {bytes / 1e9:N1} GB in {Path.GetTempPath()}, which has {free / 1e9:N1} GB free";
    }

    /// <summary>Does something with the model in F32, which is written into a temporary folder and removed afterwards.</summary>
    public static T With<T>(ModelAtWork at, Func<Model, T> work)
    {
        var folder = Directory.CreateTempSubdirectory("localopinions-float-");
        try
        {
            var target = Path.Combine(folder.FullName, Path.GetFileName(at.Model.File.Path));
            WeightConversion.Write(at.Runtime, at.Model.File, target, WeightFormat.F32, at.Threads);
            at.Cancellation.ThrowIfCancellationRequested();
            using var model = at.Model.LoadBeside(at.Runtime, ModelFile.Find(target, []));
            return work(model);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
