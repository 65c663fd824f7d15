using LocalOpinions.Store.Reading;

namespace LocalOpinions.Analysis.Scores;

/// <summary>What all scorers of a survey share: computed once, or once per set of questions, and read by many threads.</summary>
sealed record SharedScoring
{
    public required ScoringSurvey Survey { get; init; }

    public required ComparedOptions Compared { get; init; }

    public required ByQuestions<HumanLines> Lines { get; init; }

    public required ByQuestions<AdjustedMeans> Adjusted { get; init; }

    public required ByQuestions<YardstickMeans> Yardsticks { get; init; }

    /// <summary>By source row, what measures along a scale need; empty where none was chosen.</summary>
    public required IReadOnlyDictionary<int, ScaleAnswers> Scales { get; init; }

    /// <summary>The uniform answerer by each chosen measure, in the order of <see cref="ScoreOptions.Measures"/>.</summary>
    public required SimilarityMatrix[] UniformMeasures { get; init; }

    public required ThinLimit Limits { get; init; }

    public required ScoreOptions Options { get; init; }
}
