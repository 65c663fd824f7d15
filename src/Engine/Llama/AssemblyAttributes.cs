using System.Runtime.CompilerServices;

// Structs cross to C as they are; a type that could not is a compile error instead of a wrong layout.
[assembly: DisableRuntimeMarshalling]
