using GossipSim.Analysis;
using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.RealNet;
using GossipSim.Tests.Engine;
using NUnit.Framework;

namespace GossipSim.Tests.RealNet;

/// <summary>
/// Links on loopback that are as long as a latency model says: what messages really take, against what the same links
/// take in the simulator.
/// </summary>
// Delays are measured in real time: a machine that is busy with other tests adds its own.
[NonParallelizable]
[TestFixture]
internal sealed class EmulatedLatencyTests
{
    private const int Peers = 20;
    private const int Links = Peers * (Peers - 1) / 2;
    private const ulong RandomSeed = 7;

    /// <summary>Of so many messages each way the middle one counts, not one that a busy machine was late for.</summary>
    private const int Rounds = 5;

    /// <summary>
    /// The distance of Kolmogorov and Smirnov that two samples of one distribution exceed one time in a thousand, were
    /// each as large as there are links: sqrt(-ln(0.0005) / n). Here it bounds two samples of the *same* links, whose
    /// distance would be 0 but for what the machine takes. Latencies spread over 100 ms and more, so that even 10 ms
    /// taken by every message stay below it, and a model that is not followed does not.
    /// </summary>
    private static readonly double bound = Math.Sqrt(-Math.Log(0.0005) / Links);

    private static IEnumerable<TestCaseData> Models()
    {
        yield return Case("logNormal", new DrawnLatency(new LogNormalDistribution(100, 0.6)));
        yield return Case("uniform", new UniformLatency(20, 300));
        yield return Case("exponential", new DrawnLatency(new ExponentialDistribution(120)));
        yield return Case("weibull with jitter", new DrawnLatency(new WeibullDistribution(1.5, 150))
        {
            JitterFraction = 0.3,
        });
        yield return Case("regions with jitter", new MatrixLatency(
            new GossipSim.Engine.Simulation.Placement(3, [1, 1, 1], []),
            [[20, 120, 300], [180, 60, 240], [360, 220, 90]])
        {
            JitterFraction = 0.5,   // many links of equal length would be one step, which any delay moves
        });

        static TestCaseData Case(string name, LatencyModel model) => new TestCaseData(model).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Models))]
    public async Task Measured_delay_follows_the_configured_distribution(LatencyModel model)
    {
        var expected = await MediansAsync(Simulated(model));

        var measured = await MediansAsync(await EmulatedAsync(model));

        Assert.That(measured.Keys, Is.EquivalentTo(expected.Keys));
        var distance = SampleDistance.Between([.. expected.Values], [.. measured.Values]);
        TestContext.Out.WriteLine(
            $"KS {distance.KolmogorovSmirnov:F3}, bound {bound:F3}, medians differ by {distance.MedianShift:F2} ms");
        Assert.That(distance.KolmogorovSmirnov, Is.LessThan(bound));
        if (model.JitterFraction > 0) return;
        foreach (var (way, taken) in measured)
            Assert.That(taken, Is.GreaterThanOrEqualTo(expected[way]), $"{way}: as long as in the simulator, at least");
    }

    [Test]
    public async Task Each_message_draws_its_jitter()
    {
        var model = new ConstantLatency(100) { JitterFraction = 1.5 };

        var measured = await MillisecondsAsync(await EmulatedAsync(model), rounds: 2);

        var expected = Enumerable.Range(0, 2 * Links).Select(place => 100 + (150 * (place + 0.5) / (2 * Links)));
        var first = measured.Values.Select(taken => taken[0]).ToArray();
        Assert.That(SampleDistance.Between([.. expected], first).KolmogorovSmirnov, Is.LessThan(bound));
        Assert.That(measured.Values.Count(taken => Math.Abs(taken[1] - taken[0]) < 1), Is.LessThan(Links / 2));
    }

    [Test]
    public async Task What_has_left_its_sender_arrives_although_it_dies_and_its_end_comes_behind()
    {
        await using var network = await EmulatedAsync(new ConstantLatency(700), peers: 2);
        var (one, two) = (network.Addresses[0], network.Addresses[1]);
        Send(network, one, two, 0);
        await network.UntilHeardAsync(two, one, 0);
        var before = network.Network.Counters.FramesReceived;

        for (var number = 1; number <= 10; number++) Send(network, one, two, number);
        await network.UntilAsync(() => network.Network.Counters.FramesReceived == before + 10, "all has left");
        await network.CrashAsync(one);
        await network.UntilLinkLostAsync(two, one);

        Assert.That(network.At(two).NumbersFrom(one), Is.EqualTo(Enumerable.Range(0, 11)));
        Assert.That(network.At(two).Log[^1].Kind, Is.EqualTo("linkDown"));
    }

    [Test]
    public async Task More_than_may_be_under_way_waits_and_arrives()
    {
        const int Many = 3000;
        var limits = new TransportLimits { MailboxMessages = 50, OutboxMessages = Many };
        await using var network = await EmulatedAsync(new ConstantLatency(10), peers: 2, limits);
        var (one, two) = (network.Addresses[0], network.Addresses[1]);

        network.Do(one, (in context) =>
        {
            for (var number = 0; number < Many; number++) context.Send(two, new Leave(number));
        });
        await network.UntilHeardAsync(two, one, Many - 1);

        Assert.That(network.At(two).NumbersFrom(one), Is.EqualTo(Enumerable.Range(0, Many)));
    }

    [Test]
    public async Task A_node_at_slow_work_can_be_killed_and_paused()
    {
        await using var network = await RealContractNetwork.StartAllAsync(2);
        var (one, two) = (network.Addresses[0], network.Addresses[1]);
        Send(network, one, two, 0);
        await network.UntilHeardAsync(two, one, 0);
        network.SlowDown(two, TimeSpan.FromDays(1).TotalMilliseconds);
        var before = network.Network.Counters.FramesReceived;
        Send(network, one, two, 1);
        await network.UntilAsync(() => network.Network.Counters.FramesReceived > before, "it has work");

        network.Network.Pause(two);
        await network.UntilAsync(
            () => network.Events.Any(each => each.Event.Kind == EventKind.ProcessPaused), "it stands still at once");
        network.Network.Resume(two);
        await network.CrashAsync(two);
        await network.RestartAsync(two);

        Assert.That(network.At(two).Log.Select(entry => entry.Kind), Is.EqualTo(new[] { "start" }));
    }

    private static void Send(RealContractNetwork network, NodeAddress from, NodeAddress to, int number) =>
        network.Do(from, (in context) => context.Send(to, new Leave(number)));

    /// <summary>As many nodes as peers of the simulated network, at the same places of the plan, all started.</summary>
    private static async Task<RealContractNetwork> EmulatedAsync(
        LatencyModel model, int peers = Peers, TransportLimits? limits = null)
    {
        var lengths = new LinkLengths(model, RandomSeed);
        Dictionary<NodeAddress, int> places = [];
        var network = new RealContractNetwork(peers, RealContractNetwork.Options(limits) with
        {
            Latency = (from, to, unit) =>
                TimeSpan.FromMicroseconds(lengths.OfMessage(places[from], places[to], unit)),
        });
        // The simulated network has a seed node before them.
        foreach (var (place, address) in network.Addresses.Index()) places.Add(address, place + 1);
        await network.Network.OpenAsync();
        foreach (var address in network.Addresses) await network.StartAsync(address);
        return network;
    }

    private static SimulatedContractNetwork Simulated(LatencyModel model)
    {
        var network = new SimulatedContractNetwork(Peers, model, randomSeed: RandomSeed);
        foreach (var address in network.Addresses) network.Network.Start(address);
        return network;
    }

    private static async Task<Dictionary<(int From, int To), double>> MediansAsync(ContractNetwork network) =>
        (await MillisecondsAsync(network, Rounds)).ToDictionary(
            each => each.Key, each => each.Value.Order().ElementAt(Rounds / 2));

    /// <summary>
    /// What messages take each way between all of them, by their places. Links stand before; in each round each sends
    /// one message to each, when all of the round before have arrived.
    /// </summary>
    private static async Task<Dictionary<(int From, int To), double[]>> MillisecondsAsync(
        ContractNetwork network, int rounds)
    {
        await using var _ = network;
        var sentAt = new Instant[rounds + 1, Peers];
        var heard = 0;
        for (var round = 0; round <= rounds; round++)
        {
            for (var from = 0; from < Peers; from++) SendToAll(from, round);
            heard += round == 0 ? Links : 2 * Links;
            await network.UntilAsync(
                () => network.Addresses.Sum(address => network.At(address).Messages.Count()) == heard,
                $"all hear of all in round {round}");
        }

        var places = network.Addresses.Index().ToDictionary(each => each.Item, each => each.Index);
        return network.Addresses.Index()
            .SelectMany(to => network.At(to.Item).Messages.Where(entry => entry.Number > 0)
                .Select(entry => (From: places[entry.From], To: to.Index, Entry: entry)))
            .GroupBy(each => (each.From, each.To))
            .ToDictionary(
                way => way.Key,
                way => way.Select(each => (each.Entry.Now - sentAt[each.Entry.Number, each.From]).TotalMilliseconds)
                    .ToArray());

        // The first round makes the links, each from one end.
        void SendToAll(int from, int round) => network.Do(network.Addresses[from], (in context) =>
        {
            sentAt[round, from] = context.Now;
            for (var to = round == 0 ? from + 1 : 0; to < Peers; to++)
                if (to != from) context.Send(network.Addresses[to], new Leave(round));
        });
    }
}
