using GossipSim.Engine.Protocol;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>What the source documents have peers do otherwise: SOURCES D1, D2, D5, D6, D11, D12, D15, S31.</summary>
[TestFixture]
internal sealed class DocumentRuleTests
{
    private static readonly NodeAddress A = Cast.Peer(1);
    private static readonly NodeAddress B = Cast.Peer(2);
    private static readonly NodeAddress Stranger = Cast.Peer(11);
    private static readonly PeerOptions Plain = new() { SeedNodes = [], EpochUnixSeconds = 1708776000.75 };
    private static readonly PeerOptions ShortIds = Plain with
    {
        MessageIdFormat = MessageIdFormat.WithoutPort, Timestamps = Timestamps.Seconds,
    };

    [TestCase(RegisterWith.OneSeed, 5, 1)]
    [TestCase(RegisterWith.Quorum, 3, 2)]
    [TestCase(RegisterWith.Quorum, 5, 3)]
    [TestCase(RegisterWith.AllSeeds, 5, 5)]
    public void A_peer_registers_with_as_many_seed_nodes_as_its_rule_says(RegisterWith rule, int seeds, int asked)
    {
        var stage = new PeerStage(Plain with { RegisterWith = rule }, seeds);

        Assert.That(stage.Host.RecipientsOf<Register>(), Is.Unique.And.Length.EqualTo(asked));
        Assert.That(stage.Host.Reported(EventKind.RegistrationAsked), Has.Length.EqualTo(1));
        if (asked > 1)
        {
            Assert.That(
                stage.Host.Reported(EventKind.RegistrationAsked)[0].Detail,
                Is.EqualTo(stage.Host.RecipientsOf<Register>()));
        }
    }

    [Test]
    public void One_acknowledgement_is_enough_where_several_were_asked()
    {
        var stage = new PeerStage(Plain with { RegisterWith = RegisterWith.AllSeeds });

        stage.IsAcknowledged(epoch: 1);
        stage.IsAcknowledged(epoch: 1);

        Assert.That(stage.Host.Reported(EventKind.Registered), Has.Length.EqualTo(1));
    }

    [TestCase(3, QuorumRule.FloorHalfPlusOne, 2)]
    [TestCase(3, QuorumRule.CeilHalfPlusOne, 3)]
    [TestCase(4, QuorumRule.CeilHalfPlusOne, 3)]
    [TestCase(5, QuorumRule.CeilHalfPlusOne, 4)]
    [TestCase(1, QuorumRule.CeilHalfPlusOne, 1)]
    public void The_least_integer_has_two_readings(int seeds, QuorumRule rule, int quorum) =>
        Assert.That(Quorum.Size(seeds, rule), Is.EqualTo(quorum));

    [Test]
    public void A_short_id_names_host_and_second_alone()
    {
        var stage = PeerStage.Joined(ShortIds, [A, B]);

        stage.Host.Fires(TimerKind.StartPublishing);

        var seconds = Math.Floor(1708776000.75 + stage.Host.Now.TotalSeconds);
        Assert.That(stage.Host.All<Gossip>()[0].Id, Is.EqualTo($"{seconds:F0}:127.0.0.1:1"));
    }

    [Test]
    public void Another_message_under_a_short_id_is_swallowed_as_a_duplicate()
    {
        var stage = PeerStage.Joined(ShortIds, [A, B]);
        stage.Host.Hears(A, Short(origin: 20));
        stage.Host.TurnsPage();

        stage.Host.Hears(A, Short(origin: 21));

        Assert.That(stage.Host.Reported(EventKind.GossipDelivered), Is.Empty);
        Assert.That(stage.Host.All<Gossip>(), Is.Empty, "nor is it passed on");
        var refusal = (GossipRefusal)stage.Host.Reported(EventKind.GossipRefused).Single().Detail!;
        Assert.That(refusal.Reason, Is.EqualTo(GossipRefusal.SameId));
    }

    [Test]
    public void What_was_swallowed_is_not_asked_for_again_and_counts_as_seen()
    {
        var stage = PeerStage.Joined(ShortIds, [A, B]);
        stage.Host.Hears(A, Short(origin: 20));
        stage.Host.Hears(A, Short(origin: 21));
        stage.Host.TurnsPage();

        stage.Host.Hears(B, new IHave([new OriginMarks(Cast.Peer(21), 1, 1, Seen: 1, Held: 1)]));
        stage.Host.Hears(B, Short(origin: 21));

        Assert.That(stage.Host.All<IWant>(), Is.Empty);
        Assert.That(stage.Host.Reported(EventKind.GossipDuplicate), Has.Length.EqualTo(1));
    }

    [Test]
    public void An_own_short_id_swallows_others_too()
    {
        var stage = PeerStage.Joined(ShortIds, [A, B]);
        stage.Host.Fires(TimerKind.StartPublishing);
        var own = stage.Host.All<Gossip>()[0];

        stage.Host.Hears(A, new Gossip(own.Id, Cast.Peer(20), 1, 1, "another"));

        Assert.That(stage.Host.Reported(EventKind.GossipDelivered), Is.Empty);
        Assert.That(stage.Host.Reported(EventKind.GossipRefused), Has.Length.EqualTo(1));
    }

    [Test]
    public void Where_ids_have_ports_two_messages_under_one_id_are_two()
    {
        var stage = PeerStage.Joined(Plain, [A, B]);

        stage.Host.Hears(A, Short(origin: 20));
        stage.Host.Hears(A, Short(origin: 21));

        Assert.That(stage.Host.Reported(EventKind.GossipDelivered), Has.Length.EqualTo(2));
    }

    [Test]
    public void Ids_are_remembered_up_to_a_limit()
    {
        var ids = new HeardIds();
        for (var number = 0; number < 5000; number++) Assert.That(ids.Add($"{number}"), Is.True);

        Assert.That(ids.Count, Is.EqualTo(4096));
        Assert.That((ids.Add("4999"), ids.Add("0")), Is.EqualTo((false, true)), "the eldest are forgotten");
    }

    [Test]
    public void By_the_reporters_rule_the_suspects_neighbors_are_not_asked()
    {
        var stage = SilentNeighbor(Plain with { ConfirmationRule = ConfirmationRule.MajorityOfReporterNeighbors });

        Assert.That(stage.Host.RecipientsOf<Suspect>(), Is.EquivalentTo(new[] { A, B }), "the suspect and B");
        Assert.That(stage.Host.All<DeadNode>(), Is.Empty, "B is still asked");
    }

    [Test]
    public void Without_confirmation_missed_pings_are_reported_at_once()
    {
        var stage = SilentNeighbor(Plain with { ConfirmationRule = ConfirmationRule.None });

        Assert.That(stage.Host.All<Suspect>(), Is.Empty);
        Assert.That(stage.Host.All<DeadNode>().Single().Flag, Is.EqualTo(ReportFlag.Sole));
    }

    [TestCase(ReportFormat.WithPort, Timestamps.Milliseconds, @"^Dead Node:127\.0\.0\.1:7001:\d+\.\d{3}:127\.0\.0\.1$")]
    [TestCase(ReportFormat.WithoutPort, Timestamps.Seconds, @"^Dead Node:127\.0\.0\.1:\d+:127\.0\.0\.1$")]
    public void A_report_reads_as_its_document_writes_it(ReportFormat format, Timestamps timestamps, string text)
    {
        var stage = SilentNeighbor(Plain with
        {
            ConfirmationRule = ConfirmationRule.None, ReportFormat = format, Timestamps = timestamps,
        });

        Assert.That(stage.Host.All<DeadNode>()[0].Text, Does.Match(text));
    }

    [TestCase(true, 1)]
    [TestCase(false, 0)]
    public void A_broken_link_is_probed_at_once_or_left_to_the_next_ping(bool probes, int pings)
    {
        var stage = PeerStage.Joined(Plain with { ProbesAfterReset = probes }, [A, B]);

        stage.Host.LosesLinkTo(A);

        Assert.That(stage.Host.SentTo<Ping>(A), Has.Length.EqualTo(pings));
    }

    [Test]
    public void Without_repair_lost_links_stay_lost()
    {
        var stage = PeerStage.Joined(Plain with { ReplacesLostLinks = false }, [A, B]);
        stage.Hears(Cast.SeedNode(0), PeerListPurpose.Repair, PeerStage.Entry(Stranger));
        foreach (var neighbor in (NodeAddress[])[A, B]) stage.Host.Hears(neighbor, new Disconnect());
        stage.Host.TurnsPage();

        stage.WaitsWhile(10);

        Assert.That(stage.Host.All<Connect>(), Is.Empty);
        Assert.That(stage.Host.All<GetPeerList>(), Is.Empty);
        Assert.That(stage.Neighbors(), Is.Empty);
    }

    [Test]
    public void Without_repair_a_peer_still_seeks_its_first_links()
    {
        var stage = PeerStage.Joined(Plain with { ReplacesLostLinks = false }, []);

        stage.WaitsWhile(3);
        Assert.That(stage.Host.All<GetPeerList>(), Is.Not.Empty);
        stage.Hears(Cast.SeedNode(0), PeerListPurpose.Oldest, PeerStage.Entry(Stranger));

        Assert.That(stage.Host.RecipientsOf<Connect>(), Is.EqualTo(new[] { Stranger }));
    }

    [Test]
    public void Pings_are_told_of_only_where_somebody_wants_to_read_of_them([Values] bool told)
    {
        var stage = PeerStage.Joined(Plain with { TellsPings = told }, [A, B]);

        stage.WaitsWhile(3, A, B);

        var asked = stage.Host.Reported(EventKind.SignOfLifeAsked).Length;
        Assert.That(asked, told ? Is.GreaterThan(2) : Is.Zero);
        Assert.That(stage.Host.Reported(EventKind.SignOfLifeHeard), Has.Length.EqualTo(asked));
    }

    [Test]
    public void Missed_pings_are_told_of_only_where_somebody_wants_to_hear_of_them([Values] bool told)
    {
        var stage = PeerStage.Joined(Plain with { TellsMisses = told }, [A, B]);

        stage.WaitsWhile(10, B);

        var missed = stage.Host.Reported(EventKind.SignOfLifeMissed);
        var counts = missed.Select(report => report.Number).Distinct();
        Assert.That(counts, Is.EqualTo(told ? [1, 2, 3] : Array.Empty<long>()));
        Assert.That(missed.Select(report => report.About), Has.None.EqualTo(B));
    }

    private static Gossip Short(int origin) => new("1708776001:127.0.0.1:1", Cast.Peer(origin), 1, 1, $"of {origin}");

    /// <summary>A does not answer any more; its neighbors are known.</summary>
    private static PeerStage SilentNeighbor(PeerOptions options)
    {
        var stage = PeerStage.Joined(options, [A, B]);
        stage.Pongs(A, neighbors: [Stranger, stage.Self]);
        while (stage.Host.Reported(EventKind.Suspected).Length == 0) stage.WaitsWhile(0.05, B);
        return stage;
    }
}
