using LocalOpinions.Asking.Sources;
using LocalOpinions.Engine.Decoding;
using LocalOpinions.Engine.Loading;
using LocalOpinions.Engine.Planning;

namespace LocalOpinions.Asking.Tasks;

/// <summary>The same model's weights in another format, as a multiple of the model's own pp512 rate measured alternately.</summary>
/// <param name="Format">The format; the model's name for its own.</param>
/// <param name="TokensPerSecond">The median.</param>
/// <param name="Ratio">The median ratio to the model's own.</param>
public sealed record FormatResult(string Format, double TokensPerSecond, double Ratio);

/// <summary>
/// Converts the weights into every format and times the model and its conversions in turns, so that a machine that drifts drifts for all.
/// </summary>
/// <param name="Folder">Where conversions may be written; the caller's to remove.</param>
/// <param name="Repetitions">How often each is timed.</param>
public sealed record FormatsTask(string Folder, int Repetitions) : ModelTask<IReadOnlyList<FormatResult>>
{
    static readonly WeightFormat[] s_formats = [WeightFormat.Q4_0, WeightFormat.Q4_1, WeightFormat.Q8_0];

    private protected override IReadOnlyList<FormatResult> Result(ModelAtWork at)
    {
        var file = at.Model.File;
        List<(string Name, Model? Converted, PromptRate Rate, List<double> Values)> all = [];
        try
        {
            all.Add((file.Name, null, new(at.Model, DecodePlan.Ubatch, at.Threads), []));
            foreach (var format in s_formats)
            {
                at.Cancellation.ThrowIfCancellationRequested();
                var target = Path.Combine(Folder, $"{format}.gguf");
                WeightConversion.Write(at.Runtime, file, target, format, at.Threads);
                Add(format.ToString(), at.Model.LoadBeside(at.Runtime, ModelFile.Find(target, [])));
            }
            for (var i = 0; i < Repetitions; i++)
            {
                foreach (var (_, _, rate, values) in all)
                    values.Add(rate.Measure());
            }
            return [.. all.Select(f => new FormatResult(
                f.Name, Median.Of(f.Values), Median.Of(f.Values.Zip(all[0].Values, (a, b) => a / b))))];
        }
        finally
        {
            foreach (var (_, model, rate, _) in all)
            {
                rate.Dispose();
                model?.Dispose();
            }
        }

        void Add(string name, Model converted)
        {
            try
            {
                all.Add((name, converted, new(converted, DecodePlan.Ubatch, at.Threads), []));
            }
            catch
            {
                converted.Dispose();
                throw;
            }
        }
    }
}
