using System.Net;

namespace LocalOpinions.Hub;

/// <summary>What an answer other than yes means.</summary>
static class Refusal
{
    public static PullException Of(HttpResponseMessage response, Uri address, HubEndpoint hub)
    {
        var shown = WebAddress.Shown(address);
        var status = (int)response.StatusCode;
        return response.StatusCode switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone =>
                new(PullError.NotFound, $"{shown} is not there (status {status}). Check the spelling, upper and lower case included."),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                new(PullError.Refused, $"{shown} is refused (status {status}): {Remedy(address, hub)}"),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
                or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
                new(PullError.Network, $"{address.Host} cannot serve now (status {status}).")
                { IsTransient = true, RetryAfter = Common.RetryAfter.Of(response) },
            _ => new(PullError.Network, $"{shown} answered with status "
                + $"{status}{(string.IsNullOrEmpty(response.ReasonPhrase) ? "" : $" ({response.ReasonPhrase})")}."),
        };
    }

    // The hub says 401 of a model that does not exist, too, to those whom it does not know.
    static string Remedy(Uri address, HubEndpoint hub) => (hub.Owns(address), hub.Token is null) switch
    {
        (true, true) => $"it does not exist, is private, or its licence must be accepted first. Check the spelling; accept the "
            + $"licence on its page and put an access token into {HubEndpoint.TokenVariable}.",
        (true, false) => $"the token in {HubEndpoint.TokenVariable} gives no access to it. Accept the licence on its page, or use "
            + $"another token.",
        _ => "that server wants to know who asks, and a token is sent to the hub alone.",
    };
}
