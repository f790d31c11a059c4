using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Security;
using GossipSim.RealNet.Wire;
using GossipSim.Tests.RealNet;

namespace GossipSim.Tests.RealNet.Conversations;

/// <summary>
/// One connection of a hostile node, in any security mode. What it writes is sealed as it should be, or goes out as it
/// is; what it hears is read all the time, so that the other end never waits for it unless a test wants that.
/// </summary>
internal sealed class HostileChannel : IDisposable
{
    /// <summary>Lines that nobody takes are dropped beyond this.</summary>
    private const int MostHeard = 256;

    /// <summary>Victims read no faster than their limits let them.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromMilliseconds(250);

    private readonly TcpClient client;
    private readonly ConcurrentQueue<byte[]> heard = new();
    private readonly SemaphoreSlim writing = new(1, 1);
    private Stream stream;
    private FrameGuard? guard;

    private HostileChannel(TcpClient client, NodeAddress other)
    {
        client.NoDelay = true;
        (this.client, Other, stream) = (client, other, client.GetStream());
    }

    /// <summary>The address that it dialed; none if the other end dialed.</summary>
    public NodeAddress Other { get; }

    /// <summary>Whether the other end has ended it, as far as was read.</summary>
    public bool IsOver { get; private set; }

    public static async Task<HostileChannel?> DialAsync(NodeAddress to, IPAddress source, NodeSecurity? security)
    {
        var client = new TcpClient(new IPEndPoint(source, 0));
        try
        {
            using var limit = new CancellationTokenSource(patience);
            await client.ConnectAsync(IPAddress.Parse(to.HostText), to.Port, limit.Token);
            var channel = new HostileChannel(client, to);
            if (security?.UsesTls(to) == true)
                await channel.SecureAsync(tls => tls.AuthenticateAsClientAsync(security.ClientOptions!, limit.Token));
            else
                channel.guard = security?.Guard(isDialer: true);
            _ = channel.ReadAsync();
            return channel;
        }
        catch (Exception error) when (IsEnd(error))
        {
            client.Dispose();
            return null;
        }
    }

    public static async Task<HostileChannel?> AcceptAsync(TcpClient client, NodeSecurity? security)
    {
        try
        {
            var channel = new HostileChannel(client, NodeAddress.None);
            using var limit = new CancellationTokenSource(patience);
            if (security?.HasTls == true)
                await channel.SecureAsync(tls => tls.AuthenticateAsServerAsync(security.ServerOptions!, limit.Token));
            else
                channel.guard = security?.Guard(isDialer: false);
            _ = channel.ReadAsync();
            return channel;
        }
        catch (Exception error) when (IsEnd(error))
        {
            client.Dispose();
            return null;
        }
    }

    /// <summary>Writes whole lines as the security mode wants them.</summary>
    public Task SayAsync(byte[] lines)
    {
        if (guard is null) return SayRawAsync(lines);
        byte[]? buffer = null;
        // More than one frame holds is written as it is, for the other end to refuse.
        if (lines.Length == 0 || lines[^1] != (byte)'\n') return SayRawAsync(lines);
        var framed = guard.Seal(lines, ref buffer);
        return SayRawAsync(framed.IsEmpty ? lines : framed.ToArray());
    }

    /// <summary>Writes bytes without a frame.</summary>
    public async Task SayRawAsync(byte[] bytes)
    {
        if (IsOver) return;
        await writing.WaitAsync();
        try
        {
            using var limit = new CancellationTokenSource(patience);
            await stream.WriteAsync(bytes, limit.Token);
        }
        catch (Exception error) when (IsEnd(error))
        {
            IsOver = true;
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>The next line that came, waiting for it a little while.</summary>
    public async Task<Message?> HearAsync(int milliseconds)
    {
        for (var waited = 0; ; waited++)
        {
            if (heard.TryDequeue(out var line)) return MessageCodec.Decode(line).Message;
            if (waited >= milliseconds || IsOver) return null;
            await Task.Delay(1);
        }
    }

    /// <summary>Ends it with a reset: whatever the other end still says finds nobody.</summary>
    public void Reset()
    {
        if (client.Client is { } socket) socket.LingerState = new LingerOption(true, 0);
        Dispose();
    }

    public void Dispose()
    {
        IsOver = true;
        client.Dispose();
    }

    private async Task SecureAsync(Func<SslStream, Task> shake)
    {
        var tls = new SslStream(stream);
        stream = tls;
        await shake(tls);
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[4096];
        var unread = new List<byte>();
        try
        {
            while (await stream.ReadAsync(buffer) is > 0 and var count)
            {
                unread.AddRange(buffer.AsSpan(0, count));
                CutLines(unread);
            }
        }
        catch (Exception error) when (IsEnd(error))
        {
            // Reset, or disposed of here.
        }

        IsOver = true;
    }

    private void CutLines(List<byte> unread)
    {
        var rest = new ReadOnlySequence<byte>(unread.ToArray());
        var before = rest.Length;
        while (TryCut(ref rest, out var line))
            if (heard.Count < MostHeard) heard.Enqueue(line.ToArray());
        unread.RemoveRange(0, (int)(before - rest.Length));
    }

    private bool TryCut(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> line) =>
        guard?.TryCutLine(ref rest, out line, out _) ?? WireLine.TryCut(ref rest, out line);

    private static bool IsEnd(Exception error) => error is IOException or SocketException or ObjectDisposedException
        or OperationCanceledException or InvalidOperationException
        or System.Security.Authentication.AuthenticationException;
}
