namespace LocalOpinions.Runner.Printing;

/// <summary>Numbers of things, in words that fit one as well.</summary>
static class Counted
{
    /// <summary>"1 question", "1,200 questions".</summary>
    public static string Of(long n, string what) => $"{n:N0} {what}{(n == 1 ? "" : "s")}";
}
