using System.Text;
using LocalOpinions.Surveys.Formats;
using LocalOpinions.Tests;

namespace LocalOpinions.Surveys.Tests;

/// <summary>Where the repository and the full data set lie, and survey files made on the spot.</summary>
static class Files
{
    public static string DataSet => FullData("global_opinions.reconstructed.csv");

    public static string DataSetStatus => FullData("global_opinions.reconstructed.status.csv");

    /// <summary>Writes a survey file, loads it, and removes it again.</summary>
    public static Survey Load(byte[] content) => With(content, ".csv", SurveyLoader.Load);

    public static Survey Load(string content) => Load(Encoding.UTF8.GetBytes(content));

    public static Survey LoadAs(string extension, string content) => With(Encoding.UTF8.GetBytes(content), extension, SurveyLoader.Load);

    /// <summary>Does something with a file of this content, and removes it again.</summary>
    public static T With<T>(byte[] content, string extension, Func<string, T> use)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + extension);
        try
        {
            File.WriteAllBytes(path, content);
            return use(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>A survey file of rows whose cells need no care with quotation marks.</summary>
    public static string Csv(params (string Question, string Selections, string Options)[] rows) =>
        "question,selections,options,source\n"
        + string.Concat(rows.Select(r => $"{Quote(r.Question)},{Quote(r.Selections)},{Quote(r.Options)},GAS\n"));

    static string Quote(string cell) => '"' + cell.Replace("\"", "\"\"") + '"';

    static string FullData(string file)
    {
        var path = Repository.BesideIt(file);
        if (!File.Exists(path))
            Assert.Skip($"The full data set is not here: {path}");
        return path;
    }
}
