using System.Collections.Concurrent;
using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Nodes;
using GossipSim.Scenarios.Running;
using GossipSim.Tests.Scenarios.Files;
using GossipSim.Tests.Scenarios.Running;

namespace GossipSim.Tests.RealNet.Attacks;

/// <summary>
/// A network under attack: its seed nodes and the victims are processes of their own, so that what an attack costs is
/// theirs alone; a member and the attackers are in this one.
/// </summary>
internal sealed class AttackedNetwork : ITrace, IAsyncDisposable
{
    private readonly ConcurrentQueue<(NodeAddress Node, ProtocolEvent Event)> events = new();
    private readonly ScenarioFolder folder = new();
    private readonly ProcessNetwork victims;
    private readonly RealNetwork here;
    private readonly NodeAddress[] hosted;
    private PingingMember? member;

    /// <param name="peers">Peers that are victims; without any the only seed node is the one.</param>
    /// <param name="descriptors">How many each victim may have open; null: as many as this process.</param>
    private AttackedNetwork(int peers, int? descriptors, string[] settings)
    {
        var first = FreePorts.Take(1 + peers);
        var loaded = new ScenarioLoader(folder.Library).LoadDefaults(
            "attacked",
            [.. new[]
            {
                "runtime=tcp", "peers.hosting=processPerNode", "seedNodes.count=1", $"peers.count={Math.Max(1, peers)}",
                $"seedNodes.basePort={first}", $"peers.basePort={first + 1}",
            }.Concat(settings).Select(Setting.Parse)]);
        var zero = DateTimeOffset.UtcNow;
        Settings = ProtocolSettings.Of(loaded.Scenario, zero);
        Seed = Settings.Plan[0];
        Victim = peers == 0 ? Seed : Settings.Plan[1];
        hosted = [.. Enumerable.Range(0, 1 + peers).Select(index => Settings.Plan[index])];
        var launcher = HostedNode.Launcher(loaded.Scenario, [Seed], zero, Settings.Plan.IndexOf);
        victims = new ProcessNetwork(
            new ProcessNetworkOptions { Addresses = hosted, Launch = slot => Limited(launcher(slot), descriptors) },
            this);
        Member = FreeAddresses.Take(1)[0];
        here = new RealNetwork(
            new RealNetworkOptions { Cluster = loaded.Scenario.Name, RandomSeed = 42, SeedNodes = [Seed] },
            [new Placement(Member, HostedRole.Peer, start => member = new PingingMember(start, [Seed], Victim))], this);
    }

    public ProtocolSettings Settings { get; }

    public NodeAddress Seed { get; }

    public NodeAddress Victim { get; }

    public NodeAddress Member { get; }

    /// <summary>What the victims' transports counted, as they told it last, about a second ago.</summary>
    public TrafficCounters Counters => victims.Counters;

    public ProcessMemory Memory => new(victims.ProcessIdAt(Victim)!.Value);

    public PingingMember Pinging => member!;

    public bool IsAlive => victims.IsRunning(Victim) && !victims.Broken.IsCompleted;

    public static async Task<AttackedNetwork> StartAsync(
        int peers = 0, int? descriptors = null, params string[] settings)
    {
        var network = new AttackedNetwork(peers, descriptors, settings);
        await network.victims.OpenAsync();
        foreach (var address in network.hosted) await network.victims.StartAsync(address);
        await network.here.OpenAsync();
        await network.here.StartAsync(network.Member);
        await network.UntilAsync(() => network.Pinging.Answers.Length > 5, "the member is one, and is answered");
        return network;
    }

    /// <summary>A line of somebody who vouches for himself.</summary>
    public string Hello(NodeAddress self) => RawClient.Hello(self, cluster: "attacked");

    /// <summary>Has the member drop its connection and ask again.</summary>
    public void Reconnect() => here.Inject(Member, PingingMember.Reconnect);

    public void Tell(NodeAddress node, Message message) => victims.Tell(node, message);

    public long Refused(string reason) => Counters.Refused.GetValueOrDefault(reason);

    public int Count(NodeAddress node, EventKind kind) =>
        events.Count(each => each.Node == node && each.Event.Kind == kind);

    public IEnumerable<ProtocolEvent> Of(NodeAddress node, EventKind kind) =>
        events.Where(each => each.Node == node && each.Event.Kind == kind).Select(each => each.Event);

    public Task UntilAsync(Func<bool> condition, string what) => Patience.UntilAsync(
        () => !here.ThrowIfBroken() && !victims.ThrowIfBroken() && condition(), what,
        () => string.Join(", ", events.CountBy(each => each.Event.Kind))
            + $"; refused: {string.Join(", ", Counters.Refused)}");

    /// <summary>Until the victims have told what they counted, after all that has happened so far.</summary>
    public async Task UntilToldAsync()
    {
        // They tell once a second: the second tale from now was begun after this.
        for (var tale = 0; tale < 2; tale++)
        {
            var before = Counters.FramesReceived;
            await UntilAsync(() => Counters.FramesReceived > before, "the victims tell of later frames");
        }
    }

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent) =>
        events.Enqueue((node, protocolEvent));

    public async ValueTask DisposeAsync()
    {
        await here.DisposeAsync();
        await victims.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>ulimit of the shell that becomes the process.</summary>
    private static NodeLaunch Limited(NodeLaunch launch, int? descriptors) => descriptors is not { } limit
        ? launch
        : launch with
        {
            FileName = "/bin/sh",
            Arguments =
            [
                "-c", string.Create(CultureInfo.InvariantCulture, $"ulimit -n {limit}; exec \"$0\" \"$@\""),
                launch.FileName, .. launch.Arguments,
            ],
        };
}
