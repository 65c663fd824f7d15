using LocalOpinions.Store.Bulk;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store;

public sealed partial class ResultsFile
{
    /// <summary>Stores what a model says of texts of a run, in one transaction.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="classifier">The model.</param>
    /// <param name="rows">Texts of which it has said nothing yet.</param>
    /// <exception cref="ArgumentException">The run is not in this file. Nothing is stored.</exception>
    public void AppendTextClasses(int runId, TextClassifier classifier, IReadOnlyList<TextClassRow> rows) => Write(() =>
    {
        SurveyOf(runId);
        using var table = new TableAppender(_connection, "text_classes");
        foreach (var r in rows)
            table.Write(runId).Write(r.SourceRow).Write(r.Sequence).Write(classifier.Sha256).Write(classifier.Name)
                .Write(classifier.Wording).Write(classifier.WordingSha256).Write(r.OptionIndex is null ? "none" : "option")
                .Write(r.OptionIndex).Write(r.Probability).Write(r.OffMenu).EndRow();
        table.Complete();
    });
}
