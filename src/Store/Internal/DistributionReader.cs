namespace LocalOpinions.Store;

/// <summary>Gathers the rows (source row, key, probability), sorted by the first two, into one distribution per pair.</summary>
sealed class DistributionReader : IDisposable
{
    readonly QueryResult _query;
    readonly List<double> _buffer = [];
    int _index;
    bool _atEnd;

    public DistributionReader(QueryResult query)
    {
        _query = query;
        FetchIfUsedUp();
    }

    public int SourceRow { get; private set; }

    public int Key { get; private set; }

    public double[] Probabilities { get; private set; } = [];

    public bool Next()
    {
        if (_atEnd)
            return false;
        (SourceRow, Key) = (Current(0), Current(1));
        _buffer.Clear();
        do
        {
            _buffer.Add(_query.Result.Column<double>(2)[_index++]);
            FetchIfUsedUp();
        }
        while (!_atEnd && Current(0) == SourceRow && Current(1) == Key);

        Probabilities = [.. _buffer];
        return true;
    }

    public void Dispose() => _query.Dispose();

    int Current(int column) => _query.Result.Column<int>(column)[_index];

    void FetchIfUsedUp()
    {
        if (_index < _query.Result.RowCount)
            return;
        _index = 0;
        _atEnd = !_query.Result.NextChunk();
    }
}
