using LocalOpinions.Engine.Chat;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Tests;

namespace LocalOpinions.Engine.Tests;

/// <summary>Layouts read off templates: put together again, they are what the template lays out.</summary>
public class ChatLayoutTests
{
    const string Message = " MESSAGE\n", System = "Be brief.", Opening = "OPENING";

    [Fact]
    public void A_layout_says_what_its_template_says()
    {
        List<string> wrong = [];
        var (read, systems) = (0, 0);
        foreach (var (model, template) in ChatTemplates.All)
        {
            foreach (var hasSystem in new[] { false, true })
            {
                var choice = ChatTemplates.Tokens with { HasSystem = hasSystem, Date = new(2026, 3, 5) };
                if (Read(template, choice) is not { } format)
                    continue;
                ChatTurn[] talk = hasSystem ? [new("system", System), new("user", Message)] : [new("user", Message)];
                var (asked, answered) = ChatTemplate.Use(template, choice, t =>
                    (Rendered(t, true, talk), Rendered(t, false, [.. talk, new("assistant", Opening)])));
                var own = Text(format);
                // Up to thoughts that are over, and what only a given answer is preceded by.
                if (asked is not null && !own.StartsWith(asked.TrimEnd('\n'), StringComparison.Ordinal))
                    wrong.Add($"{model}\n  own      {Show(own)}\n  template {Show(asked)}");
                var added = asked is null ? "" : own[Math.Min(own.Length, asked.TrimEnd('\n').Length)..];
                if (added.Trim().Length > 0 && !added.Contains("/th", StringComparison.OrdinalIgnoreCase)
                    && answered?.StartsWith(own + Opening, StringComparison.Ordinal) != true)
                    wrong.Add($"{model} adds {Show(added)}");
                read++;
                systems += hasSystem ? 1 : 0;
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(read - systems >= 90 && systems >= 75, $"{read - systems} layouts without, {systems} with a system message");
    }

    // What was guessed wrong when layouts were told by the markers that templates name.
    [Theory]
    [InlineData("{% for m in messages %}{{ '<|im_start|>' + m.role + '\n' + m.content + '<|im_end|>\n' }}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}",
        "<|im_start|>user\n", "<|im_end|>\n", "<|im_start|>assistant\n", Blank.Stays)]
    [InlineData("{% for m in messages %}{{ '<|' ~ m['role'] ~ '|>' }}\n{{ m['content'] | trim }}<|end|>\n{% endfor %}<|assistant|>\n",
        "<|user|>\n", "<|end|>\n<|assistant|>", "\n", Blank.Goes)]
    [InlineData("{% set date = '26 July 2024' %}Today Date: {{ date }}\n\n"
        + "{% for m in messages %}[{{ m.role }}] {{ m.content.strip() }}{% endfor %}"
        + "{% if add_generation_prompt %} [assistant] {% endif %}",
        "Today Date: 26 July 2024\n\n[user] ", "", " [assistant] ", Blank.Goes)]
    [InlineData("{% for m in messages %}{{ m.role }}: {{ m.content.lstrip() }}\n{% endfor %}{% if add_generation_prompt %}assistant:"
        + "{% if enable_thinking is defined and enable_thinking is false %}<think>\n\n</think>\n\n{% endif %}{% endif %}",
        "user: ", "\n", "assistant:<think>\n\n</think>\n\n", Blank.GoesBefore)]
    [InlineData("{% for m in messages %}{{ m.role }}: {{ m.content.rstrip() + '|' }}{% endfor %}"
        + "{% if add_generation_prompt %}{{ 'a:<think>\n' }}{% endif %}",
        "user: ", "|", "a:<think>\n\n</think>\n\n", Blank.GoesBehind)]
    [InlineData("{% for m in messages %}{{ m.role }}: {{ m.content[0].text + '|' }}{% endfor %}",
        "user: ", "|", "assistant: ", Blank.Stays)]
    [InlineData("{{ bos_token }}{% for m in messages %}{% if m.role == 'user' %}[INST] {{ m.content }} [/INST]"
        + "{% else %} {{ m.content }}{{ eos_token }}"
        + "{% endif %}{% endfor %}", "<BOS>[INST] ", " [/INST]", " ", Blank.Stays)]
    public void Templates_are_read_as_they_are_and_not_as_their_kind(
        string template, string before, string after, string assistant, Blank trims)
    {
        var format = ModelChat.Read(template, ChatTemplates.Tokens);
        Assert.Equal((before, after, assistant, trims), (format.Before, format.After, format.Assistant, format.Trims));
    }

    [Theory]
    [InlineData("{{ messages[0].content | upper }}", "leaves the message out")]
    [InlineData("Hello!", "leaves the message out")]
    [InlineData("{{ messages[0].content }}{{ messages[0].content }}", "says the message twice")]
    [InlineData("{{ messages[0].content | replace('<', '&lt;') }}", "changes the message")]
    [InlineData("{{ messages[0].content.split('\n')[0] }}", "changes the message")]
    [InlineData("{{ messages[0].content | replace('  ', ' ') }}", "changes the message")]
    [InlineData("{{ messages[0].content[:20] }}", "changes the message")]
    [InlineData("{{ messages[0].content[:150] }}", "changes the message")]
    [InlineData("{{ messages[0].content[:4000] }}", "changes the message")]
    [InlineData("{{ messages[0].content[-4000:] }}", "changes the message")]
    [InlineData("{{ messages[0].content | replace(':', ' -') | replace('?', '!') }}", "changes the message")]
    [InlineData("{{ messages[0].content | replace('(A) ', 'A. ') }}", "changes the message")]
    [InlineData("{{ messages[0].content | replace('~', '') }}", "changes the message")]
    [InlineData("{% if 'options' in messages[0].content %}LISTED {% endif %}{{ messages[0].content }}", "changes the message")]
    [InlineData("{{ messages[0].content }}{% if 'someone from' in messages[0].content %} (be fair){% endif %}", "changes the message")]
    [InlineData("({{ messages[0].content | length }}) {{ messages[0].content }}", "changes the message")]
    [InlineData("{{ raise_exception('only for tools') }}", "it says \"only for tools\"")]
    [InlineData("{% if %}", "it says")]
    public void A_template_that_changes_what_is_said_is_refused(string template, string reason)
    {
        var e = Assert.Throws<ChatTemplateException>(() => ModelChat.Read(template, ChatTemplates.Tokens));
        Assert.Contains(reason, e.Message);
    }

    [Theory]
    [InlineData("{% if messages[0].role == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}"
        + "{{ messages[0].content }}",
        "System role not supported")]
    [InlineData("{% for m in messages if m.role == 'user' %}{{ m.content }}{% endfor %}", "leaves the system message out")]
    [InlineData("{% for m in messages %}{{ m.content | replace('%', '') if m.role == 'system' else m.content }}{% endfor %}",
        "changes the system message")]
    public void A_system_message_that_a_template_does_not_take_is_refused(string template, string reason)
    {
        var e = Assert.Throws<ChatTemplateException>(() => ModelChat.Read(template, ChatTemplates.Tokens with { HasSystem = true }));
        Assert.Contains(reason, e.Message);
    }

    // What the probe can see is what stands in it.
    [Fact]
    public void The_probe_holds_what_prompts_hold()
    {
        Assert.True(ChatProbe.Text.Length > 8000, $"{ChatProbe.Text.Length} characters");
        Assert.All(Enumerable.Range(' ', '~' - ' ' + 1), c => Assert.Contains((char)c, ChatProbe.Text));
        string[] words = ["question", "Question", "options", "Options", "answer", "Answer", "Human:", "Assistant:", "someone from",
            "persona", "Here are the options:\n(A) ", "following question", "would select", "100 people", "Brazil", "the United States"];
        Assert.All(words, w => Assert.Contains(w, ChatProbe.Text, StringComparison.Ordinal));
        Assert.Equal(ChatProbe.Text.Trim(), ChatProbe.Text);
    }

    [Fact]
    public void What_was_checked_stands_in_the_documentation()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "templates.md"));
        var start = page.IndexOf("## Layouts of chat", StringComparison.Ordinal);
        start = page.IndexOf("\n\n", page.IndexOf("\n\n", start, StringComparison.Ordinal) + 2, StringComparison.Ordinal) + 2;
        var rows = ChatTemplates.All.Select(t => (Model: t.Model.Replace("library/", "", StringComparison.Ordinal),
                Plain: Digits(t.Template, hasSystem: false), System: Digits(t.Template, hasSystem: true)))
            .GroupBy(t => (t.Plain, t.System)).OrderBy(g => g.Min(t => t.Model), StringComparer.Ordinal)
            .Select(g => $"| {string.Join(", ", g.Select(t => $"`{t.Model}`").Distinct().Order(StringComparer.Ordinal))} "
                + $"| {g.Key.Plain} | {g.Key.System} |\n");
        var table = "| templates of | layout | with a system message |\n|---|---|---|\n" + string.Concat(rows);
        if (Environment.GetEnvironmentVariable("LOCALOPINIONS_WRITE_DOCS") == "1")
            File.WriteAllText(Path.Combine(Repository.Root, "docs", "templates.md"), page[..start] + table);
        else
            Assert.Equal(table, page[start..]);

        static string Digits(string template, bool hasSystem)
        {
            try
            {
                return $"`{ModelChat.Read(template, ChatTemplates.Tokens with { HasSystem = hasSystem }).Sha256[..8]}`";
            }
            catch (ChatTemplateException e) when (e.IsTemplates)
            {
                return e.Message.Contains("not a function", StringComparison.Ordinal) ? "needs a date" : "refused: " + e.Message;
            }
        }
    }

    [Fact]
    public void The_default_models_layout_is_that_of_its_own_file()
    {
        using var model = Model.Load(EngineRuntime.Start(DeviceKind.Cpu), ModelFile.Find(Repository.DefaultModel, []));
        var format = model.ChatFormat();
        Assert.StartsWith("<|im_start|>system\nYou are a helpful AI assistant named SmolLM", format.Before);
        Assert.EndsWith("<|im_end|>\n<|im_start|>user\n", format.Before);
        Assert.Equal(("<|im_end|>\n", "<|im_start|>assistant\n"), (format.After, format.Assistant));
        var prompt = format.Write(model.Vocabulary, "Is it so?", "Yes");
        Assert.Equal<int[]>(model.Vocabulary.TokenizeWhole(prompt.ToString()), model.Vocabulary.Tokenize(prompt));
        Assert.Equal(5, model.Vocabulary.Tokenize(prompt).Count(model.Vocabulary.Markers.ContainsKey));

        var own = model.ChatFormat(new() { HasSystem = true });
        Assert.Equal(("<|im_start|>system\n", "<|im_end|>\n<|im_start|>user\n"), (own.Before, own.Between));
        Assert.Equal("<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nIs it so?<|im_end|>\n<|im_start|>assistant\nYes",
            own.Write(model.Vocabulary, "Is it so?", "Yes", "Be brief.").ToString());
        Assert.NotEqual(format.Sha256, own.Sha256);
    }

    [Fact]
    public void Base_models_are_refused_with_the_remedy()
    {
        using var model = TinyModels.Load("llama-spm");
        var e = Assert.Throws<EngineException>(() => model.ChatFormat());
        Assert.Equal(EngineError.ModelUnusable, e.Kind);
        Assert.Contains("no chat template, so it is probably a base model", e.Message);
        Assert.Contains("the plain layout", e.Message);
        Assert.Equal(EngineRemedy.PlainLayout, e.Remedy);
    }

    [Theory]
    [InlineData("{% if messages[0].role == 'system' %}{{ raise_exception('none') }}{% endif %}{{ messages[0].content }}",
        EngineRemedy.NoSystemOrPlainLayout, "Leave the system message out, or use the plain layout")]
    [InlineData("{{ messages[0].content | upper }}", EngineRemedy.PlainLayout, "Use the plain layout")]
    public void A_system_message_is_named_as_what_to_leave_out_where_that_helps(string template, EngineRemedy remedy, string told)
    {
        var e = Assert.Throws<EngineException>(() => ModelChat.Of(template, ChatTemplates.Tokens with { HasSystem = true }, "m.gguf"));
        Assert.Equal(remedy, e.Remedy);
        Assert.Contains(told, e.Message, StringComparison.Ordinal);
    }

    static ChatFormat? Read(string template, ChatChoice choice)
    {
        try
        {
            return ModelChat.Read(template, choice);
        }
        catch (ChatTemplateException e) when (e.IsTemplates)
        {
            return null;
        }
    }

    static string? Rendered(ChatTemplate template, bool goesOn, ChatTurn[] talk)
    {
        foreach (var form in Enum.GetValues<ContentForm>())
        {
            template.Form = form;
            try
            {
                if (template.Render(goesOn, talk) is var text && text.Contains("MESSAGE", StringComparison.Ordinal))
                    return text;
            }
            catch (ChatTemplateException e) when (e.IsTemplates)
            {
                continue;
            }
        }
        return null;
    }

    static string Text(ChatFormat format) => format.Before
        + (format.Between is null ? "" : System + format.Between) + Left(format.Trims) + format.After + format.Assistant;

    static string Left(Blank trims) => trims switch
    {
        Blank.Stays => Message,
        Blank.GoesBefore => Message.TrimStart(),
        Blank.GoesBehind => Message.TrimEnd(),
        _ => Message.Trim(),
    };

    static string Show(string text) => text.Replace("\n", "\\n", StringComparison.Ordinal);
}
