using System.Runtime.InteropServices;
using System.Text;

namespace GossipSim.Tests.Scenarios.LocalNetworks;

/// <summary>
/// A terminal without a screen: what is typed here, a program reads there from its keys.
/// </summary>
internal sealed class PseudoTerminal : IDisposable
{
    private const int ReadWriteWithoutControl = 0x102;   // O_RDWR | O_NOCTTY, fcntl.h of Linux

    private readonly FileStream keys;
    private readonly StringBuilder screen = new();

    public PseudoTerminal()
    {
        var descriptor = posix_openpt(ReadWriteWithoutControl);
        if (descriptor < 0 || grantpt(descriptor) != 0 || unlockpt(descriptor) != 0)
            throw new IOException("the system gives no pseudo-terminal");
        Path = Marshal.PtrToStringUTF8(ptsname(descriptor))!;
        keys = new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(descriptor, ownsHandle: true),
            FileAccess.ReadWrite, bufferSize: 0);
        new Thread(Read) { IsBackground = true, Name = "screen" }.Start();
    }

    /// <summary>Where a program opens its end.</summary>
    public string Path { get; }

    public string Screen
    {
        get
        {
            lock (screen) return screen.ToString();
        }
    }

    public void Type(string typed) => keys.Write(Encoding.UTF8.GetBytes(typed));

    public Task UntilShownAsync(string words, int times = 1) => Patience.UntilAsync(
        () => Screen.Split(words).Length - 1 >= times, $"{times} x '{words}' shown", () => Screen);

    public void Dispose() => keys.Dispose();

    private void Read()
    {
        var buffer = new byte[4096];
        try
        {
            while (keys.Read(buffer) is var count && count > 0)
                lock (screen) screen.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The program has closed its end.
        }
    }

    [DllImport("libc")]
    private static extern int posix_openpt(int flags);

    [DllImport("libc")]
    private static extern int grantpt(int descriptor);

    [DllImport("libc")]
    private static extern int unlockpt(int descriptor);

    [DllImport("libc")]
    private static extern nint ptsname(int descriptor);
}
