using System.Reflection;

namespace LocalOpinions.Runner.Tests;

/// <summary>The dependency directions of docs/architecture.md.</summary>
public class ArchitectureTests
{
    const string Prefix = "LocalOpinions.";

    [Theory]
    [InlineData("Scoring.Simd")]
    [InlineData("Surveys")]
    [InlineData("Hub")]
    [InlineData("Serve")]
    [InlineData("Engine", "Scoring.Simd")]
    [InlineData("Store", "Scoring.Simd")]
    [InlineData("Report", "Store")]
    public void A_room_knows_only_the_rooms_it_may(string room, params string[] allowed)
    {
        var known = Assembly.Load(Prefix + room).GetReferencedAssemblies().Select(a => a.Name!)
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Select(n => n[Prefix.Length..]);
        Assert.Subset(allowed.ToHashSet(), known.ToHashSet());
    }

    [Fact]
    public void Scoring_depends_on_nothing_but_tensors()
    {
        var known = Assembly.Load(Prefix + "Scoring.Simd").GetReferencedAssemblies().Select(a => a.Name!)
            .Where(n => !n.StartsWith("System.", StringComparison.Ordinal));
        Assert.Empty(known);
    }

    [Theory]
    [InlineData("Engine")]
    [InlineData("Store")]
    [InlineData("Surveys")]
    [InlineData("Report")]
    [InlineData("Hub")]
    [InlineData("Serve")]
    [InlineData("Scoring.Simd")]
    public void A_library_never_writes_to_the_console(string room) =>
        Assert.DoesNotContain(Assembly.Load(Prefix + room).GetReferencedAssemblies(), a => a.Name is "System.Console" or "Spectre.Console");

    [Theory]
    [InlineData("Engine")]
    [InlineData("Store")]
    [InlineData("Surveys")]
    [InlineData("Report")]
    [InlineData("Scoring.Simd")]
    [InlineData("Runner", "localopinions")]
    public void Only_Hub_connects_and_only_Serve_listens(string room, string? assembly = null)
    {
        var known = Assembly.Load(assembly ?? Prefix + room).GetReferencedAssemblies().Select(a => a.Name!).ToList();
        Assert.DoesNotContain(known, n => n.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || (n.StartsWith("System.Net.", StringComparison.Ordinal) && n != "System.Net.Primitives"));
        Assert.Contains("System.Net.Http", Assembly.Load(Prefix + "Hub").GetReferencedAssemblies().Select(a => a.Name));
        Assert.Contains("Microsoft.AspNetCore.Server.Kestrel",
            Assembly.Load(Prefix + "Serve").GetReferencedAssemblies().Select(a => a.Name));
    }

    [Fact]
    public void Only_Store_knows_DuckDB()
    {
        static bool Knows(string assembly) =>
            Assembly.Load(assembly).GetReferencedAssemblies().Any(a => a.Name!.StartsWith("DuckDB.", StringComparison.Ordinal));
        Assert.True(Knows(Prefix + "Store"));
        foreach (var other in new[] { "Engine", "Scoring.Simd", "Surveys", "Report", "Hub", "Serve" })
            Assert.False(Knows(Prefix + other), other);
        Assert.False(Knows("localopinions"));
    }

    // Native calls stay in the two folders that own them.
    [Fact]
    public void Only_Engine_and_Store_call_native_code()
    {
        foreach (var room in new[] { "Scoring.Simd", "Surveys", "Report", "Hub", "Serve" })
        {
            var native = Assembly.Load(Prefix + room).GetTypes()
                .SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
                .Where(m => m.Attributes.HasFlag(MethodAttributes.PinvokeImpl));
            Assert.Empty(native);
        }
    }
}
