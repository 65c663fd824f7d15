namespace LocalOpinions.Store.Tests;

/// <summary>A file's name is a name, whatever it would mean in a connection string, and it is that of one file.</summary>
public sealed class FileNameTests : StoreTest
{
    [Theory]
    [InlineData("a;b=c")]
    [InlineData("DataSource=y")]
    [InlineData("'single'")]
    [InlineData("x;access_mode=READ_ONLY;memory_limit=1MB")]
    [InlineData("Data Source=y;DataSource=:memory:")]
    [InlineData("==a== ; b")]
    [InlineData("\"double\"")]
    [InlineData("both ' and \" and ;")]
    [InlineData("'")]
    [InlineData("\"")]
    [InlineData("\"\"'';'\"")]
    [InlineData(" blanks around ")]
    [InlineData("line\nbreak\r\nand\ttab")]
    [InlineData("|DataDirectory|z")]
    [InlineData(":memory:")]
    [InlineData("a?access_mode=READ_ONLY")]
    [InlineData("md:x")]
    [InlineData("back\\slash")]
    [InlineData("日本語 é e\u0301")]
    public void A_name_is_taken_as_it_is(string name)
    {
        using (var results = ResultsFile.Open(File(name)))
            results.AddModel(Sample.Model());
        Assert.Equal([File(name)], Directory.GetFileSystemEntries(Path.GetDirectoryName(File(name))!));
        using var again = ResultsFile.OpenReadOnly(File(name));
        Assert.Equal(File(name), again.FullPath);
        Assert.Equal(1L, Scalar(again, "SELECT count(*) FROM models"));
        Assert.Equal(File(name), Scalar(again, "SELECT path FROM duckdb_databases() WHERE database_name = current_database()"));
    }

    [Fact]
    public void Names_that_differ_in_case_are_different_files()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), "Here they are usually one file.");
        string[] names = ["results.duckdb", "Results.duckdb", "RESULTS.duckdb"];
        var files = names.Select(n => ResultsFile.Open(File(n))).ToList();
        for (var i = 0; i < files.Count; i++)
            files[i].AddModel(Sample.Model(names[i]));
        Assert.Equal(names, files.Select(f => Scalar(f, "SELECT string_agg(name, ',') FROM models")));
        files[0].Dispose();
        Assert.Equal(names[1], Scalar(files[1], "SELECT string_agg(name, ',') FROM models"));
        using (var merged = ResultsFile.Open(File(names[0])))
        {
            files[2].Dispose();
            merged.Merge([File(names[2])]);
            Assert.Equal(2L, Scalar(merged, "SELECT count(*) FROM models"));
        }

        files[1].Dispose();
        var made = Directory.GetFiles(Path.GetDirectoryName(File())!).Select(Path.GetFileName);
        Assert.Equal(names.Order(StringComparer.Ordinal), made.Order(StringComparer.Ordinal));
        foreach (var name in names)
            ResultsFile.Open(File(name)).Dispose();
    }

    [Fact]
    public void A_file_is_let_go_and_opens_again_in_another_way()
    {
        for (var i = 0; i < 3; i++)
        {
            using (var writer = ResultsFile.Open(File(), new StoreOptions("100MiB", 1)))
            {
                writer.AddModel(Sample.Model($"m{i}"));
                // Left open on purpose: the file must go all the same.
                writer.Query("SELECT range FROM range(100000)").Rows.First();
                writer.OpenSession().Query("SELECT 1");
            }

            using (var reader = ResultsFile.OpenReadOnly(File(), new StoreOptions("200MiB", 2)))
            {
                Assert.Equal("200.0 MiB", Scalar(reader, "SELECT current_setting('memory_limit')"));
                Assert.Equal("read_only", Scalar(reader, "SELECT current_setting('access_mode')"));
                Assert.Equal(i + 1L, Scalar(reader, "SELECT count(*) FROM models"));
                using var other = Child.Start("read", File());
                Assert.Equal($"{i + 1}", other.StandardOutput.ReadLine());
                other.WaitForExit();
            }

            using var holder = Child.Start("hold", File());
            Assert.Equal("ready", holder.StandardOutput.ReadLine());
            Fails(StoreError.Locked, () => ResultsFile.Open(File()));
            holder.StandardInput.WriteLine();
            holder.WaitForExit();
        }
    }

    [Theory]
    [InlineData("memory_limit", "")]
    [InlineData("memory_limit", " ")]
    [InlineData("memory_limit", "much")]
    [InlineData("memory_limit", "100MB;access_mode=READ_ONLY")]
    [InlineData("memory_limit", "'100MB")]
    [InlineData("threads", "-1")]
    public void A_setting_that_DuckDB_does_not_take_is_named(string name, string value)
    {
        var options = name == "threads" ? new StoreOptions("100MB", int.Parse(value)) : new StoreOptions(value, 1);
        var error = Fails(StoreError.Sql, () => ResultsFile.Open(File(), options));
        Assert.Equal($"DuckDB does not take \"{value}\" for its setting {name}.", error.Message);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(File())!));
        ResultsFile.Open(File()).Dispose();
    }
}
