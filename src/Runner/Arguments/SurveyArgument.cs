using LocalOpinions.Surveys.Formats;

namespace LocalOpinions.Runner.Arguments;

/// <summary>What a survey's name may be, wherever a command takes one.</summary>
static class SurveyArgument
{
    public static string Description { get; } =
        $"A survey: {string.Join(", ", SurveyLoader.Descriptions)}, "
        + $"the name of a file in surveys/ or in the folders of {SurveyFolders.Variable}, or the word sample for the embedded one. "
        + "'surveys new' starts a file of your own.";
}
