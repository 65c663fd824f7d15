using System.Reflection;

namespace LocalOpinions.Runner.Tests;

/// <summary>The dependency directions of docs/architecture.md, room by room.</summary>
public class ArchitectureTests
{
    const string Prefix = "LocalOpinions.";

    const int MostPositional = 7;

    /// <summary>Every library in src/; the command, which may know them all, is not among them.</summary>
    public static TheoryData<string> Libraries =>
        ["Analysis", "Asking", "Endpoints", "Engine", "Hub", "Report", "Scoring.Simd", "Serve", "Store", "Study", "Surveys"];

    [Theory]
    [InlineData("Scoring.Simd")]
    [InlineData("Surveys")]
    [InlineData("Endpoints")]
    [InlineData("Hub")]
    [InlineData("Serve")]
    [InlineData("Engine", "Scoring.Simd")]
    [InlineData("Store", "Scoring.Simd")]
    [InlineData("Report", "Store")]
    [InlineData("Analysis", "Store", "Surveys", "Scoring.Simd")]
    [InlineData("Asking", "Analysis", "Endpoints", "Engine", "Surveys", "Store", "Scoring.Simd")]
    [InlineData("Study", "Asking", "Analysis", "Surveys", "Store", "Scoring.Simd")]
    public void A_room_knows_only_the_rooms_it_may(string room, params string[] allowed)
    {
        var known = Known(room).Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Select(n => n[Prefix.Length..]);
        Assert.Subset(allowed.ToHashSet(), known.ToHashSet());
    }

    [Fact]
    public void Every_room_is_looked_at()
    {
        var rooms = Directory.GetDirectories(Path.Combine(LocalOpinions.Tests.Repository.Root, "src")).Select(Path.GetFileName)
            // Runner has checks of its own; what is in Common is compiled into the rooms that need it.
            .Where(n => n is not ("Runner" or "Common"));
        Assert.Equal(rooms.Order(StringComparer.Ordinal), Libraries.Select(l => l.Data).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Scoring_depends_on_nothing_but_tensors() =>
        Assert.All(Known("Scoring.Simd"), n => Assert.StartsWith("System.", n, StringComparison.Ordinal));

    [Theory, MemberData(nameof(Libraries))]
    public void A_library_never_writes_to_the_console(string room) =>
        Assert.DoesNotContain(Known(room), n => n is "System.Console" or "Spectre.Console");

    [Theory, MemberData(nameof(Libraries))]
    public void Only_Hub_and_Endpoints_connect_and_only_Serve_listens(string room)
    {
        Assert.Equal(room is "Hub" or "Endpoints", Known(room).Contains("System.Net.Http"));
        Assert.Equal(room == "Serve", Known(room).Contains("Microsoft.AspNetCore.Server.Kestrel"));
        if (room is not ("Hub" or "Endpoints" or "Serve"))
            Assert.DoesNotContain(Known(room), IsNetwork);
    }

    // A reader cannot tell the eighth value of a call from the ninth.
    [Theory, MemberData(nameof(Libraries))]
    public void What_has_many_values_gets_them_by_name(string room) => Assert.Empty(Assembly.Load(Prefix + room).GetTypes()
        .Where(t => !t.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)) && !t.Name.StartsWith('<'))
        .SelectMany(t => t.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        .Where(c => c.GetParameters().Length > MostPositional)
        .Select(c => $"{c.DeclaringType}: {c.GetParameters().Length} values"));

    [Fact]
    public void The_command_neither_connects_nor_listens_itself() => Assert.DoesNotContain(KnownTo("localopinions"), IsNetwork);

    [Theory, MemberData(nameof(Libraries))]
    public void Only_Store_knows_DuckDB(string room) => Assert.Equal(room == "Store", Known(room).Any(IsDuckDb));

    [Theory, MemberData(nameof(Libraries))]
    public void Only_Engine_knows_LLamaSharp(string room) => Assert.Equal(room == "Engine", Known(room).Contains("LLamaSharp"));

    [Fact]
    public void The_command_knows_neither_DuckDB_nor_LLamaSharp() =>
        Assert.DoesNotContain(KnownTo("localopinions"), n => IsDuckDb(n) || n == "LLamaSharp");

    [Theory, MemberData(nameof(Libraries))]
    public void Only_Engine_and_Store_call_native_code(string room)
    {
        // What kind of file lies at a path, every room that opens files asks the system itself (src/Common).
        var native = Assembly.Load(Prefix + room).GetTypes().Where(t => t.Namespace != Prefix + "Common")
            .SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(m => m.Attributes.HasFlag(MethodAttributes.PinvokeImpl));
        Assert.Equal(room is "Engine" or "Store", native.Any());
    }

    static List<string> Known(string room) => KnownTo(Prefix + room);

    static List<string> KnownTo(string assembly) => [.. Assembly.Load(assembly).GetReferencedAssemblies().Select(a => a.Name!)];

    static bool IsDuckDb(string assembly) => assembly.StartsWith("DuckDB.", StringComparison.Ordinal);

    static bool IsNetwork(string assembly) => assembly.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
        || (assembly.StartsWith("System.Net.", StringComparison.Ordinal) && assembly != "System.Net.Primitives");
}
