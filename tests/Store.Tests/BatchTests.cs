using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store.Tests;

/// <summary>What a batch may hold, and that it is stored whole or not at all.</summary>
public sealed class BatchTests : StoreTest
{
    [Fact]
    public void A_batch_that_does_not_fit_is_refused_whole()
    {
        using var results = Fresh();
        var questions = Sample.Questions(10);
        var run = Sample.Begin(results, 10);
        results.Append([Sample.Answer(run, questions[0])], []);
        var good = Sample.Answer(run, questions[1]);
        var other = Sample.Answer(run, questions[2]);
        void Refused(AnswerRow[] answers, params UnansweredRow[] unanswered) =>
            Assert.Throws<ArgumentException>(() => results.Append(answers, unanswered));

        Refused([good, Sample.Answer(run, questions[0])]);
        Refused([good, good]);
        Refused([good], new UnansweredRow(run, 1, "both"));
        Refused([good], new UnansweredRow(run, 0, "answered before"));
        Refused([good], new(run, 2, "twice"), new(run, 2, "twice"));
        Refused([good], new UnansweredRow(run, 99, "unknown"));
        Refused([good, other with { SourceRow = 99 }]);
        Refused([good, other with { SourceRow = 3 }]);
        Refused([good, other with { OrderIndex = -1 }]);
        Refused([good, other with { LogProbs = [1, double.NaN, 2] }]);
        Refused([good, other with { LogProbs = [-1, -2] }]);
        Refused([good, other with { Probs = [0.3, 0.3, 0.3] }]);
        Refused([good, other with { Probs = [0.5, 0.5] }]);
        Refused([good, other with { OffMenu = double.NaN }]);
        Refused([good, other with { Options = [0, 1] }]);
        Refused([good, other with { Options = [0, 1, 1] }]);
        Refused([good, other with { Options = [1, 2, 3] }]);
        Refused([good, other with { Options = [0, 1, -1] }]);
        Assert.Throws<InvalidOperationException>(() => results.Append([good, good with { RunId = 77 }], []));
        Assert.Equal(1L, Scalar(results, "SELECT count(*) FROM answers"));

        // A failure inside the transaction: half a surrogate pair comes after the answers were appended.
        Assert.ThrowsAny<ArgumentException>(() => results.Append([good], [new(run, 2, "\uDC00")]));
        Assert.ThrowsAny<ArgumentException>(() => results.Append([good, other with { Boundary = "\uDC00" }], []));
        Assert.Equal(1L, Scalar(results, "SELECT count(*) FROM answers"));
        results.Append([good], []);
        Assert.Equal(2L, Scalar(results, "SELECT count(*) FROM answers"));
    }

    [Fact]
    public void The_orders_of_a_question_are_answers_of_their_own_and_the_question_is_unanswered_as_a_whole()
    {
        var question = Sample.Questions(10)[1];
        using (var results = Fresh())
        {
            var run = Sample.Begin(results, 10);
            results.Append([], [new(run, 1, "too long"), new(run, 2, "too long")]);
            results.Append([Sample.Answer(run, question, 2)], []);
            Assert.Equal(1L, Scalar(results, "SELECT count(*) FROM unanswered"));
            Assert.Throws<ArgumentException>(() => results.Append([Sample.Answer(run, question, 2)], []));
            Assert.Throws<ArgumentException>(() => results.Append([], [new(run, 1, "one order is there")]));
            results.Append([Sample.Answer(run, question, 0), Sample.Answer(run, Sample.Questions(10)[2], 1)], []);
            Assert.Equal(0L, Scalar(results, "SELECT count(*) FROM unanswered"));
        }

        using var again = ResultsFile.Open(File());
        var taken = Sample.BeginRun(again, 10);
        Assert.Equal([(1, 0), (1, 2), (2, 1)], taken.Answered.Order());
        Assert.Empty(taken.UnansweredRows);
        Assert.Throws<ArgumentException>(() => again.Append([Sample.Answer(taken.RunId, question, 0)], []));
        Assert.Throws<ArgumentException>(() => again.Append([], [new(taken.RunId, 1, "one order is there")]));
        again.Append([Sample.Answer(taken.RunId, question, 1)], []);
    }

    [Fact]
    public void A_row_that_does_not_fit_one_run_keeps_out_those_of_the_others()
    {
        using var results = Fresh();
        var questions = Sample.Questions(10);
        var row = Sample.Run(results.AddModel(Sample.Model()), results.AddSurvey(Sample.Survey(), questions, Sample.Countries));
        int[] runs = [results.BeginRun(row).RunId, results.BeginRun(row with { PromptedCountry = "Britain" }).RunId,
            results.BeginRun(row with { PromptedCountry = "Chad" }).RunId];
        AnswerRow[] answers = [.. runs.Select(r => Sample.Answer(r, questions[0]))];
        Assert.Throws<ArgumentException>(() => results.Append([answers[0], answers[1], answers[2] with { Probs = [0.5, 0.6] }], []));
        Assert.Throws<ArgumentException>(() => results.Append(answers, [new(runs[1], 0, "both")]));
        Assert.ThrowsAny<ArgumentException>(() => results.Append([answers[0], answers[1]], [new(runs[2], 0, "\uD800")]));
        Assert.Equal(0L, Scalar(results, "SELECT (SELECT count(*) FROM answers) + (SELECT count(*) FROM unanswered)"));

        // The same question may be answered in one run and unanswered in another.
        results.Append([answers[0], answers[2]], [new(runs[1], 0, "too long")]);
        Assert.Equal([1L, 0L, 1L], results.Runs().Select(r => r.Answered));
        results.EndRun(runs[2], new RunEnd("complete", 1, 1, 1));
        Assert.Throws<InvalidOperationException>(() =>
            results.Append([Sample.Answer(runs[0], questions[1]), Sample.Answer(runs[2], questions[1])], []));
        Assert.Equal(2L, Scalar(results, "SELECT count(*) FROM answers"));
    }

    [Fact]
    public void A_question_of_more_options_than_letters_keeps_them_apart()
    {
        const int Count = 70;
        using var results = Fresh();
        var survey = results.AddSurvey(Sample.Survey(), [new(0, "s", "q", [.. Enumerable.Range(0, Count).Select(i => $"o{i}")], [])], []);
        var run = results.BeginRun(Sample.Run(results.AddModel(Sample.Model()), survey)).RunId;
        int[] options = [.. Enumerable.Range(0, Count).Reverse()];
        double[] probs = [.. options.Select(_ => 1.0 / Count)], logs = [.. options.Select(_ => -5.0)];
        var answer = new AnswerRow
        {
            RunId = run,
            SourceRow = 0,
            OrderIndex = 0,
            LabelMass = 1,
            OffMenu = 0,
            TokenCount = 1,
            Boundary = "natural",
            Options = options,
            LogProbs = logs,
            Probs = probs,
        };
        Assert.Throws<ArgumentException>(() => results.Append([answer with { Options = [.. options[1..], 68] }], []));
        results.Append([answer], []);
        using var query = results.Query("SELECT option_text, label FROM orders_long WHERE position IN (0, 25, 26, 53) ORDER BY position");
        Assert.Equal([["o69", "A"], ["o44", "Z"], ["o43", "AA"], ["o16", "BB"]], query.Rows);
    }

    // The garbage of the writer must not disturb the engine's thread.
    [Fact]
    public void Storing_an_answer_allocates_little()
    {
        const int Batch = 100, Batches = 80;
        using var results = Fresh();
        var questions = Sample.Questions(2_000);
        var row = Sample.Run(results.AddModel(Sample.Model()), results.AddSurvey(Sample.Survey(), questions, Sample.Countries));
        int[] runs = [results.BeginRun(row).RunId, results.BeginRun(row with { PromptedCountry = "Chad" }).RunId];
        var batches = runs.SelectMany(r => Sample.Answers(r, questions, 3)).Chunk(Batch).ToArray();
        Assert.True(batches.Length > Batches);
        foreach (var batch in batches[Batches..])
            results.Append(batch, []);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var batch in batches[..Batches])
            results.Append(batch, []);
        var perAnswer = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(Batch * Batches);
        Assert.True(perAnswer < 300, $"{perAnswer:F0} bytes per answer");
    }
}
