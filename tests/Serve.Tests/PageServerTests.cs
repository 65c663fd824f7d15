using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace LocalOpinions.Serve.Tests;

public sealed class PageServerTests : IAsyncLifetime
{
    const string Policy = "default-src 'none'; script-src 'sha256-abc'";

    static readonly HttpClient s_client = new(new SocketsHttpHandler { UseProxy = false });

    readonly string _file = Path.GetTempFileName();
    PageServer _server = null!;
    WatchedPage _page = null!;
    int _made;

    public async ValueTask InitializeAsync()
    {
        File.WriteAllText(_file, "first");
        _page = new([_file], Page);
        _page.Make();
        _server = await PageServer.StartAsync(_page, 0);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        File.Delete(_file);
    }

    [Fact]
    public async Task The_page_is_served_with_its_own_policy_and_may_not_be_framed()
    {
        using var response = await s_client.GetAsync(_server.Address);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("first", await response.Content.ReadAsStringAsync());
        Assert.Equal($"{Policy}; frame-ancestors 'none'", Header(response, "Content-Security-Policy"));
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(response, "X-Frame-Options"));
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Resource-Policy"));
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Its_address_is_on_loopback_and_cannot_be_guessed()
    {
        Assert.Matches(@"^http://127\.0\.0\.1:\d+/[0-9a-f]{32}/$", _server.Address.ToString());
        await using var other = await PageServer.StartAsync(_page, 0);
        Assert.NotEqual(_server.Address.AbsolutePath, other.Address.AbsolutePath);
        var listening = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(l => l.Port == _server.Address.Port)
            .ToList();
        Assert.Equal([IPAddress.Loopback], listening.Select(l => l.Address));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/index.html")]
    [InlineData("/favicon.ico")]
    [InlineData("/00000000000000000000000000000000/")]
    [InlineData("TOKEN")]
    [InlineData("TOKEN/x")]
    [InlineData("TOKEN/../../etc/passwd")]
    [InlineData("TOKEN//")]
    [InlineData("TOKEN/%2e%2e/")]
    public async Task Nothing_else_is_there(string path)
    {
        var answer = await RawAsync($"GET {path.Replace("TOKEN", _server.Address.AbsolutePath.TrimEnd('/'))} HTTP/1.1\r\nHost: "
            + $"{_server.Address.Authority}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 404 ", answer);
        Assert.DoesNotContain("first", answer);
        Assert.Contains("Content-Length: 0", answer);
        Assert.Contains("default-src 'none'", answer);
    }

    // A name server can make any name point to this machine; a browser then takes the page for that name's own.
    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:PORT")]
    [InlineData("127.0.0.1.evil.example:PORT")]
    [InlineData("localhost.evil.example:PORT")]
    [InlineData("0.0.0.0:PORT")]
    [InlineData("")]
    public async Task A_foreign_name_is_not_answered_to(string host)
    {
        var answer = await RawAsync($"GET {_server.Address.AbsolutePath} HTTP/1.1\r\nHost: "
            + $"{host.Replace("PORT", _server.Address.Port.ToString())}\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", answer);
        Assert.DoesNotContain("first", answer);
    }

    [Fact]
    public async Task Its_own_names_are_answered_to()
    {
        foreach (var host in new[] { "127.0.0.1", "localhost", "LOCALHOST" })
            Assert.StartsWith("HTTP/1.1 200 ", await RawAsync(
                $"GET {_server.Address.AbsolutePath} HTTP/1.1\r\nHost: {host}:{_server.Address.Port}\r\nConnection: close\r\n\r\n"));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    public async Task It_can_only_be_read(string method)
    {
        using var response = await s_client.SendAsync(new(new(method), _server.Address));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_request_for_the_head_gets_the_head()
    {
        using var response = await s_client.SendAsync(new(HttpMethod.Head, _server.Address));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal((await s_client.GetByteArrayAsync(_server.Address)).Length, response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task The_page_is_made_anew_when_the_file_changes_and_only_then()
    {
        using var first = await s_client.GetAsync(_server.Address);
        using var again = await GetAsync(first.Headers.ETag!.Tag);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(1, _made);
        File.WriteAllText(_file, "second <one>");
        using var second = await GetAsync(first.Headers.ETag!.Tag);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Contains("second", await second.Content.ReadAsStringAsync());
        Assert.Equal(2, _made);
    }

    [Fact]
    public async Task A_file_that_gives_no_page_now_leaves_the_one_before()
    {
        var kept = new List<string>();
        _page.Kept += e => kept.Add(e.Message);
        File.WriteAllText(_file, "fail: being written");
        Assert.Contains("first", await s_client.GetStringAsync(_server.Address));
        Assert.Equal(["fail: being written"], kept);
        // Asked for again, tried again.
        File.WriteAllText(_file, "third");
        Assert.Contains("third", await s_client.GetStringAsync(_server.Address));
    }

    [Fact]
    public void The_first_page_must_succeed()
    {
        File.WriteAllText(_file, "fail: nothing there");
        Assert.Contains("nothing there", Assert.Throws<InvalidDataException>(() => new WatchedPage([_file], Page).Make()).Message);
    }

    [Fact]
    public void A_page_without_a_policy_is_not_served() =>
        Assert.Contains("Content-Security-Policy", Assert.Throws<ArgumentException>(
            () => new WatchedPage([_file], () => "<!doctype html><p>hello"u8.ToArray()).Make()).Message);

    [Fact]
    public async Task Many_at_once_make_the_page_once()
    {
        File.WriteAllText(_file, "for all");
        var pages = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => s_client.GetStringAsync(_server.Address)));
        Assert.All(pages, p => Assert.Contains("for all", p));
        Assert.Equal(2, _made);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        var error = await Assert.ThrowsAsync<ServeException>(() => PageServer.StartAsync(_page, _server.Address.Port));
        Assert.Contains($"Port {_server.Address.Port} is taken", error.Message);
        Assert.Contains("another one", error.Message);
    }

    [Fact]
    public async Task After_its_end_nobody_answers_and_the_port_is_free()
    {
        var port = _server.Address.Port;
        using (await s_client.GetAsync(_server.Address))
            await _server.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => s_client.GetAsync(_server.Address));
        _server = await PageServer.StartAsync(_page, port);
        Assert.Contains("first", await s_client.GetStringAsync(_server.Address));
    }

    byte[] Page()
    {
        Interlocked.Increment(ref _made);
        var text = File.ReadAllText(_file);
        return text.StartsWith("fail", StringComparison.Ordinal)
            ? throw new InvalidDataException(text)
            : Encoding.UTF8.GetBytes($"<!doctype html><meta http-equiv=\"Content-Security-Policy\" "
                + $"content=\"{WebUtility.HtmlEncode(Policy)}\"><p>{WebUtility.HtmlEncode(text)}");
    }

    async Task<HttpResponseMessage> GetAsync(string etag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _server.Address);
        request.Headers.IfNoneMatch.Add(new(etag));
        return await s_client.SendAsync(request);
    }

    /// <summary>Sends what no well-meaning client would.</summary>
    async Task<string> RawAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _server.Address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    static string Header(HttpResponseMessage response, string name) =>
        Regex.Replace(string.Join('|', response.Headers.GetValues(name)), @"\s+", " ");
}
