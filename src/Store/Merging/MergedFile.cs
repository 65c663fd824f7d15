namespace LocalOpinions.Store.Merging;

/// <summary>What one file brought into another.</summary>
/// <param name="Path">The file that was merged in.</param>
/// <param name="Runs">Runs that it holds.</param>
/// <param name="NewSurveys">Surveys that were not there yet.</param>
/// <param name="NewRuns">Runs that were not there yet.</param>
/// <param name="NewAnswers">Answers that were not there yet.</param>
public sealed record MergedFile(string Path, int Runs, int NewSurveys, int NewRuns, long NewAnswers)
{
    /// <summary>Whether scores have to be computed anew.</summary>
    public bool HasChanged => NewRuns > 0 || NewAnswers > 0;
}
