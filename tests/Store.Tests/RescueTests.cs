namespace LocalOpinions.Store.Tests;

/// <summary>A file that somebody deletes, moves or replaces while it is written to: noticed at the next commit; nothing is lost.</summary>
public sealed class RescueTests : StoreTest
{
    const string Models = "SELECT string_agg(name, ',' ORDER BY name) FROM models";

    public static TheoryData<string> Losses() => ["deleted", "deleted with its log", "moved", "replaced", "replaced with a log"];

    [Theory]
    [MemberData(nameof(Losses))]
    public void What_was_written_is_in_a_file_beside_it_and_the_other_file_is_let_alone(string loss)
    {
        using (var other = ResultsFile.Open(File("other.duckdb")))
            other.AddModel(Sample.Model("other"));
        using (var results = ResultsFile.Open(File()))
        {
            results.AddModel(Sample.Model("a"));
            Lose(loss);
            var error = Fails(StoreError.Replaced, () => results.AddModel(Sample.Model("b")));
            Assert.Contains(Rescued, error.Message);
            Assert.Contains(loss.StartsWith("replaced", StringComparison.Ordinal) ? "replaced by another file" : "deleted or moved",
                error.Message);
            Assert.Equal(error.Message, Fails(StoreError.Replaced, () => results.AddModel(Sample.Model("c"))).Message);
        }

        using (var rescued = ResultsFile.Open(Rescued))
        {
            Assert.Equal("a,b", Scalar(rescued, Models));
            rescued.AddModel(Sample.Model("c"));
        }

        if (loss.StartsWith("replaced", StringComparison.Ordinal))
        {
            Assert.Equal(System.IO.File.ReadAllBytes(File("other.duckdb")), System.IO.File.ReadAllBytes(File()));
            Assert.Equal(loss == "replaced with a log", System.IO.File.Exists(File() + ".wal"));
        }
        else
        {
            Assert.False(System.IO.File.Exists(File()));
            Assert.False(System.IO.File.Exists(File() + ".wal"));
        }
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(File())!, "*.new*"));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Nor_is_anything_left_or_spoilt_where_nothing_was_written_yet(string loss)
    {
        ResultsFile.Open(File("other.duckdb")).Dispose();
        using (var results = ResultsFile.Open(File()))
        {
            Lose(loss);
            Fails(StoreError.Replaced, () => results.AddModel(Sample.Model("a")));
        }

        ResultsFile.OpenReadOnly(Rescued).Dispose();
        Assert.Equal(loss == "replaced with a log" ? "its own log" : null,
            System.IO.File.Exists(File() + ".wal") ? System.IO.File.ReadAllText(File() + ".wal") : null);
    }

    [Fact]
    public void A_second_rescue_takes_another_name_and_one_without_a_folder_the_next_above()
    {
        foreach (var name in new[] { "results.rescued.duckdb", "results.rescued-2.duckdb" })
        {
            using var results = ResultsFile.Open(File("results.duckdb"));
            System.IO.File.Delete(File("results.duckdb"));
            Assert.Contains(File(name), Fails(StoreError.Replaced, () => results.AddModel(Sample.Model())).Message);
        }

        Directory.CreateDirectory(File("folder"));
        using var inFolder = ResultsFile.Open(File("folder/r.duckdb"));
        inFolder.AddModel(Sample.Model("a"));
        Directory.Delete(File("folder"), recursive: true);
        Assert.Contains(File("r.rescued.duckdb"), Fails(StoreError.Replaced, inFolder.RequireInPlace).Message);
        using var rescued = ResultsFile.OpenReadOnly(File("r.rescued.duckdb"));
        Assert.Equal("a", Scalar(rescued, Models));
    }

    [Fact]
    public void A_file_is_opened_again_by_its_identity_and_no_other_one()
    {
        string identity;
        using (var results = ResultsFile.Open(File()))
            identity = results.Identity;
        var options = StoreOptions.Default with { Identity = identity };
        ResultsFile.OpenReadOnly(File(), options).Dispose();
        ResultsFile.Open(File(), options).Dispose();
        System.IO.File.Delete(File());
        Fails(StoreError.Replaced, () => ResultsFile.Open(File(), options));
        Assert.False(System.IO.File.Exists(File()));
        ResultsFile.Open(File()).Dispose();
        Fails(StoreError.Replaced, () => ResultsFile.Open(File(), options));
        Fails(StoreError.Replaced, () => ResultsFile.OpenReadOnly(File(), options));
    }

    string Rescued => Path.ChangeExtension(File(), null) + ".rescued" + Path.GetExtension(File());

    void Lose(string loss)
    {
        switch (loss)
        {
            case "moved":
                System.IO.File.Move(File(), File("elsewhere.duckdb"));
                break;
            case "deleted with its log":
                System.IO.File.Delete(File());
                System.IO.File.Delete(File() + ".wal");
                break;
            case "deleted":
                System.IO.File.Delete(File());
                break;
            default:
                System.IO.File.Copy(File("other.duckdb"), File("copy"));
                System.IO.File.Move(File("copy"), File(), overwrite: true);
                if (loss == "replaced with a log")
                {
                    System.IO.File.WriteAllText(File("log"), "its own log");
                    System.IO.File.Move(File("log"), File() + ".wal", overwrite: true);
                }
                break;
        }
    }
}
