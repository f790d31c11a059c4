using System.Runtime.InteropServices;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// Who starts the program with a standard stream closed (<c>&gt;&amp;-</c>) wants none: words go nowhere, and there is
/// nothing to read. The system gives the free numbers to files that .NET opens, and those are not for us.
/// </summary>
internal static partial class ClosedStreams
{
    private const int Output = 1;
    private const int Error = 2;

    /// <summary>F_GETFD, which is 1 on Linux and macOS.</summary>
    private const int GetFlags = 1;

    public static bool IsInputClosed => IsClosed(descriptor: 0);

    public static void Silence()
    {
        if (IsClosed(Output)) Console.SetOut(TextWriter.Null);
        if (IsClosed(Error)) Console.SetError(TextWriter.Null);
    }

    /// <summary>What came from the starting process has no flag; .NET marks its own files "close on exec".</summary>
    private static bool IsClosed(int descriptor) =>
        !OperatingSystem.IsWindows() && fcntl(descriptor, GetFlags) != 0;

    [LibraryImport("libc")]
    private static partial int fcntl(int descriptor, int command);
}
