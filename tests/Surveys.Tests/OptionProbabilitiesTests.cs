using System.Text;
using LocalOpinions.Surveys.Formats;
using LocalOpinions.Surveys.Imports;

namespace LocalOpinions.Surveys.Tests;

public sealed class OptionProbabilitiesTests : IDisposable
{
    const string Header = "model,condition,prompted_country,source_row,option_index,prob,off_menu\n";

    readonly string _folder = Directory.CreateTempSubdirectory("localopinions-import-").FullName;
    readonly Survey _survey;

    public OptionProbabilitiesTests()
    {
        var path = Path.Combine(_folder, "s.csv");
        File.WriteAllText(path, """
            question,selections,options,source
            "First, with a comma?","{'France': [0.5, 0.5]}","['yes', 'no']",GAS
            Same text,"{'France': [0.5, 0.3, 0.2]}","['a', 'b', 'c']",GAS
            Same text,"{'Kenya': [0.5, 0.5]}","['x', 'y']",WVS

            """);
        _survey = SurveyLoader.Load(path);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Rows_become_runs_by_model_condition_and_country()
    {
        var runs = Load(Header + """
            gpt,,,1,2,0.2,0.1
            gpt,,,1,0,0.5,0.1
            gpt,,,1,1,0.3,0.1
            gpt,default,,0,0,0.25,
            gpt,default,,0,1,0.5,
            gpt,,KEN,0,0,1,0
            gpt,,Kenya,0,1,0,0
            "claude, big",linguistic,,2,0,0.27,0.1
            "claude, big",linguistic,,2,1,0.63,0.1

            """);
        Assert.Equal(["gpt|default|", "gpt|cross-national|Kenya", "claude, big|linguistic|"],
            runs.Select(r => $"{r.Model}|{r.Way.Condition}|{r.Way.Country?.Name}"));
        Assert.Equal([0, 1], runs[0].Answers.Select(a => a.SourceRow));
        Near([1 / 3.0, 2 / 3.0], runs[0].Answers[0].Probabilities);
        Assert.Equal(0.25, runs[0].Answers[0].OffMenu!.Value, 1e-12);
        Near([0.5, 0.3, 0.2], runs[0].Answers[1].Probabilities);
        Assert.Equal(0.1, runs[0].Answers[1].OffMenu);
        Near([0.3, 0.7], runs[2].Answers[0].Probabilities);
    }

    [Fact]
    public void Orders_are_told_apart_by_their_number_and_an_answer_without_one_of_them_is_set_aside()
    {
        const string Ordered = "model,source_row,option_order,order_index,option_index,prob\n";
        const string Whole = "m,1,cyclic,0,0,0.5\nm,1,cyclic,0,1,0.3\nm,1,cyclic,0,2,0.2\nm,1,cyclic,2,0,0.1\nm,1,cyclic,2,1,0.1\n"
            + "m,1,cyclic,2,2,0.8\nm,1,cyclic,1,0,0.2\nm,1,cyclic,1,1,0.2\nm,1,cyclic,1,2,0.6\n";
        var answers = Assert.Single(Load(Ordered + Whole)).Answers;
        Assert.Equal([0, 1, 2], answers.Select(a => a.OrderIndex!.Value));
        Assert.Equal([1, 2, 0], answers[1].Order!);
        Near([0.2, 0.2, 0.6], answers[1].Probabilities);

        File.WriteAllText(Path.Combine(_folder, "answers.csv"), Ordered + Whole + "m,0,cyclic,0,0,0.5\nm,0,cyclic,0,1,0.5\n");
        var loaded = OptionProbabilities.Load(Path.Combine(_folder, "answers.csv"), _survey);
        Assert.Equal([1, 1, 1], loaded.Runs[0].Answers.Select(a => a.SourceRow));
        var aside = Assert.Single(loaded.SetAside);
        Assert.Equal((0, "order 1"), (aside.SourceRow, aside.Describe()));
    }

    [Fact]
    public void Who_was_named_instead_is_read_under_the_control_alone()
    {
        const string Named = "model,prompted_country,named_country,control,source_row,option_index,prob\n";
        var answer = Load(Named + "m,Kenya,FRA,wrong-country,0,0,1\nm,Kenya,FRA,wrong-country,0,1,0\n")[0].Answers[0];
        Assert.Equal("France", answer.NamedInstead!.PromptedAs);
        Assert.Null(Load(Named + "m,Kenya,,wrong-country,0,0,1\nm,Kenya,,wrong-country,0,1,0\n")[0].Answers[0].NamedInstead);
    }

    [Fact]
    public void Questions_are_named_by_id_too() =>
        Assert.Equal([0, 2], Load("model,question_id,option_index,prob\nm,2,0,0.4\nm,2,1,0.6\nm,0,0,1\nm,0,1,0\n")[0].Answers
            .Select(a => a.SourceRow));

    [Fact]
    public void What_options_lack_of_one_is_off_the_menu_and_shares_alone_say_nothing_of_it()
    {
        Assert.Null(Load("model,source_row,option_index,prob\nm,0,0,0.4\nm,0,1,0.6\n")[0].Answers[0].OffMenu);
        var logarithms = Load($"model,source_row,option_index,log_prob\nm,0,0,{Math.Log(0.4):R}\nm,0,1,{Math.Log(0.6):R}\n")[0].Answers[0];
        Assert.Equal(0, logarithms.OffMenu!.Value, 1e-12);
        var none = Load("model,source_row,option_index,log_prob\nm,0,0,-Infinity\nm,0,1,-1\n")[0].Answers[0];
        Assert.Equal([0.0, 1.0], none.Probabilities);
        Assert.Equal(1 - Math.Exp(-1), none.OffMenu!.Value, 1e-12);
    }

    [Theory]
    [InlineData(-30, -31)]
    [InlineData(-100, -101)]
    [InlineData(-740, -741)]
    [InlineData(-800, -801)]
    public void Logarithms_of_whole_texts_keep_their_differences_however_small_the_probabilities_are(double one, double other)
    {
        var answer = Load($"model,reading,source_row,option_index,log_prob\nm,text-sum,0,0,{one}\nm,text-sum,0,1,{other}\n")[0].Answers[0];
        Assert.Equal(1 / (1 + Math.Exp(-1)), answer.Probabilities[0], 1e-15);
        Assert.Equal([one, other], answer.LogProbabilities);
        Assert.Equal(1, answer.OffMenu!.Value, 1e-12);
    }

    [Theory]
    [InlineData("-inf")]
    [InlineData("-Infinity")]
    [InlineData("-INF")]
    public void Minus_infinity_is_no_probability(string word) =>
        Assert.Equal([1.0, 0], Load($"model,source_row,option_index,log_prob\nm,0,0,-3\nm,0,1,{word}\n")[0].Answers[0].Probabilities);

    [Fact]
    public void Answers_that_lack_options_are_set_aside_and_the_others_kept()
    {
        var path = Path.Combine(_folder, "half.csv");
        File.WriteAllText(path, "model,source_row,option_index,prob\nm,1,2,0.2\nm,1,0,0.5\nm,0,0,0.4\nm,0,1,0.6\nn,1,1,0.1\n");
        var file = OptionProbabilities.Load(path, _survey);
        Assert.Equal(0, Assert.Single(Assert.Single(file.Runs).Answers).SourceRow);
        Assert.Equal([("m", 1, 3, "1"), ("n", 1, 6, "0 2")],
            file.SetAside.Select(a => (a.Model, a.SourceRow, a.Line ?? 0, string.Join(' ', a.Missing))));
    }

    [Fact]
    public void How_the_model_was_asked_makes_runs_of_its_own()
    {
        var ways = Load("""
            model,condition,language,option_order,control,template,reading,source_row,option_index,prob
            m,linguistic,ru,,,,,0,0,0.4
            m,linguistic,ru,,,,,0,1,0.6
            m,,,cyclic,options-only,their own,text-mean,0,0,0.4
            m,,,cyclic,options-only,their own,text-mean,0,1,0.6

            """).Select(r => r.Way).ToList();
        Assert.Equal(new ImportedWay { Condition = "linguistic", Language = "ru" }, ways[0]);
        Assert.Equal(
            new ImportedWay
            {
                Condition = "default",
                OptionOrder = "cyclic",
                Control = "options-only",
                Template = "their own",
                Reading = "text-mean",
            },
            ways[1]);
    }

    [Fact]
    public void A_question_is_found_by_the_hash_of_its_text()
    {
        var hash = OptionProbabilities.TextSha256("First, with a comma?");
        var run = Assert.Single(Load($"model,question_sha256,option_index,prob\nm,{hash},0,0.4\nm,{hash.ToUpperInvariant()},1,0.6\n"));
        Assert.Equal(0, Assert.Single(run.Answers).SourceRow);
    }

    [Theory]
    [InlineData("model,source_row,option_index,prob,offmenu\n", "line 1", "offmenu")]
    [InlineData("model,source_row,prob\n", "not enough")]
    [InlineData("model,source_row,option_index\n", "one of prob and log_prob")]
    [InlineData("model,source_row,option_index,prob,log_prob\n", "one of prob and log_prob")]
    [InlineData("model,source_row,option_index,prob\nm,0,0,0.4\nm,0,0,0.6\n", "row 1 (line 3)", "second time, after row 0")]
    [InlineData("model,source_row,option_index,prob\nm,0,0,0.4\n", "line 2", "lacks option 1", "no other is whole")]
    [InlineData("model,source_row,option_index,prob\nm,0,2,0.4\n", "column option_index", "options 0 to 1")]
    [InlineData("model,source_row,option_index,prob\nm,7,0,0.4\n", "column source_row", "no row 7")]
    [InlineData("model,source_row,option_index,prob\nm,-1,0,0.4\n", "column source_row", "\"-1\"")]
    [InlineData("model,source_row,option_index,prob\nm,0,0,zero\n", "column prob", "\"zero\"")]
    [InlineData("model,source_row,option_index,prob\nm,0,0,NaN\n", "column prob", "\"NaN\"")]
    [InlineData("model,source_row,option_index,prob\nm,0,0,1.5\n", "column prob", "\"1.5\"")]
    [InlineData("model,source_row,option_index,prob\nm,0,0,\"0,4\"\n", "column prob", "with a point")]
    [InlineData("model,source_row,option_index,log_prob\nm,0,0,0.5\n", "column log_prob", "0 or less")]
    [InlineData("model,source_row,option_index,prob\nm,0,0,\nm,0,1,1\n", "column prob", "empty")]
    [InlineData("model,source_row,option_index,prob\n,0,0,0.4\n", "column model", "empty")]
    [InlineData("model,source_row,option_index,prob\nm,0,0,0.8\nm,0,1,0.9\n", "sum to 1.7")]
    [InlineData("model,source_row,option_index,prob\nm,0,0,0\nm,0,1,0\n", "sum to 0")]
    [InlineData("model,source_row,option_index,prob,off_menu\nm,0,0,0.4,0.5\nm,0,1,0.3,0.5\n", "neither 1 nor 1 - 0.5")]
    [InlineData("model,source_row,option_index,prob,off_menu\nm,0,0,0.4,0.1\nm,0,1,0.6,0.2\n", "several values")]
    [InlineData("model,prompted_country,source_row,option_index,prob\nm,Kenia,0,0,0.4\n", "Did you mean Kenya")]
    [InlineData("model,condition,source_row,option_index,prob\nm,cross-national,0,0,0.4\n", "names a country")]
    [InlineData("model,condition,prompted_country,source_row,option_index,prob\nm,default,Kenya,0,0,0.4\n", "names no country")]
    [InlineData("model,condition,source_row,option_index,prob\nm,usual,0,0,0.4\n", "\"usual\" is no condition")]
    [InlineData("model,source_row,option_index,prob\nm,0,0\n", "row 0", "3 cells under 4 columns")]
    [InlineData("model,control,source_row,option_index,prob\nm,odd,0,0,0.4\n", "column control", "\"odd\"", "options-only")]
    [InlineData("model,reading,source_row,option_index,prob\nm,aloud,0,0,0.4\n", "column reading", "\"aloud\"", "text-sum")]
    [InlineData("model,option_order,order_index,source_row,option_index,prob\nm,cyclic,2,0,0,1\nm,cyclic,2,0,1,0\n", "order_index",
        "has 2 cyclic orders, and no 2")]
    [InlineData("model,option_order,order_index,source_row,option_index,prob\nm,odd,0,0,0,1\nm,odd,0,0,1,0\n", "option_order", "sample:N")]
    [InlineData("model,option_order,order_index,source_row,option_index,prob\nm,cyclic,,0,0,1\nm,cyclic,1,0,1,0\n", "order_index",
        "other rows of question 0")]
    [InlineData("model,prompted_country,named_country,source_row,option_index,prob\nm,Kenya,France,0,0,1\nm,Kenya,France,0,1,0\n",
        "named_country", "only the control wrong-country")]
    [InlineData("model,prompted_country,named_country,control,source_row,option_index,prob\nm,Kenya,Frence,wrong-country,0,0,1\n"
        + "m,Kenya,Frence,wrong-country,0,1,0\n", "named_country", "Did you mean France")]
    [InlineData("model,prompted_country,named_country,control,source_row,option_index,prob\nm,Kenya,France,wrong-country,0,0,1\n"
        + "m,Kenya,Japan,wrong-country,0,1,0\n", "named_country", "several values")]
    [InlineData("model,language,source_row,option_index,prob\nm,ru,0,0,0.4\n", "column condition", "linguistic")]
    [InlineData("model,condition,language,source_row,option_index,prob\nm,linguistic,r,0,0,0.4\n", "column language", "BCP 47")]
    [InlineData("model,question_sha256,option_index,prob\nm,abc,0,1\n", "no question of s has this text")]
    [InlineData("model,question_sha256,option_index,prob\nm,,0,1\n", "none of source_row, question_id and question_sha256")]
    [InlineData("model,question_id,option_index,prob\nm,tea,0,1\n", "has no question tea")]
    [InlineData("model,source_row,question_id,option_index,prob\nm,0,1,0,1\n", "is called 0")]
    public void What_does_not_fit_is_named_with_row_and_remedy(string csv, params string[] words)
    {
        var message = Assert.Throws<SurveyException>(() => Load(csv)).Message;
        Assert.All(words.Append("answers.csv"), w => Assert.Contains(w, message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_text_that_two_questions_share_needs_the_row()
    {
        var hash = OptionProbabilities.TextSha256("Same text");
        Assert.Contains("rows 1, 2", Assert.Throws<SurveyException>(() => Load($"model,question_sha256,option_index,prob\nm,{hash},0,1\n"))
            .Message, StringComparison.Ordinal);
        // With the row it is only checked.
        Assert.Equal(2, Load($"model,source_row,question_sha256,option_index,prob\nm,2,{hash},0,1\nm,2,,1,0\n")[0].Answers[0].SourceRow);
        Assert.Contains("another text", Assert.Throws<SurveyException>(
            () => Load($"model,source_row,question_sha256,option_index,prob\nm,0,{hash},0,1\n")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_are_refused_with_a_place_or_hold_nothing_but_distributions()
    {
        var hash = OptionProbabilities.TextSha256("First, with a comma?");
        byte[][] whole =
        [
            Encoding.UTF8.GetBytes(Header + "gpt,,,1,2,0.2,0.1\ngpt,,,1,0,0.5,0.1\ngpt,,,1,1,0.3,0.1\n\"claude, "
                + "\"\"big\"\"\",,Kenya,2,0,0.27,0.1\n\"claude, \"\"big\"\"\",,Kenya,2,1,0.63,0.1\n"),
            [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(
                $"model,question_sha256,option_index,log_prob\r\nm,{hash},0,-0.9\r\nm,{hash},1,-Infinity\r\n")],
        ];
        var pieces = new[] { "\"", ",", "\n", "\r", "\0", "-", "1e308", "NaN", "é", ".", "99999999999", " ", "\u202e" }
            .Select(Encoding.UTF8.GetBytes).Append([0xff]).ToArray();
        var random = new Random(11);
        var read = 0;
        for (var i = 0; i < 4_000; i++)
        {
            List<byte> bytes = [.. whole[i % whole.Length]];
            for (var edits = random.Next(1, 4); edits > 0; edits--)
            {
                var at = random.Next(bytes.Count);
                if (random.Next(2) == 0)
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 12), bytes.Count - at));
                if (random.Next(2) == 0 || bytes.Count == 0)
                    bytes.InsertRange(Math.Min(at, bytes.Count), pieces[random.Next(pieces.Length)]);
            }
            IReadOnlyList<ImportedRun> runs;
            try
            {
                runs = Load([.. bytes]);
            }
            catch (SurveyException e)
            {
                Assert.Contains("answers.csv", e.Message);
                continue;
            }
            read++;
            Assert.All(runs.SelectMany(r => r.Answers), answer =>
            {
                Assert.Equal(_survey.Questions.Single(q => q.SourceRow == answer.SourceRow).Options.Count, answer.Probabilities.Length);
                Assert.All(answer.Probabilities, p => Assert.InRange(p, 0, 1));
                Assert.Equal(1, answer.Probabilities.Sum(), 1e-9);
                Assert.InRange(answer.OffMenu ?? 0, 0, 1);
            });
        }
        Assert.InRange(read, 100, 3_000);
    }

    IReadOnlyList<ImportedRun> Load(string csv) => Load(Encoding.UTF8.GetBytes(csv.ReplaceLineEndings("\n")));

    IReadOnlyList<ImportedRun> Load(byte[] csv)
    {
        var path = Path.Combine(_folder, "answers.csv");
        File.WriteAllBytes(path, csv);
        return OptionProbabilities.Load(path, _survey).Runs;
    }

    static void Near(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 1e-12));
    }
}
