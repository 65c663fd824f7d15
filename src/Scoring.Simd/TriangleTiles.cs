namespace LocalOpinions.Scoring.Simd;

/// <summary>A rectangle of the square of pairs, of which the part above the diagonal counts.</summary>
readonly record struct TriangleTile(int FirstRow, int EndRow, int FirstColumn, int EndColumn);

/// <summary>The rectangles that cover the pairs of rows, each small enough for its columns to stay in the second-level cache.</summary>
readonly struct TriangleTiles(int rows)
{
    const int TileRows = 256;
    const int TileColumns = 2048;

    /// <summary>The number of tiles, those wholly below the diagonal included: they hold no work.</summary>
    public int Count => Ceiling(rows, TileRows) * Ceiling(rows, TileColumns);

    public TriangleTile this[int tile]
    {
        get
        {
            var row = tile % Ceiling(rows, TileRows) * TileRows;
            var column = tile / Ceiling(rows, TileRows) * TileColumns;
            return new(row, Math.Min(row + TileRows, rows), column, Math.Min(column + TileColumns, rows));
        }
    }

    static int Ceiling(int value, int step) => (value + step - 1) / step;
}
