using Microsoft.Win32.SafeHandles;
using static DuckDB.NET.Native.NativeMethods;

namespace LocalOpinions.Store.Functions;

/// <summary>A scalar function in the making. What was registered is a copy, so this one is destroyed in any case.</summary>
/// <remarks>DuckDB.NET has handles of this kind for types and connections, but a bare pointer for functions.</remarks>
sealed class ScalarFunctionHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public ScalarFunctionHandle() : base(ownsHandle: true) => SetHandle(ScalarFunction.DuckDBCreateScalarFunction());

    protected override bool ReleaseHandle()
    {
        ScalarFunction.DuckDBDestroyScalarFunction(ref handle);
        return true;
    }
}
