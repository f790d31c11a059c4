using System.Collections.Concurrent;
using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.RealNet.Security;
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
    public const string Cluster = "attacked";

    private readonly ConcurrentQueue<(NodeAddress Node, Instant At, ProtocolEvent Event)> events = new();
    private readonly ConcurrentQueue<string> errors = new();
    private readonly ScenarioFolder folder = new();
    private readonly ProcessNetwork victims;
    private readonly RealNetwork here;
    private readonly NodeAddress[] hosted;
    private readonly NetworkSecurity? security;
    private PingingMember? member;

    /// <summary>Who takes part.</summary>
    /// <param name="Peers">How many there are; all are linked to the first alone, where no rule is set.</param>
    /// <param name="Descriptors">How many each victim may have open; null: as many as this process.</param>
    /// <param name="SeedNodes">How many of them are victims.</param>
    /// <param name="HostileSeedNodes">How many more there are, that the attackers play.</param>
    internal sealed record Cast(
        int Peers = 0, int? Descriptors = null, int SeedNodes = 1, int HostileSeedNodes = 0);

    private AttackedNetwork(Cast cast, string[] settings)
    {
        var seedNodes = cast.SeedNodes + cast.HostileSeedNodes;
        var first = FreePorts.Take(seedNodes + cast.Peers);
        var isStar = !Array.Exists(settings, setting => setting.StartsWith("overlay.rule=", StringComparison.Ordinal));
        string[] star = [.. Enumerable.Range(1, Math.Max(1, cast.Peers - 1)).Select(leaf => $"[0,{leaf}]")];
        var loaded = new ScenarioLoader(folder.Library).LoadDefaults(
            Cluster,
            [.. new[]
            {
                "runtime=tcp", "peers.hosting=processPerNode", $"seedNodes.count={seedNodes}",
                $"peers.count={star.Length + 1}", $"seedNodes.basePort={first}",
                $"peers.basePort={first + seedNodes}",
            }.Concat(isStar ? ["overlay.rule=fromFile", $"overlay.links=[{string.Join(',', star)}]"] : [])
                .Concat(settings).Select(Setting.Parse)]);
        var zero = DateTimeOffset.UtcNow;
        Settings = ProtocolSettings.Of(loaded.Scenario, zero);
        var seeds = Settings.Plan.SeedNodeAddresses();
        (Seed, Seeds, HostileSeeds) = (seeds[0], seeds[..cast.SeedNodes], seeds[cast.SeedNodes..]);
        Peers = [.. Enumerable.Range(seedNodes, cast.Peers).Select(index => Settings.Plan[index])];
        hosted = [.. Seeds, .. Peers];
        Member = FreeAddresses.Take(1)[0];
        security = RunSecurity.Of(loaded.Scenario, seeds, [.. hosted, Member]);
        var launcher = HostedNode.Launcher(loaded.Scenario, seeds, zero, Settings.Plan.IndexOf, security);
        victims = new ProcessNetwork(
            new ProcessNetworkOptions
            {
                Addresses = hosted, Launch = slot => Limited(launcher(slot), cast.Descriptors),
            },
            this);
        victims.Failed += error => errors.Enqueue($"{error.Node} {error.Outcome}: {error.Error}");
        here = new RealNetwork(
            new RealNetworkOptions
            {
                Cluster = loaded.Scenario.Name,
                RandomSeed = 42,
                SeedNodes = seeds,
                Security = security,
                Signing = Signing,
            },
            [new Placement(Member, HostedRole.Peer, start => member = new PingingMember(start, [Seed], Seed))], this);
    }

    public ProtocolSettings Settings { get; }

    public NodeAddress Seed { get; }

    public NodeAddress[] Seeds { get; }

    /// <summary>Where the attackers play seed nodes.</summary>
    public NodeAddress[] HostileSeeds { get; }

    /// <summary>What the first of them does not pass on no other gets.</summary>
    public NodeAddress[] Peers { get; }

    public NodeAddress Member { get; }

    /// <summary>The keys of the network, for attackers that have some; null: it is not secured.</summary>
    public NetworkSecurity? Security => security;

    public SigningRules? Signing => RunSecurity.SigningOf(security, Settings.SeedNode);

    /// <summary>What the victims' transports counted, as they told it last, about a second ago.</summary>
    public TrafficCounters Counters => victims.Counters;

    /// <summary>What all nodes reported, in order.</summary>
    public IEnumerable<(NodeAddress Node, Instant At, ProtocolEvent Event)> Events => events;

    public PingingMember Pinging => member!;

    /// <summary>Whether who says his first line in the open is not understood.</summary>
    public bool SpeaksTlsOnly => security?.Mode == SecurityMode.MutualTls;

    /// <summary>The process identifiers of the victims, in the order of seed nodes and peers.</summary>
    public int?[] Processes => Array.ConvertAll(hosted, victims.ProcessIdAt);

    /// <summary>What failed inside the victims, in their words.</summary>
    public IEnumerable<string> Errors => errors;

    public bool IsAlive => Array.TrueForAll(hosted, victims.IsRunning) && !victims.Broken.IsCompleted;

    public static Task<AttackedNetwork> StartAsync(
        int peers = 0, int? descriptors = null, params string[] settings) =>
        StartAsync(new Cast(peers, descriptors), _ => { }, settings);

    /// <param name="opened">Called before the first victim starts: attackers that play seed nodes must answer.</param>
    public static async Task<AttackedNetwork> StartAsync(
        Cast cast, Action<AttackedNetwork> opened, params string[] settings)
    {
        var network = new AttackedNetwork(cast, settings);
        opened(network);
        await network.victims.OpenAsync();
        foreach (var address in network.hosted) await network.victims.StartAsync(address);
        await network.UntilAsync(() => network.CountOf(EventKind.Joined) == cast.Peers, "the peers are linked");
        await network.here.OpenAsync();
        await network.here.StartAsync(network.Member);
        await network.UntilAsync(() => network.Pinging.Answers.Length > 5, "the member is one, and is answered");
        return network;
    }

    /// <summary>A line of somebody who vouches for himself.</summary>
    public string Hello(NodeAddress self) => RawClient.Hello(self, Cluster);

    /// <summary>Has the member drop its connection and ask again.</summary>
    public void Reconnect() => here.Inject(Member, PingingMember.Reconnect);

    public void Tell(NodeAddress node, Message message) => victims.Tell(node, message);

    public long Refused(string reason) => Counters.Refused.GetValueOrDefault(reason);

    public int CountOf(EventKind kind) => events.Count(each => each.Event.Kind == kind);

    public ProcessMemory MemoryOf(NodeAddress node) => new(victims.ProcessIdAt(node)!.Value);

    public Task UntilAsync(Func<bool> condition, string what, Func<string>? seen = null) => Patience.UntilAsync(
        () => !here.ThrowIfBroken() && !victims.ThrowIfBroken() && condition(), what,
        () => string.Join(", ", events.CountBy(each => each.Event.Kind))
            + $"; refused: {string.Join(", ", Counters.Refused)}; {seen?.Invoke()}");

    /// <summary>Until the victims have told what they counted, after all that has happened so far.</summary>
    public async Task UntilToldAsync()
    {
        // All tell equally often, and the second tale of each from now was begun after this.
        for (var tale = 0; tale < 2 * hosted.Length; tale++)
        {
            var before = Counters.FramesReceived;
            await UntilAsync(() => Counters.FramesReceived > before, "the victims tell of later frames");
        }
    }

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent) =>
        events.Enqueue((node, now, protocolEvent));

    public async ValueTask DisposeAsync()
    {
        await here.DisposeAsync();
        await victims.DisposeAsync();
        security?.Keys.Dispose();
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
