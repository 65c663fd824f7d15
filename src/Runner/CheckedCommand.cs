using System.CommandLine;

namespace LocalOpinions.Runner;

/// <summary>A command whose options are held against each other, once the value of each is fine by itself.</summary>
/// <remarks>
/// The library's own validators come too early for that: they run before values are read, and asking for a wrong one ends the program.
/// </remarks>
sealed class CheckedCommand(string name, string description) : Command(name, description)
{
    readonly List<Func<ParseResult, IEnumerable<string>>> _checks = [];

    /// <summary>Adds a check, which says what does not go together, a sentence each.</summary>
    public void Check(Func<ParseResult, IEnumerable<string>> check) => _checks.Add(check);

    /// <summary>What does not go together.</summary>
    public IEnumerable<string> Contradictions(ParseResult parsed) => _checks.SelectMany(check => check(parsed));
}
