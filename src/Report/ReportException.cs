namespace LocalOpinions.Report;

/// <summary>What has to be done before a report can be written.</summary>
public enum ReportRemedy
{
    /// <summary>Ask a model first: there is no run.</summary>
    MakeRun,

    /// <summary>Compare the file's answers with people's.</summary>
    Score,
}

/// <summary>A report cannot be written from this results file; the message says why and what to do.</summary>
public sealed class ReportException : Exception
{
    /// <param name="message">The cause and the remedy, fit to be shown to a user.</param>
    /// <param name="remedy">What has to be done first.</param>
    public ReportException(string message, ReportRemedy remedy) : base(message) => Remedy = remedy;

    /// <summary>What has to be done first.</summary>
    public ReportRemedy Remedy { get; }
}
