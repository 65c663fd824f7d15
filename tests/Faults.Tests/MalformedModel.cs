using System.Buffers.Binary;
using LocalOpinions.EndToEnd.Tests;
using LocalOpinions.Engine.Tests;

namespace LocalOpinions.Faults.Tests;

/// <summary>Model files with something wrong, each made from a seed.</summary>
static class MalformedModel
{
    static readonly string[] s_sources = ["llama-spm", "qwen3-bpe", "gemma3-swa-spm", "lfm2-hybrid-bpe"];

    static readonly ulong[] s_absurd = [0, 1, 0x7F, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF, 1UL << 32, 1UL << 40, long.MaxValue, 1UL << 63,
        ulong.MaxValue, ulong.MaxValue - 7];

    static readonly string[] s_numbers =
    [
        "block_count", "context_length", "embedding_length", "feed_forward_length", "attention.head_count", "attention.head_count_kv",
        "attention.key_length", "attention.value_length",
        "rope.dimension_count", "attention.sliding_window", "expert_count", "expert_used_count", "shortconv.l_cache", "vocab_size",
        "nextn_predict_layers",
    ];

    static readonly string[] s_tokens = ["bos_token_id", "eos_token_id", "unknown_token_id", "padding_token_id", "token_type_count"];

    /// <summary>Writes the model of a seed and returns the file to name; a split one has its parts beside it.</summary>
    public static string Write(int seed, string folder)
    {
        var random = new Random(seed);
        var source = s_sources[random.Next(s_sources.Length)];
        var path = Path.Combine(folder, $"{seed}.gguf");
        if (seed % 8 == 7)
            return WriteParts(random, source, Path.Combine(folder, $"{seed}"));
        File.WriteAllBytes(path, (seed % 8) switch
        {
            0 => Flipped(random, Bytes(source), 4096),
            1 => Flipped(random, Bytes(source), int.MaxValue),
            2 => Bytes(source)[..random.Next(Bytes(source).Length)],
            3 => Counted(random, Bytes(source)),
            4 => Overwritten(random, Bytes(source)),
            5 => WithNumber(random, source),
            _ => WithVocabulary(random, source),
        });
        return path;
    }

    static byte[] Bytes(string source) => File.ReadAllBytes(Cli.Tiny(source));

    // Single bits, of which most hit the vocabulary or the weights, and some a length, a type or an offset.
    static byte[] Flipped(Random random, byte[] bytes, int within)
    {
        for (var flips = random.Next(1, 12); flips > 0; flips--)
            bytes[random.Next(Math.Min(within, bytes.Length))] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    // The number of tensors, of keys, or any eight bytes that look like a length.
    static byte[] Counted(Random random, byte[] bytes)
    {
        var at = random.Next(4) switch
        {
            0 => 8,
            1 => 16,
            _ => Lengths(bytes).ElementAt(random.Next(200)),
        };
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), s_absurd[random.Next(s_absurd.Length)]);
        return bytes;
    }

    static IEnumerable<int> Lengths(byte[] bytes)
    {
        for (var at = 24; at < bytes.Length - 8; at++)
        {
            if (BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)) is > 0 and < 5000)
                yield return at;
        }
    }

    static byte[] Overwritten(Random random, byte[] bytes)
    {
        var at = random.Next(Math.Min(bytes.Length, 60_000));
        random.NextBytes(bytes.AsSpan(at, Math.Min(random.Next(1, 64), bytes.Length - at)));
        return bytes;
    }

    static byte[] WithNumber(Random random, string source)
    {
        var architecture = source[..source.IndexOf('-')];
        var file = GgufFile.Read(Cli.Tiny(source));
        var value = random.Next(3) == 0 ? (uint)random.Next(2000) : (uint)s_absurd[random.Next(s_absurd.Length)];
        if (random.Next(12) == 0)
            return file.Set("general.alignment", value).Bytes();
        var key = random.Next(5) == 0 ? "tokenizer.ggml." + s_tokens[random.Next(s_tokens.Length)]
            : $"{architecture}.{s_numbers[random.Next(s_numbers.Length)]}";
        return (random.Next(8) == 0 ? file.Set(key, "a text in its place") : random.Next(8) == 0 ? file.Remove(key) : file.Set(key, value))
            .Bytes();
    }

    static byte[] WithVocabulary(Random random, string source)
    {
        var file = GgufFile.Read(Cli.Tiny(source));
        var tokens = file.Texts("tokenizer.ggml.tokens").ToList();
        var at = random.Next(tokens.Count);
        switch (random.Next(7))
        {
            case 0:
                tokens[at] = tokens[random.Next(tokens.Count)];
                break;
            case 1:
                tokens[at] = "";
                break;
            case 2:
                tokens[at] = new string('x', random.Next(1, 100_000));
                break;
            case 3:
                tokens.RemoveRange(at, random.Next(1, tokens.Count - at + 1));
                break;
            case 4:
                tokens.AddRange(Enumerable.Range(0, random.Next(1, 50)).Select(i => $"further {i}"));
                break;
            case 5:
                file.Set("tokenizer.ggml.token_type", [.. Enumerable.Range(0, tokens.Count).Select(_ => random.Next(-1, 9))]);
                break;
            default:
                file.Set("tokenizer.ggml.merges", [.. Enumerable.Range(0, random.Next(100))
                    .Select(i => i % 3 == 0 ? "no-blank" : $"{tokens[random.Next(tokens.Count)]} {tokens[random.Next(tokens.Count)]}")]);
                break;
        }
        return file.Set("tokenizer.ggml.tokens", tokens).Bytes();
    }

    // Parts that are missing, exchanged, all the same, or links that lead in a circle.
    static string WriteParts(Random random, string source, string prefix)
    {
        var parts = GgufFile.Read(Cli.Tiny(source)).Split(prefix, random.Next(2, 5));
        var (a, b) = (parts[random.Next(parts.Length)], parts[random.Next(parts.Length)]);
        switch (random.Next(5))
        {
            case 0:
                File.Delete(a);
                break;
            case 1:
                foreach (var part in parts.Skip(1))
                    File.Copy(parts[0], part, overwrite: true);
                break;
            case 2:
                File.Move(a, prefix + ".tmp");
                if (a != b)
                    File.Move(b, a);
                File.Move(prefix + ".tmp", b);
                break;
            case 3:
                File.Delete(a);
                if (a != b)
                    File.Delete(b);
                File.CreateSymbolicLink(a, b);
                if (a != b)
                    File.CreateSymbolicLink(b, a);
                break;
            default:
                File.WriteAllBytes(a, Flipped(random, File.ReadAllBytes(a), 2048));
                break;
        }
        return a;
    }
}
