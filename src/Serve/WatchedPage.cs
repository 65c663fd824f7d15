namespace LocalOpinions.Serve;

/// <summary>A page made from files, made anew when one of them has changed.</summary>
/// <param name="files">The files it is made from; not all need exist.</param>
/// <param name="make">Makes the page, in UTF-8, with a Content-Security-Policy in a meta element.</param>
public sealed class WatchedPage(IReadOnlyList<string> files, Func<byte[]> make)
{
    readonly Lock _making = new();
    ServedPage? _page;
    string _madeFrom = "";

    /// <summary>Raised with the new page's size in bytes.</summary>
    public event Action<int>? Made;

    /// <summary>Raised with the reason why the files, which have changed, give no page now; the one before goes on being served.</summary>
    public event Action<Exception>? Kept;

    /// <summary>Makes the page for the first time.</summary>
    /// <exception cref="Exception">Whatever making it throws.</exception>
    public void Make()
    {
        lock (_making)
        {
            var from = Stamp();
            _page = new(make());
            _madeFrom = from;
        }
    }

    internal ServedPage Current()
    {
        lock (_making)
        {
            // Looked at before the page is made: what changes meanwhile is a change still to be seen.
            var from = Stamp();
            if (_page is not null && from == _madeFrom)
                return _page;
            try
            {
                _page = new(make());
                _madeFrom = from;
                Made?.Invoke(_page.Html.Length);
            }
            catch (Exception e) when (_page is not null)
            {
                Kept?.Invoke(e);
            }
            return _page;
        }
    }

    string Stamp() => string.Join(' ', files.Select(f => new FileInfo(f))
        .Select(f => f.Exists ? $"{f.Length}@{f.LastWriteTimeUtc.Ticks}" : "-"));
}
