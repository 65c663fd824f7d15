using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LocalOpinions.Scoring.Simd.Resampling;

/// <summary>The matrix product behind <see cref="Bootstrap"/>: draws of each family, times its sums and counts.</summary>
static class Replication
{
    /// <summary>Replicates computed together: with two vectors for each, their sums and counts fill eight registers.</summary>
    const int Group = 4;

    /// <summary>Groups that take a panel in turn while it is in the second-level cache.</summary>
    const int GroupsPerPiece = 4;

    const int PieceLength = Group * GroupsPerPiece;

    /// <summary>The mean of every column in every replicate, column by column.</summary>
    public static double[] Run(FamilySums sums, int resamples, ulong seed, int? threads)
    {
        var replicates = new double[checked(sums.Columns * resamples)];
        WorkSharing.Share((resamples + PieceLength - 1) / PieceLength, threads, piece => Piece(sums, resamples, seed, piece, replicates));
        return replicates;
    }

    static void Piece(FamilySums sums, int resamples, ulong seed, int piece, double[] replicates)
    {
        var groupLength = sums.Families * Group;
        var weights = ArrayPool<double>.Shared.Rent(groupLength * GroupsPerPiece);
        weights.AsSpan(0, groupLength * GroupsPerPiece).Clear();
        for (var i = 0; i < PieceLength; i++)
            Draws.Count(seed, piece * PieceLength + i, sums.Families, weights.AsSpan(i / Group * groupLength + i % Group), Group);

        Span<double> means = stackalloc double[Group * FamilySums.PanelColumns];
        for (var panel = 0; panel < sums.Panels; panel++)
            for (var group = 0; group < GroupsPerPiece; group++)
            {
                Means(sums.Panel(panel), weights.AsSpan(group * groupLength, groupLength), means);
                Store(means, panel * FamilySums.PanelColumns, piece * PieceLength + group * Group, sums.Columns, resamples, replicates);
            }
        ArrayPool<double>.Shared.Return(weights);
    }

    /// <summary>The means of four columns in four replicates, replicate by replicate.</summary>
    static void Means(ReadOnlySpan<double> panel, ReadOnlySpan<double> weights, Span<double> means)
    {
        ref var values = ref MemoryMarshal.GetReference(panel);
        ref var draws = ref MemoryMarshal.GetReference(weights);
        Vector256<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        Vector256<double> count0 = default, count1 = default, count2 = default, count3 = default;
        for (nuint family = 0, value = 0; family < (nuint)weights.Length; family += Group, value += FamilySums.PanelWidth)
        {
            var sum = Vector256.LoadUnsafe(ref values, value);
            var count = Vector256.LoadUnsafe(ref values, value + FamilySums.PanelColumns);
            var drawn = Vector256.Create(Unsafe.Add(ref draws, family));
            (sum0, count0) = (Vector256.FusedMultiplyAdd(drawn, sum, sum0), Vector256.FusedMultiplyAdd(drawn, count, count0));
            drawn = Vector256.Create(Unsafe.Add(ref draws, family + 1));
            (sum1, count1) = (Vector256.FusedMultiplyAdd(drawn, sum, sum1), Vector256.FusedMultiplyAdd(drawn, count, count1));
            drawn = Vector256.Create(Unsafe.Add(ref draws, family + 2));
            (sum2, count2) = (Vector256.FusedMultiplyAdd(drawn, sum, sum2), Vector256.FusedMultiplyAdd(drawn, count, count2));
            drawn = Vector256.Create(Unsafe.Add(ref draws, family + 3));
            (sum3, count3) = (Vector256.FusedMultiplyAdd(drawn, sum, sum3), Vector256.FusedMultiplyAdd(drawn, count, count3));
        }
        (sum0 / count0).CopyTo(means);
        (sum1 / count1).CopyTo(means[4..]);
        (sum2 / count2).CopyTo(means[8..]);
        (sum3 / count3).CopyTo(means[12..]);
    }

    static void Store(
        ReadOnlySpan<double> means, int firstColumn, int firstReplicate, int columns, int resamples, Span<double> replicates)
    {
        for (var column = 0; column < FamilySums.PanelColumns && firstColumn + column < columns; column++)
            for (var i = 0; i < Group && firstReplicate + i < resamples; i++)
                replicates[(firstColumn + column) * resamples + firstReplicate + i] = means[i * FamilySums.PanelColumns + column];
    }
}
