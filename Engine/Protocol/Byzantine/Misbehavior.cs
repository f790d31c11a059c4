using System.Globalization;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// One way to lie: it sees what comes in and what the honest node would send, may change or swallow both, and may send
/// what it likes. It cannot sign for others: who sent a message is bound to the link.
/// </summary>
internal abstract class Misbehavior(LiarMemory memory, LiarOptions options)
{
    protected LiarMemory Memory => memory;

    protected LiarOptions Options => options;

    /// <summary>Whom the lies are about; none: whoever the liar finds.</summary>
    public NodeAddress Victim { get; set; }

    /// <summary>Whether it lies without being spoken to, every interval.</summary>
    public virtual bool LiesByItself => false;

    /// <summary>Once each interval while it <see cref="LiesByItself"/>.</summary>
    public virtual void OnTick(in NodeContext context) { }

    /// <summary>Something came in. True: the honest node does not see it.</summary>
    public virtual bool OnReceive(in Envelope envelope, in NodeContext context) => false;

    /// <summary>The honest node sends something. What leaves in its place, or null for nothing.</summary>
    public virtual Message? OnSend(NodeAddress to, Message message, in NodeContext context) => message;

    protected bool IsSeedNode(NodeAddress address) => Array.IndexOf(options.SeedNodes, address) >= 0;

    protected void TellSeedNodes(Message message, in NodeContext context)
    {
        foreach (var seedNode in options.SeedNodes)
            if (seedNode != context.Self) context.Send(seedNode, message);
    }

    protected void TellNeighbors(Message message, in NodeContext context)
    {
        foreach (var neighbor in memory.Neighbors) context.Send(neighbor, message);
    }

    /// <summary>As honest ids and reports show the time.</summary>
    protected string Timestamp(in NodeContext context) =>
        (options.EpochUnixSeconds + context.Now.TotalSeconds).ToString("F3", CultureInfo.InvariantCulture);
}
