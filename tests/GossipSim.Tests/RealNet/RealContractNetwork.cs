using System.Collections.Concurrent;
using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Tests.Engine;

namespace GossipSim.Tests.RealNet;

/// <summary>Scripted nodes on real sockets. Those named first are seed nodes when a test asks for some.</summary>
internal sealed class RealContractNetwork : ContractNetwork, ITrace
{
    private readonly ConcurrentDictionary<NodeAddress, ScriptedNode> nodes = new();
    private readonly ConcurrentQueue<Happening> happenings = new();

    public RealContractNetwork(int nodes, RealNetworkOptions? options = null, int seedNodes = 0)
        : this(FreeAddresses.Take(nodes), options ?? Options(), seedNodes)
    {
    }

    public RealContractNetwork(NodeAddress[] addresses, RealNetworkOptions options, int seedNodes = 0)
    {
        Addresses = addresses;
        var placements = Addresses.Select((address, index) => new Placement(
            address, index < seedNodes ? HostedRole.SeedNode : HostedRole.Peer,
            start => this.nodes[start.Address] = new ScriptedNode(start)));
        Network = new RealNetwork(options, [.. placements], this);
    }

    public RealNetwork Network { get; }

    public override IReadOnlyList<NodeAddress> Addresses { get; }

    public override IEnumerable<Happening> Happenings => happenings;

    public IEnumerable<(NodeAddress Node, ProtocolEvent Event)> Events =>
        happenings.Select(each => (each.Node, each.Event));

    public override Instant Now => Network.Now;

    public static RealNetworkOptions Options(TransportLimits? limits = null) =>
        new()
        {
            Cluster = "tests", RandomSeed = 42, Limits = limits ?? new TransportLimits(),
            ReadProcessingDelay = words =>
                _ => TimeSpan.FromMilliseconds(double.Parse(words, CultureInfo.InvariantCulture)),
        };

    public static async Task<RealContractNetwork> StartAllAsync(
        int nodes, RealNetworkOptions? options = null, int seedNodes = 0)
    {
        var network = new RealContractNetwork(nodes, options, seedNodes);
        await network.Network.OpenAsync();
        foreach (var address in network.Addresses) await network.StartAsync(address);
        return network;
    }

    /// <summary>With its ports taken, and nobody started.</summary>
    public static async Task<ContractNetwork> OpenedAsync(int nodes, RealNetworkOptions? options = null)
    {
        var network = new RealContractNetwork(nodes, options);
        await network.Network.OpenAsync();
        return network;
    }

    public override ScriptedNode At(NodeAddress address) => nodes[address];

    public override Task StartAsync(NodeAddress address) => Network.StartAsync(address);

    public override Task CrashAsync(NodeAddress address) => Network.CrashAsync(address, "test");

    public override Task RestartAsync(NodeAddress address) => Network.RestartAsync(address);

    public override void SetWeather(LinkWeather weather)
    {
        foreach (var address in Addresses) Network.SetWeather(address, new NodeWeather(weather, weather, []));
    }

    public override void SlowDown(NodeAddress address, double? milliseconds) =>
        Network.SlowDown(address, milliseconds?.ToString(CultureInfo.InvariantCulture));

    public override void SkewClock(NodeAddress address, TimeSpan offset, double driftPpm) =>
        Network.SkewClock(address, offset, driftPpm);

    public override void Inject(NodeAddress address, ProtocolTimer timer) => Network.Inject(address, timer);

    public override Task UntilAsync(Func<bool> condition, string what) =>
        Patience.UntilAsync(() => !Network.ThrowIfBroken() && condition(), what, Seen);

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent) =>
        happenings.Enqueue(new Happening(node, now, protocolEvent));

    public override ValueTask DisposeAsync() => Network.DisposeAsync();

    private string Seen() =>
        string.Join("", Addresses.Where(nodes.ContainsKey).Select(address =>
            $"\nat {address}: {string.Join(", ", At(address).Log.CountBy(entry => $"{entry.Kind} {entry.From}"))}"))
        + $"\nevents: {string.Join(", ", Events)}";
}
