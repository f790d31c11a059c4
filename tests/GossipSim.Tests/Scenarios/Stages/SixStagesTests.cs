using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Scenarios.Stages;
using GossipSim.Tests.Scenarios.Exploring;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Stages;

/// <summary>Each of the fifteen checks fails when what it looks at is broken on purpose, and no other does.</summary>
[TestFixture]
internal sealed class SixStagesTests
{
    [Test]
    public Task All_fifteen_pass_where_nothing_is_broken() => AssertFailsAsync(Flaw.None);

    [Test]
    public Task Check_1_fails_where_a_seed_node_has_no_room_for_300() => AssertFailsAsync(
        Flaw.None with { Limits = new TransportLimits { SeedNodeConnections = 100 } }, 1);

    [Test]
    public Task Check_2_fails_where_a_line_of_several_is_lost() => AssertFailsAsync(
        Flaw.OfSeedNode(0, (_, right) => new SeedNodeThatLosesALine(right)) with
        {
            Waits = usual => usual with { Answer = TimeSpan.FromSeconds(5) },
        },
        2);

    [Test]
    public Task Check_3_fails_where_a_list_is_page_1_of_0() => AssertFailsAsync(
        Flaw.OfSeedNode(0, (_, right) => new SeedNodeThatMiscountsPages(right)), 3);

    /// <summary>And 15: nobody was refused, so no REGISTER_NACK is in the log.</summary>
    [Test]
    public Task Check_4_fails_where_seed_nodes_take_silence_for_consent() => AssertFailsAsync(
        Flaw.OfSeedNodes((_, _, right) => new SeedNodeThatTakesSilenceForConsent(right)), 4, 15);

    [Test]
    public Task Check_5_fails_where_a_seed_node_does_not_tell_of_its_first_member() => AssertFailsAsync(
        Flaw.OfSeedNode(2, (_, right) => new SeedNodeThatIsOneBehind(right)) with
        {
            Waits = usual => usual with { Spread = TimeSpan.FromSeconds(5) },
        },
        5);

    [Test]
    public Task Check_6_fails_where_a_seed_node_acknowledges_and_asks_nobody() => AssertFailsAsync(
        Flaw.OfSeedNode(1, (setup, right) => new SeedNodeThatAsksNobody(right, setup.HandMade[2])) with
        {
            Waits = usual => usual with { Spread = TimeSpan.FromSeconds(5) },
        },
        6);

    [Test]
    public Task Check_7_fails_where_a_peer_has_no_links() => AssertFailsAsync(
        Flaw.OfPeer(2, (setup, right) => new PeerThatWaitsFor(right, setup.HandMade[1])) with
        {
            Waits = usual => usual with { Formation = TimeSpan.FromSeconds(3) },
        },
        7);

    [Test]
    public Task Check_8_fails_where_a_peer_takes_no_link() => AssertFailsAsync(
        Flaw.OfPeer(1, (setup, right) => new PeerThatRefuses(right, setup.HandMade[2])), 8);

    [Test]
    public Task Check_9_fails_where_a_message_does_not_reach_a_peer() => AssertFailsAsync(
        Flaw.OfPeer(3, (setup, right) => new PeerThatMissesTheFirstOf(right, setup.HandMade[1])) with
        {
            Waits = usual => usual with { Gossip = TimeSpan.FromSeconds(3) },
        },
        9);

    [TestCase(true)]
    [TestCase(false)]
    public Task Check_10_fails_where_a_peer_logs_a_message_twice_or_passes_it_on_twice(bool logsAgain) =>
        AssertFailsAsync(Flaw.OfPeer(2, (_, right) => new PeerThatHearsTwice(right, logsAgain)), 10);

    [Test]
    public Task Check_11_fails_where_the_port_of_the_dead_still_accepts()
    {
        var victims = new HashSet<NodeAddress>();
        return AssertFailsAsync(
            new Flaw
            {
                Node = (setup, _, right) =>
                {
                    lock (victims) victims.Add(setup.Peers[^1]);
                    return right;
                },
                Network = right => new HalfKilledNetwork(right, victims.Contains),
                Waits = usual => usual with { Closing = TimeSpan.FromSeconds(1) },
            },
            11);
    }

    [Test]
    public Task Check_12_fails_where_a_seed_node_keeps_the_dead() => AssertFailsAsync(
        Flaw.OfSeedNode(2, (setup, right) => new SeedNodeThatForgetsNobody(right, setup.Peers[^1])) with
        {
            Waits = usual => usual with { Removal = TimeSpan.FromSeconds(8) },
        },
        12);

    [Test]
    public Task Check_13_fails_where_a_seed_node_strikes_off_whoever_is_reported() => AssertFailsAsync(
        Flaw.OfSeedNode(0, (setup, right) => new SeedNodeThatStrikesOffTheReported(right, setup.Peers[0])), 13);

    [Test]
    public async Task Check_13_fails_where_seed_nodes_believe_any_report()
    {
        var (failed, seen) = await SuiteTrial.RunAsync(Flaw.OfSeedNodes((setup, start, _) => new SeedNode(
            setup.Settings.SeedNode with { RemovalEvidence = RemovalEvidence.TrustReporter }, start)));

        // A live peer is removed: it comes back while 14 compares lists, and 15 misses the votes against it.
        Assert.That(failed, Does.Contain(13).And.SubsetOf(new[] { 13, 14, 15 }), seen);
    }

    [Test]
    public Task Check_14_fails_where_seed_nodes_refuse_whom_they_know() => AssertFailsAsync(
        Flaw.OfSeedNodes((_, _, right) => new SeedNodeThatRefusesTheKnown(right)), 14);

    [TestCaseSource(nameof(Lies))]
    public async Task Check_15_fails_where_the_log_lies(Func<ITrace, ITrace> lie, string words)
    {
        var (failed, seen) = await SuiteTrial.RunAsync(Flaw.None with { Log = lie });

        Assert.That(failed, Is.EqualTo(new[] { 15 }), seen);
        Assert.That(seen, Does.Contain(words));
    }

    private static IEnumerable<TestCaseData> Lies()
    {
        yield return Lie("a_word_is_missing", LyingLog.Without(EventKind.Suspected), "no line \"Suspect\"");
        yield return Lie("an_outcome_comes_first", LyingLog.WithOutcomesFirst, "in order");
        yield return Lie(
            "pings_are_in_it",
            LyingLog.With(
                EventKind.WitnessHeard,
                _ => new ProtocolEvent(EventKind.InputRefused, Detail: "PING")),
            "a ping is logged");
        yield return Lie(
            "a_peer_says_eleven",
            LyingLog.With(
                EventKind.GossipPublished,
                e => e.Number == 10 ? e with { Number = 11 } : null),
            "generated 11 messages");
    }

    private static TestCaseData Lie(string name, Func<ITrace, ITrace> lie, string words) =>
        new TestCaseData(lie, words).SetName($"Check_15_fails_where_{name}");

    private static async Task AssertFailsAsync(Flaw flaw, params int[] checks)
    {
        var (failed, seen) = await SuiteTrial.RunAsync(flaw);

        Assert.That(failed, Is.EqualTo(checks), seen);
    }
}
