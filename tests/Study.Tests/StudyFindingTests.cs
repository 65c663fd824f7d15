using LocalOpinions.Analysis.Panels;
using LocalOpinions.Store.Rows;
using LocalOpinions.Study.Findings;

namespace LocalOpinions.Study.Tests;

/// <summary>Findings from stored runs in which an effect was planted, or none.</summary>
public class StudyFindingTests
{
    [Fact]
    public void A_model_that_moves_to_one_named_country_is_found_to_do_so_and_for_no_other()
    {
        using var study = new SyntheticStudy(300);
        var standard = study.AddDefault();
        var named = SyntheticStudy.Countries.ToDictionary(c => c, c => study.AddNamed(c, c == "China" ? 0.3 : 0));
        var findings = NamingFindings.Of(study.Data, study.ModelId, standard, named);
        var wrong = findings.Where(f => f.Measure == NamingFindings.WrongCountry).ToDictionary(f => f.Subject!);
        Assert.Equal(SyntheticStudy.Countries.Order(), wrong.Keys.Order());
        Assert.Equal("yes", wrong["China"].Verdict);
        Assert.True(wrong["China"].Low > 0 && wrong["China"].PHolm < 0.01);
        Assert.All(wrong.Values.Where(f => f.Subject != "China"), f => Assert.NotEqual("yes", f.Verdict));
        var own = findings.Single(f => f.Measure == NamingFindings.OwnChange && f.Subject == "China");
        Assert.Equal("yes", own.Verdict);
        Assert.Equal(300, own.N);
        Assert.Equal(150, own.Families);
        // By hand, over all questions.
        Assert.Equal(study.People.Select((p, row) => Similarity(study, named["China"], row, "China")
            - Similarity(study, standard, row, "China")).Average(), own.Value, 1e-9);

        // Others are moved by noise alone, and the model's answers for different countries lie closer together than the people's.
        var homogeneity = HomogeneityFindings.Of(study.Data, study.ModelId, named).ToList();
        Assert.Equal("no, the opposite", homogeneity[^1].Verdict);
        Assert.Equal(homogeneity[0].Value - homogeneity[1].Value, homogeneity[2].Value, 1e-12);
    }

    [Fact]
    public void Below_a_hundred_questions_nothing_is_concluded()
    {
        using var study = new SyntheticStudy(99);
        var standard = study.AddDefault();
        var named = SyntheticStudy.Countries.ToDictionary(c => c, c => study.AddNamed(c, 0.5));
        var findings = NamingFindings.Of(study.Data, study.ModelId, standard, named);
        Assert.All(findings.Where(f => f.Verdict is not null), f => Assert.Equal(Verdict.TooFew, f.Verdict));
        Assert.All(findings, f => Assert.True(double.IsNaN(f.PHolm)));
    }

    [Fact]
    public void A_planted_preference_for_labels_is_measured_and_divided_out()
    {
        using var study = new SyntheticStudy(200);
        var run = study.AddRotated(fall: 0.5);
        var data = study.Data;
        var findings = OrderFindings.Of(study.Results, data, study.ModelId, new("default-orders", run));
        var bias = findings.Single(f => f.Measure == "A-bias");
        Assert.Equal("yes", bias.Verdict);
        Assert.InRange(bias.Value, 0.1, 0.3);
        Assert.True(findings.Single(f => f.Subject == "last").Value < -0.05);

        // Where the assumption of the prior holds it gives the model's opinion back exactly: nearer to it than the mean over orders is.
        var answers = OrderedAnswer.Read(study.Results, run);
        Assert.All(answers, a => Assert.True(a.IsCyclic));
        var priors = new LabelPriors(answers, seed: 1);
        foreach (var (options, prior) in priors.Priors)
        {
            var whole = Enumerable.Range(0, options).Sum(i => Math.Pow(0.5, i));
            for (var i = 0; i < options; i++)
                Assert.Equal(Math.Pow(0.5, i) / whole, prior[i], 1e-9);
        }
        foreach (var answer in answers)
        {
            var without = answer.Without(priors.Priors[answer.Count]);
            for (var i = 0; i < without.Length; i++)
                Assert.Equal(study.Standard[answer.SourceRow][i], without[i], 1e-9);
        }
        Assert.True(priors.Prompts < priors.AllPrompts / 2);
        var corrected = Value(findings, "distance from the mean over orders, label prior divided out");
        Assert.True(corrected < Value(findings, "distance from the mean over orders, survey's order"));
    }

    [Fact]
    public void Shares_alone_have_the_same_label_prior_and_none_where_a_label_has_no_probability()
    {
        using var study = new SyntheticStudy(20);
        var answers = OrderedAnswer.Read(study.Results, study.AddRotated(fall: 0.5));
        foreach (var answer in answers)
        {
            var shares = answer with { LogProbs = [.. answer.LogProbs.Select(_ => Array.Empty<double>())] };
            Assert.All(answer.Prior().Zip(shares.Prior()), p => Assert.Equal(p.First, p.Second, 1e-12));
        }
        var zero = answers[0] with { LogProbs = [.. answers[0].LogProbs.Select(p => p.Select(_ => double.NegativeInfinity).ToArray())] };
        Assert.True(zero.IsCyclic);
        Assert.False(zero.HasPrior);
    }

    static double Value(IEnumerable<FindingRow> findings, string measure) => findings.Single(f => f.Measure == measure).Value;

    static double Similarity(SyntheticStudy study, int run, int row, string country)
    {
        using var rows = study.Results.Query(
            "SELECT similarity_bits FROM similarities_long WHERE run_id = ? AND source_row = ? AND country = ?", run, row, country);
        return (double)rows.Rows.Single()[0]!;
    }
}
