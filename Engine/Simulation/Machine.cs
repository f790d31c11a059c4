namespace GossipSim.Engine.Simulation;

/// <summary>
/// What of a node's machine is rarely needed: its disk, which outlives its processes, and what a fault does to it.
/// </summary>
internal sealed class Machine
{
    public bool IsPaused { get; set; }

    /// <summary>Null until it is slowed down for the first time.</summary>
    public NodePace? Pace { get; set; }

    /// <summary>What came in while it was paused or at work, in order; first what it is at.</summary>
    public Queue<SimulatedEvent> Waiting { get; } = new();

    /// <summary>Null while it is right.</summary>
    public SimulatedClock? Clock { get; set; }

    /// <summary>Null until something is written to it.</summary>
    public SimulatedDisk? Disk { get; set; }

    public SimulatedDisk NeedDisk() => Disk ??= new SimulatedDisk();
}
