using System.Runtime.InteropServices;
using LocalOpinions.Store.Connections;
using LocalOpinions.Store.Functions;

namespace LocalOpinions.Store.Tests;

/// <summary>A registration that fails leaves nothing behind, wherever it fails.</summary>
public sealed class FunctionHandleTests : StoreTest
{
    // A type, a list of it, and two steps of each function.
    static readonly int s_steps = 2 + 2 * SimdMeasure.All.Count;

    [Fact]
    public void Every_handle_is_destroyed_wherever_the_registration_fails()
    {
        using var database = Database.Open(File(), readOnly: false, StoreOptions.Default);
        using var connection = database.Connect();
        for (var failing = 0; failing < s_steps; failing++)
        {
            List<SafeHandle> made = [];
            var steps = 0;
            var failure = Assert.Throws<OutOfMemoryException>(() => SimdFunctions.Register(connection, handle =>
            {
                Assert.False(handle.IsClosed || handle.IsInvalid);
                made.Add(handle);
                if (steps++ == failing)
                    throw new OutOfMemoryException($"step {failing}");
            }));
            Assert.Equal($"step {failing}", failure.Message);
            Assert.Equal(failing + 1, made.Count);
            Assert.All(made, handle => Assert.True(handle.IsClosed));
        }
    }

    [Fact]
    public void After_a_failure_the_functions_can_be_registered()
    {
        using var database = Database.Open(File(), readOnly: false, StoreOptions.Default);
        using var connection = database.Connect();
        List<SafeHandle> made = [];
        Assert.Throws<OutOfMemoryException>(() => SimdFunctions.Register(connection, _ => throw new OutOfMemoryException()));
        SimdFunctions.Register(connection, made.Add);
        Assert.Equal(s_steps, made.Count);
        Assert.All(made, handle => Assert.True(handle.IsClosed));
        Assert.Equal(1.0, connection.Scalar("SELECT simd_similarity_bits([1, 2], [1, 2])"));
    }

    [Fact]
    public void A_connection_that_is_closed_leaves_nothing_either()
    {
        using var database = Database.Open(File(), readOnly: false, StoreOptions.Default);
        using var connection = database.Connect();
        List<SafeHandle> made = [];
        connection.Dispose();
        Assert.ThrowsAny<Exception>(() => SimdFunctions.Register(connection, made.Add));
        Assert.NotEmpty(made);
        Assert.All(made, handle => Assert.True(handle.IsClosed));
    }
}
