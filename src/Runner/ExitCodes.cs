namespace LocalOpinions.Runner;

/// <summary>What the process returns; the root command's help lists them.</summary>
static class ExitCodes
{
    public const int Done = 0;
    public const int Bug = 1;
    public const int Usage = 2;
    public const int File = 3;
    public const int Machine = 4;
    public const int Interrupted = 130;
}
