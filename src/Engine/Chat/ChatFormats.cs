using System.Text.RegularExpressions;

namespace LocalOpinions.Engine.Chat;

/// <summary>Recognises a model's chat layout by the template that its file carries.</summary>
/// <remarks>
/// The templates are programs (Jinja) that this project does not run. What they lay out for one message is one of few things, told by the
/// markers that they name; tests hold these layouts against what the programs put out.
/// </remarks>
public static partial class ChatFormats
{
    /// <summary>The families, by name.</summary>
    public static IReadOnlyList<string> Families { get; } = ["chatml", "llama3", "gemma", "mistral", "phi"];

    /// <summary>Finds the layout.</summary>
    /// <param name="template">The file's own template.</param>
    /// <returns>Null where it is none of the known families.</returns>
    public static ChatFormat? Recognise(string template)
    {
        ArgumentNullException.ThrowIfNull(template);
        bool Has(string marker) => template.Contains(marker, StringComparison.Ordinal);

        if (Has("<|im_start|>"))
            return Has("<|im_sep|>") ? Phi4(template) : Has("<end_of_utterance>") ? null : ChatMl(template);
        // Classifiers of what others say have the markers of chat models and no chat.
        if (Has("<|start_header_id|>") && Has("<|eot_id|>") && !Has("UNSAFE CONTENT"))
            return Has(@"<|end_header_id|>\n\n") || Has("<|end_header_id|>\n\n") ? Llama3(template) : null;
        if (Has("<start_of_turn>model"))
            return new("gemma", "<start_of_turn>user\n", "<end_of_turn>\n", "<start_of_turn>model\n", Trims: true);
        if (Has("<|turn>") && Has("<turn|>"))
            return new("gemma", "<|turn>user\n", "<turn|>\n", "<|turn>model\n"
                + (Has("<|channel>thought") ? "<|channel>thought\n<channel|>" : ""), Trims: true);
        if (Has("[INST]"))
            return Mistral(template);
        if (Has("<|end|>") && Has("<|assistant|>"))
            return Phi3(template);
        return null;
    }

    static ChatFormat ChatMl(string template)
    {
        var system = System(template, SystemOfChatMl());
        return new("chatml", "<|im_start|>user\n", "<|im_end|>\n", "<|im_start|>assistant\n" + EmptyThoughts(template))
        {
            System = system is null ? "" : $"<|im_start|>system\n{system}<|im_end|>\n",
        };
    }

    // From 3.1 on the template puts a system message before every talk. Its date is the template's own where no clock is at hand, so that
    // answers do not depend on the day.
    static ChatFormat Llama3(string template)
    {
        var system = template.Contains("Cutting Knowledge Date: December 2023", StringComparison.Ordinal)
            ? "<|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n<|eot_id|>"
            : "";
        return new("llama3", "<|start_header_id|>user<|end_header_id|>\n\n", "<|eot_id|>",
            "<|start_header_id|>assistant<|end_header_id|>\n\n", Trims: true)
        {
            System = system,
        };
    }

    // The versions differ in blanks alone.
    static ChatFormat? Mistral(string template)
    {
        if (template.Contains("<<SYS>>", StringComparison.Ordinal))
            return null;
        var first = template.Contains("' [INST] '", StringComparison.Ordinal) || template.Contains("\" [INST] \"", StringComparison.Ordinal)
            ? " [INST] "
            : template.Contains("[INST] ", StringComparison.Ordinal) ? "[INST] " : "[INST]";
        var last = template.Contains(" [/INST]", StringComparison.Ordinal) ? " [/INST]" : "[/INST]";
        return new("mistral", first, last, BlankBeforeAnswer().IsMatch(template) ? " " : "");
    }

    static ChatFormat Phi3(string template)
    {
        return template.Contains("<|user|>", StringComparison.Ordinal)
            ? new("phi", "<|user|>\n", "<|end|>\n", "<|assistant|>\n")
            : new("phi", "<|user|>", "<|end|>", "<|assistant|>")
            {
                System = System(template, SystemOfPhi3()) is { } words ? $"<|system|>{words}<|end|>" : "",
            };
    }

    static ChatFormat Phi4(string template)
    {
        var system = System(template, SystemOfPhi4());
        return new("phi", "<|im_start|>user<|im_sep|>", "<|im_end|>", "<|im_start|>assistant<|im_sep|>")
        {
            System = system is null ? "" : $"<|im_start|>system<|im_sep|>{system}<|im_end|>",
        };
    }

    /// <summary>A model that thinks first is given thoughts that are over: else the next token is the first of its thoughts.</summary>
    static string EmptyThoughts(string template) => template switch
    {
        _ when !template.Contains("<think>", StringComparison.Ordinal) || !ThinksByItself().IsMatch(template) => "",
        _ when template.Contains(@"<think>\n\n</think>\n""", StringComparison.Ordinal) => "<think>\n\n</think>\n",
        _ => "<think>\n\n</think>\n\n",
    };

    /// <summary>
    /// The system message that a template writes out where none is given: between its markers, or as the value of a variable.
    /// </summary>
    static string? System(string template, Regex literal)
    {
        var match = literal.Match(template);
        if (!match.Success)
            match = SystemVariable().Match(template);
        return match.Success ? match.Groups["words"].Value.Replace(@"\n", "\n", StringComparison.Ordinal)
            .Replace(@"\'", "'", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal) : null;
    }

    // Not what is put together from pieces: "' + name", or a block of the program, ends a literal.
    [GeneratedRegex(
        @"<\|im_start\|>system(\\n|\n)(' \+ ')?(?<words>(?!['""])((?!<\|im_end\|>|['""] \+|\{\{|\{%|\}\}|%\}).)+)(' \+ ')?<\|im_end\|>",
        RegexOptions.Singleline)]
    private static partial Regex SystemOfChatMl();

    [GeneratedRegex(@"<\|system\|>(?<words>[^{}<>'""\\\n]+)(<\|end\|>|')")]
    private static partial Regex SystemOfPhi3();

    [GeneratedRegex(@"<\|im_start\|>system<\|im_sep\|>(?<words>(?!['""])((?!<\|im_end\|>|['""] \+|\{\{|\{%|\}\}|%\}).)+)<\|im_end\|>",
        RegexOptions.Singleline)]
    private static partial Regex SystemOfPhi4();

    [GeneratedRegex(@"set system_message = (?<quote>['""])(?<words>(\\.|(?!\k<quote>|\\).)+)\k<quote>", RegexOptions.Singleline)]
    private static partial Regex SystemVariable();

    [GeneratedRegex(
        @"(' '|"" "") \+ message\[.content.\]|\[/INST\] ' \+ (message|content)|\[/INST\]' \+ ' ' \+"
        + @"|assistant. %\}\s*\{\{-? *(' '|"" "") \+")]
    private static partial Regex BlankBeforeAnswer();

    // Some templates only take old thoughts out of what was said before.
    [GeneratedRegex(@"<think>(\\n)+</think>|assistant(\\n|\n)<think>|enable_thinking|add_generation_prompt.*<think>",
        RegexOptions.Singleline)]
    private static partial Regex ThinksByItself();
}
