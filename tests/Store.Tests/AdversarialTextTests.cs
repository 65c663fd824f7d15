using System.Text;
using System.Text.Json;
using LocalOpinions.Store.Output;
using LocalOpinions.Store.Rows;

namespace LocalOpinions.Store.Tests;

/// <summary>Whatever a survey says, it comes back byte for byte, by every way out.</summary>
public sealed class AdversarialTextTests : StoreTest
{
    static readonly string[] s_texts =
    [
        "", " ", "\n", "\r\n", "\r", "\t", "\0", "a\0b", "\0\0", "'", "''", "\"", "\"\"", "\\", "\\n", ",", ";", "|", "NULL", "null", "NaN",
        "'; DROP TABLE answers; --", "\"; DELETE FROM runs; --", "$$", "?", "{question}", "<script>alert(1)</script>", "</script><!--",
        "&lt;&#x41;", "]]>",
        "\u202eright to left\u202c", "\u2066isolate\u2069", "\u200bzero\u200dwidth", "\ufeffmark", "e\u0301 é", "日本語", "👩‍👩‍👧‍👦",
        "\U0010FFFF", "\u001b[2J", "\u0085\u2028\u2029",
        "=1+1", "@SUM(A1)", "-1", "0.0", "1e400", "true", "[1, 2]", "{\"a\": 1}", "two\nlines, \"quoted\"", "trailing \n",
        new string('x', 1 << 20), string.Concat(Enumerable.Repeat("\"ж\0,\n'", 1 << 17)),
    ];

    [Fact]
    public void Text_comes_back_from_the_store()
    {
        using var results = Fill();
        using var query = results.Query("SELECT text FROM questions ORDER BY source_row");
        Assert.Equal(s_texts, query.Rows.Select(r => (string)r[0]!));
        using var options = results.Query("SELECT text FROM options WHERE option_index = 0 ORDER BY source_row");
        Assert.Equal(s_texts, options.Rows.Select(r => (string)r[0]!));
        using var lengths = results.Query("SELECT strlen(text) FROM questions ORDER BY source_row");
        Assert.Equal(s_texts.Select(t => (long)Encoding.UTF8.GetByteCount(t)), lengths.Rows.Select(r => (long)r[0]!));
    }

    [Fact]
    public void Text_comes_back_from_csv()
    {
        using var results = Fill();
        using var query = results.Query("SELECT text FROM questions ORDER BY source_row");
        using var text = new StringWriter();
        CsvOutput.Write(query, text);
        Assert.Equal(s_texts, CsvRecords(text.ToString()).Skip(1));
    }

    [Fact]
    public void Text_comes_back_from_json()
    {
        using var results = Fill();
        using var query = results.Query("SELECT text FROM questions ORDER BY source_row");
        using var bytes = new MemoryStream();
        JsonOutput.Write(query, bytes);
        using var document = JsonDocument.Parse(bytes.ToArray());
        Assert.Equal(s_texts, document.RootElement.EnumerateArray().Select(r => r.GetProperty("text").GetString()!));
    }

    [Fact]
    public void Text_comes_back_from_parquet()
    {
        using var results = Fill();
        using var session = results.OpenSession();
        session.WriteParquet("SELECT source_row, text FROM questions", File("x.parquet"));
        using var query = session.Query("SELECT text FROM read_parquet(?) ORDER BY source_row", File("x.parquet"));
        Assert.Equal(s_texts, query.Rows.Select(r => (string)r[0]!));
    }

    [Fact]
    public void Text_comes_back_from_a_merged_file()
    {
        Fill().Dispose();
        using var results = ResultsFile.Open(File("merged.duckdb"));
        results.Merge([File()]);
        using var query = results.Query("SELECT text FROM questions ORDER BY source_row");
        Assert.Equal(s_texts, query.Rows.Select(r => (string)r[0]!));
    }

    [Fact]
    public void Text_as_a_name_of_a_model_or_country_finds_its_own()
    {
        using var results = Fresh();
        var models = s_texts.Select(t => results.AddModel(Sample.Model(t))).ToList();
        Assert.Equal(s_texts.Length, models.Distinct().Count());
        Assert.Equal(models, s_texts.Select(t => results.AddModel(Sample.Model(t))));
        Assert.Equal(models, s_texts.Select(t => (int)Scalar(results, "SELECT model_id FROM models WHERE name = ?", t)!));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_text_and_is_refused()
    {
        using var results = Fresh();
        Assert.ThrowsAny<ArgumentException>(() => results.AddSurvey(Sample.Survey(), [new(0, "GAS", "a\ud800b", ["x", "y"], [])], []));
        Assert.Equal(0L, Scalar(results, "SELECT count(*) FROM questions"));
    }

    ResultsFile Fill()
    {
        var results = Fresh();
        results.AddSurvey(Sample.Survey(), s_texts.Select((t, i) => new QuestionRow(i, t, t, [t, "other"], [])), Sample.Countries);
        return results;
    }

    /// <summary>The only field of each record, read by the rules of RFC 4180 alone.</summary>
    static IEnumerable<string> CsvRecords(string csv)
    {
        for (var i = 0; i < csv.Length;)
        {
            if (csv[i] != '"')
            {
                var end = csv.IndexOf("\r\n", i, StringComparison.Ordinal);
                yield return csv[i..end];
                i = end + 2;
                continue;
            }

            var field = new StringBuilder();
            for (i++; ; i++)
            {
                if (csv[i] == '"' && csv[++i] != '"')
                    break;
                field.Append(csv[i]);
            }

            yield return field.ToString();
            i += 2;
        }
    }
}
