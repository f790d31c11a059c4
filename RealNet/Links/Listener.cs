using System.Net;
using System.Net.Sockets;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet.Links;

/// <summary>
/// A node's own listening socket. Accepting survives every error; while no process runs behind it, or one that has
/// no room, connections are reset, as a closed port would.
/// </summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly Socket socket;
    private readonly TransportLimits limits;
    private readonly Task accepting;
    private volatile ProcessWire? wire;
    private volatile bool isStopped;

    /// <exception cref="PortInUseException">Somebody listens there.</exception>
    public Listener(Placement placement, TransportLimits limits)
    {
        this.limits = limits;
        Connection.Prepare();
        socket = Bound(placement, listening => listening.Listen(limits.Backlog));
        accepting = Task.Run(AcceptAsync);
    }

    /// <summary>
    /// Whether a node could listen there. It is not done for a trial: of a socket that listens a process that is being
    /// started meanwhile has a copy for a moment, and the node's own would find its port taken.
    /// </summary>
    /// <exception cref="PortInUseException">Somebody listens there.</exception>
    public static void RequireFree(NodeAddress address) =>
        Bound(new Placement(address, HostedRole.Peer, _ => throw new InvalidOperationException()), _ => { }).Dispose();

    private static Socket Bound(Placement placement, Action<Socket> then)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // SO_REUSEADDR, so that ports in TIME_WAIT can be bound again, is what .NET sets on Unix by itself; its
            // own ReuseAddress option would let two listeners share the port.
            var host = placement.ListenHost ?? placement.Address.Host;
            socket.Bind(new IPEndPoint(Connection.Ip(host), placement.Address.Port));
            then(socket);
            return socket;
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new PortInUseException(placement.Address, error);
        }
    }

    /// <summary>Hands what comes from now on to that process; to nobody when there is none.</summary>
    public void Serve(ProcessWire? process) => wire = process;

    public async ValueTask DisposeAsync()
    {
        isStopped = true;
        EndListening();
        socket.Dispose();
        await accepting;
    }

    /// <summary>
    /// A process that is being started meanwhile has a copy of the socket until its own program runs; closing alone
    /// would leave the port to it for that long, and a node that is restarted at once would find it taken.
    /// </summary>
    private void EndListening()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // Systems other than Linux know this of connections only.
        }
    }

    private async Task AcceptAsync()
    {
        while (!isStopped)
        {
            try
            {
                Welcome(await socket.AcceptAsync());
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                // Out of descriptors: strangers give theirs back first, as when a node's own room is full.
                if (!isStopped && wire?.TryEndNewcomer() != true) await Task.Delay(limits.AcceptPause);
            }
        }
    }

    private void Welcome(Socket accepted)
    {
        var process = wire;
        if (process?.TryAccept(accepted) == true) return;
        process?.Traffic.Refused(WireName.Of(nameof(Refusal.TooManyConnections)));
        using (accepted) accepted.LingerState = new LingerOption(true, 0);
    }
}
