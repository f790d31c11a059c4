using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.Engine;

/// <summary>One real seed node; the test plays the other seed nodes and the peers.</summary>
internal sealed class SeedNodeStage
{
    private long otherProposals;

    public SeedNodeStage(
        int seedNodes = 3, int self = 0, SeedNodeOptions? options = null, StableRecord[]? disk = null,
        bool isTaught = true)
    {
        Options = (options ?? new SeedNodeOptions { SeedNodes = [] }) with { SeedNodes = Cast.SeedNodes(seedNodes) };
        var start = new NodeStart(Cast.SeedNode(self), Cast.ProcessAt(Cast.SeedNode(self)), disk ?? []);
        Host = new RecordingHost(node => new SeedNode(Options, node), start);
        Host.Starts();
        if (isTaught)
            foreach (var other in Others) Teaches(other);
        Host.TurnsPage();
    }

    public SeedNodeOptions Options { get; }

    public RecordingHost Host { get; }

    public NodeAddress[] Others => [.. Options.SeedNodes.Where(seedNode => seedNode != Host.Self)];

    public void Teaches(NodeAddress other, Claim[]? entries = null, HeardVote[]? votes = null) =>
        Host.Hears(other, new SyncDelta(Page: 1, Pages: 1, entries ?? [], votes ?? []));

    /// <summary>So much later no tally counts a vote that was given before this seed node started.</summary>
    public void OutlivesLostVotes() => Host.Waits((5 * Options.RoundTimeout) + Options.SyncInterval);

    public void AsksToRegister(NodeAddress peer, int process = 0) =>
        Host.Hears(peer, new Register(peer, Cast.ProcessAt(peer, process)));

    public void AnswersProbe(NodeAddress peer, int process = 0, int epoch = 0) =>
        Host.Hears(peer, new Pong(Cast.ProcessAt(peer, process), epoch, Degree: 0, []));

    public ProposalId Proposes(NodeAddress coordinator, MembershipEntry entry)
    {
        var proposal = NextOf(coordinator);
        Host.Hears(coordinator, new Propose(proposal, entry));
        return proposal;
    }

    public ProposalId NextOf(NodeAddress coordinator) => new(coordinator, ++otherProposals);

    public void VotesYes(NodeAddress voter, ProposalId proposal, MembershipEntry entry) =>
        Host.Hears(voter, new Vote(proposal, entry, Yes: true, RefusalReason.None, Known: null));

    public void VotesNo(
        NodeAddress voter, ProposalId proposal, MembershipEntry entry, RefusalReason reason,
        MembershipEntry? known = null) =>
        Host.Hears(voter, new Vote(proposal, entry, Yes: false, reason, known));

    /// <summary>A quorum of the other seed nodes votes for an entry in a round of their own.</summary>
    public void OthersAgreeOn(MembershipEntry entry)
    {
        var proposal = NextOf(Others[0]);
        foreach (var other in Others.Take(Options.QuorumSize)) VotesYes(other, proposal, entry);
    }

    public void Reports(NodeAddress reporter, MembershipEntry suspect) => Host.Hears(reporter, new DeadNode(
        suspect.Address, suspect.Epoch, suspect.NodeId, ReportFlag.Confirmed,
        $"Dead Node:{suspect.Address}:1700000000.000:{reporter.HostText}"));

    /// <summary>The seed node's own probes of an address go unanswered.</summary>
    public void ProbesRunOut() => Host.Waits(Options.ProbeSpan);

    public Propose LastProposal => Host.All<Propose>()[^1];

    /// <summary>The whole list, as another seed node with an empty one is told it.</summary>
    public MembershipEntry[] Members()
    {
        var before = Host.Sent.Count;
        Host.Hears(Others[0], new SyncDigest(new ulong[ListHashes.BucketCount], Learning: false));
        return [.. Host.Sent.Skip(before).Select(sending => sending.Message).OfType<SyncDelta>()
            .SelectMany(delta => delta.Entries).Select(claim => claim.Entry)];
    }
}
