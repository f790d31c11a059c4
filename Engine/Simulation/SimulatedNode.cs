using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>
/// One node's place in the virtual world: its process while it runs, its links, its disk and its history.
/// </summary>
internal sealed class SimulatedNode(int index, NodeAddress address)
{
    public int Index => index;

    public NodeAddress Address => address;

    /// <summary>Null while no process runs here.</summary>
    public Node? Process { get; set; }

    public NodeRandom Random;

    /// <summary>How many processes were started here.</summary>
    public int Starts { get; set; }

    public bool IsPaused { get; set; }

    /// <summary>Null until it is slowed down for the first time.</summary>
    public NodePace? Pace { get; set; }

    /// <summary>What came in while it was paused or at work, in order; first what it is at.</summary>
    public Queue<SimulatedEvent> Waiting { get; } = new();

    /// <summary>Null while it is right.</summary>
    public SimulatedClock? Clock { get; set; }

    public Dictionary<int, SimulatedLink> Links { get; } = [];

    /// <summary>Links closed here whose last messages still wait to leave.</summary>
    public List<SimulatedLink> Closing { get; } = [];

    public SimulatedDisk Disk { get; } = new();

    /// <summary>
    /// When the end of a link closed here arrives at the other node, where that is later than a new dial would.
    /// </summary>
    private readonly Dictionary<int, long> endsOfClosed = [];

    public long EndOfClosed(int other) => endsOfClosed.Remove(other, out var arrival) ? arrival : 0;

    public void NoteEndOfClosed(int other, long arrival) => endsOfClosed[other] = arrival;

    /// <summary>The rolling hash of all that this node handled and reported.</summary>
    public ulong Hash { get; private set; }

    private uint sequence;
    private uint transmissions;
    private uint dials;

    public uint NextSequence() => sequence++;

    /// <summary>
    /// The count of what it sent, apart from all else that it makes happen: chances of messages are drawn from it.
    /// </summary>
    public uint NextTransmission() => transmissions++;

    /// <summary>
    /// A name for a connection that this node dials: its own count, so that no order among nodes matters.
    /// </summary>
    public long NextConnection() => ((long)index << 32) | ++dials;

    public void Record(ulong first, ulong second) => Hash = Mix64.Of(Hash ^ first, second);
}
