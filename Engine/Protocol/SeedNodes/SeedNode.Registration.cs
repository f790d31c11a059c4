namespace GossipSim.Engine.Protocol;

// Registration: a peer asks one seed node, which proposes it to all. Each connects to the address itself, hears which
// process answers there, and votes. Only after a quorum agreed is the peer told that it is a member.
public sealed partial class SeedNode
{
    /// <summary>Our choice: epochs tried for one request before the peer is told to come back.</summary>
    private const int RegistrationTries = 5;

    /// <summary>
    /// Our choice: more registrations than a list can have missed, and far from the 2^53 that all JSON readers keep.
    /// </summary>
    private const long StampLag = 1L << 32;

    /// <summary>Epochs that other seed nodes said are given; a hint for where to try next.</summary>
    private readonly Dictionary<NodeAddress, int> takenEpochs = [];

    private void OnRegister(NodeAddress from, Register register, in NodeContext context)
    {
        if (register.Address != from)
        {
            Deny(from, RefusalReason.NotYourAddress, context);
        }
        else if (isLearning)
        {
            Deny(from, RefusalReason.Learning, context);
        }
        else if (members.TryGet(from, out var known) && known.IsAlive && known.NodeId == register.NodeId)
        {
            // Asking again changes nothing: the same process is the same member (SOURCES D7).
            Acknowledge(from, context);
        }
        else
        {
            ProposeRegistration(from, register.NodeId, tries: 0, context);
        }
    }

    private void ProposeRegistration(NodeAddress address, NodeId nodeId, int tries, in NodeContext context)
    {
        var taken = Math.Max(members.EpochOf(address), takenEpochs.GetValueOrDefault(address));
        var epoch = votes.NextEpoch(address, nodeId, taken);
        var entry = votes.TryGet(address, epoch, out var cast)
            ? cast
            : new MembershipEntry(address, epoch, MemberState.Alive, nodeId, members.LatestJoinStamp + 1);
        var tally = OpenTally(NextProposal(), entry, context);
        tally.Await(address, WaitingLimit);
        if (!tally.IsCoordinated) Coordinate(tally, tries, context);
    }

    /// <summary>So far ahead of this list no honest one is: voting for it would use up the address's epochs.</summary>
    private bool IsBeyondLag(in MembershipEntry entry) =>
        (long)entry.Epoch - members.EpochOf(entry.Address) > EpochLag;

    /// <summary>One liar's vote may not push the stamps to where they overflow: all later members would be the oldest.
    /// </summary>
    private bool IsPlausibleStamp(long stamp) => stamp >= 0 && stamp - members.LatestJoinStamp <= StampLag;

    /// <summary>
    /// YES iff that process answers at the address, the epoch is news, and no other process has this vote.
    /// </summary>
    private void JudgeRegistration(ProposalId proposal, in MembershipEntry entry, in NodeContext context)
    {
        if (members.Has(entry) || votes.IsCast(entry))
            CastYes(proposal, entry, context);
        else if (members.EpochOf(entry.Address) >= entry.Epoch || IsBeyondLag(entry))
            CastNo(proposal, entry, RefusalReason.OldEpoch, context);
        else if (votes.Forbids(entry))
            CastNo(proposal, entry, RefusalReason.AlreadyVoted, context);
        else
            Probe(entry.Address, new Claim(proposal, entry), context);
    }

    /// <summary>The probe's answer, or silence (no process). The list may have changed since the probe began.</summary>
    private void JudgeRegistration(in Claim claim, NodeId? answered, in NodeContext context)
    {
        if (answered is null)
            CastNo(claim.Proposal, claim.Entry, RefusalReason.Unreachable, context);
        else if (answered != claim.Entry.NodeId)
            CastNo(claim.Proposal, claim.Entry, RefusalReason.AddrInUse, context);
        else if (members.EpochOf(claim.Entry.Address) >= claim.Entry.Epoch && !members.Has(claim.Entry))
            CastNo(claim.Proposal, claim.Entry, RefusalReason.OldEpoch, context);
        else if (votes.Forbids(claim.Entry))
            CastNo(claim.Proposal, claim.Entry, RefusalReason.AlreadyVoted, context);
        else
            CastYes(claim.Proposal, claim.Entry, context);
    }

    private void OnRegistrationApproved(Tally tally, in NodeContext context)
    {
        foreach (var peer in tally.Waiting) Acknowledge(peer, tally.Entry, tally.Certificate(), context);
    }

    /// <summary>
    /// Another epoch may succeed where votes were split or this list was behind; nothing else is tried again.
    /// </summary>
    private void OnRegistrationRejected(Tally tally, in NodeContext context)
    {
        var isSplit = tally.Refusal is RefusalReason.AlreadyVoted or RefusalReason.OldEpoch;
        if (isSplit && tally.Tries + 1 < RegistrationTries && tally.Waiting.Count > 0)
        {
            var again = new ProtocolTimer(TimerKind.ProposeAgain, tally.Entry.Address, tally.Tries + 1);
            pendingRetries[tally.Entry.Address] = tally.Entry.NodeId;
            // At random, so that two coordinators do not split the votes of the next epoch too.
            context.SetTimer(again, context.Random.NextTimeSpan(options.VoteTimeout) / 2);
            return;
        }

        foreach (var peer in tally.Waiting) Deny(peer, tally.Refusal, context);
    }

    private void OnProposeAgain(ProtocolTimer timer, in NodeContext context)
    {
        if (!pendingRetries.Remove(timer.About, out var nodeId)) return;
        if (members.TryGet(timer.About, out var known) && known.IsAlive && known.NodeId == nodeId)
            Acknowledge(timer.About, context);
        else
            ProposeRegistration(timer.About, nodeId, (int)timer.Round, context);
    }

    /// <summary>It is a member already.</summary>
    private void Acknowledge(NodeAddress peer, in NodeContext context)
    {
        var known = members.ClaimAt(members.PlaceOf(peer));
        Acknowledge(peer, known.Entry, ProofOf(peer) ?? new Certificate(known.Proposal, []), context);
    }

    private void Acknowledge(
        NodeAddress peer, in MembershipEntry entry, Certificate certificate, in NodeContext context)
    {
        NodeId? proved = certificate.Signatures is null ? null : entry.NodeId;
        var ack = new RegisterAck(entry.Address, entry.Epoch, entry.JoinStamp, certificate, proved);
        context.Report(new ProtocolEvent(EventKind.RegistrationAcknowledged, peer, entry.Epoch, ack));
        context.Send(peer, ack);
    }

    private void Deny(NodeAddress peer, RefusalReason reason, in NodeContext context)
    {
        var nack = new RegisterNack(reason, (int)(options.VoteTimeout / 2).TotalMilliseconds);
        context.Report(new ProtocolEvent(EventKind.RegistrationDenied, peer, Detail: nack));
        context.Send(peer, nack);
    }
}
