using LocalOpinions.Engine;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Hub;

namespace LocalOpinions.Runner.Arguments;

/// <summary>Finds the model that a command names.</summary>
static class ModelChoice
{
    /// <param name="name">A path, the name of a file in the models' folders, or a name of the catalogue whose file has been pulled.</param>
    /// <exception cref="EngineException">There is none; where the catalogue has it, the message says how to get it.</exception>
    public static ModelFile Find(string name)
    {
        var folders = ModelFile.DefaultFolders();
        try
        {
            return ModelFile.Find(name, folders);
        }
        catch (EngineException e) when (e.Kind == EngineError.ModelNotFound && Catalogue.Find(name) is { Kind: PulledKind.Model } entry)
        {
            return ModelFile.List(folders).FirstOrDefault(
                m => string.Equals(Path.GetFileName(m.Path), entry.File, StringComparison.OrdinalIgnoreCase))
                ?? throw new EngineException(e.Kind, $"{e.Message} To download it: localopinions pull {entry.Name}");
        }
    }
}
