using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using LocalOpinions.Surveys;

namespace LocalOpinions.Study;

/// <summary>What is wrong with a study file, in the file's own words: the serialiser's name types of C#.</summary>
static class StudyMember
{
    const int FarthestSlip = 3;

    static readonly Dictionary<string, PropertyInfo> s_members = typeof(StudyDeclaration)
        .GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Where(p => p.CanWrite && p.Name != nameof(StudyDeclaration.Schema))
        .ToDictionary(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name));

    public static string Problem(JsonException error)
    {
        var name = (error.Path ?? "").TrimStart('$').TrimStart('.').Split('[')[0];
        // An error within the error: the text is no JSON.
        if (error.InnerException is JsonException)
            return $"this is no JSON ({error.Message.Split(" Path: ")[0]})";
        if (s_members.TryGetValue(name, out var member))
            return $"{name} takes {Kind(member.PropertyType)}";
        if (name.Length > 0)
            return $"there is no member {name}{Suggestion(name)}";
        var required = s_members.Where(m => m.Value.IsDefined(typeof(RequiredMemberAttribute))).Select(m => m.Key);
        return $"a study is {{...}} with at least the members {string.Join(" and ", required)}";
    }

    static string Kind(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? Kind(inner)
        : type == typeof(string) ? "a text"
        : type == typeof(bool) ? "true or false"
        : type == typeof(int) ? "a whole number"
        : "a list of texts";

    static string Suggestion(string name)
    {
        var near = s_members.Keys.MinBy(k => EditDistance.Between(name, k))!;
        return EditDistance.Between(name, near) <= FarthestSlip ? $"; {near} may be meant" : "";
    }
}
