namespace LocalOpinions.Store;

/// <summary>Streams a run's answers, one distribution per question, by rising source row.</summary>
sealed class AnswerReader : IDisposable
{
    /// <summary>Takes the run's number.</summary>
    public const string Sql = "SELECT source_row, options, probs FROM answers WHERE run_id = ? ORDER BY source_row, order_index";

    readonly QueryResult _query;
    readonly OrderMean _orders = new();
    double[] _distribution = [];
    int _length;
    int _row;
    bool _atEnd;

    public AnswerReader(QueryResult query)
    {
        _query = query;
        FetchIfUsedUp();
    }

    public int SourceRow { get; private set; }

    /// <summary>Mean over the orders in which the question was put, by option of the survey; valid until the next answer.</summary>
    public ReadOnlySpan<double> Distribution => _distribution.AsSpan(0, _length);

    public bool Next()
    {
        if (_atEnd)
            return false;
        SourceRow = Current;
        _orders.Clear();
        do
        {
            _orders.Add(_query.Result.Lists<int>(1)[_row], _query.Result.Lists<double>(2)[_row]);
            _row++;
            FetchIfUsedUp();
        }
        while (!_atEnd && Current == SourceRow);

        var mean = _orders.Mean();
        _length = mean.Length;
        if (_distribution.Length < _length)
            _distribution = new double[_length];
        mean.CopyTo(_distribution);
        return true;
    }

    public void Dispose() => _query.Dispose();

    int Current => _query.Result.Column<int>(0)[_row];

    void FetchIfUsedUp()
    {
        if (_row < _query.Result.RowCount)
            return;
        _row = 0;
        _atEnd = !_query.Result.NextChunk();
    }
}
