using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>DESIGN section 5, level 1: witnesses, verdicts and the report; SOURCES D11, B3, W34, W36, W38.</summary>
[TestFixture]
internal sealed class SuspicionTests
{
    private static readonly NodeAddress Suspect = Cast.Peer(1);
    private static readonly NodeAddress Friend = Cast.Peer(2);
    private static readonly NodeAddress[] Circle = [Cast.Peer(11), Cast.Peer(12), Cast.Peer(13), Cast.Peer(14)];
    private readonly PeerStage stage = PeerStage.Joined(
        new PeerOptions { SeedNodes = [], EpochUnixSeconds = 1708776000 }, [Suspect, Friend]);

    private RecordingHost Host => stage.Host;

    [Test]
    public void The_neighbors_of_the_suspect_are_asked_and_the_suspect_too()
    {
        FallsSilent();

        Assert.That(Host.RecipientsOf<Suspect>(), Is.SupersetOf(Circle));
        Assert.That(Host.RecipientsOf<Suspect>(), Does.Contain(Suspect), "it may refute");
        Assert.That(Host.RecipientsOf<Suspect>(), Does.Contain(Friend), "padded with own neighbors");
    }

    [Test]
    public void A_majority_of_dead_among_those_with_an_opinion_confirms()
    {
        FallsSilent();
        Answer(Circle[0], Verdict.Dead);
        Answer(Circle[1], Verdict.Unknown);
        Answer(Circle[2], Verdict.Dead);
        Answer(Circle[3], Verdict.Alive);
        Assert.That(Host.All<DeadNode>(), Is.Empty, "one is still asked");

        Answer(Friend, Verdict.Unknown);

        Assert.That(Host.All<DeadNode>().Single().Flag, Is.EqualTo(ReportFlag.Confirmed));
    }

    [Test]
    public void Witnesses_that_reach_it_clear_the_round()
    {
        FallsSilent();
        foreach (var witness in Circle) Answer(witness, Verdict.Alive);
        Answer(Friend, Verdict.Dead);
        Host.Waits(0.1);

        Assert.That(Host.All<DeadNode>(), Is.Empty);
    }

    [Test]
    public void A_tie_does_not_confirm()
    {
        FallsSilent();
        Answer(Circle[0], Verdict.Dead);
        Answer(Circle[1], Verdict.Dead);
        Answer(Circle[2], Verdict.Alive);
        Answer(Circle[3], Verdict.Alive);
        Answer(Friend, Verdict.Unknown);

        Assert.That(Host.All<DeadNode>(), Is.Empty);
    }

    [Test]
    public void After_two_cleared_rounds_with_misses_going_on_the_report_is_contested()
    {
        FallsSilent();
        foreach (var witness in (NodeAddress[])[.. Circle, Friend]) Answer(witness, Verdict.Alive);
        Assert.That(Host.All<DeadNode>(), Is.Empty);
        while (Round < 2) stage.WaitsWhile(0.05, Friend);

        foreach (var witness in (NodeAddress[])[.. Circle, Friend]) Answer(witness, Verdict.Alive);

        Assert.That(Host.All<DeadNode>().Single().Flag, Is.EqualTo(ReportFlag.Contested));
    }

    [Test]
    public void Without_any_answer_the_report_says_sole()
    {
        FallsSilent();
        stage.WaitsWhile(stage.Options.WitnessProbe.TotalSeconds + stage.Options.PingTimeout.TotalSeconds, Friend);

        Assert.That(Host.All<DeadNode>().Single().Flag, Is.EqualTo(ReportFlag.Sole));
    }

    [Test]
    public void A_peer_with_one_neighbor_can_report_too()
    {
        var leaf = PeerStage.Joined(Suspect);

        leaf.WaitsWhile(6);

        Assert.That(leaf.Host.All<DeadNode>(), Has.Length.GreaterThanOrEqualTo(1));
        Assert.That(leaf.Host.All<DeadNode>()[0].Flag, Is.EqualTo(ReportFlag.Sole));
    }

    [Test]
    public void Verdicts_of_strangers_of_other_rounds_and_repeated_ones_do_not_count()
    {
        FallsSilent();
        for (var time = 0; time < 5; time++) Answer(Circle[0], Verdict.Alive);
        Host.Hears(Cast.Peer(77), new Witness(Suspect, 1, Round, Verdict.Alive));
        Host.Hears(Circle[1], new Witness(Suspect, 1, Round + 1, Verdict.Alive));
        Host.Hears(Circle[1], new Witness(Suspect, 2, Round, Verdict.Alive));
        Answer(Circle[1], Verdict.Dead);
        Answer(Circle[2], Verdict.Dead);
        Answer(Circle[3], Verdict.Unknown);
        Answer(Friend, Verdict.Unknown);

        Assert.That(Host.All<DeadNode>().Single().Flag, Is.EqualTo(ReportFlag.Confirmed), "two DEAD against one ALIVE");
    }

    [Test]
    public void The_suspect_may_refute()
    {
        FallsSilent();

        Host.Hears(Suspect, new Alive(Suspect, 1, Refute: true));
        foreach (var witness in Circle) Answer(witness, Verdict.Dead);

        Assert.That(Host.All<DeadNode>(), Is.Empty);
        Assert.That(Host.Reported(EventKind.SuspicionCleared), Has.Length.EqualTo(1));
    }

    [Test]
    public void Nobody_else_refutes_for_it()
    {
        FallsSilent();

        Host.Hears(Friend, new Alive(Suspect, 1, Refute: true));
        foreach (var witness in (NodeAddress[])[.. Circle, Friend]) Answer(witness, Verdict.Dead);

        Assert.That(Host.All<DeadNode>(), Has.Length.EqualTo(1));
    }

    [Test]
    public void The_accused_refutes_when_it_is_asked_about_itself()
    {
        Host.Hears(Cast.Peer(90), new Suspect(stage.Self, 1, 3));

        Assert.That(Host.SentTo<Alive>(Cast.Peer(90)).Single(), Is.EqualTo(new Alive(stage.Self, 1, Refute: true)));
    }

    [Test]
    public void The_report_reads_as_the_documents_have_it()
    {
        Confirms();

        var report = Host.All<DeadNode>().Single();
        Assert.That((report.Address, report.Epoch, report.NodeId), Is.EqualTo((Suspect, 1, Cast.ProcessAt(Suspect))));
        Assert.That(report.Text, Does.Match(@"^Dead Node:127\.0\.0\.1:7001:17087760\d\d\.\d{3}:127\.0\.0\.1$"));
    }

    [Test]
    public void A_report_without_an_answer_goes_to_the_next_seed_node()
    {
        Confirms();
        stage.WaitsWhile(2 * stage.Options.ReportTimeout.TotalSeconds + 0.1, Friend);

        var asked = Host.RecipientsOf<DeadNode>();
        var named = stage.Options.SeedNodes[SeedRing.IndexOf(Suspect, 0, 3)];
        Assert.That(asked[0], Is.EqualTo(named), "the one that hashing names");
        Assert.That(asked, Is.EquivalentTo(stage.Options.SeedNodes));
    }

    [Test]
    public void A_report_to_a_seed_node_that_cannot_be_reached_goes_to_the_next_at_once()
    {
        Confirms();
        Host.LosesLinkTo(Host.RecipientsOf<DeadNode>()[^1]);
        Host.LosesLinkTo(Host.RecipientsOf<DeadNode>()[^1]);
        Assert.That(Host.RecipientsOf<DeadNode>(), Is.EquivalentTo(stage.Options.SeedNodes));

        Host.LosesLinkTo(Host.RecipientsOf<DeadNode>()[^1]);
        Assert.That(Host.All<DeadNode>(), Has.Length.EqualTo(3), "where none can be reached the timeout sets the pace");
        stage.WaitsWhile(stage.Options.ReportTimeout.TotalSeconds + 0.1, Friend);
        Assert.That(Host.All<DeadNode>(), Has.Length.EqualTo(4));
    }

    [Test]
    public void A_refused_report_ends_the_link_and_is_not_repeated_for_a_doubling_time()
    {
        Confirms();
        IsRefused();
        Assert.That(stage.Neighbors(), Does.Not.Contain(Suspect));
        Assert.That(Host.SentTo<Disconnect>(Suspect), Has.Length.EqualTo(1));

        var first = SecondsUntilReportedAgain();
        IsRefused();
        var second = SecondsUntilReportedAgain();

        Assert.That(first, Is.GreaterThanOrEqualTo(9.5));
        Assert.That(second, Is.GreaterThanOrEqualTo((2 * first) - 8).And.GreaterThanOrEqualTo(19.5));
    }

    [Test]
    public void Removal_of_the_suspect_ends_the_matter()
    {
        Confirms();
        Host.Hears(Cast.SeedNode(0), new Removed(Cast.Member(Suspect).AsRemoved(), null));
        Host.TurnsPage();

        stage.WaitsWhile(20, Friend);

        Assert.That(Host.All<DeadNode>(), Is.Empty);
        Assert.That(stage.Neighbors(), Does.Not.Contain(Suspect));
    }

    [Test]
    public void A_stranger_does_not_choose_whom_this_peer_dials()
    {
        var stranger = Cast.Peer(90);
        Host.TurnsPage();

        Host.Hears(stranger, new Suspect(Cast.Peer(30), 1, 7));

        Assert.That(Host.RecipientsOf<Ping>(), Is.Empty);
        Assert.That(Host.SentTo<Witness>(stranger).Single(), Is.EqualTo(
            new Witness(Cast.Peer(30), 1, 7, Verdict.Unknown)));
        Host.Hears(stranger, new Suspect(Suspect, 1, 8));
        Assert.That(Host.RecipientsOf<Ping>(), Is.EqualTo(new[] { Suspect }), "its own neighbor it probes for anybody");
    }

    [Test]
    public void A_witness_probes_for_itself_and_tells_alive()
    {
        Host.Hears(Friend, new Suspect(Cast.Peer(30), 1, 7));
        Assert.That(Host.SentTo<Ping>(Cast.Peer(30)).Single().Digest, Is.Null, "as a stranger");

        stage.Pongs(Cast.Peer(30));

        Assert.That(Host.SentTo<Witness>(Friend).Single(), Is.EqualTo(new Witness(Cast.Peer(30), 1, 7, Verdict.Alive)));
    }

    [Test]
    public void A_witness_that_hears_nothing_tells_dead()
    {
        Host.Hears(Friend, new Suspect(Cast.Peer(30), 1, 7));
        stage.WaitsWhile(stage.Options.WitnessProbe.TotalSeconds, Suspect, Friend);

        Assert.That(Host.SentTo<Witness>(Friend).Single(), Is.EqualTo(new Witness(Cast.Peer(30), 1, 7, Verdict.Dead)));
    }

    [Test]
    public void A_witness_that_meets_a_later_member_tells_that_the_earlier_is_dead()
    {
        Host.Hears(Friend, new Suspect(Cast.Peer(30), 1, 7));
        stage.Pongs(Cast.Peer(30), epoch: 2, process: 1);

        Assert.That(Host.SentTo<Witness>(Friend).Single().Verdict, Is.EqualTo(Verdict.Dead));
    }

    [Test]
    public void A_witness_whose_own_loop_lags_has_no_opinion()
    {
        Host.Hangs(3);
        Host.Waits(0.1);
        Host.Hears(Friend, new Suspect(Cast.Peer(30), 1, 7));

        Assert.That(Host.SentTo<Witness>(Friend).Single().Verdict, Is.EqualTo(Verdict.Unknown));
    }

    [Test]
    public void Each_of_several_askers_is_answered_in_its_own_round()
    {
        Host.Hears(Friend, new Suspect(Cast.Peer(30), 1, 7));
        Host.Hears(Suspect, new Suspect(Cast.Peer(30), 1, 2));
        Assert.That(Host.SentTo<Ping>(Cast.Peer(30)), Has.Length.EqualTo(1));

        stage.Pongs(Cast.Peer(30));

        Assert.That(Host.SentTo<Witness>(Friend).Single().Round, Is.EqualTo(7));
        Assert.That(Host.SentTo<Witness>(Suspect).Single().Round, Is.EqualTo(2));
    }

    private int Round => Host.SentTo<Suspect>(Circle[0]).Select(asked => asked.Round).DefaultIfEmpty().Max();

    private void Answer(NodeAddress witness, Verdict verdict) =>
        Host.Hears(witness, new Witness(Suspect, 1, Round, verdict));

    /// <summary>The suspect, whose circle is known, does not answer any more; all others do.</summary>
    private void FallsSilent()
    {
        stage.Pongs(Suspect, neighbors: [.. Circle, stage.Self]);
        while (Host.All<Suspect>().Length == 0) stage.WaitsWhile(0.05, Friend);
    }

    private void Confirms()
    {
        FallsSilent();
        foreach (var witness in (NodeAddress[])[.. Circle, Friend]) Answer(witness, Verdict.Dead);
    }

    private void IsRefused() => Host.Hears(Cast.SeedNode(0), new Alive(Suspect, 1, Refute: false));

    /// <summary>Links to the suspect anew, and waits for the next report about it.</summary>
    private double SecondsUntilReportedAgain()
    {
        Host.TurnsPage();
        stage.IsAskedBy(Suspect);
        var from = Host.Now;
        while (Host.All<DeadNode>().Length == 0)
        {
            Assert.That((Host.Now - from).TotalSeconds, Is.LessThan(120), "never reported again");
            stage.WaitsWhile(0.05, Friend);
        }

        return (Host.Now - from).TotalSeconds;
    }
}
