namespace LocalOpinions.Runner.Arguments;

/// <summary>What a survey's name may be, wherever a command takes one.</summary>
static class SurveyArgument
{
    public const string Description =
        "A survey: a file of your own (YAML or JSON, see 'surveys new'), a CSV file (GlobalOpinionQA, or one row per question, group and "
        + "option), a folder of OpinionQA, or the word sample for the embedded one.";
}
