using System.Text;
using LocalOpinions.Surveys.Formats;

namespace LocalOpinions.Surveys.Tests;

public class LoaderErrorTests
{
    const string Header = "question,selections,options,source\n";
    const string Good = "Q,{'A': [1]},['x'],GAS\n";

    [Fact]
    public void An_absent_file_is_named() =>
        Assert.Contains("no such file", Assert.Throws<SurveyException>(() => SurveyLoader.Load("/no/such/survey.csv")).Message);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\0b")]
    public void A_name_that_can_be_no_files_is_refused(string path) => Assert.Throws<SurveyException>(() => SurveyLoader.Load(path));

    [Fact]
    public void A_folder_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            Assert.Contains("this is a folder", Assert.Throws<SurveyException>(() => SurveyLoader.Load(folder.FullName)).Message);
        }
        finally
        {
            folder.Delete();
        }
    }

    [Theory]
    [InlineData("", "the file is empty", null, null, null)]
    [InlineData("\n\n", "no column named", null, 1, null)]
    [InlineData(Header, "no questions", null, null, null)]
    [InlineData("question,options\nQ,['x']\n", "no column named selections, source (found: question, options)", null, 1, null)]
    [InlineData("question:selections:options:source\n", "no column named", null, 1, null)]
    [InlineData("Question,Group,Option,Share\n", "(or question, group, option and share", null, 1, null)]
    [InlineData(Header + Good + "Q,{}\n", "2 cells under 4 columns", 1, 3, null)]
    [InlineData(Header + Good + "\"Q,{},[],GAS\n", "quotation marks do not match", 1, 3, null)]
    [InlineData(Header + "\"Q\nQ\",{'A': [1]},['x'],GAS\n" + "a\"b,{},[],GAS\n", "quotation marks do not match", 1, 4, null)]
    [InlineData(Header + Good + "Q,\"{'A': [1}\",['x'],GAS\n", "expected , or ] at character 9", 1, 3, "selections")]
    [InlineData(Header + Good + "\n\nQ,{},['x,GAS\n", "expected the closing '", 1, 5, "options")]
    [InlineData(Header + "Q,\"{'A': [0.5, 0.5]}\",['x'],GAS\n", "A has 2 values, but the question has 1 options", 0, 2, "selections")]
    [InlineData(Header + "Q,{'A': [-0.5]},['x'],GAS\n", "A has the value -0.5", 0, 2, "selections")]
    [InlineData(Header + "Q,{'A': [nan]},['x'],GAS\n", "A has the value NaN", 0, 2, "selections")]
    [InlineData(Header + "Q,{'A': [None]},['x'],GAS\n", "A has the value NaN", 0, 2, "selections")]
    [InlineData(Header + "Q,{'A': [1e999]},['x'],GAS\n", "A has the value Infinity", 0, 2, "selections")]
    [InlineData(Header + "Q,\"{'A': [1e308, 1e308]}\",\"['x', 'y']\",GAS\n", "the values of A are too large", 0, 2, "selections")]
    [InlineData(Header + Good + "Q,\"{'A': [0.5, 0.3, 0.2]}\",\"['Yes', 'No', nan]\",GAS\n", "nan is neither a text nor a number", 1, 3,
        "options")]
    [InlineData(Header + "Q,\"{'A': [0.5, 0.5]}\",\"['Yes', ' ']\",GAS\n", "an option has no text", 0, 2, "options")]
    [InlineData(Header + "Q,{'': [1]},['x'],GAS\n", "a country or group has no label", 0, 2, "selections")]
    [InlineData(Header + "Q,{'A': [0.5 0.5]},\"['x', 'y']\",GAS\n", "NumPy prints arrays without commas", 0, 2, "selections")]
    [InlineData("question,selections,options,options,source\n", "the column options is there twice", null, 1, null)]
    [InlineData(Header + "Q,\"{'A': [1], 'A': [1]}\",['x'],GAS\n", "A appears twice", 0, 2, "selections")]
    public void A_wrong_file_is_refused_with_the_place_and_a_remedy(string content, string problem, int? row, int? line, string? column)
    {
        var e = Assert.Throws<SurveyException>(() => Files.Load(content));
        Assert.Contains(problem, e.Message);
        Assert.StartsWith(e.File, e.Message);
        Assert.Equal((row, line, column), (e.Row, e.Line, e.Column));
        if (row is not null)
            Assert.Contains($"row {row} (line {line})", e.Message);
        if (column is not null)
            Assert.Contains($"column {column}", e.Message);
        // Behind the problem there is a sentence on what to do.
        Assert.Matches(@"\. [A-Z][^.]+", e.Message);
    }

    [Fact]
    public void A_file_in_Latin_1_is_refused_with_its_line()
    {
        var e = Assert.Throws<SurveyException>(() => Files.Load([.. Encoding.UTF8.GetBytes(Header + "Caf"), 0xe9, .. ",{},[],GAS"u8]));
        Assert.Contains("not text in UTF-8", e.Message);
        Assert.Equal(2, e.Line);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_in_UTF_16_is_refused(bool mark)
    {
        byte[] start = mark ? [0xff, 0xfe] : [];
        var e = Assert.Throws<SurveyException>(() => Files.Load([.. start, .. Encoding.Unicode.GetBytes(Header + Good)]));
        Assert.Contains("Save the file as UTF-8", e.Message);
    }
}
