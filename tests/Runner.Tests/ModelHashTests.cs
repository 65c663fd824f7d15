using LocalOpinions.Asking.Models;
using LocalOpinions.Engine.Loading;

namespace LocalOpinions.Runner.Tests;

public sealed class ModelHashTests : IDisposable
{
    readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_file_is_hashed_again_only_when_its_length_or_time_has_changed()
    {
        var time = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        string Hash(string content, int second)
        {
            File.WriteAllText(_path, content);
            File.SetLastWriteTimeUtc(_path, time.AddSeconds(second));
            return ModelHash.Of(ModelFile.Find(_path, []), default);
        }

        var first = Hash("one", 0);
        Assert.Equal(ModelFile.Find(_path, []).ComputeSha256(), first);
        // Nobody can tell from outside that it was read again, but by a change that leaves no trace.
        Assert.Equal(first, Hash("two", 0));
        var second = Hash("two", 1);
        Assert.NotEqual(first, second);
        Assert.NotEqual(second, Hash("three", 1));
    }
}
