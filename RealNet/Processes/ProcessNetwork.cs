using System.Collections.Frozen;
using System.Diagnostics;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Hosting;
using GossipSim.RealNet.Processes;

namespace GossipSim.RealNet;

/// <summary>
/// Nodes on real TCP sockets, each in an operating system process of its own: a crash is a <c>kill -9</c>, a pause is a
/// SIGSTOP. None of them outlives this process, however it ends.
/// </summary>
/// <remarks>The trace is called on one thread, in the order of the clock that all processes share.</remarks>
public sealed class ProcessNetwork : IHostedNetwork
{
    private readonly long zero;
    private readonly TaskCompletionSource<InternalError> broken =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly RunClock clock;
    private readonly ProcessNetworkOptions options;
    private readonly string disks;
    private readonly FrozenDictionary<NodeAddress, NodeSeat> seats;
    private readonly ChildWatch watch;
    private int isStopped;

    public ProcessNetwork(ProcessNetworkOptions options, ITrace trace)
    {
        this.options = options;
        zero = options.ClockZero ?? Stopwatch.GetTimestamp();
        clock = new RunClock(zero);
        disks = options.DiskDirectory is { } wanted
            ? Directory.CreateDirectory(wanted).FullName
            : Directory.CreateTempSubdirectory("gossipsim-disks-").FullName;
        watch = new ChildWatch(clock, trace, Fail);
        seats = options.Addresses.ToFrozenDictionary(
            address => address, address => new NodeSeat(address, watch, LaunchOf));
    }

    /// <summary>Whether this operating system can pause processes and end them with their parent.</summary>
    public static bool IsSupported => Signals.AreKnown;

    public Instant Now => clock.Now;

    /// <summary>As the processes told it last, about once a second; those that were killed included.</summary>
    public TrafficCounters Counters => TrafficSum.Of(seats.Values.SelectMany(seat => seat.Traffic));

    public IReadOnlyList<SentKind> SentByKind => TrafficSum.Of(seats.Values.SelectMany(seat => seat.Sent));

    public long ResidentBytesOfProcesses => seats.Values.Sum(seat => seat.ResidentBytes);

    public Task<InternalError> Broken => broken.Task;

    public event Action<InternalError>? Failed;

    public Task OpenAsync() => OpenAsync(seats.Keys.Order());

    public async Task OpenAsync(IEnumerable<NodeAddress> addresses)
    {
        // Each process takes a while to load its code, so only as many at a time as can run.
        using var room = new SemaphoreSlim(Environment.ProcessorCount * 2);
        var wanted = addresses.ToList();
        try
        {
            foreach (var address in wanted) RealNetwork.RequireFree(address);
            await Task.WhenAll(wanted.Select(async address =>
            {
                await room.WaitAsync();
                try
                {
                    await SeatAt(address).PrepareAsync();
                }
                finally
                {
                    room.Release();
                }
            }));
        }
        catch (PortInUseException)
        {
            await StopAsync();
            throw;
        }
    }

    public Task StartAsync(NodeAddress address) => SeatAt(address).StartAsync(DiskAtRestart.Kept);

    public Task CrashAsync(NodeAddress address, string faultId) => SeatAt(address).CrashAsync(faultId);

    public Task RestartAsync(NodeAddress address, DiskAtRestart disk = DiskAtRestart.Kept) =>
        SeatAt(address).StartAsync(disk);

    public void Pause(NodeAddress address) => SeatAt(address).Pause();

    public void Resume(NodeAddress address) => SeatAt(address).Resume();

    public void Inject(NodeAddress address, ProtocolTimer timer) => SeatAt(address).Running?.Tell(Order.Inject(timer));

    public void Tell(NodeAddress address, Message message)
    {
        WireLength.RequireFits(message);
        SeatAt(address).Running?.Tell(Order.Tell(message));
    }

    public Task CutOffAsync(
        NodeAddress address, IEnumerable<NodeAddress> unreached, IEnumerable<NodeAddress> unheard) =>
        SeatAt(address).ObeyAsync(
            new Order(OrderKind.CutOff, Unreached: [.. unreached], Unheard: [.. unheard]));

    public void SetWeather(NodeAddress address, NodeWeather weather) =>
        SeatAt(address).Set(new Order(OrderKind.Weather, Weather: weather));

    public void SlowDown(NodeAddress address, string? processingDelay) =>
        SeatAt(address).Set(new Order(OrderKind.SlowDown, Delay: processingDelay));

    public void SkewClock(NodeAddress address, TimeSpan offset, double driftPpm) => SeatAt(address).Set(new Order(
        OrderKind.SkewClock, Clock: new ClockError(offset.TotalMilliseconds, driftPpm, Now.Microseconds)));

    public bool IsRunning(NodeAddress address) => SeatAt(address).Running is not null;

    public int TableEntriesAt(NodeAddress address) => SeatAt(address).Running?.TableEntries ?? 0;

    /// <summary>The id that the operating system gave to the node's process; null when none runs.</summary>
    public int? ProcessIdAt(NodeAddress address) => SeatAt(address).Running?.Id;

    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref isStopped, 1) != 0) return;
        await Task.WhenAll(seats.Values.Select(seat => seat.DisposeAsync().AsTask()));
        watch.Dispose();
        Directory.Delete(disks, recursive: true);
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private NodeLaunch LaunchOf(NodeAddress address, int start) =>
        options.Launch(new NodeSlot(address, start, zero, disks));

    private NodeSeat SeatAt(NodeAddress address) => seats.TryGetValue(address, out var seat)
        ? seat
        : throw new ArgumentException($"no node is placed at {address}", nameof(address));

    private void Fail(InternalError error)
    {
        if (isStopped != 0) return;
        Failed?.Invoke(error);
        if (error.Outcome == InternalErrorOutcome.NodeStopped) broken.TrySetResult(error);
    }
}
