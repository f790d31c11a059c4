namespace GossipSim.Engine.Protocol;

/// <summary>
/// Tells one half of the other seed nodes one thing and the other half another: proposals of different processes for
/// one epoch, and commits, deltas, votes and answers about entries that it made up, under certificates that name voters
/// who never voted.
/// </summary>
internal sealed class Equivocate(LiarMemory memory, LiarOptions options) : Misbehavior(memory, options)
{
    private long counter;

    public override bool LiesByItself => true;

    public override void OnTick(in NodeContext context)
    {
        if (Memory.Acquaintances.Count == 0) return;
        var known = Memory.Acquaintances[context.Random.Next(Memory.Acquaintances.Count)];
        var entry = new MembershipEntry(known.Address, known.Epoch, MemberState.Alive, known.NodeId, JoinStamp: 1);
        // Below 2^53 and above what the honest node counts.
        var proposal = new ProposalId(context.Self, (1L << 52) + ++counter);
        foreach (var other in Options.SeedNodes)
        {
            if (other == context.Self) continue;
            Mislead(
                other, proposal, IsInFirstHalf(other, context.Self) ? entry : DoubleVote.TwinOf(entry), context);
        }
    }

    public override bool OnReceive(in Envelope envelope, in NodeContext context)
    {
        if (!IsSeedNode(envelope.From) || envelope.Message is not Status status) return false;
        // To these it vouches for whatever they ask, to those for nothing.
        if (IsInFirstHalf(envelope.From, context.Self)) context.Send(envelope.From, new StatusReply(status.Claims));
        return true;
    }

    public override Message? OnSend(NodeAddress to, Message message, in NodeContext context) => message switch
    {
        Propose propose when propose.Entry.IsAlive && !IsInFirstHalf(to, context.Self) =>
            propose with { Entry = DoubleVote.TwinOf(propose.Entry) },
        Vote { Yes: true } vote when !IsInFirstHalf(to, context.Self) =>
            vote with { Entry = DoubleVote.TwinOf(vote.Entry) },
        _ => message,
    };

    private void Mislead(
        NodeAddress other, ProposalId proposal, in MembershipEntry entry, in NodeContext context)
    {
        var claim = new Claim(proposal, entry.AsRemoved());
        var successor = new Claim(
            proposal, DoubleVote.TwinOf(entry) with { Epoch = entry.Epoch + 1, JoinStamp = counter });
        context.Send(other, new Commit(claim.Entry, new Certificate(proposal, Options.SeedNodes)));
        context.Send(other, new SyncDelta(Page: 1, Pages: 1, [claim, successor], []));
        context.Send(other, new StatusReply([claim, successor]));
        context.Send(other, new Propose(proposal, claim.Entry));
        context.Send(other, new Vote(proposal, successor.Entry, Yes: true, RefusalReason.None, Known: null));
    }

    /// <summary>Every other one of the other seed nodes: of two or more, neither half is empty.</summary>
    private bool IsInFirstHalf(NodeAddress seedNode, NodeAddress self)
    {
        var index = Array.IndexOf(Options.SeedNodes, seedNode);
        return (index > Array.IndexOf(Options.SeedNodes, self) ? index - 1 : index) % 2 == 0;
    }
}
