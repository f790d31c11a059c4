using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.RealNet.Links;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet.Links;

/// <summary>Who sends too fast is read more slowly, and loses nothing by it.</summary>
[TestFixture]
internal sealed class PaceTests
{
    private const long Second = 1_000_000;

    [Test]
    public void A_burst_is_free_and_what_comes_after_it_waits_for_its_time()
    {
        var paid = new PaidTime();

        var burst = paid.Charge(30, perSecond: 10, atOnce: 30, now: 5 * Second);
        var next = paid.Charge(1, perSecond: 10, atOnce: 30, now: 5 * Second);
        var later = paid.Charge(1, perSecond: 10, atOnce: 30, now: 7 * Second);

        Assert.That(burst, Is.EqualTo(TimeSpan.Zero));
        Assert.That(next, Is.EqualTo(TimeSpan.FromMilliseconds(100)));
        Assert.That(later, Is.EqualTo(TimeSpan.Zero), "two seconds paid for twenty");
        Assert.That(paid.IsOverAt(8 * Second), Is.False);
        Assert.That(paid.IsOverAt(9 * Second), Is.True);
    }

    [Test]
    public void Sources_are_paced_each_for_itself_and_this_machine_is_not()
    {
        var pace = new RegistrationPace(new TransportLimits { RegistrationsPerSecond = 10, RegistrationsAtOnce = 1 });

        Assert.That(Waits(pace, "10.0.0.1:1"), Is.EqualTo(new[] { 0, 100, 200 }));
        Assert.That(Waits(pace, "10.0.0.2:1"), Is.EqualTo(new[] { 0, 100, 200 }));
        Assert.That(Waits(pace, "127.0.0.1:1"), Is.EqualTo(new[] { 0, 0, 0 }));
    }

    [Test]
    public void Sources_without_end_take_a_bounded_memory()
    {
        var pace = new RegistrationPace(new TransportLimits());

        for (var source = 0u; source < 100_000; source++) pace.Charge(0x0A000000 + source, now: 0);

        Assert.That(pace.Sources, Is.LessThanOrEqualTo(16_384));
    }

    [Test]
    public async Task Lines_beyond_the_rate_come_later_and_in_order()
    {
        var limits = new TransportLimits { LinesPerSecond = 1_000, LinesAtOnce = 100 };
        await using var network = await RealContractNetwork.StartAllAsync(2, RealContractNetwork.Options(limits));
        var (from, to) = (network.Addresses[0], network.Addresses[1]);

        network.Do(from, (in context) =>
        {
            for (var number = 1; number <= 500; number++) context.Send(to, new Leave(number));
        });
        await network.UntilHeardAsync(to, from, 500);

        Assert.That(network.At(to).NumbersFrom(from), Is.EqualTo(Enumerable.Range(1, 500)));
        Assert.That(network.Network.Counters.Throttled, Is.Positive);
        Assert.That(network.Network.Counters.Refused, Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Registrations_of_one_source_take_turns(bool isPaced)
    {
        var limits = new TransportLimits
        {
            RegistrationsPerSecond = 20, RegistrationsAtOnce = 2, PacesLoopback = isPaced,
        };
        await using var network = await RealContractNetwork.StartAllAsync(1, RealContractNetwork.Options(limits));
        var (node, self) = (network.Addresses[0], new RawListener().Address);
        using var client = new RawClient(node);
        var register = RawClient.Line(new Register(self, new NodeId(1)));

        client.Write(RawClient.Hello(self) + string.Concat(Enumerable.Repeat(register, 6)) + RawClient.Leave(7));
        await network.UntilAsync(() => network.At(node).Messages.Count() == 7, "all are heard");

        var heard = network.At(node).Messages.Select(entry => entry.Message!.GetType().Name);
        Assert.That(heard, Is.EqualTo(Enumerable.Repeat(nameof(Register), 6).Append(nameof(Leave))));
        Assert.That(network.Network.Counters.Throttled, isPaced ? Is.GreaterThanOrEqualTo(2) : Is.Zero);
        Assert.That(network.Network.Counters.Refused, Is.Empty);
    }

    [Test]
    public async Task Who_floods_a_busy_node_makes_others_wait_for_a_share_only()
    {
        const int Flood = 6_000;
        var limits = new TransportLimits { OutboxMessages = Flood };
        await using var network = await RealContractNetwork.StartAllAsync(3, RealContractNetwork.Options(limits));
        var (busy, flooding, other) = (network.Addresses[0], network.Addresses[1], network.Addresses[2]);
        network.Do(other, (in context) => context.Send(busy, new Leave(1)));
        await network.UntilHeardAsync(busy, other, 1);
        network.Do(flooding, (in context) => context.Send(busy, new Leave(1)));
        await network.UntilHeardAsync(busy, flooding, 1);
        network.Network.Pause(busy);

        network.Do(flooding, (in context) =>
        {
            for (var number = 2; number <= Flood; number++) context.Send(busy, new Leave(number));
        });
        await UntilQuietAsync(network);
        network.Do(other, (in context) => context.Send(busy, new Leave(2)));
        await UntilQuietAsync(network);
        network.Network.Resume(busy);
        await network.UntilHeardAsync(busy, flooding, Flood);

        var heard = network.At(busy).Messages.ToList();
        var place = heard.FindIndex(entry => entry.From == other && entry.Number == 2);
        Assert.That(place, Is.LessThan(1_000), "of 6,000");
        Assert.That(network.At(busy).NumbersFrom(flooding), Is.EqualTo(Enumerable.Range(1, Flood)));
    }

    [Test]
    public async Task A_line_is_not_late_while_this_end_does_not_read()
    {
        var limits = new TransportLimits
        {
            MailboxShare = 1, LineDeadline = TimeSpan.FromMilliseconds(50),
            SweepInterval = TimeSpan.FromMilliseconds(10),
        };
        await using var network = await RealContractNetwork.StartAllAsync(1, RealContractNetwork.Options(limits));
        var (node, self) = (network.Addresses[0], new RawListener().Address);
        using var freed = new ManualResetEventSlim();
        network.At(node).OnHeard = (in envelope, in context) =>
        {
            if (envelope.Message is Leave { Epoch: 1 }) freed.Wait();
        };
        using var client = new RawClient(node);

        client.Write(RawClient.Hello(self) + RawClient.Leave(1) + RawClient.Leave(2) + RawClient.Leave(3)[..^5]);
        await network.UntilAsync(() => network.At(node).Messages.Any(), "it is busy with the first");
        client.Write(RawClient.Leave(3)[^5..]);
        var begun = network.Network.Now;
        await network.UntilAsync(() => network.Network.Now - begun > 6 * limits.LineDeadline, "the line is old");
        freed.Set();
        await network.UntilHeardAsync(node, self, 3);

        Assert.That(network.At(node).NumbersFrom(self), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(network.Network.Counters.Refused, Is.Empty);
    }

    private static int[] Waits(RegistrationPace pace, string source) => [.. Enumerable.Range(0, 3)
        .Select(_ => (int)pace.Charge(NodeAddress.Parse(source).Host, now: 0).TotalMilliseconds)];

    /// <summary>Until no frame has come for many glances: all that can be read is read.</summary>
    private static async Task UntilQuietAsync(RealContractNetwork network)
    {
        var (last, glances) = (-1L, 0);
        await network.UntilAsync(
            () =>
            {
                var now = network.Network.Counters.FramesReceived;
                (last, glances) = (now, now == last ? glances + 1 : 0);
                return glances == 40;
            },
            "nothing more comes");
    }
}
