namespace LocalOpinions.Engine.Chat;

/// <summary>
/// Reads a layout off a chat template: it is rendered with place-holders for what is said, and cut where they come out. So the parts may
/// hold control tokens, and what is said never does, whatever it says.
/// </summary>
sealed class ChatLayoutReader(ChatTemplate template, ChatChoice choice)
{
    const string Message = "MESSAGE-f7q2", System = "SYSTEM-f7q2", Opening = "OPENING-f7q2";

    // Around what is said: some templates take them off.
    const string Blanks = " \n\t ";

    /// <exception cref="ChatTemplateException">The template cannot be rendered, or changes what is said.</exception>
    public static ChatFormat Read(string source, ChatChoice choice) =>
        ChatTemplate.Use(source, choice, template => new ChatLayoutReader(template, choice).Read());

    ChatFormat Read()
    {
        var asked = Asked();
        var (before, after) = Cut(asked, Message, "the message");
        // What ends the person's turn, and what begins the answer's.
        var turn = Attempt(goesOn: false, [.. Talk(Message)]) is { } still && still.StartsWith(before + Message, StringComparison.Ordinal)
            && after.StartsWith(still[(before.Length + Message.Length)..], StringComparison.Ordinal)
                ? still[(before.Length + Message.Length)..] : "";
        var format = new ChatFormat(before, turn, Thoughts.Ended(Answering(before, after)[turn.Length..]))
        {
            Trims = Trimming(text => Talk(text), before, after, "the message"),
        };
        if (!choice.HasSystem)
            return format;
        var (first, between) = Cut(before, System, "the system message");
        return format with
        {
            Before = first,
            Between = between,
            SystemTrims = Trimming(text => Talk(Message, text), first, between + Message + after, "the system message"),
        };
    }

    /// <summary>A message that an answer is to follow; in parts, where the template wants them.</summary>
    string Asked()
    {
        ChatTemplateException? refusal = null;
        foreach (var form in Enum.GetValues<ContentForm>())
        {
            template.Form = form;
            try
            {
                if (template.Render(goesOn: true, Talk(Message)) is var asked && asked.Contains(Message, StringComparison.Ordinal))
                    return asked;
                refusal ??= new("it leaves the message out", isTemplates: true);
            }
            catch (ChatTemplateException e) when (e.IsTemplates)
            {
                refusal ??= e;
            }
        }
        throw refusal!;
    }

    /// <summary>
    /// What stands between a message and the answer. That is what the template adds for an answer to follow; and where it writes more
    /// before an answer that was given, as a blank or a channel's name, that too: so the answer stands where models were trained to write
    /// it.
    /// </summary>
    string Answering(string before, string after)
    {
        var answered = Attempt(goesOn: false, [.. Talk(Message), new("assistant", Opening)]);
        var start = before + Message + after;
        return answered is not null && answered.StartsWith(start, StringComparison.Ordinal)
            && answered.IndexOf(Opening, StringComparison.Ordinal) is var at && at >= start.Length
                ? answered[(before.Length + Message.Length)..at] : after;
    }

    Blank Trimming(Func<string, ChatTurn[]> talk, string before, string after, string what)
    {
        var text = template.Render(goesOn: true, talk(Blanks + ChatProbe.Text + Blanks));
        if (text.Length >= before.Length + after.Length && text.StartsWith(before, StringComparison.Ordinal)
            && text.EndsWith(after, StringComparison.Ordinal))
        {
            var said = text[before.Length..^after.Length];
            foreach (var (left, trims) in new[] { (Blanks + ChatProbe.Text + Blanks, Blank.Stays),
                (ChatProbe.Text + Blanks, Blank.GoesBefore), (Blanks + ChatProbe.Text, Blank.GoesBehind), (ChatProbe.Text, Blank.Goes) })
            {
                if (said == left)
                    return trims;
            }
        }
        throw new ChatTemplateException($"it changes {what}, in more than blanks at the ends", isTemplates: true);
    }

    ChatTurn[] Talk(string message, string system = System) =>
        choice.HasSystem ? [new("system", system), new("user", message)] : [new("user", message)];

    string? Attempt(bool goesOn, ChatTurn[] talk)
    {
        try
        {
            return template.Render(goesOn, talk);
        }
        catch (ChatTemplateException e) when (e.IsTemplates)
        {
            // Not every template lays out a talk of each kind; what it then would add is not known.
            return null;
        }
    }

    static (string Before, string Behind) Cut(string text, string holder, string what)
    {
        var at = text.IndexOf(holder, StringComparison.Ordinal);
        if (at < 0)
            throw new ChatTemplateException($"it leaves {what} out", isTemplates: true);
        var behind = text[(at + holder.Length)..];
        return behind.Contains(holder, StringComparison.Ordinal)
            ? throw new ChatTemplateException($"it says {what} twice", isTemplates: true)
            : (text[..at], behind);
    }
}
