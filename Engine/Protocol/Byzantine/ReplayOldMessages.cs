namespace GossipSim.Engine.Protocol;

/// <summary>
/// Repeats what it once sent to whom it sent it, and what it once received to its neighbors or, at a seed node, to the
/// other seed nodes: gossip, reports, refreshes, registrations, proposals, votes, commits.
/// </summary>
internal sealed class ReplayOldMessages(LiarMemory memory, LiarOptions options) : Misbehavior(memory, options)
{
    /// <summary>Our choice: enough to come round all that is kept in a minute or so.</summary>
    private const int RepeatedAtOnce = 5;

    public override bool LiesByItself => true;

    public override void OnTick(in NodeContext context)
    {
        var keepsakes = Memory.Keepsakes();
        for (var time = 0; time < Math.Min(RepeatedAtOnce, keepsakes.Length); time++)
        {
            var old = keepsakes[context.Random.Next(keepsakes.Length)];
            if (old.WasSent) context.Send(old.Other, old.Message);
            else if (IsSeedNode(context.Self)) TellSeedNodes(old.Message, context);
            else TellNeighbors(old.Message, context);
        }
    }
}
