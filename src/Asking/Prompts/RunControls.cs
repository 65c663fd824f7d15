using LocalOpinions.Surveys.Prompts;

namespace LocalOpinions.Asking.Prompts;

/// <summary>What runs.control says of a template's run.</summary>
static class RunControls
{
    public const string Perturbed = "perturbed", Persona = "persona";

    // A persona's run is a part of its country's, and a perturbed prompt one that nobody would ask: neither is the model's answer.
    public static string Of(Template template) => template.Perturbation is not null ? Perturbed
        : template.Persona is not null ? Persona : ControlNames.Of(template.Control);
}
