using System.Security.Cryptography;
using LocalOpinions.Surveys.Formats;

namespace LocalOpinions.Surveys.Tests;

/// <summary>Surveys by their names, and beside the hashes that are kept of them.</summary>
public sealed class SurveyNameTests : IDisposable
{
    const string Content = "question,selections,options,source\nTea?,\"{'Kenya': [0.8, 0.2]}\",\"['Yes', 'No']\",mine\n";

    readonly string _folder = Directory.CreateTempSubdirectory("localopinions-names-").FullName;

    public SurveyNameTests() => Environment.SetEnvironmentVariable(SurveyFolders.Variable, _folder);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(SurveyFolders.Variable, null);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_name_finds_its_file_with_or_without_ending_and_whatever_its_case()
    {
        var file = Write("Tea-and-coffee.csv");
        Write("tea.txt");
        Assert.All(["Tea-and-coffee", "tea-AND-coffee", "tea-and-coffee.csv"], name => Assert.Equal(file, SurveyFolders.Find(name)));
        var error = Assert.Throws<SurveyException>(() => SurveyFolders.Find("tea"));
        Assert.Contains(_folder, error.Message);
        Assert.Equal(SurveyStep.PullSurvey, error.Step);
    }

    [Fact]
    public void A_path_stays_what_it_is()
    {
        Write("mine.csv");
        Assert.All([_folder, Path.Combine("no", "mine.csv"), Path.Combine(_folder, "other.csv"), ""],
            path => Assert.Equal(path, SurveyFolders.Find(path)));
    }

    [Theory]
    [InlineData("HASH  tea.csv\n", true)]
    [InlineData("# somewhere\nHASH *tea.csv\n", true)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000  tea.csv\n", false)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000  coffee.csv\n", true)]
    [InlineData("what is this\n", true)]
    [InlineData("", true)]
    public void A_survey_is_held_to_the_hash_beside_it(string kept, bool isRead)
    {
        var file = Write("tea.csv");
        File.WriteAllText(file + ".sha256", kept.Replace("HASH", Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))));
        if (isRead)
            Assert.Single(SurveyLoader.Load(file).Questions);
        else
            Assert.Contains("changed since", Assert.Throws<SurveyException>(() => SurveyLoader.Load(file)).Message);
    }

    string Write(string name)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, Content);
        return path;
    }
}
