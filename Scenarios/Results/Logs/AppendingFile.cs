using System.Runtime.InteropServices;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// Writes at the end of a file that other processes write to as well. .NET looks for the end once, when it opens a
/// file, and would write over what came meanwhile; with O_APPEND the system looks for it at every write.
/// </summary>
internal static partial class AppendingFile
{
    // fcntl.h, by platform.
    private const int WriteOnly = 1;
    private static readonly int append = OperatingSystem.IsLinux() ? 0x400 : 0x8;
    private static readonly int create = OperatingSystem.IsLinux() ? 0x40 : 0x200;

    private const int ReadableByAll = 0x1A4;   // rw-r--r--

    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        if (OperatingSystem.IsWindows())
        {
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 0);
            file.Write(bytes);
            return;
        }

        var descriptor = open(path, WriteOnly | append | create, ReadableByAll);
        if (descriptor < 0) throw Failed(path);
        try
        {
            while (bytes.Length > 0)
            {
                var written = write(descriptor, bytes, bytes.Length);
                if (written < 0) throw Failed(path);
                bytes = bytes[(int)written..];
            }
        }
        finally
        {
            _ = close(descriptor);
        }
    }

    private static IOException Failed(string path) =>
        new($"{path}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, int mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int descriptor, ReadOnlySpan<byte> bytes, nint count);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
