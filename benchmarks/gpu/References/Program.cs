using System.Text.Json;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;

// The tiny test models on a device against Hugging Face transformers: the largest difference of any token's log-probability.
if (args is not [var folder, var name] || !Enum.TryParse<DeviceKind>(name, ignoreCase: true, out var device))
{
    Console.Error.WriteLine("usage: references FOLDER cpu|cuda|vulkan     FOLDER: tests/Fixtures/tiny");
    return 2;
}
var json = new JsonSerializerOptions(JsonSerializerDefaults.Web);
var runtime = EngineRuntime.Start(device);
Console.WriteLine($"{runtime.Build}, {runtime.DeviceName}");
Console.WriteLine();
Console.WriteLine("| model | prompts | tokens equal | exact: largest difference | as a run: largest difference | exact repeats itself "
    + "| a run repeats itself |");
Console.WriteLine("|---|---|---|---|---|---|---|");
foreach (var file in Directory.EnumerateFiles(folder, "*.gguf").Order(StringComparer.Ordinal))
{
    using var stream = File.OpenRead(Path.ChangeExtension(file, ".json"));
    var references = JsonSerializer.Deserialize<References>(stream, json)!;
    using var model = Model.Load(runtime, ModelFile.Find(file, []));
    var equal = references.Refs.Count(r => model.Vocabulary.Tokenize(references.Prompts[r.Prompt]).SequenceEqual(r.Tokens));
    // Every token of the vocabulary as a label of its own.
    int[][] labels = [.. Enumerable.Range(0, model.Vocabulary.Size).Select(t => new[] { t })];
    TokenizedPrompt[] prompts = [.. references.Refs.Select((r, key) => new TokenizedPrompt(key, r.Tokens, labels, false))];
    var exact = Read(model, DecodePlan.OneByOne(prompts), Arithmetic.Exact);
    var packed = Read(model, DecodePlan.Packed(prompts, PlanShape.For(model)), Arithmetic.Usual);
    var same = Equal(exact, Read(model, DecodePlan.OneByOne(prompts), Arithmetic.Exact));
    var samePacked = Equal(packed, Read(model, DecodePlan.Packed(prompts, PlanShape.For(model)), Arithmetic.Usual));
    Console.WriteLine($"| {Path.GetFileNameWithoutExtension(file)} | {prompts.Length} | {equal} | {Largest(exact):E1} "
        + $"| {Largest(packed):E1} | {(same ? "yes" : "no")} | {(samePacked ? "yes" : "no")} |");

    double Largest(double[][] read) =>
        read.Zip(references.Refs, (r, e) => r.Zip(e.Logprobs, (a, b) => Math.Abs(a - b)).Max()).Max();
}
return 0;

static double[][] Read(Model model, DecodePlan plan, Arithmetic arithmetic)
{
    using var scorer = new PromptScorer(model, plan, new(arithmetic, Environment.ProcessorCount));
    return [.. scorer.Score().SelectMany(s => s).OrderBy(s => s.Key).Select(s => s.LogProbabilities)];
}

static bool Equal(double[][] a, double[][] b) => a.Zip(b, (x, y) => x.AsSpan().SequenceEqual(y)).All(same => same);

sealed record Reference(int Prompt, int[] Tokens, double[] Logprobs);

sealed record References(string[] Prompts, Reference[] Refs);
