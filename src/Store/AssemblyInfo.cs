using System.Runtime.CompilerServices;

// Every import is blittable or marshalled by generated code; the runtime's own marshalling would only hide a mistake.
[assembly: DisableRuntimeMarshalling]
