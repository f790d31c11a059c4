using System.Collections.Frozen;
using System.Diagnostics;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Hosting;
using GossipSim.RealNet.Links;
using GossipSim.RealNet.Security;
using GossipSim.RealNet.Stores;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet;

/// <summary>
/// Nodes on real TCP sockets, all in this process. Every node has its own listening socket, mailbox and loop, and
/// shares nothing with the others but the clock, the timers and the counters.
/// </summary>
/// <remarks>The trace is called from many threads at once, for each node in the node's own order: it must be thread-
/// safe.</remarks>
public sealed class RealNetwork : IHostedNetwork
{
    private readonly RunClock clock;
    private readonly TrafficMeter traffic = new();
    private readonly TaskCompletionSource<InternalError> broken =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TimerQueue timers;
    private readonly FrozenDictionary<NodeAddress, NodeHost> hosts;
    private readonly World world;
    private readonly Func<string, Func<double, TimeSpan>>? readDelay;
    private int isStopped;

    public RealNetwork(RealNetworkOptions options, IReadOnlyList<Placement> nodes, ITrace trace)
    {
        if (options.Security is null or { Mode: SecurityMode.None }) RequireLoopback(nodes);
        clock = new RunClock(options.ClockZero ?? Stopwatch.GetTimestamp());
        timers = new TimerQueue(clock, options.Limits.SweepInterval, Sweep);
        var seedNodes = new SeedNodeSet(options.SeedNodes
            ?? nodes.Where(node => node.Role == HostedRole.SeedNode).Select(node => node.Address));
        world = new World(
            options.Cluster, options.RandomSeed, options.Limits, seedNodes, clock, timers, traffic,
            new ConnectionBudget(
                options.Limits.Connections ?? DescriptorNeed.LeftBeside(nodes.Count), options.Limits.ReservedShare,
                new OutboxRoom(options.Limits.OutboxBytesOfAll, options.Limits.OutboxShareBytes)),
            new MessageTypes(options.OwnMessages), trace, new InternalErrorLog(traffic, Tell),
            options.Security is { Mode: not SecurityMode.None } secured ? new HostSecurity(secured, seedNodes) : null)
        {
            Latency = options.Latency,
            Weather = options.Weather,
            Signing = options.Signing,
        };
        readDelay = options.ReadProcessingDelay;
        hosts = nodes.ToFrozenDictionary(
            node => node.Address, node => new NodeHost(world, node, StoreOf(options, node.Address)));
        timers.Start();
    }

    public Instant Now => clock.Now;

    public TrafficCounters Counters => traffic.Snapshot();

    public IReadOnlyList<SentKind> SentByKind => world.Kinds.Snapshot();

    public long ResidentBytesOfProcesses => 0;

    public Task<InternalError> Broken => broken.Task;

    public event Action<InternalError>? Failed;

    /// <summary>
    /// Has every process recorded in a file of its own, for <see cref="Replay"/>; before the first one starts. The
    /// files are complete when the network has stopped.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public void RecordInto(string directory) => world.Recordings = new RecordingWriter(directory);

    /// <summary>Whether a node could listen there, before there is one.</summary>
    /// <exception cref="PortInUseException">It could not.</exception>
    public static void RequireFree(NodeAddress address) => Listener.RequireFree(address);

    public Task OpenAsync() => OpenAsync(hosts.Keys);

    public async Task OpenAsync(IEnumerable<NodeAddress> addresses)
    {
        try
        {
            foreach (var address in addresses) HostAt(address).Listen();
        }
        catch (PortInUseException)
        {
            await StopAsync();
            throw;
        }
    }

    public Task StartAsync(NodeAddress address) => HostAt(address).StartAsync(DiskAtRestart.Kept);

    public Task CrashAsync(NodeAddress address, string faultId) => HostAt(address).StopAsync(faultId);

    public Task RestartAsync(NodeAddress address, DiskAtRestart disk = DiskAtRestart.Kept) =>
        HostAt(address).StartAsync(disk);

    public void Pause(NodeAddress address) => HostAt(address).Process?.Pause();

    public void Resume(NodeAddress address) => HostAt(address).Process?.Resume();

    public void Inject(NodeAddress address, ProtocolTimer timer) =>
        HostAt(address).Process?.Mailbox.Post(new Work(WorkKind.Timer, Timer: timer));

    public void Tell(NodeAddress address, Message message)
    {
        WireLength.RequireFits(message);
        HostAt(address).Process?.Mailbox.Post(new Work(WorkKind.Told, Message: message));
    }

    public Task CutOffAsync(
        NodeAddress address, IEnumerable<NodeAddress> unreached, IEnumerable<NodeAddress> unheard)
    {
        HostAt(address).Process?.Wire.Reach.Set(unreached, unheard);
        return Task.CompletedTask;
    }

    public void SetWeather(NodeAddress address, NodeWeather weather) => HostAt(address).Machine.Weather.Set(weather);

    public void SlowDown(NodeAddress address, string? processingDelay) =>
        HostAt(address).Machine.Pace.Set(processingDelay is null ? null : readDelay!(processingDelay));

    public void SkewClock(NodeAddress address, TimeSpan offset, double driftPpm) =>
        SetClock(address, new ClockError(offset.TotalMilliseconds, driftPpm, Now.Microseconds));

    internal void SetClock(NodeAddress address, ClockError error) => HostAt(address).Machine.Clock.Set(error);

    public bool IsRunning(NodeAddress address) => HostAt(address).Process is not null;

    public int TableEntriesAt(NodeAddress address) => HostAt(address).Process?.TableEntries ?? 0;

    public NodeId? NodeIdAt(NodeAddress address) => HostAt(address).Process?.NodeId;

    /// <exception cref="IOException">A recording could not be written.</exception>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref isStopped, 1) != 0) return;
        timers.Dispose();
        await Task.WhenAll(hosts.Values.Select(host => host.DisposeAsync().AsTask()));
        using var recordings = world.Recordings;
        recordings?.Complete();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private static void RequireLoopback(IReadOnlyList<Placement> nodes)
    {
        var open = nodes.FirstOrDefault(node => !NodeAddress.IsLoopback(node.ListenHost ?? node.Address.Host));
        if (open is not null)
            throw new ArgumentException($"{open.Address} can be reached from other machines, and has no keys");
    }

    private static INodeStore StoreOf(RealNetworkOptions options, NodeAddress address) => options.DiskDirectory is null
        ? new MemoryStore()
        : new FileStore(
            Path.Combine(options.DiskDirectory, $"{address.HostText}_{address.Port}.jsonl"),
            new DiskOwner(options.Cluster, address));

    private NodeHost HostAt(NodeAddress address) => hosts.TryGetValue(address, out var host)
        ? host
        : throw new ArgumentException($"no node is placed at {address}", nameof(address));

    private void Sweep()
    {
        foreach (var host in hosts.Values) host.Sweep();
    }

    private void Tell(InternalError error)
    {
        Failed?.Invoke(error);
        if (error.Outcome == InternalErrorOutcome.NodeStopped) broken.TrySetResult(error);
    }
}
