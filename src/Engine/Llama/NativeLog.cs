using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using LLama.Native;

namespace LocalOpinions.Engine.Llama;

/// <summary>Catches what llama.cpp and ggml log, keeps it off the terminal, and gives each call its own complaints.</summary>
/// <remarks>
/// llama.cpp returns a null pointer on failure and says the reason only here, to one callback for the whole process, without a word about
/// the context concerned. It complains on the thread that called it, and so a complaint belongs to the call that is open on its thread.
/// ggml's own threads (its pools, a GPU's driver) work only while a call runs and do not say for which: what they complain of is given to
/// the one open call, and to none where several are open, since a missing reason misleads less than another's.
/// </remarks>
static unsafe class NativeLog
{
    static readonly Lock s_lock = new();
    static readonly List<NativeCall> s_open = [];

    [ThreadStatic]
    static NativeCall? s_ofThread;

    // A message may come in parts, and other threads' parts between them.
    [ThreadStatic]
    static StringBuilder? s_line;

    [ThreadStatic]
    static LLamaLogLevel s_level;

    /// <summary>Where complaints are written too, as they come.</summary>
    public static TextWriter? Echo { get; set; }

    public static void Install() => LlamaNative.llama_log_set(&OnMessage, null);

    /// <summary>Begins a call whose failure is to be explained. It ends on the same thread, and before the one around it.</summary>
    public static NativeCall Listen()
    {
        var call = new NativeCall(s_ofThread);
        s_ofThread = call;
        lock (s_lock)
            s_open.Add(call);
        return call;
    }

    internal static void End(NativeCall call)
    {
        s_ofThread = call.Around;
        lock (s_lock)
            s_open.Remove(call);
    }

    /// <summary>Takes a message, or a part of one, from the thread that logs it.</summary>
    internal static void Take(LLamaLogLevel level, string? text)
    {
        if (level != LLamaLogLevel.Continue)
            s_level = level;
        if (s_level is not (LLamaLogLevel.Error or LLamaLogLevel.Warning))
            return;
        s_line ??= new();
        s_line.Append(text);
        if (s_line.Length == 0 || s_line[^1] != '\n')
            return;
        var line = s_line.ToString().Trim();
        s_line.Clear();
        if (line.Length > 0)
            Give(s_level, line);
    }

    static void Give(LLamaLogLevel level, string line)
    {
        if (level == LLamaLogLevel.Error)
            Echo?.WriteLine(line);
        lock (s_lock)
            (s_ofThread ?? (s_open.Count == 1 ? s_open[0] : null))?.Add(line, isWarning: level != LLamaLogLevel.Error);
    }

    // Nothing may throw back into native code.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void OnMessage(LLamaLogLevel level, byte* text, void* userData) => Take(level, Marshal.PtrToStringUTF8((nint)text));
}
