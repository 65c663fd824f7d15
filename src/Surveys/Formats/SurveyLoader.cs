using LocalOpinions.Common;

namespace LocalOpinions.Surveys.Formats;

/// <summary>Loads surveys in every format that there is a reader for; docs/surveys.md describes them.</summary>
public static class SurveyLoader
{
    // The first that recognises the input reads it. GlobalOpinionQA comes last: it takes whatever file no other wants.
    internal static IReadOnlyList<ISurveyFormat> Formats { get; } =
        [new OwnSurvey(), new LongCsv(), new OpinionQa(), new GlobalOpinionQa()];

    /// <summary>What a survey may be, one phrase per format, such as "a folder of OpinionQA".</summary>
    public static IReadOnlyList<string> Descriptions { get; } = [.. Formats.Select(f => f.Description)];

    /// <summary>Loads a survey, whatever its format.</summary>
    /// <param name="path">The file or folder.</param>
    /// <exception cref="SurveyException">It cannot be read or is in none of the formats; the message names the place and the
    /// remedy.</exception>
    public static Survey Load(string path) => Load(path, Formats);

    /// <summary>Whether a file is meant as a survey in one of the formats, be it with mistakes.</summary>
    /// <param name="path">A file.</param>
    public static bool IsSurvey(string path)
    {
        var input = new SurveyInput(path);
        return Formats.Any(format =>
        {
            try
            {
                return format.Marks(input);
            }
            catch (SurveyException)
            {
                // No text, or no table: no survey then.
                return false;
            }
        });
    }

    internal static Survey Load(string path, IReadOnlyList<ISurveyFormat> formats)
    {
        var input = new SurveyInput(path);
        var format = formats.FirstOrDefault(f => f.Recognises(input)) ?? throw new SurveyException(
            new(path), "a survey in no known format", $"The formats are {string.Join(", ", formats.Select(f => f.Name))}");
        RequireKeptHash(input);
        return format.Load(input);
    }

    // A table is easily opened, changed and saved: then it is no longer what was published under that name.
    static void RequireKeptHash(SurveyInput input)
    {
        if (input.IsFolder || Sha256Sum.BesideOf(input.Path) is not { } kept || SurveyFile.Sha256(input.Bytes) is var hash && hash == kept)
            return;
        throw new SurveyException(new(input.Path), $"changed since its hash was kept: its SHA-256 is {hash}, and "
            + $"{input.Path}{Sha256Sum.Extension} has {kept}", "Get it again, or give what is yours another name");
    }
}
