namespace LocalOpinions.Surveys.Formats;

/// <summary>What may stand around a value when NumPy or pandas wrote it: np.float64(0.25), array([...], dtype=object).</summary>
sealed class PythonWrapper
{
    static readonly string[] s_modules = ["", "np.", "numpy.", "pd.", "pandas.", "collections."];

    readonly string[] _calls;

    PythonWrapper(params string[] names) => _calls = [.. s_modules.SelectMany(m => names.Select(n => $"{m}{n}("))];

    public static PythonWrapper Number { get; } = new(
        "float", "float16", "float32", "float64", "longdouble", "int", "int8", "int16", "int32", "int64",
        "uint8", "uint16", "uint32", "uint64");

    public static PythonWrapper Text { get; } = new("str", "str_");

    public static PythonWrapper List { get; } = new("array", "list", "tuple", "Index", "Series");

    public static PythonWrapper Dict { get; } = new("dict", "OrderedDict");

    /// <summary>How many characters the call takes up to its value; 0 where there is none.</summary>
    public int LengthAt(ReadOnlySpan<char> text)
    {
        foreach (var call in _calls)
        {
            if (text.StartsWith(call))
                return call.Length;
        }
        return 0;
    }
}
