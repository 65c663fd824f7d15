using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LocalOpinions.Scoring.Simd.Kernels;

/// <summary>Which rows make the pairs.</summary>
enum Pairing
{
    /// <summary>The first row of the left with each row of the right.</summary>
    OneToMany,

    /// <summary>Each row of the left with the row of the right in the same place.</summary>
    Matched,
}

/// <summary>One way to compute divergences in float; its results depend on a pair's two rows alone.</summary>
/// <remarks>
/// Every kernel starts two sums at −½ (Σ p·log2(2p) + Σ q·log2(2q)) and adds s·log2(s) of the even options to one and of the odd ones to
/// the other. So neither the sums nor their rounding errors grow with the number of options as one sum from 0 would let them: the error
/// stays below 6e-7 up to 26 options, not above 1e-6, and below 2e-6 up to 100. That is still too much for the distance of near-identical
/// rows: see <see cref="ExactPass"/>.
/// </remarks>
abstract class Kernel
{
    /// <summary>The environment variable that forces a variant.</summary>
    public const string Variable = "LOCALOPINIONS_SIMD";

    static Kernel? s_chosen;

    /// <summary>Every variant. All of them run on every machine; without the instructions, the fused ones run slowly.</summary>
    public static IReadOnlyList<Kernel> All { get; } = [new ScalarKernel(), new TensorKernel(), new Fused256Kernel(), new Fused512Kernel()];

    /// <summary>The variant in use: the fastest that the processor has instructions for, unless one is forced.</summary>
    public static Kernel Chosen => s_chosen ??= Choose(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The variant's name, as <see cref="Variable"/> gives it.</summary>
    public abstract string Name { get; }

    /// <summary>Fills the destination; there must be a pair for each of its places.</summary>
    public abstract void Divergences(Pairing pairing, BlockRows p, BlockRows q, Span<float> divergences);

    /// <summary>The variant with a name; without a name, the fastest.</summary>
    /// <exception cref="InvalidOperationException">There is no variant of this name.</exception>
    public static Kernel Choose(string? name)
    {
        name = string.IsNullOrEmpty(name) ? Fastest : name;
        return All.FirstOrDefault(kernel => kernel.Name == name) ?? throw new InvalidOperationException(
            $"{Variable} is '{name}'. Set it to {string.Join(", ", All.Select(kernel => kernel.Name))}, or not at all.");
    }

    // The fused kernels rely on a fused multiply-add in hardware: in software it is a call for each lane.
    static string Fastest =>
        Vector512.IsHardwareAccelerated ? Fused512Kernel.VariantName
        : Vector256.IsHardwareAccelerated && Fma.IsSupported ? Fused256Kernel.VariantName
        : TensorKernel.VariantName;
}
