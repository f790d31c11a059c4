using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

// What a scenario does to the world. While nodes act it has to be asked for at a time; see At.
public sealed partial class SimulatedNetwork
{
    public bool IsRunning(NodeAddress address) =>
        world.Plan.IndexOf(address) is >= 0 and var index && world.Nodes[index].Process is not null;

    /// <summary>
    /// What the node at an index of the plan remembers because of others; 0 while no process runs there.
    /// </summary>
    public int TableEntriesAt(int index) => world.Nodes[index].Process?.TableEntries ?? 0;

    /// <summary>Starts the process of a node now; it must not be running.</summary>
    public void Start(NodeAddress address)
    {
        if (IsRunning(address)) throw new InvalidOperationException($"{address} runs already");
        Do(address, (worker, index) => worker.Start(index));
    }

    /// <summary>
    /// Starts the process of a node at a time, before all else that happens to it then; the world need not stop for it.
    /// </summary>
    public void StartAt(Instant time, NodeAddress address) =>
        Do(address, (worker, index) => worker.PushStart(index, Math.Max(time.Microseconds, now)));

    /// <summary>
    /// Kills the process: what it had not sent is gone, and its machine resets its connections,
    /// behind what is in flight.
    /// </summary>
    public void Crash(NodeAddress address, string faultId) =>
        Do(address, (worker, index) => worker.Crash(index, faultId));

    /// <summary>Starts a new process where one crashed.</summary>
    public void Restart(NodeAddress address, DiskState disk) =>
        Do(address, (worker, index) => worker.Restart(index, disk));

    /// <summary>The process stops handling inputs; its machine goes on accepting them.</summary>
    public void Pause(NodeAddress address) => Do(address, (worker, index) => worker.Pause(index));

    public void Resume(NodeAddress address) => Do(address, (worker, index) => worker.Resume(index));

    /// <summary>
    /// Each input of a node takes a processing delay from now on, drawn anew, and takes effect at its end; what comes
    /// in meanwhile waits. With null the node is at full speed again and handles at once what waits. A crash forgets
    /// what waits; the next process is as slow, but starts at once.
    /// </summary>
    public void SlowDown(NodeAddress address, LatencyModel? processingDelay) =>
        Do(address, (worker, index) => worker.SlowDown(index, processingDelay));

    /// <summary>
    /// Hands a timer of the workload to a node, as if it had set it itself; nothing happens where no process runs.
    /// </summary>
    public void Inject(NodeAddress address, ProtocolTimer timer) =>
        Do(address, (worker, index) => worker.Inject(index, timer));

    /// <summary>
    /// As <see cref="Inject"/>, at a time: before all else that happens to the node then; the world need not stop.
    /// </summary>
    public void InjectAt(Instant time, NodeAddress address, ProtocolTimer timer) =>
        Do(address, (worker, index) => worker.PushInjection(index, timer, Math.Max(time.Microseconds, now)));

    /// <summary>
    /// Sets a node's clock wrong from now on, or with the default right again: what it reads, and how long the timers
    /// that it sets from now on take. It belongs to the machine: a new process has the same clock.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A drift with which the clock would stand or go back.</exception>
    public void SkewClock(NodeAddress address, ClockSkew skew)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(skew.DriftPpm, -1e6, nameof(skew));
        world.Nodes[IndexOf(address)].NeedMachine().Clock = skew == default ? null : new SimulatedClock(skew, now);
    }

    /// <summary>Makes some links worse from now on; the same fault again replaces what it did.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A chance outside [0, 1], or a negative amount.</exception>
    public void Impair(string faultId, Impairment impairment)
    {
        impairment.Validate();
        if (impairment.BytesPerSecond > 0) CheckSizes();
        world.Conditions.Add(faultId, impairment, StruckLinks.Of(impairment.Scope, world.Nodes.Length, IndexOf));
        world.NoteConditions();
    }

    /// <summary>Takes back what a fault does to links; nothing happens when it does nothing.</summary>
    public void Mend(string faultId)
    {
        world.Conditions.Remove(faultId);
        world.NoteConditions();
    }

    private void CheckSizes()
    {
        if (world.Options.SizeOf is null)
            throw new InvalidOperationException("a bandwidth needs to know how long messages are: SizeOf");
    }

    /// <summary>By the node's own worker, so that all that the node sends stays in order.</summary>
    private void Do(NodeAddress address, Action<Worker, int> act)
    {
        var index = IndexOf(address);
        act(workers[blocks.WorkerOf(blocks.Of(index))], index);
        TellReports();
    }

    private int IndexOf(NodeAddress address) => world.Plan.IndexOf(address) is >= 0 and var index
        ? index
        : throw new ArgumentException($"no node at {address} in this network", nameof(address));
}
