using System.Text.RegularExpressions;
using LocalOpinions.Tests;

namespace LocalOpinions.Hub.Tests;

public sealed class CatalogueTests : PullTest
{
    [Fact]
    public void Every_entry_names_a_file_of_a_repository()
    {
        Assert.All(Catalogue.Entries, e =>
        {
            var reference = Assert.IsType<HubReference>(PullReference.Parse(e.Name, new("https://hub.invalid", null)));
            Assert.Equal((e.Repository, e.File, e.Kind), (reference.Repository, reference.Path, reference.Kind.Kind));
            Assert.EndsWith(e.Kind is PulledKind.Survey ? ".csv" : ".gguf", LocalName.Of(e.File, reference.Kind));
            Assert.NotEmpty(e.Licence);
            if (e.Kind is PulledKind.Survey)
                Assert.NotEmpty(e.Citation!);
            else
                Assert.Matches(@"^[\d.]+[MB]$", e.Parameters);
            Assert.True(e.Sha256 is null || (Regex.IsMatch(e.Sha256, "^[0-9a-f]{64}$") && e.Revision?.Length == 40), e.Name);
        });
        Assert.Distinct(Catalogue.Entries.Select(e => e.Name.ToUpperInvariant()));
    }

    // A hash is in the catalogue when somebody here has hashed the file, and not otherwise.
    [Fact]
    public void Only_the_bundled_models_hash_is_known()
    {
        var known = Assert.Single(Catalogue.Entries, e => e.Sha256 is not null);
        Assert.Equal(known.Sha256, FileHash.Compute(Repository.DefaultModel, known.Bytes, default));
        Assert.Equal(Path.GetFileName(Repository.DefaultModel), known.File);
    }

    [Fact]
    public async Task A_catalogue_name_pulls_its_file_and_holds_it_to_its_hash()
    {
        var entry = Catalogue.Find("smollm2-135m-instruct.q4_1")!;
        var served = Server.Add(entry.Repository, entry.File, File.ReadAllBytes(Repository.DefaultModel));
        var plan = await PullAsync(entry.Name);
        Assert.Equal((HashOrigin.Catalogue, entry.Sha256, "Apache-2.0"), (plan.Files[0].HashFrom, plan.Files[0].Sha256, plan.Licence));
        Assert.Contains(Server.Requests, r => r.Path.Contains($"/revision/{entry.Revision}"));
        // Whatever the hub states: the catalogue knows better.
        File.Delete(plan.Files[0].Path);
        served.StatedSha256 = new string('c', 64);
        Assert.Contains(entry.Sha256!, (await FailsAsync(PullError.Content, entry.Name)).Message);
        Server.TellsHashes = false;
        served.Content = Model(1000);
        Assert.Contains("SHA-256", (await FailsAsync(PullError.Content, entry.Name)).Message);
    }

    [Fact]
    public async Task An_entry_without_a_hash_is_held_to_the_hubs()
    {
        var entry = Catalogue.Find("Qwen3-0.6B")!;
        Server.Add(entry.Repository, entry.File, Model(20_000));
        Assert.Equal(HashOrigin.Hub, (await PullAsync(entry.Name)).Files[0].HashFrom);
    }
}
