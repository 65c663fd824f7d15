using LocalOpinions.Store.Bulk;

namespace LocalOpinions.Analysis.Scores;

/// <summary>
/// How evenly near a run is to countries by one measure, and to whom it is nearest on each topic: after what each question does to
/// everybody is taken out, because countries were asked different questions.
/// </summary>
/// <remarks>
/// Evenness is 1 less the coefficient of variation over groups, as in SynthBench; consistency over topics is that of Santurkar et al.
/// (arXiv 2303.17548), whose groups answered the same questions.
/// </remarks>
sealed class Nearness
{
    /// <summary>Questions of a topic that a country needs to be compared on it.</summary>
    const int FewestOfTopic = 10;

    readonly ScoringSurvey _survey;
    readonly string _measure;
    int[] _columns = [];

    // Pairs of question and country that has an answer, question by question: where each question's begin, and by pair the country's place
    // among the columns, the run's nearness and the uniform answerer's. Most countries were not asked most questions.
    readonly int[] _starts;
    int[] _places = [];
    double[] _near = [], _uniform = [];

    // By question, their means over those who were asked.
    readonly double[] _nearMeans, _uniformMeans;

    /// <param name="survey">The survey.</param>
    /// <param name="measure">The measure's name.</param>
    public Nearness(ScoringSurvey survey, string measure)
    {
        (_survey, _measure) = (survey, measure);
        _starts = new int[survey.Rows.Length + 1];
        (_nearMeans, _uniformMeans) = (new double[survey.Rows.Length], new double[survey.Rows.Length]);
    }

    int Pairs => _starts[^1];

    /// <summary>Takes in a run, in place of the one before.</summary>
    /// <param name="near">How near the run is, question by country, 1 for alike.</param>
    /// <param name="uniform">The same of an answerer who finds every option equally likely.</param>
    /// <param name="thinBelow">Questions that a country needs.</param>
    public void Read(SimilarityMatrix near, SimilarityMatrix uniform, int thinBelow)
    {
        var counts = near.Counts();
        _columns = [.. Enumerable.Range(0, counts.Length).Where(c => _survey.Countries[c].IsNational && counts[c] >= thinBelow)];
        var pairs = _columns.Sum(c => counts[c]);
        if (_places.Length < pairs)
            (_places, _near, _uniform) = (new int[pairs], new double[pairs], new double[pairs]);
        var at = 0;
        for (var question = 0; question < near.Questions; question++)
        {
            var (nearSum, uniformSum) = (0.0, 0.0);
            for (var place = 0; place < _columns.Length; place++)
            {
                var value = near[question, _columns[place]];
                if (double.IsNaN(value))
                    continue;
                (_places[at], _near[at], _uniform[at]) = (place, value, uniform[question, _columns[place]]);
                nearSum += value;
                uniformSum += _uniform[at++];
            }

            _starts[question + 1] = at;
            var asked = at - _starts[question];
            (_nearMeans[question], _uniformMeans[question]) = (nearSum / asked, uniformSum / asked);
        }
    }

    public void AppendEvenness(TableAppender table, int runId)
    {
        if (_columns.Length < 2)
            return;
        var (near, uniform) = (new Spread(this, _near, _nearMeans), new Spread(this, _uniform, _uniformMeans));
        var standardError = near.StandardError(out var families);
        table.Write(runId).Write(_measure).Write(_columns.Length).Write(near.Mean).Write(near.Deviation).WriteOrNull(standardError)
            .Write(uniform.Mean).Write(uniform.Deviation).Write(families);
        table.EndRow();
    }

    public void AppendTopics(TableAppender table, int runId)
    {
        if (_columns.Length < 2)
            return;
        var overall = NearestOf([.. Enumerable.Range(0, _nearMeans.Length)], fewest: 1, out _);
        foreach (var (topic, questions) in _survey.Topics)
        {
            var nearest = NearestOf(questions, FewestOfTopic, out var compared);
            if (!compared.Contains(overall) || compared.Count < 2)
                continue;
            int[] common = [.. questions.Where(q => Pair(q, nearest) >= 0 && Pair(q, overall) >= 0)];
            if (common.Length == 0)
                continue;
            var (ahead, standardError, families) = Paired(common, nearest, overall);
            table.Write(runId).Write(_measure).Write(topic).Write(_survey.Countries[_columns[nearest]].Id)
                .Write(_survey.Countries[_columns[overall]].Id).Write(compared.Count).Write(common.Length).Write(families).Write(ahead)
                .WriteOrNull(standardError);
            table.EndRow();
        }
    }

    /// <summary>
    /// The place with the largest mean deviation, beyond the uniform answerer's, of those that were asked enough of the questions.
    /// </summary>
    int NearestOf(int[] questions, int fewest, out IReadOnlySet<int> compared)
    {
        var (sums, counts) = (new double[_columns.Length], new int[_columns.Length]);
        foreach (var question in questions)
        {
            var shared = _nearMeans[question] - _uniformMeans[question];
            for (var at = _starts[question]; at < _starts[question + 1]; at++)
            {
                sums[_places[at]] += _near[at] - _uniform[at] - shared;
                counts[_places[at]]++;
            }
        }

        compared = Enumerable.Range(0, sums.Length).Where(place => counts[place] >= fewest).ToHashSet();
        return compared.Count == 0 ? -1 : compared.MaxBy(place => sums[place] / counts[place]);
    }

    // Negative where the country was not asked.
    int Pair(int question, int place) =>
        Array.BinarySearch(_places, _starts[question], _starts[question + 1] - _starts[question], place);

    // The cluster-robust standard error of a mean, as FamilySums.StandardError has it.
    (double Mean, double StandardError, int Families) Paired(int[] questions, int one, int other)
    {
        double Of(int question)
        {
            var (a, b) = (Pair(question, one), Pair(question, other));
            return _near[a] - _uniform[a] - _near[b] + _uniform[b];
        }

        var mean = questions.Average(Of);
        var residuals = questions.GroupBy(q => _survey.Families[q]).Select(family => family.Sum(q => Of(q) - mean)).ToList();
        var (count, squares) = (residuals.Count, residuals.Sum(r => r * r));
        return (mean, count < 2 ? double.NaN : Math.Sqrt(squares * count / (count - 1)) / questions.Length, count);
    }

    /// <summary>The countries' means, as if all had been asked the same: mean deviations, put back onto the mean of all pairs.</summary>
    sealed class Spread
    {
        readonly Nearness _of;
        readonly double[] _values, _questionMeans, _deviations;
        readonly int[] _counts;
        readonly double _grand, _middle;

        public Spread(Nearness of, double[] values, double[] questionMeans)
        {
            (_of, _values, _questionMeans) = (of, values, questionMeans);
            (_deviations, _counts) = (new double[of._columns.Length], new int[of._columns.Length]);
            for (var question = 0; question < questionMeans.Length; question++)
            {
                for (var at = of._starts[question]; at < of._starts[question + 1]; at++)
                {
                    _counts[of._places[at]]++;
                    _deviations[of._places[at]] += values[at] - questionMeans[question];
                    _grand += values[at];
                }
            }

            _grand /= of.Pairs;
            for (var place = 0; place < _counts.Length; place++)
                _deviations[place] /= _counts[place];
            _middle = _deviations.Average();
            Mean = _grand + _middle;
            Deviation = Math.Sqrt(_deviations.Average(d => (d - _middle) * (d - _middle)));
        }

        public double Mean { get; }

        public double Deviation { get; }

        /// <summary>
        /// Of 1 - deviation / mean, by the delta method: what each family moves the countries' means, times what these move it.
        /// </summary>
        public double StandardError(out int families)
        {
            var influences = new Dictionary<int, double>();
            for (var question = 0; question < _questionMeans.Length; question++)
            {
                var (from, to) = (_of._starts[question], _of._starts[question + 1]);
                if (from == to)
                    continue;
                var influence = 0.0;
                for (var at = from; at < to; at++)
                {
                    var place = _of._places[at];
                    influence += (_middle - _deviations[place]) / (_counts.Length * Deviation * Mean)
                        * (_values[at] - _questionMeans[question] - _deviations[place]) / _counts[place]
                        + Deviation / (Mean * Mean) * (_values[at] - _grand) / _of.Pairs;
                }

                var family = _of._survey.Families[question];
                influences[family] = influences.GetValueOrDefault(family) + influence;
            }

            families = influences.Count;
            var variance = influences.Values.Sum(i => i * i) * families / (families - 1);
            return double.IsFinite(variance) ? Math.Sqrt(variance) : double.NaN;
        }
    }
}
