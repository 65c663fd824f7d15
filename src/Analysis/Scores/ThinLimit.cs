namespace LocalOpinions.Analysis.Scores;

/// <summary>How many questions a country needs to be ranked; the view thin_limits says the same.</summary>
static class ThinLimit
{
    const int LargeRun = 500, InLargeRun = 100, InSmallRun = 10;

    public static int Of(int questions) => questions >= LargeRun ? InLargeRun : InSmallRun;
}
