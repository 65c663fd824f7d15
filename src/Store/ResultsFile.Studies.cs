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
            _connection.Execute("INSERT INTO studies VALUES (?, ?, ?, ?, ?)", id, sha256, declaration, DateTime.UtcNow, toolVersion);
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
            _connection.Execute("INSERT INTO study_runs VALUES (?, ?, ?)", studyId, run.Part, run.RunId);
        }
        for (var i = 0; i < findings.Count; i++)
        {
            var f = findings[i];
            _connection.Execute(
                "INSERT INTO study_findings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                studyId, i, f.ModelId, f.Topic, f.Part, f.Subject, f.Measure, f.N, f.Families, OrNull(f.Value), OrNull(f.Low),
                OrNull(f.High), OrNull(f.P), OrNull(f.PHolm), f.Verdict, f.Note);
        }
    });

    static double? OrNull(double value) => double.IsInfinity(value)
        ? throw new ArgumentException($"A finding cannot be {value}.")
        : double.IsNaN(value) ? null : value;
}
