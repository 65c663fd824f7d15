using System.CommandLine;
using System.Globalization;
using System.Text;
using LocalOpinions.Analysis.Texts;
using LocalOpinions.Runner.Arguments;
using LocalOpinions.Runner.Printing;
using LocalOpinions.Runner.Terminal;
using LocalOpinions.Store;

namespace LocalOpinions.Runner.Commands;

/// <summary>What can be done with texts that models wrote: compare their words and their agreement, and let people code them.</summary>
static class TextsCommand
{
    const int WordsShown = 10, QuestionsShown = 20;

    public static Command Create() => new("texts", """
        Work with the texts that models wrote: side by side, the words that set a country apart, agreement with the label probabilities,
        sheets for people to code, and a second model that classifies texts. Nothing here claims to detect stereotypes by itself.

        Examples:
          localopinions texts show results.duckdb --question 12
          localopinions texts words results.duckdb
        """) { Show(), Words(), Agreement(), Sheet(), Codes(), TextsClassifyCommand.Create() };

    static Command Show()
    {
        var file = Options.ResultsArgument();
        var question = new Option<string>("--question")
        {
            Description = "The question's id in the survey, or its row in the file, counted from 0.",
            HelpName = "ID|ROW",
            Required = true,
        };
        var json = Options.Json();
        var command = new Command("show", """
            What models wrote to one question under several countries or languages, side by side, each beside the most probable option.

            Example:
              localopinions texts show results.duckdb --question 12
            """) { file, question, json };
        command.SetAction(parsed =>
        {
            using var results = ResultsFile.OpenReadOnly(parsed.GetRequiredValue(file));
            var texts = About(parsed.GetRequiredValue(question), WrittenText.Read(results), results.FullPath);
            var shown = texts.Select(t => (Text: t, Top: Top(results, t))).ToList();
            if (parsed.GetValue(json))
            {
                Json.Write(shown.Select(t => new
                {
                    t.Text.Model,
                    t.Text.Group,
                    t.Text.Text,
                    t.Text.Agrees,
                    t.Text.Class,
                    t.Text.Named,
                    MostProbable = t.Top?.OptionText,
                    Probability = t.Top?.Prob ?? 0
                }));
                return ExitCodes.Done;
            }
            var table = new TextTable(
                "model", "for", new("most probable option", ColumnKind.Prose), new("text", ColumnKind.Prose),
                new("agrees", ColumnKind.Prose));
            foreach (var (text, top) in shown)
            {
                var share = text.IsAnswer ? " of the texts" : "";
                var probable = top is null ? "" : $"{top.OptionText} ({top.Prob:P0}{share})";
                table.Add(text.Model, text.Group, probable, text.Text.Trim(), Says(text));
            }
            table.Write();
            return ExitCodes.Done;
        });
        return command;
    }

    static List<WrittenText> About(string question, IReadOnlyList<WrittenText> all, string file)
    {
        List<WrittenText> texts = [.. all.Where(t => t.QuestionId == question)];
        if (texts.Count == 0)
            texts = [.. all.Where(t => t.SourceRow.ToString(CultureInfo.InvariantCulture) == question)];
        if (texts.Count > 0)
            return texts;
        var known = all.OrderBy(t => t.SourceRow).Select(t => QuestionName.Of(t.QuestionId, t.SourceRow)).Distinct().Take(QuestionsShown);
        throw new UsageException($"{file} holds no text about question {question}; it has texts about {string.Join(", ", known)}.");
    }

    // A text that is the answer is held against no probabilities; what the rule reads in it is what it says.
    static string Says(WrittenText text) => text switch
    {
        { Named: { } option } => $"names {option} ({(text.Class == "letter" ? "by its letter" : "in words")})",
        { Class: "refusal" } => "declines",
        { Class: "several" } => "names several",
        { Class: "none" } => "names none",
        { Agrees: true } => "yes",
        { Agrees: false } => "no",
        _ => "names none or several",
    };

    static TopOption? Top(ResultsFile results, WrittenText text) => results.Read<TopOption>(
        "SELECT option_text, prob FROM answers_long WHERE run_id = ? AND source_row = ? ORDER BY prob DESC, option_index LIMIT 1",
        text.RunId, text.SourceRow).FirstOrDefault();

    static Command Words()
    {
        var file = Options.ResultsArgument();
        var most = Options.Whole("--most", $"How many words per group. Default: {WordsShown}.");
        var json = Options.Json();
        var command = new Command("words", """
            Which words set the texts for a country (or in a language) apart from all others: log-odds with an informative prior,
            with counts. Words are counted, not judged: whether they are stereotypes is for people to say.

            Example:
              localopinions texts words results.duckdb
            """) { file, most, json };
        command.SetAction(parsed =>
        {
            using var results = ResultsFile.OpenReadOnly(parsed.GetRequiredValue(file));
            var texts = WrittenText.Read(results);
            var words = WordContrast.Of([.. texts.Select(t => (t.Group, t.Text))], parsed.GetValue(most) ?? WordsShown).ToList();
            if (parsed.GetValue(json))
            {
                Json.Write(words);
                return ExitCodes.Done;
            }
            var perGroup = texts.GroupBy(t => t.Group).ToDictionary(g => g.Key, g => g.Count());
            if (perGroup.Count < 2)
            {
                Console.Out.WriteLine(
                    Screen.Clean($"All {texts.Count:N0} texts are for {perGroup.Keys.Single()}: there is nothing to set them apart from."));
                return ExitCodes.Done;
            }
            string[] numbers = ["times", "in others", "texts", "log-odds", "z"];
            var table = new TextTable(["texts for", "word", .. numbers.Select(name => new Column(name, ColumnKind.Number))]);
            foreach (var w in words)
            {
                table.Add(w.Group, w.Word, $"{w.Count:N0}", $"{w.OthersCount:N0}", $"{w.Texts:N0} of {perGroup[w.Group]:N0}",
                    $"{w.LogOdds:F2}", $"{w.Z:F2}{(w.Z < WordContrast.NotableZ ? " (may be chance)" : "")}");
            }
            table.Write();
            Screen.Say($"Words that stand in all texts together at least {WordContrast.FewestCounts} times. z is not corrected "
                + $"for the number of words; below {WordContrast.NotableZ} a word may stand out by chance.");
            return ExitCodes.Done;
        });
        return command;
    }

    static Command Agreement()
    {
        var file = Options.ResultsArgument();
        var json = Options.Json();
        var command = new Command("agreement", """
            How often the text that a model wrote names the option that has the highest label probability.

            Example:
              localopinions texts agreement results.duckdb
            """) { file, json };
        command.SetAction(parsed =>
        {
            using var results = ResultsFile.OpenReadOnly(parsed.GetRequiredValue(file));
            var looked = WrittenText.Read(results).Where(t => !t.IsAnswer).ToList();
            if (looked.Count == 0)
                throw new UsageException($"{results.FullPath} holds no texts but those of runs with --reading written; 'localopinions "
                    + "measures' holds these against the probabilities of another run.");
            var groups = looked.GroupBy(t => (t.Model, t.Group)).Select(g => new
            {
                g.Key.Model,
                g.Key.Group,
                Texts = g.Count(),
                Agree = g.Count(t => t.Agrees == true),
                Disagree = g.Count(t => t.Agrees == false),
                NameNoneOrSeveral = g.Count(t => t.Agrees is null),
            }).ToList();
            if (parsed.GetValue(json))
            {
                Json.Write(groups);
                return ExitCodes.Done;
            }
            string[] numbers = ["texts", "agree", "disagree", "name none\nor several"];
            var table = new TextTable(["model", "texts for", .. numbers.Select(name => new Column(name, ColumnKind.Number))]);
            foreach (var g in groups)
                table.Add(g.Model, g.Group, $"{g.Texts:N0}", $"{g.Agree:N0}", $"{g.Disagree:N0}", $"{g.NameNoneOrSeveral:N0}");
            table.Write();
            Screen.Say("agree: the text names the option that has the highest label probability, and no other.");
            return ExitCodes.Done;
        });
        return command;
    }

    static Command Sheet()
    {
        var file = Options.ResultsArgument();
        var output = new OutputOption(
            new Option<string?>("--out", "-o") { Description = "The sheet (CSV).", HelpName = "FILE", Required = true });
        var seed = Options.Whole("--seed", "Of the order of the texts; give each coder another. Default: 1.");
        var command = new Command("sheet", """
            Write a sheet (CSV) on which a person codes the texts, in random order and without model and country, which would guide the
            coder.

            Example:
              localopinions texts sheet results.duckdb -o coder-1.csv
            """) { file };
        output.AddTo(command);
        command.Add(seed);
        command.SetAction(parsed =>
        {
            var target = output.Read(parsed);
            using var results = ResultsFile.OpenReadOnly(parsed.GetRequiredValue(file));
            var count = WrittenText.Read(results).Count;
            using var sheet = new StringWriter();
            CodingSheet.Write(results, parsed.GetValue(seed) ?? 1, sheet);
            target.Write(Encoding.UTF8.GetBytes(sheet.ToString()));
            Console.Out.WriteLine(Screen.Clean($"{target.Path} holds {Counted.Of(count, "text")}. Fill the column code, one short word per "
                + $"text; then: localopinions texts codes {parsed.GetRequiredValue(file)} {target.Path} ..."));
            return ExitCodes.Done;
        });
        return command;
    }

    static Command Codes()
    {
        var file = Options.ResultsArgument();
        var sheets = new Argument<string[]>("sheets") { Description = "Coded sheets, one per coder.", Arity = ArgumentArity.OneOrMore };
        var json = Options.Json();
        var command = new Command("codes", """
            Read coded sheets: the codes by country, and how far the coders agree (Krippendorff's alpha, nominal).

            Example:
              localopinions texts codes results.duckdb coder-1.csv coder-2.csv
            """) { file, sheets, json };
        command.SetAction(parsed =>
        {
            using var results = ResultsFile.OpenReadOnly(parsed.GetRequiredValue(file));
            var agreement = CodingSheet.Read(parsed.GetRequiredValue(sheets), WrittenText.Read(results));
            Json.WriteOr(parsed.GetValue(json), agreement, Print);
            return ExitCodes.Done;
        });
        return command;
    }

    static void Print(CodingAgreement agreement)
    {
        var table = new TextTable(["texts for", new("coded texts", ColumnKind.Number),
            .. agreement.Codes.Keys.Select(code => new Column(Screen.Clean(code.ReplaceLineEndings(" ")), ColumnKind.Number))]);
        foreach (var g in agreement.Groups)
            table.Add([g.Group, $"{g.Texts:N0}", .. agreement.Codes.Keys.Select(c => (TableCell)$"{g.Codes.GetValueOrDefault(c):N0}")]);
        table.Write();
        Console.Out.WriteLine(agreement.Coders.Count < 2
            ? "One coder: there is no agreement to measure. Let a second person code the same texts."
            : double.IsNaN(agreement.Alpha)
                ? "Krippendorff's alpha cannot be computed: no text has two codes, or all codes are the same."
                : $"Krippendorff's alpha (nominal): {agreement.Alpha:F3}, from {agreement.Values:N0} codes on {agreement.Units:N0} texts "
                    + $"that two coders or more coded. Customary: 0.8 and above is reliable, below 0.667 is not.");
    }

    sealed record TopOption(string? OptionText, double Prob);
}
