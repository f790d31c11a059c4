using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using NUnit.Framework;
using static GossipSim.Tests.Engine.LinkTrial;

namespace GossipSim.Tests.Engine;

/// <summary>
/// A bandwidth makes messages queue behind each other: k messages of s bytes at b bytes a second arrive s/b apart.
/// </summary>
[TestFixture]
internal sealed class BandwidthTests
{
    private static readonly string text = new('x', 100);

    [TestCase(100, 10_000, 50)]
    [TestCase(333, 10_000, 50)]
    [TestCase(100, 250_000_000, 900)]
    public void Messages_arrive_their_length_apart(int bytes, long bytesPerSecond, int count)
    {
        var trial = new LinkTrial(sizeOf: _ => bytes);
        trial.Network.Impair("narrow", Narrow(bytesPerSecond));
        var sent = trial.Now;
        trial.Sends(A, B, [.. Enumerable.Range(1, count)]);
        trial.RunsFor(10);

        var arrivals = trial.Contract.At(B).Messages.Skip(1).Select(heard => (heard.Now - sent).TotalMicroseconds);
        var expected = Enumerable.Range(1, count).Select(k => 20_000 + Math.Ceiling(k * bytes * 1e6 / bytesPerSecond));
        Assert.That(arrivals, Is.EqualTo(expected));
    }

    [Test]
    public void A_bandwidth_of_the_whole_network_holds_from_the_beginning_and_the_smallest_counts()
    {
        var trial = new LinkTrial(bytesPerSecond: 1000);
        trial.Network.Impair("wide", Narrow(5000));
        trial.Network.Impair("narrow", Narrow(500) with { Scope = new FromTo([B], [A], OneWay: true) });
        var sent = trial.Now;
        trial.Sends(A, B, 1, 2);
        trial.Sends(B, A, 3, 4);
        trial.RunsFor(5);

        Assert.That(trial.MsUntil(B, 1, sent), Is.EqualTo(120));
        Assert.That(trial.MsUntil(B, 2, sent), Is.EqualTo(220));
        Assert.That(trial.MsUntil(A, 3, sent), Is.EqualTo(220), "each direction by itself");
        Assert.That(trial.MsUntil(A, 4, sent), Is.EqualTo(420));
    }

    [Test]
    public void A_link_that_was_quiet_carries_the_next_message_at_once()
    {
        var trial = new LinkTrial();
        trial.Network.Impair("narrow", Narrow(1000));
        trial.Sends(A, B, 1, 2, 3);
        trial.RunsFor(5);
        var sent = trial.Now;
        trial.Sends(A, B, 4);
        trial.RunsFor(1);

        Assert.That(trial.MsUntil(B, 4, sent), Is.EqualTo(120));
    }

    [Test]
    public void When_the_bandwidth_is_back_what_waits_leaves_behind_the_message_that_is_leaving()
    {
        var trial = new LinkTrial();
        trial.Network.Impair("narrow", Narrow(100));
        var sent = trial.Now;
        trial.Sends(A, B, 1, 2, 3);
        trial.Network.Mend("narrow");
        trial.RunsFor(5);

        Assert.That(new[] { 1, 2, 3 }.Select(number => trial.MsUntil(B, number, sent)), Is.All.EqualTo(1020));
    }

    [Test]
    public void The_end_of_a_link_comes_behind_all_that_waits()
    {
        var trial = new LinkTrial();
        trial.Network.Impair("narrow", Narrow(1000));
        trial.Sends(A, B, 1, 2, 3);
        trial.Contract.Do(A, (in context) => context.Close(B));
        trial.Sends(A, B, 4);
        trial.RunsFor(5);

        Assert.That(
            trial.Contract.At(B).Log.Skip(2).Select(heard => heard.Message is null ? heard.Kind : $"{heard.Number}"),
            Is.EqualTo(new[] { "1", "2", "3", "linkDown", "4" }));
    }

    [Test]
    public void A_lost_message_holds_up_what_waits_for_the_bandwidth()
    {
        var trial = new LinkTrial();
        trial.Network.Impair("narrow", Narrow(1000));
        var sent = trial.Now;
        trial.Sends(A, B, 1, 2, 3);
        trial.RunsFor(0.05);
        trial.Network.Impair("cut", CutLinks.OneWay(A, B));
        trial.RunsFor(0.1);
        trial.Network.Mend("cut");
        trial.RunsFor(5);

        Assert.That(trial.MsUntil(B, 1, sent), Is.EqualTo(120));
        Assert.That(trial.MsUntil(B, 2, sent), Is.EqualTo(100 + 200 + 100 + 20), "it should have left at 100 ms");
        Assert.That(trial.MsUntil(B, 3, sent), Is.EqualTo(520));
    }

    [Test]
    public void A_full_outbox_drops_the_oldest_gossip_and_keeps_control_messages()
    {
        var trial = new LinkTrial();
        trial.Network.Impair("narrow", Narrow(1_000_000));
        SendsGossip(trial, 1, 500);
        trial.Sends(A, B, 7, 8);
        SendsGossip(trial, 501, 700);
        trial.RunsFor(10);

        // One message is leaving while the others wait.
        const int Dropped = 1202 - 1 - 1024;
        var numbers = trial.Contract.At(B).Messages.Select(heard => heard.Message).OfType<Gossip>()
            .Select(gossip => gossip.Number).ToArray();
        Assert.That(numbers, Is.EqualTo(new[] { 1 }.Concat(Enumerable.Range(2 + Dropped, 1199 - Dropped))));
        Assert.That(trial.Heard(B, A), Is.EqualTo(new[] { 7, 8 }));
        var reports = trial.Reports(EventKind.OutboxDropped).ToArray();
        Assert.That(reports.Sum(report => report.Event.Number), Is.EqualTo(Dropped));
        Assert.That(reports.Select(report => (report.Node, report.Event.About)), Is.All.EqualTo((A, B)));
        Assert.That(trial.LinksLost(A, B), Is.Zero);
    }

    [Test]
    public void Bytes_fill_an_outbox_too()
    {
        var trial = new LinkTrial(sizeOf: _ => 512 * 1024);
        trial.Network.Impair("narrow", Narrow(1024 * 1024));
        SendsGossip(trial, 1, 8);
        trial.RunsFor(20);

        Assert.That(trial.Reports(EventKind.OutboxDropped).Sum(report => report.Event.Number), Is.EqualTo(8 - 1 - 4));
    }

    [Test]
    public void A_link_whose_outbox_stays_full_breaks_and_one_that_drains_in_time_does_not()
    {
        var (stuck, drains) = (new LinkTrial(), new LinkTrial());
        stuck.Network.Impair("narrow", Narrow(100));
        drains.Network.Impair("narrow", Narrow(20_000));
        foreach (var trial in new[] { stuck, drains })
        {
            SendsGossip(trial, 1, 1100);
            trial.RunsFor(4.9);
            Assert.That(trial.LinksLost(A, B), Is.Zero);
            trial.RunsFor(0.2);
        }

        Assert.That(stuck.LinksLost(A, B), Is.EqualTo(1));
        Assert.That(drains.LinksLost(A, B), Is.Zero);
    }

    [Test]
    public void A_bandwidth_without_sizes_is_refused()
    {
        var network = new SimulatedContractNetwork(peers: 2).Network;

        Assert.That(() => network.Impair("narrow", Narrow(1)), Throws.InvalidOperationException);
        Assert.That(
            () => new SimulatedContractNetwork(peers: 2, bytesPerSecond: 1), Throws.InvalidOperationException);
    }

    private static Impairment Narrow(long bytesPerSecond) =>
        new(new AllLinks()) { BytesPerSecond = bytesPerSecond };

    private static void SendsGossip(LinkTrial trial, int first, int count) => trial.Contract.Do(A, (in context) =>
    {
        for (var number = first; number < first + count; number++)
            context.Send(B, new Gossip($"1.000:127.0.0.1:7000:{number}", A, 1, number, text));
    });
}
