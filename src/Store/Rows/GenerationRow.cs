namespace LocalOpinions.Store;

/// <summary>A text that a model wrote behind a prompt.</summary>
/// <param name="SourceRow">The question's row in the survey file.</param>
/// <param name="Sequence">0, 1, ... for each text to the same question.</param>
/// <param name="Seed">Seed of the sampling.</param>
/// <param name="Temperature">Temperature of the sampling, at least 0; 0 takes the most probable token.</param>
/// <param name="TopP">Nucleus of the sampling, above 0, at most 1.</param>
/// <param name="Prompt">The whole prompt, verbatim.</param>
/// <param name="Text">What the model wrote, verbatim.</param>
/// <param name="Finish">Why it ended: "end" (the model ended it), "stop" (a stop string), "length".</param>
/// <param name="Agrees">Whether the text names the option that has the highest probability; null where that is not known.</param>
public sealed record GenerationRow(int SourceRow, int Sequence, long Seed, double Temperature, double TopP, string Prompt, string Text, string Finish, bool? Agrees = null);
