namespace LocalOpinions.Serve;

/// <summary>The page cannot be served; the message says why and the remedy.</summary>
public sealed class ServeException(string message, Exception? inner = null) : Exception(message, inner);
