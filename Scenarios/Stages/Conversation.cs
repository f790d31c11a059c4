using System.Diagnostics;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Stages;

/// <summary>One connection of a hand-made peer, and with whom it is.</summary>
/// <param name="target">Whom this end dialed; none when the other end did.</param>
internal sealed class Conversation(JsonLineConnection connection, NodeAddress target) : IDisposable
{
    private long lastUsed = Stopwatch.GetTimestamp();
    private volatile bool isGreeted;
    private volatile bool hasEnded;

    public JsonLineConnection Connection => connection;

    public bool IsDialed { get; } = !target.IsNone;

    /// <summary>None as long as who dialed has not said who he is.</summary>
    public NodeAddress Remote { get; private set; } = target;

    /// <summary>Both ends said HELLO.</summary>
    public bool IsGreeted => isGreeted;

    public bool HasEnded => hasEnded;

    /// <summary>When something was last said or heard, as a <see cref="Stopwatch"/> counts.</summary>
    public long LastUsed
    {
        get => Volatile.Read(ref lastUsed);
        set => Volatile.Write(ref lastUsed, value);
    }

    public void Greet(NodeAddress remote)
    {
        Remote = remote;
        isGreeted = true;
    }

    public void Dispose()
    {
        hasEnded = true;
        connection.Dispose();
    }
}
