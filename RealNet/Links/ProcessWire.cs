using System.Collections.Concurrent;
using System.Net.Sockets;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Hosting;
using GossipSim.RealNet.Security;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet.Links;

/// <summary>What all connections of one process share, and the list of them.</summary>
internal sealed class ProcessWire(
    NodeAddress self, string cluster, TransportLimits limits, SeedNodeSet seedNodes,
    Mailbox mailbox, TrafficMeter traffic, ConnectionBudget budget, MessageTypes types, RunClock clock,
    Action<Exception> fail, uint? sourceHost = null, NodeSecurity? security = null)
{
    private readonly ConcurrentDictionary<Connection, bool> connections = new();
    private readonly ConcurrentDictionary<(NodeAddress Target, int Port), Connection> dialed = new();
    private readonly Queue<Connection> newcomers = new();   // under its own lock
    private int count;
    private int strangers;

    public NodeAddress Self => self;

    /// <summary>Where dialed connections come from; null: the machine picks.</summary>
    public uint? SourceHost => sourceHost;

    /// <summary>Null: none.</summary>
    public NodeSecurity? Security => security;

    public Reach Reach { get; } = new();

    public RegistrationPace Registrations { get; } = new(limits);

    public required Weather Weather { get; init; }

    public string Cluster => cluster;

    public TransportLimits Limits => limits;

    public Mailbox Mailbox => mailbox;

    public TrafficMeter Traffic => traffic;

    public OutboxRoom OutboxRoom => budget.OutboxRoom;

    public MessageTypes Types => types;

    public long Now => clock.Now.Microseconds;

    private int Limit => seedNodes.Contains(self) ? limits.SeedNodeConnections : limits.PeerConnections;

    /// <summary>
    /// Whether connections with that node serve an exchange and end: exactly one of the two is a seed node.
    /// </summary>
    public bool IsExchange(NodeAddress other) => seedNodes.Contains(self) != seedNodes.Contains(other);

    public void Add(Connection connection)
    {
        connections[connection] = true;
        Interlocked.Increment(ref count);
        budget.Opened();
    }

    public void Remove(Connection connection)
    {
        // Only this one: another may come from the same port by now.
        dialed.TryRemove(new((connection.Target, connection.LocalPort), connection));
        if (!connections.TryRemove(connection, out _)) return;
        Interlocked.Decrement(ref count);
        RemoveStranger(connection);
        connection.ForgetUnsent();
        budget.Closed();
        ForgetFirst();
    }

    /// <summary>Counts a connection as a stranger's.</summary>
    /// <returns>False when strangers have all the connections already that are for them.</returns>
    public bool TryAddStranger(Connection connection)
    {
        if (Interlocked.Increment(ref strangers) <= ForStrangers(Limit) && budget.TryAddStranger())
        {
            connection.IsStranger = true;
            // It may have ended meanwhile, when nobody knew that it counts.
            if (!Has(connection)) RemoveStranger(connection);
            return true;
        }

        Interlocked.Decrement(ref strangers);
        return false;
    }

    public void RemoveStranger(Connection connection)
    {
        if (!connection.TryForgetStranger()) return;
        Interlocked.Decrement(ref strangers);
        budget.RemoveStranger();
    }

    private int ForStrangers(int all) => all - (all / limits.ReservedShare);

    /// <summary>A connection that asks for no connection of a link takes a descriptor all the same.</summary>
    /// <returns>Whether one more fits; then it must be given back.</returns>
    public bool TryTakeDescriptor()
    {
        if (!budget.TryMakeRoom()) return false;
        budget.Opened();
        return true;
    }

    public void GiveBackDescriptor() => budget.Closed();

    public bool IsSeedNode(NodeAddress address) => seedNodes.Contains(address);

    /// <summary>From now on this process vouches for a connection that it dialed.</summary>
    public void NoteDialed(Connection connection) => dialed[(connection.Target, connection.LocalPort)] = connection;

    public bool HasDialed(NodeAddress target, int port) => dialed.ContainsKey((target, port));

    /// <summary>
    /// Takes a connection that was dialed here; without room the one gives way that has waited longest without saying
    /// who it is, so that a flood of strangers presses on itself and not on who has a link.
    /// </summary>
    /// <returns>Whether there was room.</returns>
    public bool TryAccept(Socket socket)
    {
        ForgetFirst();
        if (Volatile.Read(ref count) >= Limit && !TryEndNewcomer()) return false;
        if (!budget.TryMakeRoom()) return false;
        var newcomer = Connection.Accept(this, socket);
        lock (newcomers) newcomers.Enqueue(newcomer);
        budget.Add(this, newcomer);
        return true;
    }

    /// <summary>Ends the oldest connection that nobody vouches for yet.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryEndNewcomer()
    {
        while (true)
        {
            Connection? oldest;
            lock (newcomers)
            {
                if (!newcomers.TryDequeue(out oldest)) return false;
            }

            if (TryEnd(oldest)) return true;
        }
    }

    public bool TryEnd(Connection newcomer)
    {
        // One that is ending already makes no more room, and has been counted.
        if (!IsUnproven(newcomer) || !newcomer.TryAbort()) return false;
        traffic.Refused(WireName.Of(nameof(Refusal.TooManyConnections)));
        return true;
    }

    /// <summary>A connection that has ended is not to be kept because it once was new.</summary>
    private void ForgetFirst()
    {
        lock (newcomers)
        {
            while (newcomers.TryPeek(out var first) && !IsUnproven(first)) newcomers.Dequeue();
        }
    }

    public bool Has(Connection connection) => connections.ContainsKey(connection);

    public bool IsUnproven(Connection connection) => connection.Hello is null && Has(connection);

    /// <summary>An error of this program that concerns one connection, which its caller closes.</summary>
    public void Fail(Exception error) => fail(error);

    public void Sweep()
    {
        var now = Now;
        foreach (var (connection, _) in connections) connection.Sweep(now);
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
