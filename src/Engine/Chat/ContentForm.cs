namespace LocalOpinions.Engine.Chat;

/// <summary>In which form a template is given what is said: as texts, or as lists of parts of which one is a text.</summary>
enum ContentForm
{
    /// <summary>All as texts.</summary>
    Texts,

    /// <summary>A system message as a text, the others in parts.</summary>
    PartsButSystem,

    /// <summary>All in parts.</summary>
    Parts,
}
