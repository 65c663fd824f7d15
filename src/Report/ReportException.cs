namespace LocalOpinions.Report;

/// <summary>A report cannot be written from this results file; the message says why and what to do.</summary>
public sealed class ReportException : Exception
{
    /// <param name="message">The cause and the remedy, fit to be shown to a user.</param>
    public ReportException(string message) : base(message)
    {
    }
}
