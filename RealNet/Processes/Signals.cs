using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GossipSim.RealNet.Processes;

/// <summary>What .NET has no call for: signals other than a kill, and waiting for many pipes at once.</summary>
internal static partial class Signals
{
    // Numbers by platform: signal.h.
    private static readonly int stop = OperatingSystem.IsLinux() ? 19 : 17;
    private static readonly int goOn = OperatingSystem.IsLinux() ? 18 : 19;

    private const int KillSignal = 9;
    private const int DeathOfParent = 1;   // PR_SET_PDEATHSIG, linux/prctl.h
    private const short Readable = 1;      // POLLIN, poll.h
    private const short AnyEnd = 0x38;     // POLLERR | POLLHUP | POLLNVAL
    private const int Interrupted = 4;     // EINTR, errno.h

    /// <summary>Whether the operating system has all this.</summary>
    public static bool AreKnown => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    public static void Pause(int process) => _ = kill(process, stop);

    public static void Resume(int process) => _ = kill(process, goOn);

    /// <summary>
    /// This process is killed when its parent ends, however that ends, and also while this one stands still. A parent
    /// that has ended before is noticed too. Elsewhere than on Linux the end of the standard input has to do.
    /// </summary>
    public static void DieWithParent(int parent)
    {
        if (!OperatingSystem.IsLinux()) return;
        _ = prctl(DeathOfParent, KillSignal, 0, 0, 0);
        if (getppid() != parent) KillThisProcess();
    }

    /// <summary>At once, without a word to anybody: as its parent would.</summary>
    public static void KillThisProcess() => Process.GetCurrentProcess().Kill();

    /// <summary>Waits until one of the pipes has something to read, or its end.</summary>
    /// <returns>For each whether it has.</returns>
    public static bool[] WaitForAny(IReadOnlyList<int> pipes, int milliseconds)
    {
        var asked = new Polled[pipes.Count];
        for (var index = 0; index < asked.Length; index++)
            asked[index] = new Polled { Descriptor = pipes[index], Asked = Readable };
        if (asked.Length == 0) Thread.Sleep(milliseconds);
        var found = 0;
        do
        {
            if (asked.Length > 0) found = poll(asked, (nuint)asked.Length, milliseconds);
        }
        while (found < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        if (found < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        return [.. asked.Select(each => (each.Found & (Readable | AnyEnd)) != 0)];
    }

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);

    [LibraryImport("libc")]
    private static partial int prctl(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc")]
    private static partial int getppid();

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll([In, Out] Polled[] pipes, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Polled
    {
        public int Descriptor;
        public short Asked;
        public short Found;
    }
}
