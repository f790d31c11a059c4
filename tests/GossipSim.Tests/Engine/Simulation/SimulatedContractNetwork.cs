using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.RealNet;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>Scripted nodes on the simulated network: the address plan's seed nodes first, then its peers.</summary>
internal sealed class SimulatedContractNetwork : ContractNetwork, ITrace
{
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(20);

    private readonly Dictionary<NodeAddress, ScriptedNode> nodes = [];
    private readonly List<Happening> happenings = [];
    private readonly AddressPlan plan;

    public SimulatedContractNetwork(
        int peers, LatencyModel? latency = null, double lossProbability = 0, ulong randomSeed = 1,
        long bytesPerSecond = 0, Func<Message, int>? sizeOf = null)
    {
        plan = new AddressPlan(Cast.SeedNode(0), seedNodes: 1, Cast.Peer(0), peers);
        Addresses = [.. Enumerable.Range(plan.SeedNodes, peers).Select(index => plan[index])];
        Network = new SimulatedNetwork(
            new SimulatedNetworkOptions
            {
                Plan = plan,
                Factories = _ => start => nodes[start.Address] = new ScriptedNode(start),
                RandomSeed = randomSeed,
                Latency = latency ?? new ConstantLatency(20),
                LossProbability = lossProbability,
                BytesPerSecond = bytesPerSecond,
                SizeOf = sizeOf,
            },
            this);
    }

    public SimulatedNetwork Network { get; }

    public override IEnumerable<Happening> Happenings => happenings;

    public override Instant Now => Network.Now;

    public override IReadOnlyList<NodeAddress> Addresses { get; }

    public static NodeAddress SeedNode => Cast.SeedNode(0);

    public override ScriptedNode At(NodeAddress address) => nodes[address];

    public override Task StartAsync(NodeAddress address)
    {
        Network.Start(address);
        return Task.CompletedTask;
    }

    public override Task CrashAsync(NodeAddress address)
    {
        Network.Crash(address, "test");
        return Task.CompletedTask;
    }

    public override Task RestartAsync(NodeAddress address)
    {
        Network.Restart(address, DiskState.Kept);
        return Task.CompletedTask;
    }

    public override void SetWeather(LinkWeather weather) => Network.Impair("weather", new Impairment(new AllLinks())
    {
        LossProbability = weather.LossProbability,
        AddedLatency = TimeSpan.FromMilliseconds(weather.AddedLatencyMs),
        BytesPerSecond = weather.BytesPerSecond,
        CorruptProbability = weather.CorruptProbability,
    });

    public override void SlowDown(NodeAddress address, double? milliseconds) => Network.SlowDown(
        address, milliseconds is { } value ? new ConstantLatency(value) { Shortest = TimeSpan.Zero } : null);

    public override void SkewClock(NodeAddress address, TimeSpan offset, double driftPpm) =>
        Network.SkewClock(address, new ClockSkew(offset, driftPpm));

    public override void Inject(NodeAddress address, ProtocolTimer timer) => Network.Inject(address, timer);

    public override Task UntilAsync(Func<bool> condition, string what)
    {
        Network.RunUntil(Network.Now + limit, condition);
        if (!condition()) Assert.Fail($"in {limit.TotalSeconds} s not: {what}");
        return Task.CompletedTask;
    }

    public void RunsFor(double seconds) => Network.RunUntil(Network.Now + TimeSpan.FromSeconds(seconds));

    public void Sends(NodeAddress from, NodeAddress to, params int[] numbers) => Do(from, (in context) =>
    {
        foreach (var number in numbers) context.Send(to, new Leave(number));
    });

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent) =>
        happenings.Add(new Happening(node, now, protocolEvent));

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>What nodes may rely on, in the simulator as on TCP.</summary>
[TestFixture]
internal sealed class SimulatedTransportContract : TransportContract
{
    protected override Task<ContractNetwork> BuildAsync(int nodes) =>
        Task.FromResult<ContractNetwork>(new SimulatedContractNetwork(nodes));
}

/// <summary>The same promises where latencies vary and transmissions are lost.</summary>
[TestFixture]
internal sealed class RoughSimulatedTransportContract : TransportContract
{
    protected override Task<ContractNetwork> BuildAsync(int nodes) => Task.FromResult<ContractNetwork>(
        new SimulatedContractNetwork(nodes, new UniformLatency(1, 80) { JitterFraction = 4 }, lossProbability: 0.02));
}
