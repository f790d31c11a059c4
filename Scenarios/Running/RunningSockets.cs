using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.RealNet;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// The network of real sockets under the scenario's words. What is planned waits here until the runner finds it due;
/// what takes time there is awaited afterwards. Calls must not overlap.
/// </summary>
internal sealed class RunningSockets(IHostedNetwork network, AddressPlan plan, NetworkSettings always)
    : IRunningNetwork
{
    private readonly PriorityQueue<Action, (Instant Time, long Order)> planned = new();
    private readonly List<Task> begun = [];
    private readonly RunningCuts cuts = new(
        network, () => Enumerable.Range(0, plan.Count).Select(index => plan[index]));

    private readonly RunningWeather weather = new(
        network, plan, always.LossProbability, always.BandwidthBytesPerSecond ?? 0);

    private long order;

    public Instant Now => network.Now;

    public bool IsDue => planned.TryPeek(out _, out var next) && next.Time <= network.Now;

    /// <summary>Lets the earliest thing happen that is due; one, because the next may build on it being done.</summary>
    public void ActDue() => planned.Dequeue()();

    public async Task DoneAsync()
    {
        await Task.WhenAll(begun);
        begun.Clear();
    }

    public void At(Instant time, Action act) => planned.Enqueue(act, (time, order++));

    public void Start(NodeAddress node) => begun.Add(StartAsync(node));

    public void StartAt(Instant time, NodeAddress node) => At(time, () => Start(node));

    public void Crash(NodeAddress node, string faultId)
    {
        if (network.IsRunning(node)) begun.Add(network.CrashAsync(node, faultId));
    }

    public void Restart(NodeAddress node, DiskState disk)
    {
        if (!network.IsRunning(node)) begun.Add(RestartAsync(node, disk));
    }

    public void Pause(NodeAddress node) => network.Pause(node);

    public void Resume(NodeAddress node) => network.Resume(node);

    public void Inject(NodeAddress node, ProtocolTimer timer) => network.Inject(node, timer);

    public void InjectAt(Instant time, NodeAddress node, ProtocolTimer timer) => At(time, () => Inject(node, timer));

    public void Impair(string faultId, Impairment impairment)
    {
        if (impairment.DuplicateProbability + impairment.ReorderProbability > 0)
            throw new InvalidOperationException("TcpLimits leaves out what breaks TCP's own promise");
        if (impairment.Cuts) begun.Add(cuts.BeginAsync(faultId, impairment.Scope));
        else weather.Begin(faultId, impairment);
    }

    public void Mend(string faultId)
    {
        begun.Add(cuts.EndAsync(faultId));
        weather.End(faultId);
    }

    public void WhenDone(Action act) => begun.Add(AfterAsync(Task.WhenAll(begun), act));

    public void SlowDown(NodeAddress node, DistributionSettings? processingDelayMs) =>
        network.SlowDown(node, TcpConditions.InWords(processingDelayMs));

    public void SkewClock(NodeAddress node, ClockSkew skew) => network.SkewClock(node, skew.Offset, skew.DriftPpm);

    private static async Task AfterAsync(Task done, Action act)
    {
        await done;
        act();
    }

    private async Task StartAsync(NodeAddress node)
    {
        await network.StartAsync(node);
        await cuts.MeetAsync(node);
    }

    private async Task RestartAsync(NodeAddress node, DiskState disk)
    {
        await network.RestartAsync(node, DiskOf(disk));
        await cuts.MeetAsync(node);
    }

    private static DiskAtRestart DiskOf(DiskState disk) => disk switch
    {
        DiskState.Kept => DiskAtRestart.Kept,
        DiskState.Torn => DiskAtRestart.Torn,
        DiskState.Empty => DiskAtRestart.Empty,
        _ => throw new ArgumentOutOfRangeException(nameof(disk)),
    };
}
