using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Pipes;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Processes;

/// <summary>
/// The process of one node, seen from outside: its pipes, and what is known of it. What it says comes in on the thread
/// of <see cref="ChildWatch"/>.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    // 128 and the number of the signal: kill -9, and kill.
    private const int KilledCode = 137;
    private const int TerminatedCode = 143;

    /// <summary>
    /// A node has little to do, and there are many: compiling its code again, for speed, costs more than it brings.
    /// Measured with 15 processes that live 20 s: 1.7 s of CPU each, and 0.7 s with these. Numbers are hexadecimal.
    /// </summary>
    private static readonly (string Name, string Value)[] runtimeSettings =
        [("DOTNET_TieredPGO", "0"), ("DOTNET_TC_CallCountThreshold", "1000")];

    private readonly Process process;
    private readonly PipeStream output;
    private readonly byte[] buffer = new byte[ChildWatch.PipeBytes];
    private readonly List<byte> line = [];
    private readonly TaskCompletionSource ready = NewSource();
    private readonly TaskCompletionSource started = NewSource();
    private readonly TaskCompletionSource ended = NewSource();
    private readonly ConcurrentQueue<TaskCompletionSource> obeyed = new();
    private bool isClosed;

    private ChildProcess(NodeAddress address, Process process)
    {
        (Address, this.process) = (address, process);
        output = (PipeStream)process.StandardOutput.BaseStream;
        Descriptor = (int)output.SafePipeHandle.DangerousGetHandle();
    }

    public NodeAddress Address { get; }

    public int Descriptor { get; }

    public int Id => process.Id;

    /// <summary>Its port is taken; or it ended, or could not take it, which is the exception.</summary>
    public Task Ready => ready.Task;

    public Task Started => started.Task;

    /// <summary>It is gone, and all it said was heard.</summary>
    public Task Ended => ended.Task;

    /// <summary>Somebody here ended it, so that its end is no surprise.</summary>
    public bool IsExpectedToEnd { get; set; }

    public bool IsPaused { get; set; }

    /// <summary>After its end: whether somebody else ended it with a signal, as a user with kill may.</summary>
    public bool WasKilled { get; private set; }

    public TrafficCounters? Traffic { get; private set; }

    /// <summary>What its node sent, as told together with the traffic.</summary>
    public IReadOnlyList<SentKind> Sent { get; private set; } = [];

    public int TableEntries { get; private set; }

    /// <summary>
    /// Which start at its address the latest one here was: an internal error makes a node start again in its process.
    /// </summary>
    public int LatestStart { get; private set; } = -1;

    /// <summary>Memory that it holds now; 0 when it has ended.</summary>
    public long ResidentBytes
    {
        get
        {
            try
            {
                using var seen = Process.GetProcessById(process.Id);
                return seen.WorkingSet64;
            }
            catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
            {
                return 0;
            }
        }
    }

    /// <exception cref="System.ComponentModel.Win32Exception">The system starts no more processes.</exception>
    public static ChildProcess Launch(NodeAddress address, NodeLaunch launch)
    {
        var start = new ProcessStartInfo(launch.FileName, launch.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in runtimeSettings) start.Environment.TryAdd(name, value);
        var process = Process.Start(start)!;
        var child = new ChildProcess(address, process);
        child.Tell(launch.Configuration);
        return child;
    }

    public void Tell(Order order) => Tell(order.ToLine());

    /// <summary>An order whose being done is told. One at a time.</summary>
    /// <returns>Over when it is done, or the process has ended.</returns>
    public Task ObeyAsync(Order order)
    {
        var done = NewSource();
        obeyed.Enqueue(done);
        Tell(order);
        return Task.WhenAny(done.Task, Ended);
    }

    public void Kill()
    {
        IsExpectedToEnd = true;
        process.Kill();
    }

    /// <summary>Reads what is there, without waiting when something is.</summary>
    /// <returns>False at the end.</returns>
    public bool Read(Action<Word> hear)
    {
        var count = output.Read(buffer);
        foreach (var letter in buffer.AsSpan(0, count))
        {
            if (letter != (byte)'\n')
            {
                line.Add(letter);
                continue;
            }

            hear(Word.Read(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(line)));
            line.Clear();
        }

        return count > 0;
    }

    /// <summary>Of an event.</summary>
    public void NoteStart(Word word)
    {
        if (word.Kind == EventKind.ProcessStarted) LatestStart = (int)word.Number;
    }

    /// <summary>What is no event of the node but about its process.</summary>
    public void Note(Word word)
    {
        switch (word.Say)
        {
            case WordKind.Ready:
                ready.TrySetResult();
                break;
            case WordKind.Started:
                started.TrySetResult();
                break;
            case WordKind.Obeyed when obeyed.TryDequeue(out var done):
                done.SetResult();
                break;
            case WordKind.PortInUse:
                IsExpectedToEnd = true;
                ready.TrySetException(new PortInUseException(
                    Address, new System.Net.Sockets.SocketException((int)word.Number, word.Text)));
                break;
            case WordKind.Traffic:
                (Traffic, Sent, TableEntries) = (word.ToTraffic(), word.Sent!, (int)word.Number);
                break;
            default:
                throw new InvalidDataException($"{Address} said {word.Say}");
        }
    }

    /// <summary>After the end of its output: waits for the process itself.</summary>
    public void ConcludeEnd()
    {
        process.WaitForExit();
        WasKilled = started.Task.IsCompleted && process.ExitCode is KilledCode or TerminatedCode;
        var gone = new InvalidOperationException($"its process ended with exit code {process.ExitCode}");
        if (!ready.Task.IsCompleted) IsExpectedToEnd = true;   // whoever waits for it hears of it
        ready.TrySetException(gone);
        _ = ready.Task.Exception;   // seen, if nobody waits
        started.TrySetResult();
        ended.TrySetResult();
    }

    public void Dispose()
    {
        isClosed = true;
        process.Dispose();
    }

    private void Tell(string text)
    {
        try
        {
            lock (process)
            {
                if (isClosed) return;
                process.StandardInput.WriteLine(text);
                process.StandardInput.Flush();
            }
        }
        catch (IOException)
        {
            // It has ended, and its output tells so.
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
