namespace LocalOpinions.Store;

/// <summary>A model file.</summary>
/// <param name="Name">What people call it; tables and views show this.</param>
/// <param name="Path">Where it was when it was added.</param>
/// <param name="Sha256">SHA-256 of the file's bytes, lower-case hexadecimal: the model's identity.</param>
/// <param name="Architecture">For example "llama".</param>
/// <param name="Description">One line about the model, in the engine's words.</param>
/// <param name="ParameterCount">Number of weights.</param>
/// <param name="FileBytes">Size of the file in bytes.</param>
/// <param name="Quantisation">For example "Q4_1".</param>
/// <param name="VocabularySize">Number of tokens.</param>
/// <param name="ContextLength">Longest context in tokens that the model was trained for.</param>
public sealed record ModelRow(
    string Name,
    string Path,
    string Sha256,
    string Architecture,
    string Description,
    long ParameterCount,
    long FileBytes,
    string Quantisation,
    int VocabularySize,
    int ContextLength);
