namespace LocalOpinions.Scoring.Simd.Resampling;

/// <summary>
/// Each family's sum and number of values, by column: all that a replicate's mean needs. In panels of four columns; in a panel, one family
/// after the other, four sums and then four counts.
/// </summary>
sealed class FamilySums
{
    /// <summary>Columns in a panel: the lanes of one vector.</summary>
    public const int PanelColumns = 4;

    /// <summary>Numbers of one family in a panel.</summary>
    public const int PanelWidth = 2 * PanelColumns;

    readonly double[] _panels;
    readonly double[] _sums;
    readonly double[] _counts;

    FamilySums(int columns, int families)
    {
        Columns = columns;
        Families = families;
        Panels = (columns + PanelColumns - 1) / PanelColumns;
        _panels = new double[checked(Panels * PanelWidth * families)];
        _sums = new double[columns];
        _counts = new double[columns];
    }

    public int Columns { get; }

    public int Families { get; }

    public int Panels { get; }

    public static FamilySums Of(ReadOnlySpan<double> values, int columns, ReadOnlySpan<int> families)
    {
        if (families.IsEmpty || values.Length != (long)columns * families.Length)
            throw new ArgumentException(
                $"There are {values.Length} values for {families.Length} questions and {columns} columns; there must be one for each.");

        var places = new Dictionary<int, int>();
        foreach (var family in families)
            places.TryAdd(family, places.Count);

        var sums = new FamilySums(columns, places.Count);
        for (var question = 0; question < families.Length; question++)
            sums.Add(places[families[question]], values.Slice(question * columns, columns), question);
        return sums;
    }

    public ReadOnlySpan<double> Panel(int panel) => _panels.AsSpan(panel * PanelWidth * Families, PanelWidth * Families);

    public double Mean(int column) => _sums[column] / _counts[column];

    /// <summary>The number of families in which the column has a value.</summary>
    public int FamiliesOf(int column)
    {
        var families = 0;
        for (var family = 0; family < Families; family++)
            families += _panels[Place(family, column) + PanelColumns] > 0 ? 1 : 0;
        return families;
    }

    /// <summary>
    /// The cluster-robust standard error of the mean, √(G / (G − 1) Σ (sᵢ − m·cᵢ)²) / Σ cᵢ over the G families' sums sᵢ and counts cᵢ: that
    /// of a ratio of two totals (Cochran, "Sampling Techniques", 3rd ed. 1977, section 6.3).
    /// </summary>
    public double StandardError(int column)
    {
        double mean = Mean(column), squares = 0;
        for (var family = 0; family < Families; family++)
        {
            var place = Place(family, column);
            var residual = _panels[place] - mean * _panels[place + PanelColumns];
            squares += residual * residual;
        }
        var families = FamiliesOf(column);
        return Math.Sqrt(squares * families / (families - 1)) / _counts[column];
    }

    /// <summary>Σ (m − mᵢ)³ / 6 (Σ (m − mᵢ)²)^1.5 of the means mᵢ without one family, m being their mean; 0 if they are equal.</summary>
    public double Acceleration(int column)
    {
        var means = new List<double>(Families);
        for (var family = 0; family < Families; family++)
        {
            var place = Place(family, column);
            var count = _panels[place + PanelColumns];
            if (count > 0 && _counts[column] > count)
                means.Add((_sums[column] - _panels[place]) / (_counts[column] - count));
        }
        double mean = means.Count == 0 ? 0 : means.Average(), squares = 0, cubes = 0;
        foreach (var without in means)
        {
            var difference = mean - without;
            squares += difference * difference;
            cubes += difference * difference * difference;
        }
        var acceleration = cubes / (6 * Math.Pow(squares, 1.5));
        return double.IsFinite(acceleration) ? acceleration : 0;
    }

    void Add(int family, ReadOnlySpan<double> values, int question)
    {
        for (var column = 0; column < values.Length; column++)
        {
            var value = values[column];
            if (double.IsNaN(value))
                continue;
            if (double.IsInfinity(value))
                throw new ArgumentException($"The value of question {question} in column {column} is infinite.");
            var place = Place(family, column);
            _panels[place] += value;
            _panels[place + PanelColumns]++;
            _sums[column] += value;
            _counts[column]++;
        }
    }

    int Place(int family, int column) =>
        (column / PanelColumns * Families + family) * PanelWidth + column % PanelColumns;
}
