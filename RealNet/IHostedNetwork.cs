using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet;

/// <summary>
/// Nodes on real TCP sockets, wherever they run: in this process (<see cref="RealNetwork"/>), or each in one of its own
/// (<see cref="ProcessNetwork"/>).
/// </summary>
public interface IHostedNetwork : IAsyncDisposable
{
    /// <summary>Since the run's instant zero; at all nodes of the machine the same.</summary>
    Instant Now { get; }

    TrafficCounters Counters { get; }

    /// <summary>
    /// What nodes sent so far, by kind of message in the order of names: handed to links, which may have dropped some.
    /// </summary>
    IReadOnlyList<SentKind> SentByKind { get; }

    /// <summary>
    /// Bytes of memory that the nodes' own processes hold now, beside this one; what they share counts for each.
    /// </summary>
    long ResidentBytesOfProcesses { get; }

    /// <summary>Completes when a node was stopped for good by an internal error.</summary>
    Task<InternalError> Broken { get; }

    /// <summary>
    /// Raised on any thread at each internal error: a node that was stopped for good, and one that goes on. Of another
    /// process the exception has the message only.
    /// </summary>
    event Action<InternalError>? Failed;

    /// <summary>Takes all ports before anything starts. Connections to a node that has not started are
    /// reset.</summary>
    /// <exception cref="PortInUseException">A port is taken; nothing is left open.</exception>
    /// <exception cref="IOException">The system starts no more processes.</exception>
    Task OpenAsync();

    /// <summary>The same for some of the nodes; the others take their ports when they start.</summary>
    /// <exception cref="PortInUseException">A port is taken; nothing is left open.</exception>
    Task OpenAsync(IEnumerable<NodeAddress> addresses);

    /// <summary>Starts the first process at an address; done when it has handled its start.</summary>
    /// <exception cref="PortInUseException">Its port was not taken by <see cref="OpenAsync()"/>, and is by
    /// another program.</exception>
    Task StartAsync(NodeAddress address);

    /// <summary>
    /// Kills the process. In this process, mailbox and outboxes are discarded and connections reset; a process of its
    /// own gets a <c>kill -9</c>, and the kernel still delivers what it had.
    /// </summary>
    Task CrashAsync(NodeAddress address, string faultId);

    /// <summary>Starts another process where one was crashed.</summary>
    Task RestartAsync(NodeAddress address, DiskAtRestart disk = DiskAtRestart.Kept);

    /// <summary>The node stops handling inputs; its sockets stay open and fill up.</summary>
    void Pause(NodeAddress address);

    void Resume(NodeAddress address);

    /// <summary>Hands a timer of the workload to a node, now. Without effect when no process runs there.</summary>
    void Inject(NodeAddress address, ProtocolTimer timer);

    /// <summary>Hands a message to a node as from itself. Without effect when no process runs there.</summary>
    /// <exception cref="ArgumentException">The text is longer than <see cref="WireLength.LongestText"/>.</exception>
    void Tell(NodeAddress address, Message message);

    /// <summary>
    /// To whom nothing passes from the node's process from now on, and from whom nothing passes to it; both ends of a
    /// cut must hear of it. Until the way is open again connections stand still, and new ones, which need both ways,
    /// are not made. Without effect when no process runs there. One that is paused as a process of its own obeys when
    /// it goes on; the other ends do at once.
    /// </summary>
    /// <returns>Over when it is so.</returns>
    Task CutOffAsync(NodeAddress address, IEnumerable<NodeAddress> unreached, IEnumerable<NodeAddress> unheard);

    /// <summary>
    /// What the network does, from now on, to what passes between the node and others; both ends of a link have to hear
    /// of it. It holds for the node's next processes too.
    /// </summary>
    void SetWeather(NodeAddress address, NodeWeather weather);

    /// <summary>
    /// Each input of the node takes a processing delay from now on, and takes effect at its end; what comes in
    /// meanwhile waits. Its next processes are as slow.
    /// </summary>
    /// <param name="processingDelay">In the words that the network's options can read; null: full speed.</param>
    void SlowDown(NodeAddress address, string? processingDelay);

    /// <summary>
    /// Sets a node's clock wrong from now on, or right with zeros: what it reads, and how long the timers take that it
    /// sets from now on. Its next processes have the same clock.
    /// </summary>
    /// <param name="offset">How far it is ahead.</param>
    /// <param name="driftPpm">By how many millionths it runs faster; more than -10^6.</param>
    void SkewClock(NodeAddress address, TimeSpan offset, double driftPpm);

    bool IsRunning(NodeAddress address);

    /// <summary>Entries in the tables of the node that runs there; of another process what it told last.</summary>
    int TableEntriesAt(NodeAddress address);

    /// <summary>Ends everything: when it is done no node runs and all ports are free.</summary>
    Task StopAsync();
}
