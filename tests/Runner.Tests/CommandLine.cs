using System.Text.RegularExpressions;
using LocalOpinions.Runner.Commands;

namespace LocalOpinions.Runner.Tests;

/// <summary>The command in this process, in a folder of its own or a given one: as a user starts it, but for the start.</summary>
sealed partial class CommandLine : IDisposable
{
    readonly string _before = Environment.CurrentDirectory;
    readonly (TextWriter Out, TextWriter Error, TextReader In) _console = (Console.Out, Console.Error, Console.In);

    readonly bool _given;

    public CommandLine()
        : this(Directory.CreateTempSubdirectory("localopinions-line-").FullName) => _given = false;

    /// <param name="folder">Full path of a folder, which stays.</param>
    public CommandLine(string folder) => (_given, Environment.CurrentDirectory, Folder) = (true, folder, folder);

    public string Folder { get; }

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        if (!_given)
            Directory.Delete(Folder, recursive: true);
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public async Task<LineEnd> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Console.SetOut(output);
        Console.SetError(error);
        Console.SetIn(TextReader.Null);
        try
        {
            var code = await Dispatcher.RunAsync(CommandTree.Create(), arguments);
            return new(arguments, code, output.ToString(), error.ToString());
        }
        finally
        {
            Console.SetOut(_console.Out);
            Console.SetError(_console.Error);
            Console.SetIn(_console.In);
        }
    }

    /// <summary>Every file of the folder with its content.</summary>
    public Dictionary<string, string> Files() => Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(Folder, f), f => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(
            File.ReadAllBytes(f))));

    /// <summary>Words that only whoever writes this program understands.</summary>
    [GeneratedRegex(@"\bSystem\.[A-Z]|LocalOpinions\.[A-Z]|Exception\b|   at |[A-Za-z]`\d|this is a bug")]
    public static partial Regex Internals();
}

/// <summary>What a command left.</summary>
sealed record LineEnd(string[] Arguments, int Code, string Output, string Error)
{
    const int LongestMessage = 6000;

    /// <summary>Failed with one of the codes that users can do something about, in words that they understand.</summary>
    public void Refused(params int[] codes)
    {
        Assert.True(codes.Contains(Code), ToString());
        Assert.True(Error.StartsWith("localopinions: ", StringComparison.Ordinal), ToString());
        Understandable();
    }

    public void Understandable()
    {
        Assert.False(CommandLine.Internals().IsMatch(Error), ToString());
        Assert.True(Error.Length < LongestMessage, ToString());
    }

    public override string ToString() =>
        $"{string.Join(' ', Arguments.Select(Short))} ended with {Code}: {Short(Error)}{Short(Output)}";

    static string Short(string text) => text.Length > 1000 ? text[..1000] + "..." : text.Length == 0 ? "''" : text;
}
