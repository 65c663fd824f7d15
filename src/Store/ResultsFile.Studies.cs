using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store;

public sealed partial class ResultsFile
{
    /// <summary>Adds a study, or finds it by its hash.</summary>
    /// <param name="declaration">The declaration, JSON.</param>
    /// <param name="sha256">SHA-256 of it, lower-case hexadecimal: the study's identity.</param>
    /// <param name="toolVersion">Version of this program.</param>
    /// <returns>The study's number in this file.</returns>
    public int AddStudy(string declaration, string sha256, string toolVersion)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(declaration);
        ArgumentException.ThrowIfNullOrWhiteSpace(sha256);
        return Write(() =>
        {
            if (_connection.Scalar("SELECT study_id FROM studies WHERE sha256 = ?", sha256) is int known)
                return known;
            var id = NextId("studies", "study_id");
            _connection.Insert("studies", new
            {
                StudyId = id,
                Sha256 = sha256,
                Declaration = declaration,
                StartedAt = DateTime.UtcNow,
                ToolVersion = toolVersion,
            });
            return id;
        });
    }

    /// <summary>Stores which runs belong to a study and what it found, in place of what was stored of it before.</summary>
    /// <exception cref="ArgumentException">The study or a run is not in this file, or a number is infinite.</exception>
    public void ReplaceFindings(int studyId, IReadOnlyList<StudyRunRow> runs, IReadOnlyList<FindingRow> findings) => Write(() =>
    {
        if (_connection.Scalar("SELECT count(*) FROM studies WHERE study_id = ?", studyId) is 0L)
            throw new ArgumentException($"Study {studyId} is not in {FullPath}.", nameof(studyId));
        _connection.Execute("DELETE FROM study_runs WHERE study_id = ?", studyId);
        _connection.Execute("DELETE FROM study_findings WHERE study_id = ?", studyId);
        foreach (var run in runs)
        {
            SurveyOf(run.RunId);
            _connection.Insert("study_runs", new { StudyId = studyId, run.Part, run.RunId });
        }
        for (var i = 0; i < findings.Count; i++)
        {
            var f = findings[i];
            _connection.Insert("study_findings", new
            {
                StudyId = studyId,
                FindingIndex = i,
                f.ModelId,
                f.Topic,
                f.Part,
                f.Subject,
                f.Measure,
                f.N,
                f.Families,
                Value = OrNull(f.Value),
                Low = OrNull(f.Low),
                High = OrNull(f.High),
                P = OrNull(f.P),
                PHolm = OrNull(f.PHolm),
                f.Verdict,
                f.Note,
            });
        }
    });

    static double? OrNull(double value) => double.IsInfinity(value)
        ? throw new ArgumentException($"A finding cannot be {value}.")
        : double.IsNaN(value) ? null : value;
}
