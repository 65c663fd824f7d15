using System.Net;
using System.Text.Json;

namespace LocalOpinions.Endpoints;

/// <summary>What an answer other than yes means.</summary>
static class ServerRefusal
{
    const int MostShown = 300;
    const string Unreadable = "produced output that does not match the expected";

    /// <param name="response">The answer.</param>
    /// <param name="body">Its body.</param>
    /// <param name="address">Who gave it.</param>
    /// <param name="hasToken">Whether a token was sent.</param>
    public static EndpointException Of(HttpResponseMessage response, byte[] body, ServerAddress address, bool hasToken)
    {
        var (status, why) = ((int)response.StatusCode, Reason(body));
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(EndpointError.Refused, hasToken
                ? $"{address.Shown} refuses the token in {ServerClient.TokenVariable} (status {status}){why}."
                : $"{address.Shown} wants a token (status {status}){why}. Put it into the environment variable "
                    + $"{ServerClient.TokenVariable}."),
            // No failure that passes: llama-server reads again what its model wrote, and stumbles over half a character.
            HttpStatusCode.InternalServerError when why.Contains(Unreadable, StringComparison.Ordinal) =>
                new(EndpointError.Prompt, $"the server cannot show what the model wrote (status {status}){why}"),
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
                or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
                new(EndpointError.Network, $"{address.Shown} cannot serve now (status {status}){why}.")
                { IsTransient = true, RetryAfter = Common.RetryAfter.Of(response) },
            HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity =>
                new(EndpointError.Prompt, $"the server refuses it (status {status}){why}"),
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => new(EndpointError.Refused,
                $"{address.Shown} sends elsewhere (status {status}), where nothing is asked. Name the address that answers itself."),
            _ => new(EndpointError.Network, $"{address.Shown} answers {response.RequestMessage?.RequestUri?.AbsolutePath} with status "
                + $"{status}{why}."),
        };
    }

    // Servers put it into "error", as a text or with a "message"; whatever else comes is shown as it is.
    static string Reason(byte[] body)
    {
        var text = System.Text.Encoding.UTF8.GetString(body);
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement is { ValueKind: JsonValueKind.Object } reply)
            {
                var error = reply.TryGetProperty("error", out var named) ? named : reply;
                text = error.ValueKind == JsonValueKind.Object
                    ? error.TryGetProperty("message", out var message) ? message.ToString() : error.ToString() : error.ToString();
            }
        }
        catch (JsonException)
        {
            // A proxy's page, say.
        }
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        return text.Length == 0 ? "" : $": {(text.Length > MostShown ? text[..MostShown] + "..." : text)}";
    }
}
