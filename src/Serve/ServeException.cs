namespace LocalOpinions.Serve;

/// <summary>The page cannot be served at the port; the message says why and the remedy.</summary>
public sealed class ServeException(string message, Exception? inner = null) : Exception(message, inner);
