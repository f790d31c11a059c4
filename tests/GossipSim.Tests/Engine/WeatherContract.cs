using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.RealNet.Wire;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>
/// What links lose, delay and damage, and what slow nodes and wrong clocks are, whatever carries the messages: the
/// simulator and TCP pass the same tests. Nothing here comes too early; how late a real machine is, it is.
/// </summary>
internal abstract class WeatherContract
{
    /// <summary>200, 400, 800, 1600 and 3200 ms: then a segment was lost five times in a row.</summary>
    private const double GivenUpMs = 6200;

    /// <summary>A network of so many scripted peers, not started.</summary>
    protected abstract Task<ContractNetwork> BuildAsync(int nodes);

    protected static int SizeOf(Message message) => MessageCodec.Encode(message, hops: 1).Length;

    [Test]
    public async Task Added_latency_is_added_to_each_message_and_three_times_to_the_first()
    {
        await using var network = await StartAllAsync(2);
        var (a, b) = (network.Addresses[0], network.Addresses[1]);
        network.SetWeather(new LinkWeather(AddedLatencyMs: 120));

        var first = await SendAsync(network, a, b, 1);
        var second = await SendAsync(network, b, a, 2);
        network.SetWeather(default);
        var third = await SendAsync(network, a, b, 3);

        Assert.That(first, Is.GreaterThanOrEqualTo(3 * 120), "there, back, and there with the message");
        Assert.That(second, Is.GreaterThanOrEqualTo(120));
        Assert.That(third, Is.LessThan(first));
    }

    [Test]
    public async Task Where_nobody_is_the_answer_to_a_dial_takes_its_time_too()
    {
        await using var network = await BuildAsync(2);
        var (a, b) = (network.Addresses[0], network.Addresses[1]);
        await network.StartAsync(a);
        network.SetWeather(new LinkWeather(AddedLatencyMs: 100));

        var sentAt = await SentAsync(network, a, b, 1);
        await network.UntilLinkLostAsync(a, b);

        Assert.That(LostAt(network, a, b) - sentAt, Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(200)));
    }

    [Test]
    public async Task The_end_of_a_link_comes_behind_what_is_under_way_and_takes_as_long()
    {
        await using var network = await LinkedAsync();
        var (a, b) = (network.Addresses[0], network.Addresses[1]);
        network.SetWeather(new LinkWeather(AddedLatencyMs: 150));

        network.Do(a, (in context) =>
        {
            for (var number = 1; number <= 20; number++) context.Send(b, new Leave(number));
            context.Close(b);
        });
        await network.UntilLinkLostAsync(b, a);

        Assert.That(network.At(b).NumbersFrom(a), Is.EqualTo(Enumerable.Range(0, 21)));
        Assert.That(network.At(b).Log[^1].Kind, Is.EqualTo("linkDown"));
        Assert.That(network.At(a).LinksLost(b), Is.Zero);
    }

    [Test]
    public async Task A_narrow_link_carries_no_more_than_it_can()
    {
        const int Count = 20;
        const int BytesPerSecond = 2000;
        await using var network = await LinkedAsync();
        var (a, b) = (network.Addresses[0], network.Addresses[1]);
        network.SetWeather(new LinkWeather(BytesPerSecond: BytesPerSecond));

        var sentAt = await SentAsync(network, a, b, [.. Enumerable.Range(1, Count)]);
        await network.UntilHeardAsync(b, a, Count);

        var heard = network.At(b).Messages.Skip(1).ToArray();
        Assert.That(heard.Select(entry => entry.Number), Is.EqualTo(Enumerable.Range(1, Count)));
        var bytes = 0;
        foreach (var entry in heard)
        {
            bytes += SizeOf(entry.Message!);
            Assert.That(
                (entry.Now - sentAt).TotalSeconds, Is.GreaterThanOrEqualTo((double)bytes / BytesPerSecond),
                $"number {entry.Number}");
        }
    }

    [Test]
    public async Task What_a_link_is_too_narrow_for_waits_in_the_outbox_which_drops_old_gossip_and_breaks_the_link()
    {
        const int Capacity = 1024;
        await using var network = await LinkedAsync();
        var (a, b) = (network.Addresses[0], network.Addresses[1]);
        network.SetWeather(new LinkWeather(BytesPerSecond: 10));

        network.Do(a, (in context) =>
        {
            for (var number = 1; number <= Capacity + 100; number++)
                context.Send(b, new Gossip($"1.000:{a}:{number}", a, 1, number, "text"));
        });
        await network.UntilLinkLostAsync(a, b);

        var dropped = network.Happenings.Where(each => each.Event.Kind == EventKind.OutboxDropped).ToArray();
        Assert.That(dropped.Select(each => (each.Node, each.Event.About)), Is.All.EqualTo((a, b)));
        // One may have left the outbox and be on its way.
        Assert.That(dropped.Sum(each => each.Event.Number), Is.EqualTo(100).Or.EqualTo(99));
    }

    [Test]
    public async Task A_link_that_loses_everything_breaks_after_five_times_and_serves_again_when_it_is_whole()
    {
        await using var network = await LinkedAsync();
        var (a, b) = (network.Addresses[0], network.Addresses[1]);
        network.SetWeather(new LinkWeather(LossProbability: 1));

        var sentAt = await SentAsync(network, a, b, 1, 2);
        await network.UntilLinkLostAsync(a, b);
        network.SetWeather(default);
        await SentAsync(network, a, b, 3);
        await network.UntilHeardAsync(b, a, 3);

        Assert.That((LostAt(network, a, b) - sentAt).TotalMilliseconds, Is.GreaterThanOrEqualTo(GivenUpMs));
        Assert.That(network.At(b).NumbersFrom(a), Is.EqualTo(new[] { 0, 3 }));
    }

    [Test]
    public async Task What_is_lost_comes_later_in_order_and_once()
    {
        const int Rounds = 12;
        await using var network = await LinkedAsync();
        var (a, b) = (network.Addresses[0], network.Addresses[1]);
        network.SetWeather(new LinkWeather(LossProbability: 0.2, AddedLatencyMs: 5, BytesPerSecond: 100_000));

        for (var round = 0; round < Rounds; round++)
        {
            await SentAsync(network, a, b, [.. Enumerable.Range(1 + (5 * round), 5)]);
            await network.UntilHeardAsync(b, a, 5 * (round + 1));
        }

        Assert.That(network.At(b).NumbersFrom(a), Is.EqualTo(Enumerable.Range(0, 1 + (5 * Rounds))));
        Assert.That(network.At(a).LinksLost(b) + network.At(b).LinksLost(a), Is.Zero);
    }

    [Test]
    public async Task What_arrives_damaged_is_refused_and_both_ends_lose_the_link()
    {
        await using var network = await LinkedAsync();
        var (a, b) = (network.Addresses[0], network.Addresses[1]);
        network.SetWeather(new LinkWeather(CorruptProbability: 1));

        await SentAsync(network, a, b, 1);
        await network.UntilLinkLostAsync(a, b);
        await network.UntilLinkLostAsync(b, a);
        network.SetWeather(default);
        await SentAsync(network, a, b, 2);
        await network.UntilHeardAsync(b, a, 2);

        Assert.That(network.At(b).NumbersFrom(a), Is.EqualTo(new[] { 0, 2 }));
        var refused = network.Happenings.Single(each => each.Event.Kind == EventKind.InputRefused);
        Assert.That((refused.Node, refused.Event.About), Is.EqualTo((b, a)));
    }

    [Test]
    public async Task A_slow_node_takes_its_time_for_each_input_in_order_and_can_be_made_fast_again()
    {
        const double Each = 20;
        await using var network = await LinkedAsync();
        var (a, b) = (network.Addresses[0], network.Addresses[1]);

        var slowAt = network.Now;
        network.SlowDown(b, Each);
        await SentAsync(network, a, b, [.. Enumerable.Range(1, 15)]);
        await network.UntilHeardAsync(b, a, 15);
        network.SlowDown(b, null);
        await SentAsync(network, a, b, [.. Enumerable.Range(16, 15)]);
        await network.UntilHeardAsync(b, a, 30);

        var heard = network.At(b).Messages.Skip(1).ToArray();
        Assert.That(heard.Select(entry => entry.Number), Is.EqualTo(Enumerable.Range(1, 30)));
        for (var place = 0; place < 15; place++)
        {
            var took = (heard[place].Now - slowAt).TotalMilliseconds;
            Assert.That(took, Is.GreaterThanOrEqualTo((place + 1) * Each), $"number {place + 1}");
        }
    }

    [Test]
    public async Task A_wrong_clock_is_ahead_and_drifts_for_the_next_process_too_and_the_trace_hears_true_time()
    {
        const double Offset = 5;
        await using var network = await StartAllAsync(1);
        var a = network.Addresses[0];
        var before = network.Now;
        network.SkewClock(a, TimeSpan.FromSeconds(Offset), driftPpm: 1_000_000);
        var after = network.Now;

        await network.CrashAsync(a);
        var restarting = network.Now;
        await network.RestartAsync(a);
        var restarted = network.Now;

        var shown = network.At(a).Log.Single(entry => entry.Kind == "start").Now.TotalSeconds;
        Assert.That(shown, Is.GreaterThanOrEqualTo(Shows(restarting, after)).And.LessThanOrEqualTo(
            Shows(restarted, before) + 1e-6));
        network.Do(a, (in context) => context.Report(new ProtocolEvent(EventKind.Joined)));
        await network.UntilAsync(
            () => network.Happenings.Any(each => each.Event.Kind == EventKind.Joined), "it reports");
        var report = network.Happenings.Single(each => each.Event.Kind == EventKind.Joined);
        Assert.That(report.At, Is.GreaterThanOrEqualTo(restarting).And.LessThanOrEqualTo(network.Now));

        double Shows(Instant now, Instant setAt) => now.TotalSeconds + Offset + (now - setAt).TotalSeconds;
    }

    [Test]
    public async Task Timers_take_as_long_as_a_wrong_clock_believes()
    {
        await using var network = await StartAllAsync(2);
        var (fast, right) = (network.Addresses[0], network.Addresses[1]);
        network.SkewClock(fast, TimeSpan.Zero, driftPpm: 7_000_000);
        var after = network.Now;

        Instant? setAt = null;
        network.Do(right, (in context) =>
            context.SetTimer(new ProtocolTimer(TimerKind.Liveness), TimeSpan.FromSeconds(3)));
        network.Do(fast, (in context) =>
        {
            setAt = context.Now;
            context.SetTimer(new ProtocolTimer(TimerKind.Liveness), TimeSpan.FromSeconds(8));
        });
        await network.UntilAsync(
            () => network.At(fast).Log.Any(IsTimer) && network.At(right).Log.Any(IsTimer), "both timers fire");

        var shown = network.At(fast).Log.Single(IsTimer).Now;
        Assert.That((shown - setAt!.Value).TotalSeconds, Is.GreaterThanOrEqualTo(8 - 1e-5));
        // It shows t + 7 (t - set): the truth is no later than it would be had it been set when that was done.
        var fired = (shown.TotalSeconds + (7 * after.TotalSeconds)) / 8;
        Assert.That(fired, Is.LessThan(network.At(right).Log.Single(IsTimer).Now.TotalSeconds), "1 s, not 3");

        static bool IsTimer(Heard entry) => entry.Kind == "timer";
    }

    private async Task<ContractNetwork> StartAllAsync(int nodes)
    {
        var network = await BuildAsync(nodes);
        foreach (var address in network.Addresses) await network.StartAsync(address);
        return network;
    }

    /// <summary>Two, with a link that stands: message 0 went over it.</summary>
    private async Task<ContractNetwork> LinkedAsync()
    {
        var network = await StartAllAsync(2);
        await SendAsync(network, network.Addresses[0], network.Addresses[1], 0);
        return network;
    }

    /// <returns>When they were sent.</returns>
    private static async Task<Instant> SentAsync(
        ContractNetwork network, NodeAddress from, NodeAddress to, params int[] numbers)
    {
        Instant? at = null;
        network.Do(from, (in context) =>
        {
            foreach (var number in numbers) context.Send(to, new Leave(number));
            at = context.Now;
        });
        await network.UntilAsync(() => at is not null, $"{from} sends");
        return at!.Value;
    }

    /// <returns>How many milliseconds it took.</returns>
    private static async Task<double> SendAsync(ContractNetwork network, NodeAddress from, NodeAddress to, int number)
    {
        var sentAt = await SentAsync(network, from, to, number);
        await network.UntilHeardAsync(to, from, number);
        return (network.At(to).Messages.Single(entry => entry.Number == number).Now - sentAt).TotalMilliseconds;
    }

    private static Instant LostAt(ContractNetwork network, NodeAddress at, NodeAddress neighbor) =>
        network.At(at).Log.First(entry => entry.Kind == "linkDown" && entry.From == neighbor).Now;
}

/// <summary>The contract in the simulator, where links take a millisecond by themselves.</summary>
[TestFixture]
internal sealed class SimulatedWeatherContract : WeatherContract
{
    protected override Task<ContractNetwork> BuildAsync(int nodes) => Task.FromResult<ContractNetwork>(
        new SimulatedContractNetwork(nodes, new GossipSim.Engine.Simulation.ConstantLatency(1), sizeOf: SizeOf));
}
