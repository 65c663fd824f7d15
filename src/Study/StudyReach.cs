using LocalOpinions.Analysis.Panels;
using LocalOpinions.Surveys;
using LocalOpinions.Surveys.Geography;

namespace LocalOpinions.Study;

/// <summary>What a study cannot find however the model answers, told before anything is asked.</summary>
static class StudyReach
{
    const int Told = 12;

    /// <summary>What will be "too few questions to say", in words; null where every verdict can fall.</summary>
    /// <param name="study">The study.</param>
    /// <param name="survey">The survey as it is used.</param>
    public static string? Limits(StudyDeclaration study, Survey survey)
    {
        var questions = study.QuestionsOf(new(StudyParts.Default), survey);
        if (questions.Count < Verdict.FewestQuestions)
            return $"Nothing can be shown by this study: {questions.Count} questions are asked whose answers by people are known, and "
                + $"every verdict takes {Verdict.FewestQuestions}. Its numbers and intervals stand without one.";
        if (!study.Conditions.Contains("cross-national"))
            return null;
        var national = survey.People().Where(p => p.Sample != SampleKind.NonNational).ToList();
        var counts = PromptedGroups.Named(study.Countries, survey, study.Survey)
            .Select(named => (named.Label, People: PromptedGroups.LabelsAmong(national, named).ToHashSet()))
            .Select(c => (c.Label, Count: questions.Count(q => q.Humans.Any(h => c.People.Contains(h.Country)))))
            .ToList();
        var few = counts.Where(c => c.Count < Verdict.FewestQuestions).ToList();
        if (few.Count == 0)
            return null;
        var those = string.Join(", ", few.Take(Told).Select(c => $"{c.Label} ({c.Count})"))
            + (few.Count > Told ? $" and {few.Count - Told} more" : "");
        return $"Verdicts take answers of a country's people to {Verdict.FewestQuestions} of the questions asked. Whether naming it moves "
            + $"answers to its people cannot be shown for {(few.Count == counts.Count ? "any country of this study: " : "")}{those}.";
    }
}
