using System.Numerics.Tensors;
using LocalOpinions.Scoring.Simd.Kernels;

namespace LocalOpinions.Scoring.Simd.Measures;

/// <summary>The shares of a few rows in double: an array of rows for each option.</summary>
readonly ref struct BlockSlice(Span<double> buffer, int options, int length)
{
    readonly Span<double> _buffer = buffer;

    public readonly int Options = options;
    public readonly int Length = length;

    public Span<double> this[int option] => _buffer.Slice(option * Length, Length);

    public void Load(in BlockRows rows, int start)
    {
        for (var k = 0; k < Options; k++)
            TensorPrimitives.ConvertTruncating(rows.Shares.Slice(k * rows.Stride + start, Length), this[k]);
    }

    public void Repeat(in BlockRows row)
    {
        for (var k = 0; k < Options; k++)
            this[k].Fill(row.Shares[k * row.Stride]);
    }
}
