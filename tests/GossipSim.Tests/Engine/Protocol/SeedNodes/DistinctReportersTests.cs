using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>DESIGN section 5, removalEvidence distinctReporters: two members' word, or its own probe.</summary>
[TestFixture]
internal sealed class DistinctReportersTests
{
    private static readonly NodeAddress Suspect = Cast.Peer(0);
    private static readonly NodeAddress[] Reporters = [Cast.Peer(1), Cast.Peer(2), Cast.Peer(3)];
    private static readonly MembershipEntry Entry = Cast.Member(Suspect, epoch: 2);
    private readonly SeedNodeStage stage = Stage(needed: 2);

    private RecordingHost Host => stage.Host;

    [Test]
    public void The_word_of_one_is_not_enough_and_the_seed_node_looks_for_itself()
    {
        stage.Reports(Reporters[0], Entry);
        Assert.That(Host.SentTo<Ping>(Suspect), Is.Not.Empty);
        Assert.That(Host.All<Vote>(), Is.Empty);

        stage.AnswersProbe(Suspect, epoch: 2);

        Assert.That(Host.SentTo<Alive>(Reporters[0]), Has.Length.EqualTo(1));
        Assert.That(stage.Members(), Does.Contain(Entry));
    }

    [Test]
    public void Where_one_reported_silence_is_still_evidence()
    {
        stage.Reports(Reporters[0], Entry);
        stage.ProbesRunOut();

        Assert.That(Votes(), Is.EqualTo(new[] { true }));
    }

    [Test]
    public void The_word_of_two_is_enough_without_looking()
    {
        IsReportedAndRefused(stage, Reporters[0]);

        stage.Reports(Reporters[1], Entry);

        Assert.That(Host.SentTo<Ping>(Suspect), Is.Empty);
        Assert.That(Votes(), Is.EqualTo(new[] { true }));
    }

    [Test]
    public void It_is_enough_for_a_vote_in_somebody_elses_round_too()
    {
        IsReportedAndRefused(stage, Reporters[0]);
        stage.Reports(Reporters[1], Entry);
        Host.TurnsPage();

        stage.Proposes(stage.Others[0], Entry.AsRemoved());

        Assert.That(Votes(), Is.EqualTo(new[] { true }));
    }

    [Test]
    public void Reports_that_other_seed_nodes_heard_do_not_count_here()
    {
        stage.Proposes(stage.Others[0], Entry.AsRemoved());
        stage.AnswersProbe(Suspect, epoch: 2);

        Assert.That(Votes(), Is.EqualTo(new[] { false }));
    }

    [Test]
    public void The_same_reporter_twice_is_one()
    {
        IsReportedAndRefused(stage, Reporters[0]);
        stage.Reports(Reporters[0], Entry);

        Assert.That(Host.All<Vote>(), Is.Empty);
        Assert.That(Host.SentTo<Ping>(Suspect), Is.Not.Empty);
    }

    [Test]
    public void Two_reports_far_apart_do_not_add_up()
    {
        IsReportedAndRefused(stage, Reporters[0]);
        Host.Waits(3 * stage.Options.RoundTimeout + TimeSpan.FromSeconds(0.1));
        Host.TurnsPage();

        stage.Reports(Reporters[1], Entry);

        Assert.That(Host.All<Vote>(), Is.Empty, "SOURCES W3");
    }

    [Test]
    public void Reports_of_an_earlier_membership_do_not_count_against_the_next()
    {
        IsReportedAndRefused(stage, Reporters[0]);
        var next = Cast.Member(Suspect, epoch: 3, process: 1);
        stage.OthersAgreeOn(next);
        Host.TurnsPage();

        stage.Reports(Reporters[1], next);

        Assert.That(Host.All<Vote>(), Is.Empty);
    }

    [Test]
    public void As_many_as_the_scenario_says_are_needed()
    {
        var strict = Stage(needed: 3);
        IsReportedAndRefused(strict, Reporters[0]);
        IsReportedAndRefused(strict, Reporters[1]);
        Assert.That(strict.Host.All<Vote>(), Is.Empty);

        strict.Reports(Reporters[2], Entry);

        Assert.That(strict.Host.All<Vote>().Select(vote => vote.Yes), Is.EqualTo(new[] { true, true }));
    }

    [Test]
    public void Nobody_is_a_reporter_of_itself()
    {
        IsReportedAndRefused(stage, Reporters[0]);
        stage.Reports(Suspect, Entry);

        Assert.That(Host.All<Vote>(), Is.Empty);
    }

    [Test]
    public void Peers_then_report_to_every_seed_node()
    {
        var options = new PeerOptions { SeedNodes = [], ReportTo = ReportTo.AllSeedNodes };
        var leaf = PeerStage.Joined(options, [Suspect]);

        leaf.WaitsWhile(6);

        Assert.That(leaf.Host.RecipientsOf<DeadNode>().Take(3), Is.EquivalentTo(leaf.Options.SeedNodes));
    }

    private bool[] Votes() => [.. Host.SentTo<Vote>(stage.Others[0]).Select(vote => vote.Yes)];

    private static void IsReportedAndRefused(SeedNodeStage stage, NodeAddress reporter)
    {
        stage.Reports(reporter, Entry);
        stage.AnswersProbe(Suspect, epoch: 2);
        stage.Host.TurnsPage();
    }

    private static SeedNodeStage Stage(int needed)
    {
        var stage = new SeedNodeStage(options: new SeedNodeOptions
        {
            SeedNodes = [], RemovalEvidence = RemovalEvidence.DistinctReporters, DistinctReportersNeeded = needed,
        });
        stage.OthersAgreeOn(Entry);
        foreach (var reporter in Reporters) stage.OthersAgreeOn(Cast.Member(reporter));
        stage.Host.TurnsPage();
        return stage;
    }
}
