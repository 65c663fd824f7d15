namespace LocalOpinions.Runner;

/// <summary>Arguments that are fine one by one do not go together; the message says why.</summary>
sealed class UsageException(string message) : Exception(message);
