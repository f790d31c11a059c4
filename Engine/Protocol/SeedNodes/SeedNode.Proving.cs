using System.Runtime.InteropServices;

namespace GossipSim.Engine.Protocol;

// Proving: where votes are signed, an entry is believed by its certificate, whoever brings it, and by nothing else. So
// nobody vouches for what was committed: he proves it. Hosts have checked all signatures before they come here.
public sealed partial class SeedNode
{
    /// <summary>Of each entry of the list its certificate; empty where votes are not signed.</summary>
    private readonly Dictionary<NodeAddress, Certificate> proofs = [];

    /// <summary>Seed nodes that told this learner of entries, and have to prove them before they count as its teachers.
    /// </summary>
    private readonly HashSet<NodeAddress> owingProof = [];

    /// <summary>What stands in the list already is not proved again.</summary>
    public override bool NeedsProofOf(Message message) => message switch
    {
        Vote vote => MayMatter(new Claim(vote.Proposal, vote.Entry)),
        StatusReply reply => Array.Exists(reply.Vouched, claim => MayMatter(claim)),
        Commit commit => members.IsNews(commit.Entry),
        _ => true,
    };

    private bool MayMatter(in Claim claim) =>
        members.IsNews(claim.Entry) || tallies.ContainsKey(TallyKey.Of(claim.Proposal, claim.Entry));

    /// <summary>Where votes are signed, what cannot be shown to others counts for nothing.</summary>
    private bool IsEvidence(NodeAddress from, byte[]? signature, NodeAddress self) =>
        !options.AreVotesSigned || signature is not null || from == self;

    private void KeepProof(
        in MembershipEntry entry, ProposalId proposal, NodeAddress[] voters, VoteSignature[]? signatures)
    {
        if (!options.AreVotesSigned || !members.TryGet(entry.Address, out var known) || known != entry) return;
        // A disk of before votes were signed has none.
        if (signatures is null) proofs.Remove(entry.Address);
        else proofs[entry.Address] = new Certificate(proposal, voters, signatures);
    }

    private Certificate? ProofOf(NodeAddress address) => proofs.GetValueOrDefault(address);

    /// <summary>The votes of others, brought by a messenger.</summary>
    private void HearProof(in Claim claim, Certificate certificate, in NodeContext context)
    {
        if (certificate.Signatures is not { } signatures || !IsPlausibleStamp(claim.Entry.JoinStamp)) return;
        var tally = OpenTally(claim.Proposal, claim.Entry, context);
        for (var place = 0; place < signatures.Length; place++)
        {
            var (stamp, signature) = signatures[place];
            tally.CountSigned(certificate.Voters[place], claim.Entry with { JoinStamp = stamp }, signature);
        }

        CloseAtQuorum(tally, context);
        if (!claim.Entry.IsAlive) EndOtherRound(claim, certificate, context);
    }

    /// <summary>A removal that is voted on here is decided already, in another round.</summary>
    private void EndOtherRound(in Claim decided, Certificate certificate, in NodeContext context)
    {
        if (!openRemovals.TryGetValue(MembershipOf(decided.Entry), out var round) || round == decided.Proposal) return;
        openRemovals.Remove(MembershipOf(decided.Entry));
        if (!tallies.TryGetValue(TallyKey.Of(round, decided.Entry), out var tally)) return;
        CloseTally(tally);
        var removed = new Removed(decided.Entry, certificate);
        foreach (var reporter in tally.Waiting) context.Send(reporter, removed);
    }

    /// <summary>Tells who asks what is listed of an address, with its certificate.</summary>
    private bool TryProve(NodeAddress asker, NodeAddress about, in NodeContext context)
    {
        if (ProofOf(about) is not { } proof) return false;
        var claim = members.ClaimAt(members.PlaceOf(about));
        if (asker == context.Self) HearProof(claim with { Proposal = proof.Proposal }, proof, context);
        else context.Send(asker, new Commit(claim.Entry, proof));
        return true;
    }

    /// <summary>What is committed is proved; of what is not this seed node's own votes are told.</summary>
    private void Prove(NodeAddress asker, Status status, in NodeContext context)
    {
        var voted = new List<Claim>();
        foreach (var claim in status.Claims)
        {
            if (members.Has(claim.Entry) && TryProve(asker, claim.Entry.Address, context)) continue;
            if (VouchesFor(claim)) voted.Add(AsVotedHere(claim));
        }

        SendVouched(asker, CollectionsMarshal.AsSpan(voted), context);
    }

    /// <summary>A vote was given for one stamp, and is signed for no other.</summary>
    private Claim AsVotedHere(in Claim asked)
    {
        if (members.TryGet(asked.Entry.Address, out var known) && known.IsSameAs(asked.Entry))
            return asked with { Entry = known };
        return asked.Entry.IsAlive && votes.TryGet(asked.Entry.Address, asked.Entry.Epoch, out var vote)
            ? asked with { Entry = vote }
            : castRemovals[asked.Entry.Address];
    }

    private void NoteDoubts(NodeAddress teacher, int page, int doubts)
    {
        if (!options.AreVotesSigned) return;
        if (page == 1) owingProof.Remove(teacher);
        if (doubts > 0) owingProof.Add(teacher);
    }

    private bool OwesProof(NodeAddress teacher) => owingProof.Contains(teacher);
}
