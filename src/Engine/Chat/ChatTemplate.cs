using System.Globalization;
using System.Text.Json;
using Jint;
using Jint.Native;
using Jint.Runtime;

namespace LocalOpinions.Engine.Chat;

/// <summary>A turn of a talk.</summary>
/// <param name="Role">"system", "user" or "assistant".</param>
/// <param name="Content">What is said.</param>
readonly record struct ChatTurn(string Role, string Content);

/// <summary>A chat template could not be rendered; the message says why, in a clause.</summary>
/// <param name="message">As "it does not end".</param>
/// <param name="isTemplates">Whether the template itself refused the talk, and may take another one.</param>
sealed class ChatTemplateException(string message, bool isTemplates) : Exception(message)
{
    public bool IsTemplates { get; } = isTemplates;
}

/// <summary>
/// A model's chat template: a program in Jinja that comes with the model, and so from a stranger. It is run by Hugging Face's interpreter
/// of that language, in an interpreter of JavaScript that reaches nothing of this process.
/// </summary>
sealed class ChatTemplate
{
    /// <summary>The name of the function that tells templates the day.</summary>
    public const string Clock = "strftime_now";

    const int MostCharacters = 1 << 18, MostStatements = 20_000_000, MostCalls = 1000, StackBytes = 64 << 20;
    const long MostBytes = 96L << 20;

    static readonly TimeSpan s_longest = TimeSpan.FromSeconds(3);
    static readonly Lazy<Prepared<Acornima.Ast.Script>> s_interpreter = new(() => Jint.Engine.PrepareScript(Embedded("chat.js")));

    readonly Jint.Engine _engine;
    readonly JsValue _render;
    readonly JsValue _date;
    readonly ChatChoice _choice;

    ChatTemplate(string source, ChatChoice choice)
    {
        _choice = choice;
        _engine = new(options => options.Constraint(new ProcessorTimeLimit(s_longest)).LimitMemory(MostBytes)
            .LimitRecursion(MostCalls).MaxStatements(MostStatements).Culture(CultureInfo.InvariantCulture));
        _engine.Execute(s_interpreter.Value);
        var chat = _engine.GetValue("chat").AsObject();
        _render = chat.Get("render");
        _date = choice.Date is { } date
            ? JsValue.FromObject(_engine, (string format) => TemplateDate.Format(date, format))
            : JsValue.Undefined;
        Call(chat.Get("open"), source);
    }

    /// <summary>In which form it is given what is said.</summary>
    public ContentForm Form { get; set; }

    /// <summary>Works with a template, within bounds of time and memory.</summary>
    /// <exception cref="ChatTemplateException">It cannot be rendered so, or not within the bounds.</exception>
    public static T Use<T>(string source, ChatChoice choice, Func<ChatTemplate, T> work)
    {
        if (source.Length > MostCharacters)
            throw new ChatTemplateException(
                $"it is {source.Length:N0} characters long; {MostCharacters:N0} is the most", isTemplates: false);
        Task<T>? result = null;
        // A template may nest as deeply as its interpreter lets it; the stack has room for that.
        var thread = new Thread(() =>
        {
            // The interpreter itself is not the template's time.
            _ = s_interpreter.Value;
            try
            {
                result = Task.FromResult(work(new(source, choice)));
            }
            catch (Exception e)
            {
                result = Task.FromException<T>(e);
            }
        }, StackBytes);
        thread.Start();
        thread.Join();
        return result!.GetAwaiter().GetResult();
    }

    /// <summary>The talk as the template lays it out.</summary>
    /// <param name="goesOn">Whether an answer of the model's is to follow.</param>
    /// <param name="turns">What was said.</param>
    /// <exception cref="ChatTemplateException">The template refuses it, or exceeds its bounds.</exception>
    public string Render(bool goesOn, params IEnumerable<ChatTurn> turns)
    {
        var context = new
        {
            messages = turns.Select(t => new
            {
                role = t.Role,
                content = Form == ContentForm.Texts || (Form == ContentForm.PartsButSystem && t.Role == "system")
                    ? (object)t.Content : new[] { new { type = "text", text = t.Content } },
            }),
            add_generation_prompt = goesOn,
            // The names by which templates know that a model shall not think before it answers.
            enable_thinking = false,
            thinking = false,
            bos_token = _choice.StartToken,
            eos_token = _choice.EndToken,
        };
        return Call(_render, JsonSerializer.Serialize(context), _date).AsString();
    }

    JsValue Call(JsValue function, params JsValue[] arguments)
    {
        try
        {
            return _engine.Invoke(function, arguments);
        }
        catch (JavaScriptException e)
        {
            throw new ChatTemplateException($"it says \"{Short(e.Message)}\"", isTemplates: true);
        }
        catch (RecursionDepthOverflowException)
        {
            throw new ChatTemplateException("it nests too deeply", isTemplates: false);
        }
        catch (Exception e) when (e is StatementsCountOverflowException or TimeoutException)
        {
            throw new ChatTemplateException(string.Create(CultureInfo.InvariantCulture,
                $"it has not ended after {s_longest.TotalSeconds} seconds"), isTemplates: false);
        }
        catch (MemoryLimitExceededException)
        {
            throw new ChatTemplateException("it takes too much memory", isTemplates: false);
        }
    }

    static string Short(string message)
    {
        var line = message.ReplaceLineEndings(" ").Trim();
        return line.Length <= 200 ? line : line[..200] + "...";
    }

    static string Embedded(string name)
    {
        using var stream = typeof(ChatTemplate).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
