using System.Globalization;

namespace LocalOpinions.Runner.Sql;

/// <summary>Text that a person edits, in one or more lines, and the caret in it, which never stands inside a character.</summary>
sealed class EditedText
{
    public string Text { get; private set; } = "";

    public int Caret { get; private set; }

    public int LineStart => Text.LastIndexOf('\n', Math.Max(0, Caret - 1), Caret) + 1;

    public int LineEnd => Text.IndexOf('\n', Caret) is >= 0 and var end ? end : Text.Length;

    public string Line => Text[LineStart..LineEnd];

    public bool OnFirstLine => LineStart == 0;

    public bool OnLastLine => LineEnd == Text.Length;

    /// <summary>Where the caret would stand after a key.</summary>
    public int Left => AtOrBefore(Caret - 1);

    public int Right => Caret == Text.Length ? Caret : Caret + StringInfo.GetNextTextElementLength(Text, Caret);

    public int WordLeft
    {
        get
        {
            var at = Caret;
            while (at > 0 && char.IsWhiteSpace(Text[at - 1]))
                at--;
            while (at > 0 && !char.IsWhiteSpace(Text[at - 1]))
                at--;
            return at;
        }
    }

    public int WordRight
    {
        get
        {
            var at = Caret;
            while (at < Text.Length && !char.IsWhiteSpace(Text[at]))
                at++;
            while (at < Text.Length && char.IsWhiteSpace(Text[at]))
                at++;
            return at;
        }
    }

    /// <summary>The same distance from the line's start, one line higher.</summary>
    public int Above => OnFirstLine ? Caret
        : AtOrBefore(Math.Min(LineStart - 1, (LineStart < 2 ? 0 : Text.LastIndexOf('\n', LineStart - 2) + 1) + Caret - LineStart));

    public int Below => OnLastLine ? Caret
        : AtOrBefore(Math.Min(Text.IndexOf('\n', LineEnd + 1) is >= 0 and var end ? end : Text.Length, LineEnd + 1 + Caret - LineStart));

    public void Set(string text) => (Text, Caret) = (text, text.Length);

    public void MoveTo(int position) => Caret = position;

    public void Insert(string text) => (Text, Caret) = (Text.Insert(Caret, text), Caret + text.Length);

    /// <summary>Takes out what stands between the caret and another place.</summary>
    public void DeleteTo(int position)
    {
        var (from, to) = position < Caret ? (position, Caret) : (Caret, position);
        (Text, Caret) = (Text.Remove(from, to - from), from);
    }

    // Where the last character begins that begins no later.
    int AtOrBefore(int position) => position >= Text.Length
        ? Text.Length
        : StringInfo.ParseCombiningCharacters(Text).LastOrDefault(start => start <= position);
}
