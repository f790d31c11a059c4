namespace GossipSim.Engine.Protocol;

/// <summary>
/// Gives its vote at one (address, epoch) to every process that is proposed there, and to one that was never proposed:
/// what it voted before does not bind it.
/// </summary>
internal sealed class DoubleVote(LiarMemory memory, LiarOptions options) : Misbehavior(memory, options)
{
    public override bool OnReceive(in Envelope envelope, in NodeContext context)
    {
        if (!IsSeedNode(envelope.From) || envelope.Message is not Propose propose || !propose.Entry.IsAlive)
            return false;

        TellSeedNodes(YesTo(propose.Proposal, propose.Entry), context);
        TellSeedNodes(YesTo(propose.Proposal, TwinOf(propose.Entry)), context);
        return true;
    }

    private static Vote YesTo(ProposalId proposal, in MembershipEntry entry) =>
        new(proposal, entry, Yes: true, RefusalReason.None, Known: null);

    /// <summary>The same membership in the name of a process that nobody ever started.</summary>
    public static MembershipEntry TwinOf(in MembershipEntry entry) =>
        entry with { NodeId = new NodeId(Mix64.Of(entry.NodeId.Value + Mix64.Golden)) };
}
