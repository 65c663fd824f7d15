using LocalOpinions.Store.Sql;

namespace LocalOpinions.Store.Tests;

/// <summary>Every worked query of docs/sql.md on a study's file, where controls, orders and templates lie in wait, gives the right
/// answer.</summary>
public sealed class WorkedQueryTests : StoreTest
{
    const double Rounded = 0.000501, RoundedFiner = 0.0000501;

    readonly ResultsFile _results;
    readonly StudyFile _study;
    readonly HashSet<string> _asked = [];

    public WorkedQueryTests() => _study = new(_results = Fresh());

    [Fact]
    public void Each_gives_the_right_answer()
    {
        NearestCountries();
        Worth();
        OneRun();
        Differences();
        Moves();
        Topics();
        RunsSideBySide();
        Assert.Equal([], WorkedQuery.All.Select(q => q.Question).Except(_asked));
        _results.Dispose();
    }

    void NearestCountries()
    {
        Assert.Equal(
            [["one", "Kenya"], ["other", "Brazil"]],
            Ask("Which country's people is each model nearest to").Select(r => new[] { r["model"], r["country"] }));
        var ranking = Ask("Which countries are a run's answers closest to");
        Assert.Equal(StudyFile.Countries.OrderByDescending(c => _study.Mean(StudyFile.Plain, c)), ranking.Select(r => r["country"]));
        Assert.All(ranking, r => Near(_study.Mean(StudyFile.Plain, (string)r["country"]!), r["similarity"]));
        foreach (var r in Ask("Where does a model stand between knowing nothing"))
        {
            var country = (string)r["country"]!;
            Near(Rows().Average(row => StudyFile.Similarity(Uniform(row), _study.Humans[row][country])), r["uniform"]);
            var nearest = StudyFile.Countries.Where(c => c != country)
                .MaxBy(c => Rows().Average(row => StudyFile.Similarity(_study.Humans[row][c], _study.Humans[row][country])));
            Assert.Equal(nearest, r["nearest_country"]);
        }
    }

    void Worth()
    {
        var worth = Ask("What is a run's similarity worth");
        Assert.Equal("all", worth[0]["country"]);
        foreach (var r in worth.Skip(1))
        {
            var country = (string)r["country"]!;
            double[] World(int row) => [.. _study.Humans[row][country].Select((_, k) =>
                StudyFile.Countries.Where(c => c != country).Average(c => _study.Humans[row][c][k]))];
            Near(_study.Mean(StudyFile.Plain, country), r["model"]);
            Near(Rows().Average(row => StudyFile.Similarity(World(row), _study.Humans[row][country])), r["world_without_it"]);
        }

        Near(StudyFile.Countries.Average(c => _study.Mean(StudyFile.Plain, c)), worth[0]["model"]);
        var score = Ask("Is a model better where people agree").Single(r => (string?)r["model"] == "one" && (string?)r["entropy"] == "all");
        double Distance(Func<int, double[]> answer) => Rows().Sum(
            row => StudyFile.Countries.Sum(c => Variation(answer(row), _study.Humans[row][c])));
        Near(100 * (1 - Distance(row => _study.Answers[StudyFile.Plain][row]) / Distance(Uniform)), score["score"], 0.0501);
        var pair = Assert.Single(Ask("How alike are models with each other"));
        Near(Rows().Average(row => StudyFile.Similarity(
            _study.Answers[StudyFile.Plain][row], _study.Answers[StudyFile.OtherPlain][row])), pair["similarity"]);
        Near(StudyFile.Countries.Average(one => Rows().Average(row => StudyFile.Countries.Where(c => c != one)
            .Average(other => StudyFile.Similarity(_study.Humans[row][one], _study.Humans[row][other])))), pair["peoples"]);
    }

    void OneRun()
    {
        var germany = Ask("What did the model answer to one question");
        Assert.Equal(_study.Humans[4]["Germany"].Length, germany.Count);
        Assert.All(germany.Index(), x => Near(_study.Answers[StudyFile.Plain][4][x.Index], x.Item["model"]));
        Assert.All(germany.Index(), x => Near(_study.Humans[4]["Germany"][x.Index], x.Item["germany"]));

        string[] everybody = [.. StudyFile.Countries, StudyFile.Village];
        var unlike = Ask("On which questions is the model most unlike everybody");
        var expected = Rows().OrderBy(row => everybody.Max(c => _study.Similarity(StudyFile.Plain, row, c))).Take(10);
        Assert.Equal(expected, unlike.Select(r => (int)r["source_row"]!));

        var alike = Ask("The measures themselves are macros");
        Assert.Equal("Germany", alike[0]["label"]);
        Near(StudyFile.Similarity(_study.Humans[4]["Kenya"], _study.Humans[4]["Germany"]),
            alike.Single(r => (string?)r["label"] == "Kenya")["similarity"]);

        var agreement = Ask("What do other measures say").Single(r => (string?)r["measure"] == "total_variation"
            && (string?)r["country"] == "China");
        Near(Rows().Average(row => Variation(_study.Answers[StudyFile.Plain][row], _study.Humans[row]["China"])), agreement["mean"]);
    }

    void Differences()
    {
        var models = Ask("Is one model more like a country than another");
        Assert.Equal(StudyFile.Countries.Length + 1, models.Count);
        Assert.All(models, r => Assert.True((string?)r["model"] is "one" or "other"));
        foreach (var r in models)
        {
            var sign = (string?)r["model"] == "one" ? 1 : -1;
            var country = (string)r["country"]!;
            var difference = _study.Mean(StudyFile.Plain, country) - _study.Mean(StudyFile.OtherPlain, country);
            Near(sign * difference, r["difference"], RoundedFiner);
        }

        var naming = Ask("Does naming a country in the prompt move the answers");
        Assert.Equal(4, naming.Count);
        foreach (var r in naming)
        {
            var (plain, country) = (Run(r["model"]), (string)r["country"]!);
            Assert.Equal(r["prompted_country"], r["country"]);
            Near(_study.Mean(_study.Named(plain, country), country) - _study.Mean(plain, country), r["difference"], RoundedFiner);
        }
    }

    void Moves()
    {
        var moves = Ask("On which questions does naming a country move a model most");
        var all = new[] { StudyFile.Plain, StudyFile.OtherPlain }.SelectMany(plain => Rows().Select(row => (plain, row,
            moved: Variation(_study.Answers[plain][row], _study.Answers[_study.Named(plain, "China")][row]))));
        Assert.Equal(all.OrderByDescending(x => x.moved).Take(10).Select(x => (x.plain, x.row)),
            moves.Select(r => (Run(r["model"]), (int)r["source_row"]!)));
        foreach (var r in moves)
        {
            var (plain, row) = (Run(r["model"]), (int)r["source_row"]!);
            double Nearer(string c) => _study.Similarity(_study.Named(plain, "China"), row, c) - _study.Similarity(plain, row, c);
            Near(Nearer("China"), r["nearer_to_them"]);
            Near(StudyFile.Countries.Where(c => c != "China").Average(Nearer), r["nearer_to_others"]);
        }
    }

    void Topics()
    {
        var groups = Ask("Which regions, and on which topics");
        Near(Rows(StudyFile.IsReligion).Average(row => StudyFile.Countries.Average(c => _study.Similarity(StudyFile.Plain, row, c))),
            groups.Single(r => (string?)r["name"] == "religion")["similarity"]);

        var topics = Ask("On which topics do two runs differ most");
        Assert.Equal(2, topics.Count);
        foreach (var r in topics)
        {
            double Difference(int row) => StudyFile.Countries.Average(
                c => _study.Similarity(StudyFile.Plain, row, c) - _study.Similarity(StudyFile.OtherPlain, row, c));
            IsInterval(r, "difference", (string?)r["topic"] == "religion", Difference, RoundedFiner);
        }

        var religion = Ask("Whom does a run resemble on one topic");
        Assert.Equal(StudyFile.Countries.OrderByDescending(c => _study.Mean(StudyFile.Plain, c, StudyFile.IsReligion)),
            religion.Select(r => r["country"]));
        foreach (var r in religion)
            IsInterval(r, "similarity", true, row => _study.Similarity(StudyFile.Plain, row, (string)r["country"]!), Rounded);
    }

    void RunsSideBySide()
    {
        Assert.All(Ask("Do models say don't know as often"), r => Assert.True((string?)r["model"] is "one" or "other"));
        Assert.Equal(_results.Runs().Count, Ask("How much of each run's probability").Count);
        var agree = Assert.Single(Ask("Do models agree with each other"));
        Assert.Equal(["one", "other", (long)StudyFile.Questions], new[] { agree["model"], agree["other_model"], agree["questions"] });
        Near(Rows().Max(row => _study.Answers[StudyFile.Plain][row].Zip(_study.Answers[StudyFile.OtherPlain][row],
            (p, q) => Math.Abs(p - q)).Max()), agree["largest_difference"], 1e-9);
        // Each option stood everywhere equally often and no place is preferred.
        Assert.Equal([2, 3, 4], Ask("How much does the answer depend on an option's place").Select(r =>
        {
            Near(0, r["pull_of_a"]);
            return Convert.ToInt32(r["options"]);
        }));
        var neighbours = Ask("Which differences between neighbours");
        Assert.Equal(2 * StudyFile.Countries.Length, neighbours.Count);
        Assert.Equal(["one", "other"], neighbours.Select(r => r["model"]).Distinct());
    }

    // By the textbook: deviations summed within item families, Student's t for one family less than there are.
    void IsInterval(Dictionary<string, object?> row, string column, bool religion, Func<int, double> value, double within)
    {
        int[] rows = [.. Rows(r => StudyFile.IsReligion(r) == religion)];
        var mean = rows.Average(value);
        var families = rows.GroupBy(r => r / 2).Select(g => g.Sum(r => value(r) - mean)).ToList();
        // 20 families of one question, or 30 families of 40 questions.
        var t = families.Count == 20 ? 2.093024 : 2.045230;
        var half = t * Math.Sqrt(families.Sum(d => d * d) * families.Count / (families.Count - 1)) / rows.Length;
        Assert.Equal((long)rows.Length, Convert.ToInt64(row["n"]));
        Near(mean, row[column], within);
        Near(mean - half, row["low"], within);
        Near(mean + half, row["high"], within);
    }

    List<Dictionary<string, object?>> Ask(string question)
    {
        var query = WorkedQuery.All.Single(q => q.Question.StartsWith(question, StringComparison.Ordinal));
        _asked.Add(query.Question);
        using var answer = _results.Query(query.Sql);
        var names = answer.Columns.Select(c => c.Name).ToArray();
        List<Dictionary<string, object?>> rows = [.. answer.Rows.Select(r => names.Zip(r).ToDictionary(x => x.First, x => x.Second))];
        Assert.True(rows.Count > 0, $"No rows: {query.Sql}");
        return rows;
    }

    int Run(object? model) => (string?)model == "one" ? StudyFile.Plain : StudyFile.OtherPlain;

    double[] Uniform(int row) => [.. _study.Humans[row]["China"].Select(_ => 1.0 / _study.Humans[row]["China"].Length)];

    static IEnumerable<int> Rows(Func<int, bool>? of = null) => Enumerable.Range(0, StudyFile.Questions).Where(of ?? (_ => true));

    static double Variation(double[] p, double[] q) => p.Zip(q, (a, b) => Math.Abs(a - b)).Sum() / 2;

    static void Near(double expected, object? actual, double within = Rounded) => Assert.InRange(
        Convert.ToDouble(actual, System.Globalization.CultureInfo.InvariantCulture), expected - within, expected + within);
}
