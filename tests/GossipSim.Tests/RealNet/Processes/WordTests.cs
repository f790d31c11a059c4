using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.RealNet.Hosting;
using GossipSim.RealNet.Processes;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Processes;

/// <summary>What a node's process says and is told, there and back.</summary>
[TestFixture]
internal sealed class WordTests
{
    private static readonly NodeAddress peer = NodeAddress.Parse("127.0.0.1:7000");
    private static readonly NodeAddress seed = NodeAddress.Parse("127.0.0.1:6000");

    private static readonly ProposalId proposal = new(seed, 17);

    private static readonly MembershipEntry entry = new(peer, 3, MemberState.Removed, new NodeId(5), 12);

    private static readonly Gossip gossip = new("1708776008.5:127.0.0.1:7000:1", peer, 3, 1, "a \"text\"\n", true);

    private static IEnumerable<ProtocolEvent> Events()
    {
        yield return new ProtocolEvent(EventKind.NeighborAdded, peer, 4);
        yield return new ProtocolEvent(EventKind.ProcessStarted, Number: 2, Detail: new NodeId(ulong.MaxValue));
        yield return new ProtocolEvent(EventKind.GossipDelivered, peer, 2, gossip);
        yield return new ProtocolEvent(EventKind.GossipRefused, peer, Detail: new GossipRefusal(gossip, "Old"));
        yield return new ProtocolEvent(EventKind.GossipGivenUp, peer, Detail: gossip.Key);
        var report = new DeadNode(peer, 3, new NodeId(5), ReportFlag.Sole, "Dead Node:x");
        yield return new ProtocolEvent(EventKind.DeathReported, peer, 3, report);
        yield return new ProtocolEvent(EventKind.ReportHeard, peer, 3, new HeardReport(report, seed));
        yield return new ProtocolEvent(EventKind.WitnessHeard, peer, Detail: new Witness(peer, 3, 1, Verdict.Dead));
        yield return new ProtocolEvent(
            EventKind.RegistrationDenied, peer, Detail: new RegisterNack(RefusalReason.NoQuorum, 500));
        yield return new ProtocolEvent(EventKind.InputRefused, peer, Detail: "LINE_TOO_LONG");
        yield return new ProtocolEvent(EventKind.SeedNodeStarted, Number: 2, Detail: true);
    }

    [TestCaseSource(nameof(Events))]
    public void An_event_arrives_as_it_was_reported(ProtocolEvent e)
    {
        var word = Word.Read(Word.Of(new Instant(123_456), e).ToLine().AsSpan()[..^1]);

        Assert.That((word.Say, word.At), Is.EqualTo((WordKind.Event, 123_456L)));
        Assert.That(word.ToEvent(), Is.EqualTo(e));
    }

    [Test]
    public void A_ballot_arrives_with_all_its_voters()
    {
        var ballot = new Ballot(proposal, entry, 2, [seed, peer], seed, true);

        var heard = (Ballot)Sent(new ProtocolEvent(EventKind.VoteHeard, peer, Detail: ballot)).Detail!;

        Assert.That(heard.Voters, Is.EqualTo(ballot.Voters));
        Assert.That(heard with { Voters = ballot.Voters }, Is.EqualTo(ballot));
    }

    [Test]
    public void An_acknowledgement_arrives_with_its_certificate_and_chosen_targets_in_order()
    {
        var ack = new RegisterAck(peer, 3, 12, new Certificate(proposal, [seed]));

        var heard = (RegisterAck)Sent(new ProtocolEvent(EventKind.Registered, seed, 3, ack)).Detail!;
        var targets = Sent(new ProtocolEvent(EventKind.NeighborsSelected, Detail: new[] { peer, seed })).Detail;

        Assert.That(heard.Certificate.Voters, Is.EqualTo(ack.Certificate.Voters));
        Assert.That((heard.Address, heard.Epoch, heard.JoinStamp), Is.EqualTo((peer, 3, 12L)));
        Assert.That(targets, Is.EqualTo(new[] { peer, seed }));
    }

    [Test]
    public void What_was_carried_and_sent_arrives_and_sums_over_processes_kind_by_kind()
    {
        SentKind[] sent = [new("GOSSIP", 5, 900), new("PING", 7, 210)];
        var traffic = new TrafficCounters(12, 11, 1110, 1000, 1, 4, new Dictionary<string, long> { ["old"] = 2 });

        var heard = Word.Read(Word.Of(traffic, sent, tableEntries: 30).ToLine().AsSpan()[..^1]);
        var sum = TrafficSum.Of([.. heard.Sent!, new("LEAVE", 1, 40), new("PING", 3, 90)]);

        Assert.That((heard.ToTraffic().BytesSent, heard.Number), Is.EqualTo((1110L, 30L)));
        SentKind[] expected = [new("GOSSIP", 5, 900), new("LEAVE", 1, 40), new("PING", 10, 300)];
        Assert.That(sum, Is.EqualTo(expected));
    }

    [Test]
    public void Orders_arrive_as_they_were_given()
    {
        var timer = new ProtocolTimer(TimerKind.StopPublishing, seed, 9);

        var inject = Order.Read(Order.Inject(timer).ToLine());
        var told = Order.Read(Order.Tell(new Publish("say \"this\"\n")).ToLine());
        var cut = Order.Read(new Order(OrderKind.CutOff, Unreached: [seed, peer], Unheard: [peer]).ToLine());

        var (rain, fog) = (new LinkWeather(0.25, BytesPerSecond: 9), new LinkWeather(AddedLatencyMs: 1.5));
        var weather = Order.Read(new Order(
            OrderKind.Weather, Weather: new NodeWeather(rain, fog, [new NeighborWeather(seed, fog, rain)])).ToLine());
        var clock = Order.Read(
            new Order(OrderKind.SkewClock, Clock: new ClockError(-1.5, 200.25, 123_456_789)).ToLine());
        var slow = Order.Read(new Order(OrderKind.SlowDown, Delay: "{ \"a\": 1 }").ToLine());

        Assert.That((weather.Weather!.To, weather.Weather.From), Is.EqualTo((rain, fog)));
        Assert.That(weather.Weather.Others.Single(), Is.EqualTo(new NeighborWeather(seed, fog, rain)));
        Assert.That(clock.Clock, Is.EqualTo(new ClockError(-1.5, 200.25, 123_456_789)));
        Assert.That((slow.Do, slow.Delay), Is.EqualTo((OrderKind.SlowDown, "{ \"a\": 1 }")));
        Assert.That((inject.Do, inject.ToTimer()), Is.EqualTo((OrderKind.Inject, timer)));
        Assert.That(told.ToMessage(), Is.EqualTo(new Publish("say \"this\"\n")));
        Assert.That(cut.Unreached, Is.EqualTo(new[] { seed, peer }));
        Assert.That(cut.Unheard, Is.EqualTo(new[] { peer }));
    }

    private static ProtocolEvent Sent(ProtocolEvent e) =>
        Word.Read(Word.Of(new Instant(1), e).ToLine().AsSpan()[..^1]).ToEvent();
}
