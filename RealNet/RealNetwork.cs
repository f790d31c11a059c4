using System.Collections.Frozen;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Hosting;
using GossipSim.RealNet.Links;
using GossipSim.RealNet.Stores;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet;

/// <summary>
/// Nodes on real TCP sockets, all in this process. Every node has its own listening socket, mailbox and loop, and
/// shares nothing with the others but the clock, the timers and the counters.
/// </summary>
/// <remarks>The trace is called from many threads at once, for each node in the node's own order: it must be thread-
/// safe.</remarks>
public sealed class RealNetwork : IAsyncDisposable
{
    private readonly RunClock clock = new();
    private readonly TrafficMeter traffic = new();
    private readonly TaskCompletionSource<InternalError> broken =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TimerQueue timers;
    private readonly FrozenDictionary<NodeAddress, NodeHost> hosts;
    private readonly World world;
    private int isStopped;

    public RealNetwork(RealNetworkOptions options, IReadOnlyList<Placement> nodes, ITrace trace)
    {
        timers = new TimerQueue(clock, options.Limits.SweepInterval, Sweep);
        var seedNodes = nodes.Where(node => node.Role == HostedRole.SeedNode)
            .Select(node => node.Address).ToFrozenSet();
        world = new World(
            options.Cluster, options.RandomSeed, options.Limits, seedNodes, clock, timers, traffic,
            new ConnectionBudget(options.Limits.Connections ?? DescriptorNeed.LeftBeside(nodes.Count)),
            new MessageTypes(options.OwnMessages), trace, Fail);
        hosts = nodes.ToFrozenDictionary(
            node => node.Address, node => new NodeHost(world, node, StoreOf(options, node.Address)));
        timers.Start();
    }

    /// <summary>Since construction.</summary>
    public Instant Now => clock.Now;

    public TrafficCounters Counters => traffic.Snapshot();

    /// <summary>Completes when a handler threw. Never completes in a run without internal errors.</summary>
    public Task<InternalError> Broken => broken.Task;

    /// <summary>
    /// Has every process recorded in a file of its own, for <see cref="Replay"/>; before the first one starts. The
    /// files are complete when the network has stopped.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public void RecordInto(string directory) => world.Recordings = new RecordingWriter(directory);

    /// <summary>Takes all ports before anything starts. Connections to a node that has not started are reset.</summary>
    /// <exception cref="PortInUseException">A port is taken; nothing is left open.</exception>
    public async Task OpenAsync()
    {
        try
        {
            foreach (var host in hosts.Values) host.Listen();
        }
        catch (PortInUseException)
        {
            await StopAsync();
            throw;
        }
    }

    /// <summary>Starts the first process at an address; done when it has handled its start.</summary>
    public Task StartAsync(NodeAddress address) => HostAt(address).StartAsync(DiskAtRestart.Kept);

    /// <summary>Kills the process: mailbox and outboxes are discarded, connections reset, the port closed.</summary>
    public Task CrashAsync(NodeAddress address, string faultId) => HostAt(address).StopAsync(faultId);

    /// <summary>Starts another process where one was crashed.</summary>
    public Task RestartAsync(NodeAddress address, DiskAtRestart disk = DiskAtRestart.Kept) =>
        HostAt(address).StartAsync(disk);

    /// <summary>The node stops handling inputs; its sockets stay open and fill up.</summary>
    public void Pause(NodeAddress address) => HostAt(address).Process?.Pause();

    public void Resume(NodeAddress address) => HostAt(address).Process?.Resume();

    /// <summary>Hands a timer of the workload to a node, now. Without effect when no process runs there.</summary>
    public void Inject(NodeAddress address, ProtocolTimer timer) =>
        HostAt(address).Process?.Mailbox.Post(new Work(WorkKind.Timer, Timer: timer));

    public bool IsRunning(NodeAddress address) => HostAt(address).Process is not null;

    public NodeId? NodeIdAt(NodeAddress address) => HostAt(address).Process?.NodeId;

    /// <summary>Ends everything: when it is done no loop runs and all ports are free.</summary>
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

    private static INodeStore StoreOf(RealNetworkOptions options, NodeAddress address) => options.DiskDirectory is null
        ? new MemoryStore()
        : new FileStore(Path.Combine(options.DiskDirectory, $"{address.HostText}_{address.Port}.jsonl"));

    private NodeHost HostAt(NodeAddress address) => hosts.TryGetValue(address, out var host)
        ? host
        : throw new ArgumentException($"no node is placed at {address}", nameof(address));

    private void Sweep()
    {
        foreach (var host in hosts.Values) host.Sweep();
    }

    private void Fail(NodeAddress address, Exception error)
    {
        broken.TrySetResult(new InternalError(address, error));
        if (isStopped != 0) return;
        // On another thread: stopping waits for the loop that called this.
        _ = Task.Run(() => HostAt(address).StopAsync(faultId: "internal error"));
    }
}
