using System.Security.Cryptography;

namespace LocalOpinions.Hub;

/// <summary>Brings one file from whatever is there of it to whole and verified, across any number of connections.</summary>
sealed class Download(Fetcher fetcher, RemoteFile file, PartFile part, Retry retry, PullProgress progress)
{
    // A connection that brought this much was no failure in a row.
    const long Enough = 1 << 20;

    string? _etag = file.ETag;

    /// <summary>Receives what is missing.</summary>
    /// <exception cref="PullException">The file cannot be had, is another one than expected, or none of its kind.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        progress.Begin(file.Name);
        progress.Skip(part.Length);
        while (file.Bytes is null || part.Length < file.Bytes)
        {
            var before = part.Length;
            try
            {
                await ReceiveAsync(cancellation);
                break;
            }
            catch (PullException e) when (e.IsTransient)
            {
                if (part.Length - before >= Enough)
                    retry.Succeeded();
                await retry.AfterAsync(e, cancellation);
            }
        }
        Verify();
    }

    async Task ReceiveAsync(CancellationToken cancellation)
    {
        using var reply = await fetcher.GetAsync(file.Address, part.Length, _etag, cancellation);
        Check(reply);
        if (reply.IsBeyond || (reply.IsPart && reply.From != part.Length))
        {
            Restart();
            throw new PullException(PullError.Network, $"{reply.Address.Host} cannot go on where the file broke off.")
            { IsTransient = true };
        }
        if (!reply.IsPart && part.Length > 0)
            Restart();
        _etag = reply.ETag ?? _etag;

        await using var body = await reply.BodyAsync(cancellation);
        var buffer = new byte[1 << 18];
        for (int read; (read = await reply.ReadAsync(body, buffer, cancellation)) > 0;)
        {
            if (part.Length + read > file.Bytes)
                throw Unexpected($"it is longer than the {file.Bytes:N0} bytes that were announced");
            var first = part.Length == 0;
            await part.WriteAsync(buffer.AsMemory(0, read), cancellation);
            progress.Receive(read);
            if (first)
                CheckMagic(buffer.AsSpan(0, read));
        }
        if (part.Length < file.Bytes)
            throw new PullException(PullError.Network, $"{reply.Address.Host} ended the file at {part.Length:N0} of {file.Bytes:N0} bytes.")
            { IsTransient = true };
    }

    void Restart()
    {
        progress.Skip(-part.Length);
        part.Restart();
    }

    // All that can be known before a byte is taken.
    void Check(Reply reply)
    {
        if (reply.IsBeyond)
            return;
        if (reply.IsWebPage)
            throw Unexpected($"the server sent a web page, not a {file.Kind.Noun}");
        if (reply.IsEncoded)
            throw Unexpected("the server sent it compressed, although it was asked not to");
        if ((_etag is not null && reply.ETag is { } etag && etag != _etag)
            || (reply.Total is { } total && file.Bytes is { } bytes && total != bytes))
            throw Changed();
        if (reply.Linked.Sha256 is { } stated && file.Sha256 is { } expected && stated != expected)
            throw Unexpected($"SHA-256 {stated}, says its server, and {expected} was expected ({Origin()})");
    }

    PullException Changed()
    {
        part.Drop();
        return new(
            PullError.Content, $"{file.Name} changed on its server while it was pulled. What came is dropped; run the command again.");
    }

    // A GGUF file tells itself in four bytes: nobody need wait for five gigabytes of something else.
    void CheckMagic(ReadOnlySpan<byte> start)
    {
        if (!file.Kind.MayBegin(start))
            throw Unexpected($"its first four bytes are not {file.Kind.Magic}, so it is no {file.Kind.Noun}");
    }

    void Verify()
    {
        part.Flush();
        if (part.Length == 0)
            throw Unexpected("it is empty");
        if (file.Sha256 is { } expected && !CryptographicOperations.FixedTimeEquals(
            Convert.FromHexString(expected), Convert.FromHexString(part.Sha256())))
            throw Unexpected($"its SHA-256 is {part.Sha256()}, and {expected} was expected ({Origin()})");
        if (file.Sha256 is null && file.GitId is { } id && part.GitId() is var came && came != id)
            throw Unexpected($"its git blob is {came}, and {id} was expected ({Origin()})");
    }

    string Origin() => file.HashFrom switch
    {
        HashOrigin.User => "the one given",
        HashOrigin.Catalogue => "the catalogue",
        _ => "the hub",
    };

    PullException Unexpected(string why)
    {
        part.Drop();
        return new(PullError.Content, $"{WebAddress.Shown(file.Address)} is not what it should be: {why}. Nothing of it was kept.");
    }
}
