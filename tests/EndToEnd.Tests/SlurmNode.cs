using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using LocalOpinions.Tests;

namespace LocalOpinions.EndToEnd.Tests;

/// <summary>Slurm on this machine alone: its controller, one node, and what tells them from others, all on the loopback address.</summary>
[UnsupportedOSPlatform("windows")]
sealed class SlurmNode : IDisposable
{
    static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("localopinions-slurm-");
    readonly List<Process> _daemons = [];

    SlurmNode()
    {
        var (key, socket) = (In("munge.key"), In("munge.socket"));
        File.WriteAllBytes(key, System.Security.Cryptography.RandomNumberGenerator.GetBytes(1024));
        File.SetUnixFileMode(key, UnixFileMode.UserRead);
        foreach (var name in new[] { "state", "spool" })
            _folder.CreateSubdirectory(name);
        var host = Dns.GetHostName();
        File.WriteAllText(Configuration,
            $"""
            ClusterName=test
            SlurmctldHost={host}(127.0.0.1)
            SlurmUser=root
            AuthType=auth/munge
            AuthInfo=socket={socket}
            StateSaveLocation={In("state")}
            SlurmdSpoolDir={In("spool")}
            SlurmctldPort={FreePort()}
            SlurmdPort={FreePort()}
            SlurmctldPidFile={In("slurmctld.pid")}
            SlurmdPidFile={In("slurmd.pid")}
            SlurmctldLogFile={In("slurmctld.log")}
            SlurmdLogFile={In("slurmd.log")}
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_Core
            ReturnToService=2
            SwitchType=switch/none
            MpiDefault=none
            KillWait=30
            MinJobAge=3600
            NodeName={host} NodeAddr=127.0.0.1 CPUs={Environment.ProcessorCount} RealMemory=1000 State=UNKNOWN
            PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP

            """);
        Start("munged", "--foreground", "--force", $"--key-file={key}", $"--socket={socket}", $"--pid-file={In("munged.pid")}",
            $"--log-file={In("munged.log")}", $"--seed-file={In("munged.seed")}");
        Until(() => File.Exists(socket), "munged");
        Start("slurmctld", "-D");
        Start("slurmd", "-D");
        Until(() => Ask("sinfo", "--noheader", "--format=%T").Contains("idle", StringComparison.Ordinal), "the node");
    }

    /// <summary>What clients find it by.</summary>
    public string Configuration => In("slurm.conf");

    public static SlurmNode StartOrSkip()
    {
        string[] programs = ["munged", "slurmctld", "slurmd", "sbatch", "scontrol", "sinfo"];
        var folders = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin".Split(':');
        var missing = programs.Where(p => !folders.Any(f => File.Exists(Path.Combine(f, p)))).ToList();
        Assert.SkipUnless(missing.Count == 0 && Environment.IsPrivilegedProcess,
            $"needs root, and slurmctld, slurmd, slurm-client and munge of the distribution; not here: {string.Join(", ", missing)}");
        return new();
    }

    public void Control(params string[] arguments) => Ask("scontrol", arguments);

    /// <summary>Waits until a job, or a task of an array, is in a state.</summary>
    public void WaitFor(string job, string state)
    {
        var seen = "";
        Until(() => (seen = Ask("scontrol", "show", "job", job)).Contains($"JobState={state} ", StringComparison.Ordinal)
            || (seen.Contains("JobState=FAILED", StringComparison.Ordinal) ? throw new InvalidOperationException(seen) : false),
            $"job {job} in {state}");
    }

    public void Dispose()
    {
        _daemons.Reverse();
        foreach (var daemon in _daemons)
        {
            daemon.Kill(entireProcessTree: true);
            daemon.WaitForExit();
            daemon.Dispose();
        }
        _folder.Delete(recursive: true);
    }

    string In(string name) => Path.Combine(_folder.FullName, name);

    // They say much; their logs hold it.
    void Start(string program, params string[] arguments) =>
        _daemons.Add(ChildProcess.Start(Described("bash", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", program, .. arguments])));

    string Ask(string program, params string[] arguments)
    {
        using var process = ChildProcess.Start(Described(program, arguments));
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    ProcessStartInfo Described(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = program is "sinfo" or "scontrol" };
        start.Environment["SLURM_CONF"] = Configuration;
        start.Environment["PATH"] = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin";
        return start;
    }

    static void Until(Func<bool> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed > s_patience)
                throw new TimeoutException($"{what} did not come in {s_patience.TotalMinutes:N0} minutes.");
            Thread.Sleep(300);
        }
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
