using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Native;
using LocalOpinions.Store.Connections;
using static DuckDB.NET.Native.NativeMethods;

namespace LocalOpinions.Store.Functions;

/// <summary>The measures as vectorised SQL functions: DuckDB hands over whole chunks, the kernels compute them.</summary>
/// <remarks>
/// They take what the macros without simd_ take and give the same to 1e-6; the file itself does not know them. Registered by the C API,
/// because a function registered with DuckDBConnection is handed a new list for each row and writes its results one by one.
/// </remarks>
static unsafe class SimdFunctions
{
    /// <param name="connection">Its database will know them.</param>
    /// <param name="step">Told each handle when it was made and again when it is complete; what it throws ends the registration.</param>
    /// <exception cref="StoreException">DuckDB takes none of that name.</exception>
    public static void Register(Connection connection, Action<SafeHandle>? step = null)
    {
        using var number = LogicalType.DuckDBCreateLogicalType(DuckDBType.Double);
        step?.Invoke(number);
        using var list = LogicalType.DuckDBCreateListType(number);
        step?.Invoke(list);
        for (var i = 0; i < SimdMeasure.All.Count; i++)
            Register(connection, i, number, list, step);
    }

    static void Register(
        Connection connection, int index, DuckDBLogicalType number, DuckDBLogicalType list, Action<SafeHandle>? step)
    {
        var measure = SimdMeasure.All[index];
        using var handle = new ScalarFunctionHandle();
        step?.Invoke(handle);
        var function = handle.DangerousGetHandle();
        ScalarFunction.DuckDBScalarFunctionSetName(function, measure.Name);
        for (var i = 0; i < measure.Parameters; i++)
            ScalarFunction.DuckDBScalarFunctionAddParameter(function, list);
        ScalarFunction.DuckDBScalarFunctionSetReturnType(function, number);
        // Without it DuckDB decides what NULL gives; with it NULL reaches the function.
        ScalarFunction.DuckDBScalarFunctionSetSpecialHandling(function);
        ScalarFunction.DuckDBScalarFunctionSetExtraInfo(function, index, null);
        ScalarFunction.DuckDBScalarFunctionSetFunction(function, &Compute);
        step?.Invoke(handle);
        if (!ScalarFunction.DuckDBRegisterScalarFunction(connection.Handle, function).IsSuccess())
            throw new StoreException(StoreError.Sql, $"DuckDB does not take the function {measure.Name}.");
    }

    // Nothing may be thrown into DuckDB's frames.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Compute(nint info, nint input, nint output)
    {
        try
        {
            var measure = SimdMeasure.All[(int)ScalarFunction.DuckDBScalarFunctionGetExtraInfo(info)];
            // DuckDB's own: this handle destroys nothing.
            using var chunk = new DuckDBDataChunk(input);
            var results = new Span<double>(Vectors.DuckDBVectorGetData(output), (int)DataChunks.DuckDBDataChunkGetSize(chunk));
            var p = new ListColumnReader(DataChunks.DuckDBDataChunkGetVector(chunk, 0));
            var q = measure.Parameters > 1 ? new ListColumnReader(DataChunks.DuckDBDataChunkGetVector(chunk, 1)) : p;
            SimdBatch.OfThread.Compute(measure, p, q, results);
            MarkNulls(output, results);
        }
        catch (Exception e)
        {
            ScalarFunction.DuckDBScalarFunctionSetError(info, e.Message);
        }
    }

    static void MarkNulls(nint output, ReadOnlySpan<double> results)
    {
        ulong* valid = null;
        for (var row = 0; row < results.Length; row++)
        {
            if (!double.IsNaN(results[row]))
                continue;
            if (valid == null)
            {
                Vectors.DuckDBVectorEnsureValidityWritable(output);
                valid = Vectors.DuckDBVectorGetValidity(output);
            }

            valid[row / 64] &= ~(1UL << (row % 64));
        }
    }
}
