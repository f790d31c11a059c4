using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.RealNet;

/// <summary>
/// A node with bare hands: it vouches for whoever claims its address, and does with the connections that others dial
/// to it what a test says.
/// </summary>
internal sealed class RawNode : IDisposable
{
    private readonly TcpListener listener;
    private readonly Channel<RawDial> dials = Channel.CreateUnbounded<RawDial>();

    public RawNode()
    {
        Address = FreeAddresses.Take(1)[0];
        listener = new TcpListener(IPAddress.Loopback, Address.Port);
        listener.Start();
        _ = AcceptAsync();
    }

    public NodeAddress Address { get; }

    /// <summary>The next connection on which somebody said HELLO, in the order in which they came.</summary>
    public async Task<RawDial> DialedAsync()
    {
        var next = dials.Reader.ReadAsync().AsTask();
        await Patience.UntilEndedAsync(next, $"somebody dials {Address}");
        return await next;
    }

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true) await GreetAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task GreetAsync(TcpClient client)
    {
        var dial = new RawDial(client, Address);
        if (await dial.ReadLineAsync() is { } line && line.Contains("HELLO", StringComparison.Ordinal))
        {
            dials.Writer.TryWrite(dial);
            return;
        }

        dial.Write("""{"type":"CONFIRMATION","dialed":true}""" + "\n");
        dial.Dispose();
    }
}

/// <summary>A connection that a node dialed, at the other end.</summary>
internal sealed class RawDial(TcpClient client, NodeAddress self) : IDisposable
{
    private readonly StreamReader reader = new(client.GetStream(), Encoding.UTF8);

    public void SayHello() => Write(RawClient.Hello(self));

    public void Write(string text) => client.GetStream().Write(Encoding.UTF8.GetBytes(text));

    /// <summary>The next line; null at the end of the stream.</summary>
    public async Task<string?> ReadLineAsync()
    {
        var line = reader.ReadLineAsync();
        await Patience.UntilEndedAsync(line, $"a line comes to {self}, or the end");
        return await line;
    }

    /// <summary>Says nothing more; done when the node has heard that, and closed its end.</summary>
    public async Task EndAsync()
    {
        client.Client.Shutdown(SocketShutdown.Send);
        while (await ReadLineAsync() is not null)
        {
        }
    }

    public void Dispose()
    {
        reader.Dispose();
        client.Dispose();
    }
}
