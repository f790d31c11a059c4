using System.Collections.Concurrent;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Hosting;

namespace GossipSim.RealNet.Links;

/// <summary>What all connections of one process share, and the list of them.</summary>
internal sealed class ProcessWire(
    NodeAddress self, string cluster, TransportLimits limits, IReadOnlySet<NodeAddress> seedNodes,
    Mailbox mailbox, TrafficMeter traffic, RunClock clock, Action<Exception> fail)
{
    private readonly ConcurrentDictionary<Connection, bool> connections = new();
    private int count;

    public NodeAddress Self => self;

    public string Cluster => cluster;

    public TransportLimits Limits => limits;

    public Mailbox Mailbox => mailbox;

    public TrafficMeter Traffic => traffic;

    public long Now => clock.Now.Microseconds;

    public bool HasRoom => Volatile.Read(ref count)
        < (seedNodes.Contains(self) ? limits.SeedNodeConnections : limits.PeerConnections);

    /// <summary>
    /// Whether connections with that node serve an exchange and end: exactly one of the two is a seed node.
    /// </summary>
    public bool IsExchange(NodeAddress other) => seedNodes.Contains(self) != seedNodes.Contains(other);

    public void Add(Connection connection)
    {
        connections[connection] = true;
        Interlocked.Increment(ref count);
        traffic.Opened();
    }

    public void Remove(Connection connection)
    {
        if (connections.TryRemove(connection, out _)) Interlocked.Decrement(ref count);
    }

    /// <summary>A mistake in this program, not of the network: the run must hear of it.</summary>
    public void Fail(Exception error) => fail(error);

    public void Sweep()
    {
        var now = Now;
        foreach (var connection in connections.Keys) connection.Sweep(now);
    }

    /// <summary>Resets every connection; done when all their loops have ended.</summary>
    public async Task AbortAllAsync()
    {
        while (!connections.IsEmpty)
        {
            var open = connections.Keys.ToArray();
            foreach (var connection in open) connection.Abort();
            // One that failed has told so already.
            foreach (var connection in open)
                await connection.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var connection in open) Remove(connection);
        }
    }
}
