using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LocalOpinions.Store.Native;

namespace LocalOpinions.Store;

/// <summary>The measures as vectorised SQL functions: DuckDB hands over whole chunks, the kernels compute them.</summary>
/// <remarks>They take what the macros without simd_ take and give the same to 1e-6; the file itself does not know them.</remarks>
static unsafe class SimdFunctions
{
    public static void Register(Connection connection)
    {
        var number = DuckDb.CreateType(DuckDbType.Double);
        var list = DuckDb.CreateListType(number);
        for (var i = 0; i < SimdMeasure.All.Count; i++)
            Register(connection, i, number, list);
        DuckDb.DestroyType(ref list);
        DuckDb.DestroyType(ref number);
    }

    static void Register(Connection connection, int index, LogicalTypeHandle number, LogicalTypeHandle list)
    {
        var measure = SimdMeasure.All[index];
        var function = DuckDb.CreateScalarFunction();
        DuckDb.SetFunctionName(function, measure.Name);
        for (var i = 0; i < measure.Parameters; i++)
            DuckDb.AddFunctionParameter(function, list);
        DuckDb.SetFunctionReturnType(function, number);
        DuckDb.SetFunctionTakesNull(function);
        DuckDb.SetFunctionExtraInfo(function, index, 0);
        DuckDb.SetFunction(function, &Compute);
        var state = DuckDb.RegisterScalarFunction(connection.Handle, function);
        DuckDb.DestroyScalarFunction(ref function);
        if (state != DuckDb.Success)
            throw new StoreException(StoreError.Sql, $"DuckDB does not take the function {measure.Name}.");
    }

    // Nothing may be thrown into DuckDB's frames.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Compute(FunctionInfoHandle info, ChunkHandle input, VectorHandle output)
    {
        try
        {
            var measure = SimdMeasure.All[(int)DuckDb.FunctionExtraInfo(info)];
            var results = new Span<double>(DuckDb.VectorData(output), (int)DuckDb.ChunkSize(input));
            var p = new ListColumnReader(DuckDb.ChunkVector(input, 0));
            var q = measure.Parameters > 1 ? new ListColumnReader(DuckDb.ChunkVector(input, 1)) : p;
            SimdBatch.OfThread.Compute(measure, p, q, results);
            MarkNulls(output, results);
        }
        catch (Exception e)
        {
            DuckDb.SetFunctionError(info, e.Message);
        }
    }

    static void MarkNulls(VectorHandle output, ReadOnlySpan<double> results)
    {
        ulong* valid = null;
        for (var row = 0; row < results.Length; row++)
        {
            if (!double.IsNaN(results[row]))
                continue;
            if (valid == null)
            {
                DuckDb.EnsureValidityWritable(output);
                valid = DuckDb.VectorValidity(output);
            }

            valid[row / 64] &= ~(1UL << (row % 64));
        }
    }
}
