using System.Text.RegularExpressions;

namespace LocalOpinions.Runner.Tests;

/// <summary>An endless screen that obeys control sequences as a terminal would; CJK is two cells wide on it, all else one.</summary>
sealed partial class Paper : StringWriter
{
    const int Width = 80;

    readonly List<string?[]> _cells = [];

    public string Written => ToString();

    public (int Row, int Column) Cursor => Play();

    public string[] Lines
    {
        get
        {
            Play();
            var lines = _cells.Select(row => string.Concat(row).TrimEnd()).ToList();
            return [.. lines.Take(lines.FindLastIndex(l => l.Length > 0) + 1)];
        }
    }

    (int, int) Play()
    {
        _cells.Clear();
        var (row, column) = (0, 0);
        foreach (Match step in Step().Matches(Written))
        {
            while (_cells.Count <= row + 1)
                _cells.Add(new string?[Width]);
            var count = int.TryParse(step.Groups["n"].ValueSpan, out var n) ? n : 0;
            switch (step.Value[^1])
            {
                case '\r':
                    column = 0;
                    break;
                case '\n':
                    row++;
                    break;
                case 'A' when step.Length > 1:
                    row -= count;
                    break;
                case 'C' when step.Length > 1:
                    column += count;
                    break;
                case 'K' when step.Length > 1:
                    Array.Clear(_cells[row], column, Width - column);
                    break;
                case 'J' when step.Length > 1:
                    Array.Clear(_cells[row], column, Width - column);
                    _cells.RemoveRange(row + 1, _cells.Count - row - 1);
                    break;
                case var _ when step.Length == 1:
                    var wide = step.Value[0] >= '\u2E80';
                    _cells[row][column++] = step.Value;
                    if (wide)
                        _cells[row][column++] = "";
                    break;
            }
        }
        return (row, column);
    }

    [GeneratedRegex(@"\x1b\[\??(?<n>\d*)[A-Za-z]|.|\n", RegexOptions.CultureInvariant)]
    private static partial Regex Step();
}
