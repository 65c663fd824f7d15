using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using LLama.Native;
using LocalOpinions.Engine.Llama;
using LocalOpinions.Tests;

namespace LocalOpinions.Engine.Tests;

/// <summary>
/// LLamaSharp is written for another llama.cpp than the one that is loaded: what is called is held against that one's header.
/// </summary>
public partial class HeaderTests
{
    static readonly Dictionary<string, Function> s_header = File.ReadLines(Repository.Fixture("llama-cpp/b10361-functions.txt"))
        .Where(l => !l.StartsWith('#')).Select(Parse).ToDictionary(f => f.Name);

    [Fact]
    public void Every_function_on_the_path_is_declared_in_the_header() =>
        Assert.Equal(Own().Select(m => m.Name).Concat(LlamaSharpPath.Functions).Distinct().Order(), s_header.Keys.Order());

    [Fact]
    public void Every_import_has_the_headers_parameters()
    {
        // LLamaSharp declares some functions more than once: each must be right.
        var imports = Own().Select(m => (m.Name, Method: m))
            .Concat(LLamaSharp().Where(m => LlamaSharpPath.Functions.Contains(m.Name)))
            .ToList();
        Assert.Equal(s_header.Keys.Order(), imports.Select(i => i.Name).Distinct().Order());
        Assert.All(imports, i => Assert.Null(Difference(s_header[i.Name], i.Method)));
    }

    [Fact]
    public void A_batch_lies_as_in_the_header()
    {
        string[] fields = ["n_tokens", "tokens", "embd", "pos", "n_seq_id", "seq_id", "logits"];
        Assert.Equal(fields, typeof(LLamaNativeBatch).GetFields().Select(f => f.Name));
        Assert.Equal([0, 8, 16, 24, 32, 40, 48], fields.Select(f => (int)Marshal.OffsetOf<LLamaNativeBatch>(f)));
        Assert.Equal(56, Marshal.SizeOf<LLamaNativeBatch>());
    }

    // The comparison with llama.cpp's own programs fetches the source: benchmarks/compare/llama_cpp.sh.
    [Fact]
    public void The_declarations_are_those_of_the_source()
    {
        var header = Path.Combine(Repository.Root, "artifacts", "compare", "node-llama-cpp@3.20.0", "source", "include", "llama.h");
        Assert.SkipUnless(File.Exists(header), "llama.cpp's source is not here; benchmarks/compare/llama_cpp.sh fetches it.");
        var text = Words(Comments().Replace(File.ReadAllText(header), ""));
        Assert.All(s_header.Values, f => Assert.Contains("LLAMA_API " + f.Declaration, text));
    }

    [Theory]
    [InlineData("int32_t f(bool a);", nameof(Wrong.BoolOfFour), "a")]
    [InlineData("int32_t f(int32_t a);", nameof(Wrong.BoolOfOne), "a")]
    [InlineData("int32_t f(size_t a);", nameof(Wrong.Int), "a")]
    [InlineData("int32_t f(struct llama_batch a);", nameof(Wrong.Int), "a")]
    [InlineData("int32_t f(const char * a);", nameof(Wrong.Int), "a")]
    [InlineData("uint64_t f(int32_t a);", nameof(Wrong.Int), "return")]
    [InlineData("int32_t f(int32_t a, int32_t b);", nameof(Wrong.Int), "2 parameters")]
    public void A_difference_would_be_found(string declaration, string method, string where) =>
        Assert.Contains(where, Difference(Parse(declaration),
            typeof(Wrong).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!));

    static string? Difference(Function function, MethodInfo import)
    {
        var parameters = import.GetParameters();
        if (parameters.Length != function.Parameters.Count)
            return $"{function.Name}: {function.Parameters.Count} parameters, {parameters.Length} imported";
        for (var i = 0; i < parameters.Length; i++)
        {
            if (!Fits(function.Parameters[i], parameters[i]))
                return $"{function.Name}: {parameters[i].Name} is {function.Parameters[i]}, imported as {parameters[i].ParameterType}";
        }
        return Fits(function.Returns, import.ReturnParameter) ? null
            : $"{function.Name}: return is {function.Returns}, imported as {import.ReturnType}";
    }

    static bool Fits(string c, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var one = parameter.GetCustomAttribute<MarshalAsAttribute>()?.Value is UnmanagedType.U1 or UnmanagedType.I1;
        return c switch
        {
            "void" => type == typeof(void),
            "bool" => type == typeof(byte) || (type == typeof(bool) && one),
            "int32_t" or "uint32_t" or "llama_token" or "llama_pos" or "llama_seq_id" or "enum llama_token_attr"
                or "enum llama_vocab_type" => type != typeof(bool) && SizeOf(type) == 4,
            "size_t" or "uint64_t" => SizeOf(type) == 8,
            "llama_memory_t" => type == typeof(nint),
            "struct llama_model_params" => type == typeof(LLamaModelParams),
            "struct llama_context_params" => type == typeof(LLamaContextParams),
            "struct llama_model_quantize_params" => type == typeof(LLamaModelQuantizeParams),
            "struct llama_batch" => type == typeof(LLamaNativeBatch),
            _ => (c.EndsWith('*') || c.EndsWith("_callback", StringComparison.Ordinal)) && IsPointer(type),
        };
    }

    static bool IsPointer(Type type) => type.IsPointer || type.IsByRef || type.IsArray || type.IsFunctionPointer || type == typeof(nint)
        || type == typeof(string)
        || typeof(SafeHandle).IsAssignableFrom(type) || typeof(Delegate).IsAssignableFrom(type);

    // A C# long, nint or nuint; a struct of one int; an enum.
    static int SizeOf(Type type) => type.IsPointer || !type.IsValueType || type == typeof(void) ? 0 : type.IsEnum
        ? Marshal.SizeOf(type.GetEnumUnderlyingType()) : Marshal.SizeOf(type);

    static IEnumerable<MethodInfo> Own() => typeof(LlamaNative).GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
        .Where(m => m.Name.StartsWith("llama_", StringComparison.Ordinal));

    static IEnumerable<(string Name, MethodInfo Method)> LLamaSharp() => typeof(NativeApi).Assembly.GetTypes()
        .SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Select(m => (Import: m.GetCustomAttribute<DllImportAttribute>(), Method: m))
        .Where(m => m.Import is not null)
        .Select(m => (m.Import!.EntryPoint ?? m.Method.Name, m.Method));

    static Function Parse(string declaration)
    {
        var text = Words(declaration);
        var match = Declaration().Match(text);
        var parameters = match.Groups["parameters"].Value is "void" ? []
            : match.Groups["parameters"].Value.Split(',').Select(TypeOf).ToList();
        return new(match.Groups["name"].Value, match.Groups["returns"].Value.Trim(), parameters, text);
    }

    // All but the parameter's name; the header leaves out "struct" once.
    static string TypeOf(string parameter)
    {
        var words = parameter.Trim();
        return words[..(words.LastIndexOfAny([' ', '*']) + 1)].Trim();
    }

    static string Words(string text) => Blanks().Replace(text, " ").Replace("( ", "(").Replace(" )", ")").Trim();

    sealed record Function(string Name, string Returns, IReadOnlyList<string> Parameters, string Declaration);

    static class Wrong
    {
        internal static int BoolOfFour(bool a) => a ? 1 : 0;
        internal static int BoolOfOne([MarshalAs(UnmanagedType.U1)] bool a) => a ? 1 : 0;
        internal static int Int(int a) => a;
    }

    [GeneratedRegex(@"^(?<returns>.*?)\b(?<name>\w+) ?\((?<parameters>.*)\);$")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
