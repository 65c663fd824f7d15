namespace LocalOpinions.Store.Rows;

/// <summary>A run that asks the same as another one and differs from it in how it is computed.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Plan">How its prompts are put together.</param>
/// <param name="EngineBuild">What computed them.</param>
/// <param name="Device">On what.</param>
public sealed record OtherwiseComputed(int RunId, string Plan, string EngineBuild, string Device);
