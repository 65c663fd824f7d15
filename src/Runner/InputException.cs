namespace LocalOpinions.Runner;

/// <summary>A file that is there does not hold what is asked of it; the message says what is wrong and the remedy.</summary>
sealed class InputException(string message) : Exception(message);
