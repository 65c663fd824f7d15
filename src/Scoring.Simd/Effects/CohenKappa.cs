namespace LocalOpinions.Scoring.Simd.Effects;

/// <summary>
/// Agreement of two coders beyond chance, for codes without an order (Cohen 1960), with its standard error over clusters by the jackknife.
/// </summary>
/// <param name="Units">What both coded.</param>
/// <param name="Agreement">The share that both coded alike.</param>
/// <param name="Kappa">1 for perfect agreement, 0 for that of chance, below 0 for less; NaN where there is nothing, or one code alone.
/// </param>
/// <param name="StandardError">Of <paramref name="Kappa"/>; NaN below two clusters, or where one without another's units has none.</param>
/// <param name="Clusters">The clusters.</param>
public readonly record struct CohenKappa(int Units, double Agreement, double Kappa, double StandardError, int Clusters)
{
    /// <summary>
    /// κ = (p − e) / (1 − e), where p is the share of agreement and e what both coders' shares of codes make of it by chance. Each cluster
    /// is left out once: the squared error is (G − 1) / G times the sum of squared distances of those values from their mean.
    /// </summary>
    /// <param name="codes">Of each unit its cluster and both codes.</param>
    public static CohenKappa Of<T>(IReadOnlyList<(T Cluster, int First, int Second)> codes) where T : notnull
    {
        var all = new Table();
        Dictionary<T, Table> clusters = [];
        foreach (var (cluster, first, second) in codes)
        {
            all.Add(first, second);
            if (!clusters.TryGetValue(cluster, out var own))
                clusters.Add(cluster, own = new());
            own.Add(first, second);
        }
        double[] without = [.. clusters.Values.Select(all.KappaWithout)];
        var error = double.NaN;
        if (without.Length > 1)
        {
            var mean = without.Average();
            error = Math.Sqrt((without.Length - 1.0) / without.Length * without.Sum(k => (k - mean) * (k - mean)));
        }
        return new(codes.Count, all.Agreement, all.KappaWithout(new()), error, clusters.Count);
    }

    sealed class Table
    {
        readonly Dictionary<int, long> _first = [], _second = [];
        long _units, _alike;

        public double Agreement => (double)_alike / _units;

        public void Add(int first, int second)
        {
            _units++;
            if (first == second)
                _alike++;
            _first[first] = _first.GetValueOrDefault(first) + 1;
            _second[second] = _second.GetValueOrDefault(second) + 1;
        }

        public double KappaWithout(Table left)
        {
            double units = _units - left._units, chance = 0;
            foreach (var (code, count) in _first)
            {
                chance += (count - left._first.GetValueOrDefault(code)) / units
                    * ((_second.GetValueOrDefault(code) - left._second.GetValueOrDefault(code)) / units);
            }
            return chance < 1 ? ((_alike - left._alike) / units - chance) / (1 - chance) : double.NaN;
        }
    }
}
