using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>Each behavior does what its name says, and nothing before it is told to.</summary>
[TestFixture]
internal sealed class MisbehaviorTests
{
    private static readonly NodeAddress Self = Cast.Peer(50);
    private static readonly NodeAddress Friend = Cast.Peer(1);
    private static readonly NodeAddress Victim = Cast.Peer(2);
    private static readonly NodeAddress[] SeedNodes = Cast.SeedNodes(4);
    private static readonly LiarOptions options = new() { SeedNodes = SeedNodes, EpochUnixSeconds = 1708776000 };

    private readonly RecordingHost peer = LinkedPeer();
    private readonly RecordingHost seedNode = SeedNodeHost();

    [Test]
    public void Until_it_is_told_to_it_does_what_an_honest_node_does()
    {
        var honest = new RecordingHost(start => new Peer(PeerRules, start), StartOf(Self));
        var liar = new RecordingHost(
            ByzantineNode.Wrap(start => new Peer(PeerRules, start), options), StartOf(Self));
        foreach (var host in (RecordingHost[])[honest, liar]) Live(host);

        Assert.That(liar.Sent, Is.EqualTo(honest.Sent).Using<Sending>(SameSending));
        Assert.That(liar.Closed, Is.EqualTo(honest.Closed));
        Assert.That(liar.Events.Select(happened => happened.Kind), Is.EqualTo(honest.Events.Select(e => e.Kind)));
        Assert.That(liar.Node.Epoch, Is.EqualTo(honest.Node.Epoch).And.Positive);
        Assert.That(liar.Node.TableEntries, Is.EqualTo(honest.Node.TableEntries));
    }

    [Test]
    public void False_dead_report_learns_who_the_victim_is_before_it_reports_it()
    {
        peer.Fires(ByzantineNode.Misbehave(ByzantineBehavior.FalseDeadReport, Victim));
        Assert.That(peer.SentTo<Ping>(Victim).Last().Digest, Is.Null);
        Assert.That(peer.All<DeadNode>(), Is.Empty, "it cannot know the process yet");

        peer.Hears(Victim, new Pong(Cast.ProcessAt(Victim), 3, 0, []));
        peer.Waits(2.5);

        Assert.That(peer.RecipientsOf<DeadNode>().Take(4), Is.EqualTo(SeedNodes));
        Assert.That(peer.All<DeadNode>(), Has.Length.EqualTo(8), "again and again");
        var report = peer.All<DeadNode>()[0];
        Assert.That((report.Address, report.Epoch, report.NodeId, report.Flag),
            Is.EqualTo((Victim, 3, Cast.ProcessAt(Victim), ReportFlag.Confirmed)));
        Assert.That(report.Text, Does.Match(@"^Dead Node:127\.0\.0\.1:7002:17087760\d\d\.\d{3}:127\.0\.0\.1$"));
        Assert.That(peer.SentTo<Suspect>(Friend).Select(s => s.Address), Is.EqualTo(new[] { Victim, Victim }));
    }

    [Test]
    public void False_dead_report_without_a_victim_chooses_a_neighbor()
    {
        peer.Fires(ByzantineNode.Misbehave(ByzantineBehavior.FalseDeadReport));

        Assert.That(peer.All<DeadNode>()[0].Address, Is.EqualTo(Friend));
    }

    [Test]
    public void Lying_witness_says_dead_at_once_and_never_looks()
    {
        peer.Fires(ByzantineNode.Misbehave(ByzantineBehavior.LyingWitness));
        peer.Hears(Friend, new Suspect(Victim, 1, 7));

        Assert.That(peer.SentTo<Witness>(Friend).Single(), Is.EqualTo(new Witness(Victim, 1, 7, Verdict.Dead)));
        Assert.That(peer.SentTo<Ping>(Victim), Is.Empty);
    }

    [Test]
    public void Forge_origin_speaks_under_the_victims_next_numbers_up_to_the_last()
    {
        peer.Hears(Friend, Rumor(Victim, 7));
        peer.Fires(ByzantineNode.Misbehave(ByzantineBehavior.ForgeOrigin, Victim));
        peer.Waits(10);

        var forged = peer.SentTo<Gossip>(Friend).Where(gossip => gossip.Origin == Victim).ToList();
        Assert.That(forged.Select(gossip => gossip.Key.Number), Is.EqualTo(new[] { 8, 9, 10 }));
        Assert.That(forged[0].Id, Does.EndWith($":{Victim}:8"));
        Assert.That(forged.Select(gossip => gossip.Epoch), Is.All.EqualTo(1));
    }

    [Test]
    public void Drop_gossip_takes_it_passes_nothing_on_and_hides_it()
    {
        var second = Cast.Peer(3);
        Link(peer, second);
        peer.Fires(ByzantineNode.Misbehave(ByzantineBehavior.DropGossip));
        var digest = new GossipDigest(5, 77);
        peer.Hears(second, new Ping(digest));
        peer.TurnsPage();

        peer.Hears(Friend, Rumor(Victim, 1));
        peer.Hears(second, new Ping(digest));
        peer.Hears(second, new IWant([new GossipKey(Victim, 1, 1)]));
        peer.Waits(6);

        Assert.That(peer.Reported(EventKind.GossipDelivered), Has.Length.EqualTo(1), "it took the message");
        Assert.That(peer.All<Gossip>(), Is.Empty);
        Assert.That(peer.All<IHave>(), Is.Empty);
        Assert.That(peer.SentTo<Ping>(second).Select(ping => ping.Digest).Distinct(), Is.EqualTo(new[] { digest }));
    }

    [Test]
    public void Drop_gossip_still_sends_what_is_its_own()
    {
        peer.Fires(ByzantineNode.Misbehave(ByzantineBehavior.DropGossip));
        peer.Fires(TimerKind.StartPublishing);

        Assert.That(peer.SentTo<Gossip>(Friend).Single().Origin, Is.EqualTo(Self));
    }

    [Test]
    public void Replay_repeats_what_it_sent_and_what_it_heard()
    {
        var rumor = Rumor(Victim, 1);
        peer.Hears(Friend, rumor);
        var registration = peer.All<Register>().Single();
        peer.TurnsPage();

        peer.Fires(ByzantineNode.Misbehave(ByzantineBehavior.ReplayOldMessages));
        peer.Waits(30);

        Assert.That(peer.SentTo<Gossip>(Friend), Does.Contain(rumor));
        Assert.That(peer.All<Register>(), Does.Contain(registration));
        Assert.That(peer.Sent.Count(sending => sending.Message is Gossip), Is.GreaterThan(1));
    }

    [Test]
    public void Vote_always_yes_votes_without_a_probe()
    {
        seedNode.Fires(ByzantineNode.Misbehave(ByzantineBehavior.VoteAlwaysYes));
        var propose = new Propose(new ProposalId(SeedNodes[1], 9), Cast.Member(Victim).AsRemoved());
        seedNode.Hears(SeedNodes[1], propose);

        Assert.That(seedNode.RecipientsOf<Vote>(), Is.EqualTo(SeedNodes[1..]));
        Assert.That(seedNode.All<Vote>(), Is.All.EqualTo(
            new Vote(propose.Proposal, propose.Entry, Yes: true, RefusalReason.None, Known: null)));
        Assert.That(seedNode.SentTo<Ping>(Victim), Is.Empty);
    }

    [Test]
    public void Double_vote_votes_for_two_processes_at_one_epoch_whatever_it_voted_before()
    {
        seedNode.Fires(ByzantineNode.Misbehave(ByzantineBehavior.DoubleVote));
        foreach (var process in (int[])[0, 1])
            seedNode.Hears(SeedNodes[1], new Propose(
                new ProposalId(SeedNodes[1], process + 1), Cast.Member(Victim, process: process)));

        var votes = seedNode.SentTo<Vote>(SeedNodes[2]);
        Assert.That(votes.Select(vote => vote.Yes), Is.All.True);
        Assert.That(votes.Select(vote => vote.Entry.Epoch).Distinct(), Is.EqualTo(new[] { 1 }));
        var voted = votes.Select(vote => vote.Entry.NodeId).Distinct();
        Assert.That(voted.Count(), Is.EqualTo(4), "two, and a twin of each");
    }

    [Test]
    public void Equivocate_proposes_different_processes_to_different_seed_nodes()
    {
        seedNode.Fires(ByzantineNode.Misbehave(ByzantineBehavior.Equivocate));
        seedNode.Hears(Victim, new Register(Victim, Cast.ProcessAt(Victim)));

        var proposed = SeedNodes[1..].Select(other => seedNode.SentTo<Propose>(other).Single().Entry).ToList();
        Assert.That(proposed.Select(entry => entry.Epoch), Is.All.EqualTo(1));
        Assert.That(proposed.Select(entry => entry.NodeId).Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public void Equivocate_commits_what_nobody_voted_for_and_vouches_for_it_to_some()
    {
        seedNode.Hears(Victim, new Refresh(Cast.ProcessAt(Victim), 1, 0, []));
        seedNode.TurnsPage();
        seedNode.Fires(ByzantineNode.Misbehave(ByzantineBehavior.Equivocate));

        var told = SeedNodes[1..].Select(other => seedNode.SentTo<Commit>(other).Single()).ToList();
        Assert.That(told.Select(commit => commit.Entry.NodeId).Distinct().Count(), Is.EqualTo(2));
        Assert.That(told.Select(commit => commit.Entry.Address), Is.All.EqualTo(Victim));
        Assert.That(told[0].Certificate.Voters, Is.EqualTo(SeedNodes));
        seedNode.TurnsPage();
        foreach (var other in SeedNodes[1..]) seedNode.Hears(other, new Status([new Claim(default, told[0].Entry)]));
        Assert.That(seedNode.RecipientsOf<StatusReply>(), Is.EqualTo(new[] { SeedNodes[1], SeedNodes[3] }));
    }

    [Test]
    public void Several_behaviors_go_together_and_each_once()
    {
        foreach (var behavior in ByzantineBehaviors.OfSybil) peer.Fires(ByzantineNode.Misbehave(behavior));
        peer.Fires(ByzantineNode.Misbehave(ByzantineBehavior.FalseDeadReport, Victim));
        peer.Fires(ByzantineNode.Misbehave(ByzantineBehavior.FalseDeadReport, Friend));
        peer.Hears(Friend, new Suspect(Victim, 1, 7));
        peer.Waits(1.5);

        Assert.That(peer.All<Witness>().Single().Verdict, Is.EqualTo(Verdict.Dead));
        Assert.That(peer.All<DeadNode>().Select(report => report.Address), Is.All.EqualTo(Friend), "the later victim");
        Assert.That(peer.All<DeadNode>(), Has.Length.EqualTo(4), "one report an interval");
    }

    private static PeerOptions PeerRules => new() { SeedNodes = SeedNodes };

    private static NodeStart StartOf(NodeAddress address) => new(address, Cast.ProcessAt(address), []);

    private static Gossip Rumor(NodeAddress origin, int number) =>
        new($"1700000000.000:{origin}:{number}", origin, 1, number, "text");

    private static bool SameSending(Sending one, Sending other) =>
        (one.Input, one.At, one.To, one.Hops, one.Message.GetType())
            == (other.Input, other.At, other.To, other.Hops, other.Message.GetType());

    private static void Live(RecordingHost host)
    {
        Join(host);
        Link(host, Cast.Peer(3));
        host.Hears(Friend, Rumor(Victim, 1), hops: 4);
        host.Fires(TimerKind.StartPublishing);
        host.Waits(8);
        host.LosesLinkTo(Friend);
        host.Waits(8);
    }

    private static RecordingHost LinkedPeer()
    {
        var host = new RecordingHost(ByzantineNode.Wrap(start => new Peer(PeerRules, start), options), StartOf(Self));
        Join(host);
        return host;
    }

    private static void Join(RecordingHost host)
    {
        host.Starts();
        host.Hears(host.RecipientsOf<Register>()[0], new RegisterAck(
            Self, 1, 100, new Certificate(default, SeedNodes)));
        foreach (var seedNode in SeedNodes) host.Hears(seedNode, new PeerList(PeerListPurpose.Join, 1, 1, 0, []));
        Link(host, Friend);
    }

    private static void Link(RecordingHost host, NodeAddress other) =>
        host.Hears(other, new Connect(Cast.ProcessAt(other), 1, 1));

    private static RecordingHost SeedNodeHost()
    {
        var rules = new SeedNodeOptions { SeedNodes = SeedNodes };
        var host = new RecordingHost(
            ByzantineNode.Wrap(start => new SeedNode(rules, start), options), StartOf(SeedNodes[0]));
        host.Starts();
        foreach (var other in SeedNodes[1..]) host.Hears(other, new SyncDelta(1, 1, [], []));
        host.TurnsPage();
        return host;
    }
}
