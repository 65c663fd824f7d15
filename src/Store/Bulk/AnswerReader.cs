using LocalOpinions.Scoring.Simd.Effects;
using LocalOpinions.Store.Chunks;

namespace LocalOpinions.Store.Bulk;

/// <summary>Streams answers, one distribution per run and question, by rising run and source row.</summary>
sealed class AnswerReader : IDisposable
{
    readonly Result _answers;
    readonly IDisposable? _owner;
    readonly OrderMean _orders = new();
    int _row;
    bool _atEnd;
    bool _isBorrowed;
    int _borrowedRow;

    /// <param name="answers">The result of the query <see cref="Of"/>; disposed with this.</param>
    /// <param name="owner">What else is disposed with this.</param>
    public AnswerReader(Result answers, IDisposable? owner = null)
    {
        (_answers, _owner) = (answers, owner);
        FetchIfUsedUp();
    }

    public int RunId { get; private set; }

    public int SourceRow { get; private set; }

    /// <summary>By option of the survey, the mean over the orders in which the question was put; valid until the next answer.</summary>
    /// <remarks>A single answer in the survey's own order is DuckDB's memory itself.</remarks>
    public ReadOnlySpan<double> Distribution => _isBorrowed ? _answers.Lists<double>(3)[_borrowedRow] : _orders.Mean();

    /// <summary>The query whose result this reads.</summary>
    public static string Of(IReadOnlyCollection<int> runIds) =>
        $"SELECT run_id, source_row, options, probs FROM answers WHERE run_id {RunIds.In(runIds)} ORDER BY run_id, source_row, order_index";

    public bool Next()
    {
        // What was borrowed is not needed any more, so its chunk may go.
        FetchIfUsedUp();
        if (_atEnd)
            return false;
        (RunId, SourceRow) = Current;
        _isBorrowed = IsSingle() && IsOwnOrder(_answers.Lists<int>(2)[_row]);
        if (_isBorrowed)
        {
            _borrowedRow = _row++;
            return true;
        }

        _orders.Clear();
        do
        {
            _orders.Add(_answers.Lists<int>(2)[_row], _answers.Lists<double>(3)[_row]);
            _row++;
            FetchIfUsedUp();
        }
        while (!_atEnd && Current == (RunId, SourceRow));
        return true;
    }

    public void Dispose()
    {
        _answers.Dispose();
        _owner?.Dispose();
    }

    (int, int) Current => (_answers.Column<int>(0)[_row], _answers.Column<int>(1)[_row]);

    // The last row of a chunk may go on in the next one.
    bool IsSingle()
    {
        if (_row + 1 >= _answers.RowCount)
            return false;
        return _answers.Column<int>(1)[_row + 1] != SourceRow || _answers.Column<int>(0)[_row + 1] != RunId;
    }

    static bool IsOwnOrder(ReadOnlySpan<int> options)
    {
        for (var i = 0; i < options.Length; i++)
        {
            if (options[i] != i)
                return false;
        }

        return true;
    }

    void FetchIfUsedUp()
    {
        if (_atEnd || _row < _answers.RowCount)
            return;
        _row = 0;
        _atEnd = !_answers.NextChunk();
    }
}
