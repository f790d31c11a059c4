namespace GossipSim.Engine.Protocol;

/// <summary>
/// Learns which process the victim is, by a probe as anybody may send one, then reports it dead to every seed node and
/// raises suspicion among its neighbors. A victim that came back at a higher epoch is found out by the next probe.
/// </summary>
internal sealed class FalseDeadReport(LiarMemory memory, LiarOptions options) : Misbehavior(memory, options)
{
    private int round;

    public override bool LiesByItself => true;

    public override void OnTick(in NodeContext context)
    {
        if (Victim.IsNone) Choose(context);
        if (Victim.IsNone) return;
        context.Send(Victim, new Ping(Digest: null));
        if (!Memory.TryFind(Victim, out var known)) return;
        var text = $"Dead Node:{Victim}:{Timestamp(context)}:{context.Self.HostText}";
        TellSeedNodes(new DeadNode(Victim, known.Epoch, known.NodeId, ReportFlag.Confirmed, text), context);
        TellNeighbors(new Suspect(Victim, known.Epoch, ++round), context);
    }

    private void Choose(in NodeContext context)
    {
        if (Memory.Neighbors.Count > 0) Victim = Memory.Neighbors[context.Random.Next(Memory.Neighbors.Count)];
    }
}
