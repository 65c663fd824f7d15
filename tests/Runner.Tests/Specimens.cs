using System.Text;
using LocalOpinions.Surveys.Formats;
using LocalOpinions.Surveys.Translations;
using LocalOpinions.Tests;

namespace LocalOpinions.Runner.Tests;

/// <summary>Whole files of every kind that a command reads, and ways to damage them.</summary>
static class Specimens
{
    const string LongCsv = "question,option,group,share\nTea?,Yes,Kenya,0.4\nTea?,No,Kenya,0.6\n";
    const string Published = "question,selections,options,source\n"
        + "Tea?,\"{'Kenya': [0.4, 0.6], 'Chile': [0.5, 0.5]}\",\"['Yes', 'No']\",GAS\n"
        + "Cake?,\"defaultdict(<class 'list'>, {'Kenya': [0.4, 0.6]})\",\"['Often', 'Never']\",WVS\n";
    const string Own = """
        format: localopinions-survey/1
        groups: {"Town": {prompt: somebody from the town, wave: "2019"}}
        questions:
          - id: tea
            text: "Tea?"
            scale: ordered
            options: ["Yes", "Perhaps", {text: "No", value: 4}, {text: "Don't know", kind: refusal}]
            answers:
              Town: {n: 812, percent: [22, 41, 33, 4]}
              Kenya: [0.25, 0.25, 0.25, 0.25]

        """;
    const string Translation = """
        format: localopinions-translation/1
        language: tr
        provenance: human
        translator: "A. Name"
        questions:
          - id: tea
            source: "Tea?"
            text: "Çay?"
            options:
              - {source: "Yes", text: "Evet"}
              - {source: "Perhaps", text: "Belki"}
              - {source: "No", text: "Hayır"}
              - {source: "Don't know", text: "Bilmiyorum"}

        """;
    const string Import = "model,source_row,option_index,prob\nm,0,0,0.25\nm,0,1,0.25\nm,0,2,0.25\nm,0,3,0.25\n";
    const string Study = """{ "models": ["nonesuch.gguf"], "survey": "own.yaml", "countries": ["Kenya"], "limit": 3, "seed": 2 }""";
    const string Script = "-- two statements\nselect 1 as a;\nselect 'x;y' as b, \"label\" from countries limit 1;\n";

    /// <summary>Writes them into a folder.</summary>
    public static void Write(CommandLine line)
    {
        File.WriteAllText(line.PathOf("long.csv"), LongCsv);
        File.WriteAllText(line.PathOf("published.csv"), Published);
        File.WriteAllText(line.PathOf("own.yaml"), Own);
        File.WriteAllText(line.PathOf("own.json"), """
            {"format": "localopinions-survey/1", "questions": [
              {"id": "a", "text": "T?", "options": ["x", "y"], "answers": {"Kenya": [1, 0]}}]}
            """);
        File.WriteAllText(line.PathOf("own.tr.yaml"), Translation);
        File.WriteAllText(line.PathOf("import.csv"), Import);
        File.WriteAllText(line.PathOf("study.json"), Study);
        File.WriteAllText(line.PathOf("script.sql"), Script);
        File.WriteAllText(line.PathOf("precious.txt"), "my thesis");
        File.WriteAllBytes(line.PathOf("no-model.gguf"), [.. "GGUF"u8, 3, 0, 0, 0, .. new byte[200]]);
        var survey = SurveyLoader.Load(line.PathOf("own.yaml"));
        File.WriteAllBytes(line.PathOf("sheet.csv"),
            TranslatorSheet.Export(survey, Surveys.Translations.Translation.Load(line.PathOf("own.tr.yaml"), survey)));
        Directory.CreateDirectory(line.PathOf("folder"));
    }

    /// <summary>A results file with a run of a tiny model, and texts that it wrote.</summary>
    public static async Task WriteResultsAsync(CommandLine line)
    {
        string[] asked = ["--model", Repository.Fixture("tiny/llama-spm.gguf"), "--threads", "1", "--survey", "own.yaml"];
        await line.RunAsync(["run", .. asked, "--no-isolate", "--out", "results.duckdb"]);
        await line.RunAsync(["look", .. asked, "--question", "0", "--out", "results.duckdb"]);
        Assert.Contains("results.duckdb", line.Files().Keys);
    }

    /// <summary>Cuts, doubles, moves, overwrites and strews bytes.</summary>
    public static byte[] Damaged(byte[] whole, Random random)
    {
        List<byte> bytes = [.. whole];
        for (var times = random.Next(1, 4); times > 0 && bytes.Count > 0; times--)
        {
            var (at, length) = (random.Next(bytes.Count), 0);
            length = random.Next(1, 1 + Math.Min(40, bytes.Count - at));
            switch (random.Next(7))
            {
                case 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 4:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(s_strewn[random.Next(s_strewn.Length)]));
                    break;
                case 5:
                    bytes.Reverse(at, length);
                    break;
                default:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }
        return [.. bytes];
    }

    static readonly string[] s_strewn =
    [
        "\"", "'", "\0", "\n", "\r\n", ",", ";", "[", "{", "}", "nan", "1e999", "-1", "\u001b[2J", "*a", "&a", "---\n", "null",
        "999999999999999999999", "é", "\ufeff", ": ", "- ", "\t", "!!binary ", "%YAML 9\n", "<<: ", "? ",
    ];
}
