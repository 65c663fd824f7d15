namespace LocalOpinions.Engine.Tests;

/// <summary>Kinds of model that no fixture has: experts, and memories that hold a state in place of keys and values.</summary>
public sealed class MemoryKindTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("localopinions-kinds-").FullName;

    public static TheoryData<string> Models => [.. RandomModels.Names];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, MemberData(nameof(Models))]
    public void Dump(string name)
    {
        using var model = Load(name);
        var prompts = Prompts(name, model);
        var exact = Score(model, prompts, true);
        var packed = Score(model, prompts, false);
        var o = TestContext.Current.TestOutputHelper!;
        foreach (var p in prompts)
        {
            var e = exact[p.Key];
            var logits = e.Select(x => x - e.Average()).ToArray();
            o.WriteLine($"{name} {p.Key} n {p.Tokens.Length} H {-e.Sum(l => l * Math.Exp(l)) / Math.Log(e.Length):f4} rms {Math.Sqrt(logits.Average(x => x * x)):f3} packed-exact {e.Zip(packed[p.Key], (a, b) => Math.Abs(a - b)).Max():e2} tv0 {e.Zip(exact[0], (a, b) => Math.Abs(Math.Exp(a) - Math.Exp(b))).Sum() / 2:f3}");
        }
        o.WriteLine($"{new FileInfo(Path.Combine(_folder, name + ".gguf")).Length}");
    }

    Model Load(string name) => Model.Load(EngineRuntime.Start(DeviceKind.Cpu), ModelFile.Find(RandomModels.Write(name, _folder), []));

    static List<TokenizedPrompt> Prompts(string name, Model model) =>
        [.. TinyModels.References(RandomModels.Tokenizer(name)).Prompts.Select((text, i) => new TokenizedPrompt(i, model.Vocabulary.Tokenize(text), [], false))];

    static Dictionary<int, double[]> Score(Model model, List<TokenizedPrompt> prompts, bool exact)
    {
        using var scorer = new PromptScorer(model, prompts, new(exact, TinyModels.Threads));
        var order = exact ? prompts : DecodePlan.Packed(prompts).SelectMany(g => g.Prompts);
        return order.Zip(scorer.AllLogProbabilities()).ToDictionary(p => p.First.Key, p => p.Second);
    }
}
