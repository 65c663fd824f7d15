using System.Text;
using LocalOpinions.Surveys.Checks;
using LocalOpinions.Surveys.Formats;
using LocalOpinions.Tests;

namespace LocalOpinions.Surveys.Tests;

public class SurveyFormatTests
{
    [Fact]
    public void A_further_format_is_one_class_in_the_list()
    {
        var further = new OneLine();
        IReadOnlyList<ISurveyFormat> formats = [further, .. SurveyLoader.Formats];

        var survey = Files.With(Encoding.UTF8.GetBytes("?Do you like tea?|Yes|No\n"), ".txt", path => SurveyLoader.Load(path, formats));
        Assert.Equal("Do you like tea?", survey.Questions[0].Text);
        Assert.Equal(["Yes", "No"], survey.Questions[0].Options);

        var other = Files.Csv(("Q", "{'Kenya': [1]}", "['x']"));
        Assert.Equal("Q", Files.With(Encoding.UTF8.GetBytes(other), ".csv", path => SurveyLoader.Load(path, formats)).Questions[0].Text);
    }

    [Fact]
    public void The_first_that_recognises_a_file_answers_for_it_and_the_file_is_read_once()
    {
        var further = new OneLine();
        Files.With(Encoding.UTF8.GetBytes("?Q|a|b"), ".csv", path =>
        {
            var input = new SurveyInput(path);
            Assert.Contains(SurveyLoader.Formats, f => f.Recognises(input));
            File.Delete(path);
            Assert.True(further.Recognises(input));
            return further.Load(input);
        });
    }

    [Fact]
    public void What_no_format_recognises_is_refused_with_their_names()
    {
        var e = Assert.Throws<SurveyException>(() => Files.With("Q"u8.ToArray(), ".txt", path => SurveyLoader.Load(path, [new OneLine()])));
        Assert.Contains("no known format", e.Message);
        Assert.Contains("one line", e.Remedy);
    }

    [Fact]
    public void The_documentation_lists_these_formats_in_this_order()
    {
        var table = File.ReadLines(Path.Combine(Repository.Root, "docs", "surveys.md"))
            .SkipWhile(l => l != "| format | what it is |").Skip(2).TakeWhile(l => l.StartsWith("| [", StringComparison.Ordinal));
        Assert.Equal(SurveyLoader.Formats.Select(f => f.Name), table.Select(l => l[3..l.IndexOf(']')]));
        Assert.Equal(SurveyLoader.Formats.Select(f => f.Description), SurveyLoader.Descriptions);
    }

    sealed class OneLine : ISurveyFormat
    {
        public string Name => "one line";

        public string Description => "a line of a question and its options";

        public bool Recognises(SurveyInput input) => !input.IsFolder && input.Bytes[0] == '?';

        public Survey Load(SurveyInput input)
        {
            string[] parts = Encoding.UTF8.GetString(input.Bytes).TrimEnd()[1..].Split('|');
            var place = new SurveyPlace(input.Path, Line: 1);
            var builder = new SurveyBuilder(lowestSum: 1, highestSum: 1);
            builder.Add(new(place, 0, Id: null, Name, parts[0], [.. parts[1..].Select(o => new OptionDraft(o, OptionKind.Nominal))], []));
            return builder.Build(Name, SurveyFile.Sha256(input.Bytes), place);
        }
    }
}
