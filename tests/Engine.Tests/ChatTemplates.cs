using System.Diagnostics;
using System.Text.Json;
using LocalOpinions.Engine.Chat;
using LocalOpinions.Tests;

namespace LocalOpinions.Engine.Tests;

/// <summary>The chat templates of well-known models, and what Python's Jinja makes of them (chat/oracle.py).</summary>
static class ChatTemplates
{
    public static readonly ChatChoice Tokens = new() { StartToken = "<BOS>", EndToken = "<EOS>" };

    static readonly Lazy<KnownTemplate[]> s_all = new(() => Parse<KnownTemplate[]>(Node("templates.mjs")));

    public static IReadOnlyList<KnownTemplate> All => s_all.Value;

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Engine.Tests", "chat");

    public static T Parse<T>(string json) => JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web)!;

    static string Node(string script)
    {
        var start = new ProcessStartInfo("node", [script])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = ChildProcess.Start(start);
        var error = node.StandardError.ReadToEndAsync();
        var output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        Assert.True(node.ExitCode == 0, error.Result);
        return output;
    }
}

sealed record KnownTemplate(string Model, string Template);

sealed record Talk(string Name, bool GoesOn, ChatMessage[] Messages, DateOnly? Date);

sealed record ChatMessage(string Role, string Content);
