using LocalOpinions.Store;
using LocalOpinions.Store.Schema;

namespace LocalOpinions.Analysis;

/// <summary>What the models of a results file are called.</summary>
public static class ModelNames
{
    // Names of files fit; a name stands in tables, sentences and on pages.
    const int FewestDigits = 8, Longest = 255;

    /// <summary>Gives a model another name; it stays the same model, and its runs the same runs.</summary>
    /// <param name="results">The file, open for writing.</param>
    /// <param name="model">Its name as views show it, or the beginning of its SHA-256, 8 digits or more.</param>
    /// <param name="name">The new name.</param>
    /// <returns>What it was called.</returns>
    /// <exception cref="InputException">There is no such model, or several, and the message says which there are; or no model can have that
    /// name.</exception>
    public static string Rename(ResultsFile results, string model, string name)
    {
        if (Fault(name) is { } fault)
            throw new InputException($"The model's new name {fault}. Give it another one.", Remedy.NameModel, results.FullPath);
        var all = results.Read<NamedModel>($"SELECT model_id, model, sha256 FROM ({ModelLabels.Query}) ORDER BY model_id");
        var meant = all.Where(m => m.Model == model).ToList();
        if (meant.Count == 0 && model.Length >= FewestDigits)
            meant = [.. all.Where(m => m.Sha256.StartsWith(model, StringComparison.OrdinalIgnoreCase))];
        if (meant.Count != 1)
            throw new InputException($"{results.FullPath} has {(meant.Count == 0 ? "no" : "more than one")} model {model}. It has "
                + $"{(all.Count == 0 ? "none" : string.Join(", ", all.Select(m => m.Model)))}.", Remedy.NameModel, results.FullPath);
        results.RenameModel(meant[0].ModelId, name);
        return meant[0].Model;
    }

    static string? Fault(string name) =>
        string.IsNullOrWhiteSpace(name) ? "is empty"
        : name.Length > Longest ? $"has {name.Length:N0} characters, of {Longest} at most"
        : name.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029') ? "has a line break or another control character"
        : null;

    sealed record NamedModel(int ModelId, string Model, string Sha256);
}
