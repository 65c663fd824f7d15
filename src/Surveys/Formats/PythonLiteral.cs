using System.Buffers;
using System.Globalization;
using System.Text;

namespace LocalOpinions.Surveys.Formats;

/// <summary>A cell is not the Python literal it should be.</summary>
/// <param name="message">What was expected.</param>
/// <param name="position">The 1-based character at which reading stopped.</param>
sealed class PythonSyntaxException(string message, int position) : FormatException($"{message} at character {position}")
{
    public int Position => position;
}

/// <summary>An item of the list of options: its text, and whether it was written as a string.</summary>
readonly record struct PythonItem(string Text, bool IsString);

/// <summary>Reads the shapes of Python literal that survey files hold, and nothing else.</summary>
/// <remarks>
/// Nothing is evaluated. Each shape is flat, so depth is bounded by the grammar itself: <c>distributions = ["defaultdict(&lt;class
/// 'list'&gt;, "] "{" [string ":" numbers ("," string ":" numbers)*] "}" [")"]</c>, <c>items = "[" [(string | number) ("," ...)*] "]"</c>.
/// What NumPy and pandas write around a dict, a list or a value (<see cref="PythonWrapper"/>) is passed over.
/// </remarks>
ref struct PythonLiteral
{
    // Words as well as numbers, so that "None" or a stray name is one token.
    static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("+-.0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_");

    static readonly SearchValues<char> NumberCharacters = SearchValues.Create("+-.0123456789eE");

    const int LongestFound = 30;

    readonly ReadOnlySpan<char> _text;
    int _at;

    PythonLiteral(ReadOnlySpan<char> text) => _text = text;

    /// <summary>Reads a dict, or a defaultdict, from strings to lists of numbers; keys may repeat.</summary>
    public static List<KeyValuePair<string, double[]>> ReadDistributions(ReadOnlySpan<char> text)
    {
        var reader = new PythonLiteral(text);
        var isDefaultDict = reader.TryTake("defaultdict");
        if (isDefaultDict)
        {
            reader.Take("(");
            reader.Take("<class 'list'>");
            reader.Take(",");
        }
        var wrapped = reader.Enter(PythonWrapper.Dict);
        var pairs = new List<KeyValuePair<string, double[]>>();
        var numbers = new List<double>();
        reader.Take("{");
        while (!reader.TryTake("}"))
        {
            var named = reader.Enter(PythonWrapper.Text);
            var key = reader.String();
            reader.Leave(named);
            reader.Take(":");
            numbers.Clear();
            reader.Numbers(numbers);
            pairs.Add(new(key, [.. numbers]));
            reader.Separator("}");
        }
        reader.Leave(wrapped);
        if (isDefaultDict)
            reader.Take(")");
        reader.End();
        return pairs;
    }

    /// <summary>Reads a list of strings and numbers; whole numbers lose a needless <c>.0</c>.</summary>
    public static List<PythonItem> ReadItems(ReadOnlySpan<char> text)
    {
        var reader = new PythonLiteral(text);
        var items = new List<PythonItem>();
        var wrapped = reader.Enter(PythonWrapper.List);
        for (var close = reader.Open(); !reader.TryTake(close); reader.Separator(close))
            items.Add(reader.Item());
        reader.Leave(wrapped);
        reader.End();
        return items;
    }

    /// <summary>Reads a list of numbers, some of which may be missing (NaN).</summary>
    public static List<double> ReadNumbers(ReadOnlySpan<char> text)
    {
        var reader = new PythonLiteral(text);
        var numbers = new List<double>();
        reader.Numbers(numbers);
        reader.End();
        return numbers;
    }

    void Numbers(List<double> numbers)
    {
        var wrapped = Enter(PythonWrapper.List);
        for (var close = Open(); !TryTake(close); Separator(close))
            numbers.Add(Number(out _));
        Leave(wrapped);
    }

    PythonItem Item()
    {
        var wrapped = Enter(PythonWrapper.Text);
        SkipBlanks();
        if (_at < _text.Length && _text[_at] is '\'' or '"')
        {
            var text = String();
            Leave(wrapped);
            return new(text, IsString: true);
        }
        var at = _at;
        var value = Number(out var token);
        Leave(wrapped);
        if (!double.IsFinite(value))
            throw new PythonSyntaxException($"{token} is neither a text nor a number", at + 1);
        // Integers are never rewritten: they may be larger than a double holds exactly.
        if (token.ContainsAny(".eE"))
            return new((value == 0 ? 0 : value).ToString("R", CultureInfo.InvariantCulture), IsString: false);
        return new(token.ToString(), IsString: false);
    }

    double Number(out ReadOnlySpan<char> token)
    {
        var wrapped = Enter(PythonWrapper.Number);
        SkipBlanks();
        token = Word();
        double value;
        if (token is "nan" or "None")
            value = double.NaN;
        else if (token is "inf" or "-inf")
            value = token[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        else if (token.ContainsAnyExcept(NumberCharacters)
            || !double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
            throw Expected("a number");
        _at += token.Length;
        Leave(wrapped);
        return value;
    }

    string String()
    {
        SkipBlanks();
        if (_at >= _text.Length || _text[_at] is not ('\'' or '"'))
            throw Expected("a quoted string");
        var quote = _text[_at];
        ReadOnlySpan<char> stops = quote == '\'' ? "'\\\n\r" : "\"\\\n\r";
        StringBuilder? built = null;
        var from = ++_at;
        while (true)
        {
            var run = _text[_at..].IndexOfAny(stops);
            if (run < 0 || _text[_at + run] is '\n' or '\r')
            {
                _at += run < 0 ? _text.Length - _at : run;
                throw Expected($"the closing {quote} of a string");
            }
            _at += run;
            var plain = _text[from.._at];
            if (_text[_at] == quote)
            {
                _at++;
                return built is null ? plain.ToString() : built.Append(plain).ToString();
            }
            (built ??= new()).Append(plain);
            Escape(built);
            from = _at;
        }
    }

    /// <summary>The escapes that Python's repr writes; the reader stands on the backslash.</summary>
    void Escape(StringBuilder built)
    {
        var code = _at + 1 < _text.Length ? _text[_at + 1] : '\0';
        var digits = code switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0)
        {
            built.Append(code switch
            {
                '\'' or '"' or '\\' => code,
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                _ => throw Expected("one of the escapes \\' \\\" \\\\ \\n \\r \\t \\x \\u \\U"),
            });
            _at += 2;
            return;
        }
        // Lone surrogates and NUL are refused: neither survives the way through UTF-8 and C strings.
        if (_at + 2 + digits > _text.Length
            || !uint.TryParse(_text.Slice(_at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            || value == 0
            || !Rune.TryCreate(value, out var rune))
            throw Expected($"{digits} hexadecimal digits of a character");
        built.Append(rune.ToString());
        _at += 2 + digits;
    }

    /// <summary>Takes a comma, which may also trail, or leaves the closing bracket in place.</summary>
    void Separator(string close)
    {
        if (!TryTake(",") && !_text[_at..].StartsWith(close))
            throw Expected($", or {close}{(StartsItem() ? " (NumPy prints arrays without commas: write them with tolist)" : "")}");
    }

    readonly bool StartsItem() => _at < _text.Length && _text[_at] is '\'' or '"' or '-' or (>= '0' and <= '9');

    /// <summary>Enters a call of one of these names, if one stands here.</summary>
    bool Enter(PythonWrapper wrapper)
    {
        SkipBlanks();
        var length = wrapper.LengthAt(_text[_at..]);
        _at += length;
        return length > 0;
    }

    /// <summary>Leaves it again: <c>array(['Yes', 'No'], dtype=object)</c>.</summary>
    void Leave(bool entered)
    {
        if (!entered)
            return;
        if (TryTake(",") && TryTake("dtype"))
        {
            Take("=");
            SkipBlanks();
            if (_at < _text.Length && _text[_at] is '\'' or '"')
                String();
            else
                _at += Word().Length;
        }
        Take(")");
    }

    /// <summary>Enters a list or a tuple; returns what closes it.</summary>
    string Open()
    {
        if (TryTake("("))
            return ")";
        Take("[");
        return "]";
    }

    readonly ReadOnlySpan<char> Word()
    {
        var length = _text[_at..].IndexOfAnyExcept(TokenCharacters);
        return length < 0 ? _text[_at..] : _text.Slice(_at, length);
    }

    void Take(string token)
    {
        if (!TryTake(token))
            throw Expected(token);
    }

    bool TryTake(string token)
    {
        SkipBlanks();
        if (!_text[_at..].StartsWith(token))
            return false;
        _at += token.Length;
        return true;
    }

    void End()
    {
        SkipBlanks();
        if (_at < _text.Length)
            throw Expected("the end of the cell");
    }

    void SkipBlanks()
    {
        var blanks = _text[_at..].IndexOfAnyExcept(" \t\r\n");
        _at = blanks < 0 ? _text.Length : _at + blanks;
    }

    readonly PythonSyntaxException Expected(string what)
    {
        var found = Word();
        return new($"expected {what}{(found.IsEmpty ? "" : $", not {found[..Math.Min(found.Length, LongestFound)]}")}", _at + 1);
    }
}
