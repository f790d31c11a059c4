using System.Net;
using System.Net.Sockets;
using System.Text;
using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.RealNet.Attacks;

/// <summary>Many connections of one attacker, and what became of them.</summary>
internal sealed class Crowd : IDisposable
{
    private readonly List<Socket> sockets = [];

    public int Opened { get; private set; }

    /// <summary>Those that the other end has not closed.</summary>
    public int Held => sockets.Count(IsHeld);

    /// <param name="greeting">What the connection of that number says first; null: nothing.</param>
    public async Task JoinAsync(NodeAddress victim, int count, Func<int, string?> greeting)
    {
        for (var number = 0; number < count; number++)
        {
            // An attacker has an end of descriptors too.
            if (++Opened % 500 == 0) LeaveWhatIsClosed();
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            sockets.Add(socket);
            await TryAsync(async () =>
            {
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(victim.HostText), victim.Port));
                if (greeting(number) is { } text) await socket.SendAsync(Encoding.UTF8.GetBytes(text));
            });
        }
    }

    /// <summary>As many more bytes on each connection, whoever still takes them.</summary>
    public async Task DripAsync(byte[] bytes)
    {
        foreach (var socket in sockets) await TryAsync(async () => await socket.SendAsync(bytes));
    }

    private void LeaveWhatIsClosed()
    {
        foreach (var socket in sockets.Where(socket => !IsHeld(socket)).ToArray())
        {
            socket.Dispose();
            sockets.Remove(socket);
        }
    }

    public void Dispose()
    {
        // A test that failed may still be joining.
        foreach (var socket in sockets.ToArray()) socket.Dispose();
    }

    private static async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception refused) when (refused is SocketException or ObjectDisposedException)
        {
            // What the victim defends itself with.
        }
    }

    private static bool IsHeld(Socket socket)
    {
        try
        {
            var rest = new byte[4096];
            while (socket.Connected && socket.Poll(TimeSpan.Zero, SelectMode.SelectRead))
                if (socket.Receive(rest) == 0) return false;
            return socket.Connected;
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
