using System.Text.Json.Serialization.Metadata;
using LocalOpinions.Asking.Sources;

namespace LocalOpinions.Asking.Tasks;

/// <summary>What tasks are called where they are sent to other processes.</summary>
static class TaskNames
{
    static readonly (Type Task, string Name)[] s_names =
    [
        (typeof(SampleTask), "sample"), (typeof(RateTask), "rate"), (typeof(VerifyTask), "verify"), (typeof(WriteTask), "write"),
        (typeof(ClassifyTask), "classify"), (typeof(DraftTask), "draft"), (typeof(SharingTask), "sharing"),
        (typeof(FormatsTask), "formats"), (typeof(EstimateTask), "estimate"), (typeof(RoundingTask), "rounding"),
    ];

    /// <summary>Makes JSON tell tasks apart. The seam that they stand behind knows none of them.</summary>
    public static void AddTo(JsonTypeInfo info)
    {
        if (info.Type != typeof(ModelTask))
            return;
        info.PolymorphismOptions = new() { TypeDiscriminatorPropertyName = "task" };
        foreach (var (task, name) in s_names)
            info.PolymorphismOptions.DerivedTypes.Add(new(task, name));
    }
}
