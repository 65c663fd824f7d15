namespace LocalOpinions.Hub;

/// <summary>The addresses a pull may connect to: https anywhere, http on this machine alone.</summary>
static class WebAddress
{
    public static Uri Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address))
            throw new PullException(PullError.Argument, $"{text} is no address of a model.");
        if (!IsAllowed(address))
            throw new PullException(
                PullError.Argument, $"{Shown(address)} is refused: models are pulled over https; http only from this machine itself.");
        if (address.UserInfo.Length > 0)
            throw new PullException(PullError.Argument, $"The address of {address.Host} holds a user name or password. Leave it out; a "
                + $"token belongs into {HubEndpoint.TokenVariable}.");
        return address;
    }

    /// <summary>Where a redirect leads. From elsewhere none may lead to plain http, be it on this machine.</summary>
    public static Uri Follow(Uri from, Uri? location)
    {
        var to = location is null ? throw new PullException(PullError.Content, $"{Shown(from)} redirects to nowhere.")
            : new Uri(from, location);
        return IsAllowed(to) && (to.Scheme == Uri.UriSchemeHttps || from.Scheme == Uri.UriSchemeHttp)
            ? to
            : throw new PullException(PullError.Content,
                $"{Shown(from)} redirects to {Shown(to)}, which is not https. Nothing was asked there.");
    }

    /// <summary>An address as it may be shown: what signs a download stands behind the question mark.</summary>
    public static string Shown(Uri address) => address.GetComponents(
        UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    static bool IsAllowed(Uri address) => address.Scheme == Uri.UriSchemeHttps
        || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
}
