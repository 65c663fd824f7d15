using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using LLama.Native;

namespace LocalOpinions.Engine.Llama;

/// <summary>Catches what llama.cpp and ggml log, keeps it off the terminal, and remembers the last complaints.</summary>
/// <remarks>llama.cpp returns a null pointer on failure and says the reason only here.</remarks>
static unsafe class NativeLog
{
    const int Kept = 20;

    static readonly Lock s_lock = new();
    static readonly Queue<string> s_complaints = new();
    static readonly StringBuilder s_line = new();
    static LLamaLogLevel s_level;

    public static void Install() => LlamaNative.llama_log_set(&OnMessage, null);

    /// <summary>Forgets earlier complaints, before a call whose failure is to be explained.</summary>
    public static void Clear()
    {
        lock (s_lock)
            s_complaints.Clear();
    }

    /// <summary>The complaints since <see cref="Clear"/>, in one line; empty when there were none.</summary>
    public static string Reason()
    {
        lock (s_lock)
            return string.Join("; ", s_complaints);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void OnMessage(LLamaLogLevel level, byte* text, void* userData)
    {
        // Several native threads log, and nothing may throw back into them.
        lock (s_lock)
        {
            if (level != LLamaLogLevel.Continue)
                s_level = level;
            if (s_level != LLamaLogLevel.Error)
                return;
            s_line.Append(Marshal.PtrToStringUTF8((nint)text));
            if (s_line.Length == 0 || s_line[^1] != '\n')
                return;
            var line = s_line.ToString().Trim();
            s_line.Clear();
            if (line.Length == 0)
                return;
            s_complaints.Enqueue(line);
            if (s_complaints.Count > Kept)
                s_complaints.Dequeue();
        }
    }
}
